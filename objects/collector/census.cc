#include "objects/collector/census.h"

#include <memory>
#include <utility>

#include "memory/raw_memory.h"
#include "objects/collector/scan.h"
#include "objects/model/error.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {

// --- The table. Raw memory, as it may grow in a pause. ---

Census::~Census() { raw_memory::release(rows_); }

Census::Row& Census::place_of(const Type& type) const noexcept {
  std::size_t i = address_hash(&type) & (capacity_ - 1);
  while (rows_[i].type != nullptr && rows_[i].type != &type) i = (i + 1) & (capacity_ - 1);
  return rows_[i];
}

bool Census::make_room() noexcept {
  if (used_ * 2 < capacity_) return true;
  Census larger;
  larger.capacity_ = capacity_ == 0 ? 64 : capacity_ * 2;
  larger.rows_ = static_cast<Row*>(raw_memory::allocate(larger.capacity_ * sizeof(Row)));
  if (larger.rows_ == nullptr) return false;
  std::uninitialized_value_construct_n(larger.rows_, larger.capacity_);
  for_each([&](const Row& row) { larger.place_of(*row.type) = row; });
  std::swap(rows_, larger.rows_);
  std::swap(capacity_, larger.capacity_);
  return true;
}

void Census::swap(Census& other) noexcept {
  std::swap(rows_, other.rows_);
  std::swap(capacity_, other.capacity_);
  std::swap(used_, other.used_);
}

// --- Counting. ---

bool Census::add_stopped(const Object& object) noexcept {
  if (!make_room()) return false;
  const Type& type = type_of(object);
  Row& row = place_of(type);
  if (row.type == nullptr) ++used_;
  row.type = &type;
  ++row.objects;
  row.bytes += slab_of(&object)->block_bytes;
  return true;
}

bool Census::count_stopped() noexcept {
  bool has_memory = true;
  for_each_object_stopped(
      [&](const Object& object) { has_memory = has_memory && add_stopped(object); });
  return has_memory;
}

Status Census::take() noexcept {
  Census counted;
  bool has_memory = false;
  {
    const StoppedWorld stopped;
    has_memory = counted.count_stopped();
  }
  if (!has_memory) return raise_memory_error();
  swap(counted);
  return Status::kDone;
}

// --- Reading. ---

Census::Row Census::of(const Type& type) const noexcept {
  const Row row = capacity_ == 0 ? Row{} : place_of(type);
  return row.type == nullptr ? Row{.type = &type} : row;
}

Census::Row Census::total() const noexcept {
  Row sum;
  for_each([&](const Row& row) {
    sum.objects += row.objects;
    sum.bytes += row.bytes;
  });
  return sum;
}

}  // namespace orochi::inline OROCHI_DESIGN
