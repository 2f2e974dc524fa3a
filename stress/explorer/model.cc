#include "stress/explorer/model.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace orochi::explorer {
namespace {

constexpr std::size_t kViews = kPlaces * kHistory;

// Pages that no schedule touches cost nothing.
View* map_views() noexcept {
  void* const memory = mmap(nullptr, kViews * sizeof(View), PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  return static_cast<View*>(memory);
}

std::size_t hash_of(std::uintptr_t address) noexcept {
  return static_cast<std::size_t>((address * 0x9E3779B97F4A7C15U) >> 40);
}

std::uint64_t read_memory(const void* address, unsigned size) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, address, size);  // little-endian, as all machines that we build for
  return value;
}

}  // namespace

void View::clear() noexcept {
  places = 0;
  clock.fill(0);
}

void View::join(const View& other) noexcept {
  for (std::size_t i = 0; i < kThreads; ++i) clock[i] = std::max(clock[i], other.clock[i]);
  for (std::size_t i = 0; i < other.places; ++i) oldest[i] = std::max(oldest[i], other.oldest[i]);
}

void View::copy(const View& other) noexcept {
  places = other.places;
  clock = other.clock;
  std::memcpy(oldest.data(), other.oldest.data(), places * sizeof(Stamp));
}

void View::cover(std::uint32_t count) noexcept {
  while (places < count) oldest[places++] = 0;
}

void Model::begin_exploration() noexcept {
  if (views_ == nullptr) views_ = map_views();
  for (std::size_t i = 0; i < used_; ++i) table_[filled_[i]] = Place{};
  used_ = 0;
  cells_.fill(Cell{});
  cells_used_ = 0;
  schedule_ = 0;
}

void Model::begin_schedule() noexcept {
  ++schedule_;
  places_ = 0;
  for (View& view : threads_) view.clear();
}

bool Model::learn() noexcept {
  bool learned = false;
  for (std::size_t i = 0; i < used_; ++i) {
    Place& place = table_[filled_[i]];
    const auto touched = static_cast<ThreadMask>(place.readers | place.writers);
    const bool alone = (touched & (touched - 1)) == 0;
    if (place.contended || alone || place.writers == 0) continue;
    place.contended = true;
    learned = true;
  }
  return learned;
}

Place* Model::find(const void* address, unsigned size) noexcept {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::size_t index = hash_of(wanted) % kTable;
  while (table_[index].address != wanted) {
    if (table_[index].address == 0) {
      if (used_ >= kTable * 3 / 4) return nullptr;
      table_[index].address = wanted;
      filled_[used_++] = static_cast<std::uint16_t>(index);
      break;
    }
    index = (index + 1) % kTable;
  }
  Place& place = table_[index];
  if (place.schedule == schedule_ && place.size == size) return &place;

  if (places_ == kPlaces) return nullptr;
  place.schedule = schedule_;
  place.id = static_cast<std::uint16_t>(places_++);
  place.size = static_cast<std::uint8_t>(size);
  place.born_by = kHost;
  place.born_at = 0;
  place.birth = 0;
  place.newest = 0;
  place.seq_cst_floor = 0;
  place.stores[0] = {read_memory(address, size), false};
  for (View& view : threads_) view.cover(places_);
  return &place;
}

bool Model::knows_place(const void* address, unsigned size) const noexcept {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::size_t index = hash_of(wanted) % kTable;
  while (table_[index].address != wanted) {
    if (table_[index].address == 0) return false;
    index = (index + 1) % kTable;
  }
  return table_[index].schedule == schedule_ && table_[index].size == size;
}

Cell* Model::find_cell(const void* address) noexcept {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::size_t index = hash_of(wanted) % kCells;
  while (cells_[index].address != wanted) {
    if (cells_[index].address == 0) {
      if (cells_used_ >= kCells * 3 / 4) return nullptr;
      ++cells_used_;
      cells_[index].address = wanted;
      break;
    }
    index = (index + 1) % kCells;
  }
  Cell& cell = cells_[index];
  if (cell.schedule == schedule_) return &cell;
  cell.schedule = schedule_;
  cell.writer = kHost;
  cell.written = 0;
  cell.read.fill(0);
  return &cell;
}

