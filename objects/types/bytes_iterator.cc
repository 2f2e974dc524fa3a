#include "objects/types/bytes_iterator.h"

#include "objects/model/new_object.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/int.h"
#include "objects/types/iterator_state.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_bytes_iterator_types, before there are iterators.
constinit Type* g_of_bytes = nullptr;
constinit Type* g_of_bytearrays = nullptr;

constexpr std::size_t kAtEnd = SIZE_MAX;

[[nodiscard]] Type* make_type(std::string_view name) noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return static_cast<BytesIterator*>(self.object())->next(item);
  };
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<BytesIterator>,
                     .ancestors = ancestors,
                     .protocols = slots,
                     .is_final = true});
}

}  // namespace

Status make_bytes_iterator_types() noexcept {
  g_of_bytes = make_type("bytes_iterator");
  g_of_bytearrays = make_type("bytearray_iterator");
  return g_of_bytes != nullptr && g_of_bytearrays != nullptr ? Status::kDone : Status::kFailed;
}

Ref<BytesIterator> BytesIterator::make(Value bytes) noexcept {
  Type& type = as_bytes(bytes) != nullptr ? *g_of_bytes : *g_of_bytearrays;
  return new_object<BytesIterator>(type, Ref<>::of(bytes));
}

// Bytes need no lock.
Object& BytesIterator::guard() noexcept {
  return as_bytes(bytes_.get()) != nullptr ? *this : sequence();
}

std::size_t BytesIterator::size() const noexcept {
  const Bytes* const bytes = as_bytes(bytes_.get());
  return bytes != nullptr ? bytes->size() : static_cast<Bytearray&>(sequence()).size();
}

std::uint8_t BytesIterator::at_place() const noexcept {
  if (const Bytes* const bytes = as_bytes(bytes_.get())) return bytes->span()[place_];
  return static_cast<Bytearray&>(sequence()).read([this](ByteSpan bytes) { return bytes[place_]; });
}

Status BytesIterator::next(Ref<>& item) noexcept {
  const LockedPair both(*this, guard());
  const NoSuspend whole;
  if (place_ >= size()) {
    place_ = kAtEnd;  // I1
    return Status::kDone;
  }
  item = Ref<>::adopt(Value::of_int(at_place()));
  ++place_;
  return Status::kDone;
}

std::size_t BytesIterator::remaining() noexcept {
  const LockedPair both(*this, guard());
  return place_ < size() ? size() - place_ : 0;
}

// --- Copies. ---

Ref<> BytesIterator::reduce() const noexcept {
  const std::size_t place = [this] {
    const Locked lock(const_cast<BytesIterator&>(*this));
    return place_;
  }();
  return place == kAtEnd ? reduce_empty() : reduce_by_iter(bytes_.get(), place);
}

Status BytesIterator::set_state(Value state) noexcept {
  std::int64_t place = 0;
  if (failed(read_place(state, 0, static_cast<std::int64_t>(size()), place))) return kRaised;
  const Locked lock(*this);
  if (place_ != kAtEnd) place_ = static_cast<std::size_t>(place);
  return Status::kDone;
}

namespace {

constexpr NativeSpec kMethods[] = {
    {"__length_hint__(self, /)",
     [](const Value* arguments) noexcept {
       return make_size(static_cast<BytesIterator*>(arguments[0].object())->remaining());
     }},
    reduce_method<BytesIterator, &BytesIterator::reduce>(),
    set_state_method<BytesIterator, &BytesIterator::set_state>(),
};

}  // namespace

Status define_bytes_iterator_methods() noexcept {
  if (failed(define_methods(*g_of_bytes, kMethods))) return kRaised;
  return define_methods(*g_of_bytearrays, kMethods);
}

}  // namespace orochi::inline OROCHI_DESIGN
