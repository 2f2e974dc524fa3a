#include "objects/types/type_bases.h"

#include <algorithm>
#include <bit>
#include <new>

#include "memory/buffer.h"
#include "objects/model/address_hash.h"
#include "objects/model/error.h"
#include "objects/model/recursion.h"
#include "objects/model/type_change.h"
#include "objects/types/class_bases.h"
#include "objects/types/descriptor.h"
#include "objects/types/mro.h"
#include "objects/types/tuple.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Atomic<std::uint32_t> g_changes{0};

// --- What is asked of the bases. ---

[[nodiscard]] const Tuple* bases_to_be(const Type& type, Value value) noexcept {
  const Tuple* const bases = as_tuple(value);
  if (!type.is_class()) {
    raise(ErrorKind::kType,
          {"cannot set '__bases__' attribute of immutable type '", type.name(), "'"});
  } else if (bases == nullptr) {
    raise(ErrorKind::kType,
          {"can only assign tuple to ", type.name(), ".__bases__, not ", type_of(value).name()});
  } else if (bases->size() == 0) {
    raise(ErrorKind::kType,
          {"can only assign non-empty tuple to ", type.name(), ".__bases__, not ()"});
  } else {
    return bases;
  }
  return nullptr;
}

[[nodiscard]] Status collect(const Type& type, const Tuple& given, TypeList& bases) noexcept {
  if (failed(bases.reserve(given.size()))) return kRaised;
  for (std::size_t i = 0; i < given.size(); ++i) {
    Type* const base = as_type(given[i]);
    if (base == nullptr)
      return raise(ErrorKind::kType, {type.name(), ".__bases__ must be tuple of classes, not '",
                                      type_of(given[i]).name(), "'"});
    if (base->is_subtype_of(type))
      return raise(ErrorKind::kType, {"a __bases__ item causes an inheritance cycle"});
    bases.add(*base);
  }
  return Status::kDone;
}

// The base that the class is to continue. Null: it raised.
[[nodiscard]] Type* find_base(const Type& type, std::span<Type* const> bases) noexcept {
  for (const Type* const base : bases) {
    if (!base->is_final()) continue;
    raise(ErrorKind::kType, {"type '", base->name(), "' is not an acceptable base type"});
    return nullptr;
  }
  Type* const base = find_best_base(bases);
  if (base == nullptr || have_same_layout(*base, *type.base())) return base;
  const bool end_alike = base->layout().is_container == type.base()->layout().is_container;
  raise(ErrorKind::kType,
        {"__bases__ assignment: '", base->name(), "' ", end_alike ? "object layout" : "deallocator",
         " differs from '", type.base()->name(), "'"});
  return nullptr;
}

// --- What follows from them. ---

// The orders of a type that changes and of all below it, found by the type's address.
class NewOrders {
 public:
  explicit NewOrders(Type& changed) noexcept : changed_(changed) {}
  NewOrders(const NewOrders&) = delete;
  NewOrders& operator=(const NewOrders&) = delete;
  ~NewOrders() {
    for (std::size_t i = 0; i < capacity_; ++i) discard(table_[i]);
    free_buffer(table_);
  }

  // In a stopped world.
  [[nodiscard]] Status compute(std::span<Type* const> bases) noexcept {
    if (failed(make_table()) || failed(add(changed_, bases))) return kRaised;
    const bool done = Type::for_each(
        [this](Type& type) { return !is_concerned(type) || !failed(add_once(type)); });
    return done ? Status::kDone : Status::kFailed;
  }
  [[nodiscard]] const TypeOrder* list() const noexcept { return list_; }

 private:
  struct Node {
    TypeOrder entry;
    TypeList order;
  };

  static void discard(Node* node) noexcept {
    if (node == nullptr) return;
    node->~Node();
    free_buffer(node);
  }

  [[nodiscard]] bool is_concerned(const Type& type) const noexcept {
    return type.is_subtype_of(changed_);
  }

