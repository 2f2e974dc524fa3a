// stress/explorer/model.h: what a load may return.
//
// The C++20 memory model without fences and without load buffering, by views. Each place has its
// stores in modification order, numbered by stamps; each thread has a view: for every place the
// oldest store that it may still read. Coherence is that views only grow.
//
//   release store   takes its thread's view along; the view of any other store is empty
//   read-modify-write  reads the newest store, and adds to that store's view (a release sequence)
//   acquire load    joins the view of the store it reads
//   seq_cst load    reads nothing older than the last seq_cst access of the place saw or stored
//
// A view also holds a clock of every thread, which says what of it happens before: for data races.
//
// I1  Modification order, and the order of seq_cst accesses, are the order of execution. What that
//     leaves out is said in docs/explorer.md.
// I2  Which of the readable stores a load returns is the caller's choice: `readable` says how many
//     there are, and 0 is the newest.
//
// One OS thread runs everything, so nothing here is atomic.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "stress/explorer/limits.h"

namespace orochi::explorer {

using Order = std::memory_order;
using Stamp = std::uint16_t;

[[nodiscard]] constexpr bool acquires(Order order) noexcept {
  return order != std::memory_order_relaxed && order != std::memory_order_release;
}
[[nodiscard]] constexpr bool releases(Order order) noexcept {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}
[[nodiscard]] constexpr bool is_seq_cst(Order order) noexcept {
  return order == std::memory_order_seq_cst;
}

// What a thread, or a store, knows of. Entries from `places` on are zero without being written.
struct View {
  std::uint32_t places;
  std::array<Stamp, kThreads> clock;
  std::array<Stamp, kPlaces> oldest;

  void clear() noexcept;
  void join(const View& other) noexcept;
  void copy(const View& other) noexcept;
  // For a thread's view, which covers all places made so far.
  void cover(std::uint32_t count) noexcept;
};

struct Store {
  std::uint64_t value;
  bool has_view;
};

// One atomic, in one schedule.
struct Place {
  std::uintptr_t address = 0;

  // Learned over all schedules of one exploration.
  ThreadMask readers = 0;  // actors that read it
  ThreadMask writers = 0;  // actors that wrote it
  bool contended = false;  // as of the last learn(): an actor's access may matter to another

  // Of this schedule.
  std::uint32_t schedule = 0;  // which one
  std::uint16_t id = 0;        // by first touch
  std::uint8_t size = 0;
  ThreadNumber born_by = kHost;  // who constructed it, at which clock, as which store
  Stamp born_at = 0;
  Stamp birth = 0;
  Stamp newest = 0;
  Stamp seq_cst_floor = 0;
  std::array<Store, kHistory> stores{};

  [[nodiscard]] const Store& at(Stamp stamp) const noexcept { return stores[stamp % kHistory]; }
};

// A plain cell: who wrote it last, and who read it since, by their clocks.
struct Cell {
  std::uintptr_t address = 0;
  std::uint32_t schedule = 0;
  ThreadNumber writer = kHost;
  Stamp written = 0;
  std::array<Stamp, kThreads> read{};
};

class Model {
 public:
  // A new exploration: forgets everything.
  void begin_exploration() noexcept;
  // A new schedule. Addresses and what was learned of them stay.
  void begin_schedule() noexcept;
  // After a schedule: true if a place is found contended that was not so far.
  [[nodiscard]] bool learn() noexcept;

  // The place at an address, made from the value in memory if this schedule did not touch it yet.
  // Null: there are too many.
  [[nodiscard]] Place* find(const void* address, unsigned size) noexcept;
  [[nodiscard]] bool knows_place(const void* address, unsigned size) const noexcept;
  // Null: there are too many, and the rest goes unwatched.
  [[nodiscard]] Cell* find_cell(const void* address) noexcept;

  // An object was constructed over the place by `thread`; older stores are out of reach.
  void construct(Place& place, ThreadNumber thread, std::uint64_t value) noexcept;
  // True if the construction happens before what `thread` does now.
  [[nodiscard]] bool is_born_for(const Place& place, ThreadNumber thread) const noexcept;

  // How many stores a load may return (I2).
  [[nodiscard]] unsigned readable(const Place& place, ThreadNumber thread,
                                  Order order) const noexcept;
  [[nodiscard]] static std::uint64_t peek(const Place& place, unsigned stores_back) noexcept {
    return place.at(static_cast<Stamp>(place.newest - stores_back)).value;
  }
  // Reads the store that many stores back.
  std::uint64_t load(Place& place, ThreadNumber thread, Order order, unsigned stores_back) noexcept;
  void store(Place& place, ThreadNumber thread, Order order, std::uint64_t value) noexcept;
  // The two halves of a read-modify-write, of which the first is a load of the newest store.
  void update(Place& place, ThreadNumber thread, Order order, std::uint64_t value) noexcept;

  // False: a race with what `other_thread` did.
  [[nodiscard]] bool read_cell(Cell& cell, ThreadNumber thread, unsigned& other_thread) noexcept;
  [[nodiscard]] bool write_cell(Cell& cell, ThreadNumber thread, unsigned& other_thread) noexcept;

  // Thread start: the actor knows what the host did. Thread end: the host knows what it did.
  void fork(ThreadNumber actor) noexcept;
  void join(ThreadNumber actor) noexcept;

 private:
  static constexpr std::size_t kTable = 1 << 12;
  static constexpr std::size_t kCells = 1 << 14;

  [[nodiscard]] View& view_of(const Place& place, Stamp stamp) noexcept;
  [[nodiscard]] bool knows(ThreadNumber thread, unsigned other, Stamp clock) const noexcept {
    return threads_[thread].clock[other] >= clock;
  }
  void append(Place& place, ThreadNumber thread, std::uint64_t value, bool has_view) noexcept;
  void tick(ThreadNumber thread) noexcept;

  std::uint32_t schedule_ = 0;
  std::uint32_t places_ = 0;  // made in this schedule
  std::array<View, kThreads> threads_{};
  std::array<Place, kTable> table_{};
  std::size_t used_ = 0;
  std::array<std::uint16_t, kTable> filled_{};  // indices of used entries, for learn()
  std::array<Cell, kCells> cells_{};
  std::size_t cells_used_ = 0;
  View* views_ = nullptr;  // kPlaces x kHistory, of stores
};

}  // namespace orochi::explorer
