#include "objects/model/type_change.h"

#include <algorithm>
#include <utility>

#include "memory/buffer.h"
#include "memory/epoch.h"
#include "objects/model/error.h"
#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

NonDetachingMutex g_lock;  // of all types

// Under the lock.
constinit Type* g_types = nullptr;
constinit std::uint32_t g_next_version = 1;

// I2: after the last one, for ever 0.
[[nodiscard]] std::uint32_t next_version() noexcept {
  return g_next_version == 0 ? 0 : g_next_version++;
}

// A type that is being made has no block yet.
[[nodiscard]] std::span<const TypeEntry> entries_of(const TypeBlock* block) noexcept {
  return block == nullptr ? std::span<const TypeEntry>() : block->table();
}

}  // namespace

// --- Making blocks. ---

// How many there may be after the change.
std::size_t TypeChange::most_attributes(const Type& type,
                                        std::span<Type* const> ancestors) const noexcept {
  const auto own = [](const Type& home) {
    std::size_t sum = 0;
    for (const TypeEntry& entry : entries_of(home.block_.load(kRelaxed)))  // relaxed: locked
      sum += entry.home == &home ? 1 : 0;
    return sum;
  };
  std::size_t sum = own(type) + attributes_.size();
  for (const Type* ancestor : ancestors) sum += own(*ancestor);
  return sum;
}

bool TypeChange::changes(const Object& name) const noexcept {
  return std::ranges::find(attributes_, &name, &TypeAttribute::name) != attributes_.end();
}

// What the type has itself, as it is after the change.
void TypeChange::put_own_attributes(TypeBlock& block, const Type& home) const noexcept {
  const bool is_changed = &home == type_;
  for (const TypeEntry& entry : entries_of(home.block_.load(kRelaxed))) {  // relaxed: locked
    if (entry.home == &home && !(is_changed && changes(*entry.name)))
      block.put(*entry.name, entry.value, home);
  }
  if (!is_changed) return;
  for (const TypeAttribute& attribute : attributes_) {
    if (!attribute.value.is_empty()) block.put(*attribute.name, attribute.value, home);
  }
}

TypeBlock* TypeChange::make_block(Type& type, std::span<Type* const> ancestors) const noexcept {
  TypeBlock* const block = TypeBlock::make(type, ancestors, most_attributes(type, ancestors));
  if (block == nullptr) return nullptr;
  const std::span<Type* const> order = block->order();
  // The furthest ancestor first, so that what is nearer replaces it.
  for (std::size_t i = order.size(); i-- > 0;) put_own_attributes(*block, *order[i]);
  block->for_each_child([](Value child) { retain(child); });
  return block;
}

bool TypeChange::concerns(const Type& type) const noexcept {
  return &type == type_ || (type_->has_subtypes_ && type.is_subtype_of(*type_));
}

// I3. False: there was no memory.
bool TypeChange::make_blocks() noexcept {
  for (Type* type = g_types; type != nullptr; type = type->next_) {
    if (!concerns(*type)) continue;
    const TypeBlock& before = type->block();
    TypeBlock* const block = make_block(*type, before.order().subspan(1));
    if (block == nullptr) return false;
    block->protocols_ = before.protocols_;
    block->next_ = std::exchange(blocks_, block);
  }
  return true;
}

// --- Publishing. ---

// What was in the old block is unlinked from a shared container (rule 3).
TypeBlock* TypeChange::replace(Type& type, TypeBlock* block) noexcept {
  TypeBlock* const before = type.block_.load(kRelaxed);  // relaxed: written under the lock
  if (before != nullptr)
    before->for_each_child([&type](Value child) { Held::unreachable(type).mark_unlinked(child); });
  block->version_ = next_version();
  type.publish(block);
  return before;
}

void TypeChange::publish_blocks() noexcept {
  TypeBlock* replaced = nullptr;
  while (blocks_ != nullptr) {
    TypeBlock* const block = blocks_;
    blocks_ = block->next_;
    TypeBlock* const before = replace(*block->type_, block);
    before->next_ = std::exchange(replaced, before);
  }
  blocks_ = replaced;
}

// Of blocks that nobody can find any more.
void TypeChange::discard_blocks(bool were_published) noexcept {
  while (blocks_ != nullptr) {
    TypeBlock* const block = std::exchange(blocks_, blocks_->next_);
    block->for_each_child([](Value child) { drop(child); });
    if (were_published) {
      Epoch::retire_buffer(block);  // I1
    } else {
      free_buffer(block);
    }
  }
}

// --- The whole. ---

Status TypeChange::run() noexcept {
  bool done = false;
  {
    const Lock lock(g_lock);
    done = make_blocks();
    if (done) publish_blocks();
  }
  discard_blocks(done);  // after the lock: may run destructors (rule 17)
  return done ? Status::kDone : Status{raise_memory_error()};
}

bool TypeChange::make_first_block(Type& type, const TypeSpec& spec) noexcept {
  const Lock lock(g_lock);
  TypeBlock* const block = TypeChange().make_block(type, spec.ancestors);
  if (block == nullptr) return false;
  block->protocols_ = spec.protocols;
  for (Type* const ancestor : spec.ancestors) {
    block->protocols_.inherit(ancestor->block().protocols_);
    ancestor->has_subtypes_ = true;
  }
  replace(type, block);
  type.next_ = std::exchange(g_types, &type);
  return true;
}

Ref<> TypeChange::find_locked(const Type& type, const Object& name) noexcept {
  const Lock lock(g_lock);
  const TypeEntry* const entry = type.block().find(name);
  return entry == nullptr ? Ref<>() : detail::count_published(entry->value);
}

void TypeChange::skip_versions(std::uint32_t version) noexcept {
  const Lock lock(g_lock);
  g_next_version = version;
}

}  // namespace orochi::inline OROCHI_DESIGN