  // Twice as many places as there are types concerned.
  [[nodiscard]] Status make_table() noexcept {
    std::size_t count = 0;
    Type::for_each([&](Type& type) {
      if (is_concerned(type)) ++count;
      return true;
    });
    const std::size_t capacity = std::bit_ceil(2 * count + 2);
    table_ = static_cast<Node**>(allocate_buffer(capacity * sizeof(Node*)));
    if (table_ == nullptr) return raise_memory_error();
    std::fill_n(table_, capacity, nullptr);
    capacity_ = capacity;
    return Status::kDone;
  }
  // Where the type is, or the free place where it would be.
  [[nodiscard]] Node*& place_of(const Type& type) const noexcept {
    std::size_t i = address_hash(&type) & (capacity_ - 1);
    while (table_[i] != nullptr && table_[i]->entry.type != &type) i = (i + 1) & (capacity_ - 1);
    return table_[i];
  }
  [[nodiscard]] std::span<Type* const> order_of(const Type& type) const noexcept {
    const Node* const node = place_of(type);
    return node == nullptr ? type.block().order() : node->entry.order;
  }

  [[nodiscard]] Status add_once(Type& type) noexcept {
    return place_of(type) == nullptr ? add(type, type.bases()) : Status::kDone;
  }

  // Those of its bases come first.
  [[nodiscard]] Status add(Type& type, std::span<Type* const> bases) noexcept {
    const RecursionGuard guard;
    if (!guard) return kRaised;
    for (Type* const base : bases)
      if (is_concerned(*base) && failed(add_once(*base))) return kRaised;
    Node* const node = make_node(type, bases);
    if (node == nullptr) return kRaised;
    place_of(type) = node;
    list_ = &node->entry;
    return Status::kDone;
  }

  // Null: it raised.
  [[nodiscard]] Node* make_node(Type& type, std::span<Type* const> bases) const noexcept {
    void* const buffer = allocate_buffer(sizeof(Node));
    if (buffer == nullptr) {
      raise_memory_error();
      return nullptr;
    }
    Node* const node = new (buffer) Node;
    const auto known = [this](const Type& base) { return order_of(base); };
    if (failed(linearise(&type, bases, known, node->order))) {
      discard(node);
      return nullptr;
    }
    node->entry = {&type, node->order.types(), list_};
    return node;
  }

  Type& changed_;
  Node** table_ = nullptr;
  std::size_t capacity_ = 0;  // 0, or a power of two
  const TypeOrder* list_ = nullptr;
};

// A buffer of just these. Null: a MemoryError is pending.
[[nodiscard]] Type** copy_of(std::span<Type* const> types) noexcept {
  auto** const copy = static_cast<Type**>(allocate_buffer(types.size() * sizeof(Type*)));
  if (copy == nullptr) raise_memory_error();
  if (copy != nullptr) std::ranges::copy(types, copy);
  return copy;
}

// In a stopped world.
[[nodiscard]] Status rebase(TypeChange& change, Type& type, Type& base,
                            std::span<Type* const> bases) noexcept {
  NewOrders orders(type);
  if (failed(orders.compute(bases))) return kRaised;
  Type** const copy = copy_of(bases);
  if (copy == nullptr) return kRaised;
  if (!change.rebase(orders.list(), base, {copy, bases.size()})) {
    free_buffer(copy);
    return raise_memory_error();
  }
  g_changes.store(bases_changes() + 1, kRelaxed);  // relaxed: B1, ordered by the stop
  return Status::kDone;
}

[[nodiscard]] Status assign(TypeChange& change, Type& type, const Tuple& given) noexcept {
  const StoppedWorld stopped;  // B1
  TypeList bases;
  if (failed(collect(type, given, bases))) return kRaised;
  Type* const base = find_base(type, bases.types());
  return base == nullptr ? Status::kFailed : rebase(change, type, *base, bases.types());
}

[[nodiscard]] Status assign_same(TypeChange& change, Type& type) noexcept {
  const StoppedWorld stopped;  // B1
  return rebase(change, type, *type.base(), type.bases());
}

}  // namespace

Status set_bases(Type& type, Value value) noexcept {
  const Tuple* const bases = bases_to_be(type, value);
  if (bases == nullptr) return kRaised;
  TypeChange change(type, {});
  const Status done = assign(change, type, *bases);
  change.end_rebase();  // runs destructors
  return done;
}

std::uint32_t bases_changes() noexcept {
  return g_changes.load(kRelaxed);  // relaxed: B1, ordered by the stop
}

Status reorder(Type& type) noexcept {
  TypeChange change(type, {});
  const Status done = assign_same(change, type);
  change.end_rebase();
  return done;
}

}  // namespace orochi::inline OROCHI_DESIGN