View& Model::view_of(const Place& place, Stamp stamp) noexcept {
  return views_[std::size_t{place.id} * kHistory + stamp % kHistory];
}

void Model::append(Place& place, ThreadNumber thread, std::uint64_t value, bool has_view) noexcept {
  ++place.newest;
  place.stores[place.newest % kHistory] = {value, has_view};
  threads_[thread].oldest[place.id] = place.newest;
}

// What a thread does after a release is not part of what it released.
void Model::tick(ThreadNumber thread) noexcept { ++threads_[thread].clock[thread]; }

void Model::construct(Place& place, ThreadNumber thread, std::uint64_t value) noexcept {
  append(place, thread, value, false);
  place.birth = place.newest;
  place.born_by = thread;
  place.born_at = threads_[thread].clock[thread];
}

bool Model::is_born_for(const Place& place, ThreadNumber thread) const noexcept {
  return place.born_by == thread || knows(thread, place.born_by, place.born_at);
}

unsigned Model::readable(const Place& place, ThreadNumber thread, Order order) const noexcept {
  unsigned oldest = std::max(threads_[thread].oldest[place.id], place.birth);
  if (is_seq_cst(order)) oldest = std::max<unsigned>(oldest, place.seq_cst_floor);
  return std::min(place.newest - oldest + 1, kHistory);
}

std::uint64_t Model::load(Place& place, ThreadNumber thread, Order order,
                          unsigned stores_back) noexcept {
  const auto stamp = static_cast<Stamp>(place.newest - stores_back);
  View& mine = threads_[thread];
  mine.oldest[place.id] = std::max(mine.oldest[place.id], stamp);
  if (is_seq_cst(order)) place.seq_cst_floor = std::max(place.seq_cst_floor, stamp);
  const Store& seen = place.at(stamp);
  if (seen.has_view && acquires(order)) mine.join(view_of(place, stamp));
  return seen.value;
}

void Model::store(Place& place, ThreadNumber thread, Order order, std::uint64_t value) noexcept {
  append(place, thread, value, releases(order));
  if (releases(order)) {
    view_of(place, place.newest).copy(threads_[thread]);
    tick(thread);
  }
  if (is_seq_cst(order)) place.seq_cst_floor = place.newest;
}

void Model::update(Place& place, ThreadNumber thread, Order order, std::uint64_t value) noexcept {
  const bool inherits = place.at(place.newest).has_view;
  const View& before = view_of(place, place.newest);
  append(place, thread, value, inherits || releases(order));
  View& view = view_of(place, place.newest);
  if (inherits) {
    view.copy(before);
    view.cover(places_);
    if (releases(order)) view.join(threads_[thread]);
  } else if (releases(order)) {
    view.copy(threads_[thread]);
  }
  if (releases(order)) tick(thread);
  if (is_seq_cst(order)) place.seq_cst_floor = place.newest;
}

bool Model::read_cell(Cell& cell, ThreadNumber thread, unsigned& other_thread) noexcept {
  cell.read[thread] = threads_[thread].clock[thread];
  other_thread = cell.writer;
  return cell.writer == thread || knows(thread, cell.writer, cell.written);
}

bool Model::write_cell(Cell& cell, ThreadNumber thread, unsigned& other_thread) noexcept {
  for (other_thread = 0; other_thread < kThreads; ++other_thread)
    if (other_thread != thread && !knows(thread, other_thread, cell.read[other_thread]))
      return false;
  other_thread = cell.writer;
  if (cell.writer != thread && !knows(thread, cell.writer, cell.written)) return false;
  cell.writer = thread;
  cell.written = threads_[thread].clock[thread];
  return true;
}

void Model::fork(ThreadNumber actor) noexcept {
  threads_[actor].copy(threads_[kHost]);
  threads_[actor].cover(places_);
  threads_[actor].clock[actor] = 1;
}

void Model::join(ThreadNumber actor) noexcept { threads_[kHost].join(threads_[actor]); }

}  // namespace orochi::explorer
