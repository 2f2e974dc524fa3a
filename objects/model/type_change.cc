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
constinit Atomic<Type*> g_types{nullptr};  // read by all: a list that only grows, at its front
constinit std::uint32_t g_next_version = 1;

constinit TypeRules g_rules;  // written once, before others make types

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
void TypeChange::put_own_attributes(TypeBlock& block, Type& home) const noexcept {
  const bool is_changed = &home == type_;
  for (const TypeEntry& entry : entries_of(home.block_.load(kRelaxed))) {  // relaxed: locked
    if (entry.home == &home && !(is_changed && changes(*entry.name))) block.put(entry);
  }
  if (is_changed) put_new_attributes(block, home);
}

// One that the type had already keeps its number.
void TypeChange::put_new_attributes(TypeBlock& block, Type& home) const noexcept {
  const TypeBlock* const before = home.block_.load(kRelaxed);  // relaxed: locked
  for (const TypeAttribute& attribute : attributes_) {
    if (attribute.value.is_empty()) continue;
    const TypeEntry* const old = before == nullptr ? nullptr : before->find(*attribute.name);
    const bool is_old = old != nullptr && old->home == &home;
    block.put({.name = attribute.name,
               .value = attribute.value,
               .home = &home,
               .serial = is_old ? old->serial : home.next_serial_++});
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

bool TypeChange::may_change_slots() const noexcept {
  return g_rules.fill != nullptr &&
         std::ranges::any_of(attributes_, [](const TypeAttribute& attribute) {
           return g_rules.is_special(*attribute.name);
         });
}

// I3. False: there was no memory.
bool TypeChange::make_blocks() noexcept {
  const bool fills = may_change_slots();
  // relaxed: written under the lock
  for (Type* type = g_types.load(kRelaxed); type != nullptr; type = type->next_) {
    if (!concerns(*type)) continue;
    const TypeBlock& before = type->block();
    TypeBlock* const block = make_block(*type, before.order().subspan(1));
    if (block == nullptr) return false;
    block->protocols_ = before.protocols_;
    if (fills) g_rules.fill(*type, *block, block->protocols_);
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

// --- Other bases. ---

// Slots that are no attributes are those of ancestors; the rest follows from attributes.
TypeBlock* TypeChange::make_ordered_block(const TypeOrder& order) const noexcept {
  const std::span<Type* const> ancestors = order.order.subspan(1);
  TypeBlock* const block = make_block(*order.type, ancestors);
  if (block == nullptr) return nullptr;
  for (Type* const ancestor : ancestors) {
    block->protocols_.inherit(ancestor->block().protocols_);
    ancestor->has_subtypes_ = true;
  }
  if (g_rules.fill != nullptr) g_rules.fill(*order.type, *block, block->protocols_);
  return block;
}

// The first bases lie in the type itself, and stay there.
void TypeChange::store_bases(Type& base, std::span<Type*> bases) noexcept {
  Type** const before = std::exchange(type_->bases_, bases.data());
  type_->base_count_ = static_cast<std::uint32_t>(bases.size());
  type_->base_ = &base;
  if (before != reinterpret_cast<Type**>(type_ + 1)) Epoch::retire_buffer(before);
}

bool TypeChange::rebase(const TypeOrder* orders, Type& base, std::span<Type*> bases) noexcept {
  const Lock lock(g_lock);
  for (; orders != nullptr; orders = orders->next) {
    TypeBlock* const block = make_ordered_block(*orders);
    if (block == nullptr) return false;
    block->next_ = std::exchange(blocks_, block);
  }
  store_bases(base, bases);
  publish_blocks();
  has_rebased_ = true;
  return true;
}

bool TypeChange::make_first_block(Type& type, const TypeSpec& spec) noexcept {
  const Lock lock(g_lock);
  TypeBlock* const block = TypeChange(type, spec.attributes).make_block(type, spec.ancestors);
  if (block == nullptr) return false;
  block->protocols_ = spec.protocols;
  for (Type* const ancestor : spec.ancestors) {
    block->protocols_.inherit(ancestor->block().protocols_);
    ancestor->has_subtypes_ = true;
  }
  if (spec.is_class && g_rules.fill != nullptr) g_rules.fill(type, *block, block->protocols_);
  replace(type, block);
  type.next_ = g_types.load(kRelaxed);  // relaxed: written under the lock
  g_types.store(&type, kRelease);
  return true;
}

void TypeChange::set_rules(const TypeRules& rules) noexcept { g_rules = rules; }

Status TypeChange::describe(Type& type) noexcept {
  return type.is_class() || g_rules.describe == nullptr ? Status::kDone : g_rules.describe(type);
}

bool TypeChange::for_each_type(FunctionRef<bool(Type&)> visit) noexcept {
  Type* type = g_types.load(kAcquire);  // pairs with the release in make_first_block
  for (; type != nullptr; type = type->next_) {
    if (!visit(*type)) return false;
  }
  return true;
}

Ref<> TypeChange::find_locked(const Type& type, const Object& name) noexcept {
  const Lock lock(g_lock);
  const TypeEntry* const entry = type.block().find(name);
  return entry == nullptr ? Ref<>() : detail::count_published(entry->value);
}

void set_type_rules(const TypeRules& rules) noexcept { TypeChange::set_rules(rules); }

void TypeChange::skip_versions(std::uint32_t version) noexcept {
  const Lock lock(g_lock);
  g_next_version = version;
}

}  // namespace orochi::inline OROCHI_DESIGN
