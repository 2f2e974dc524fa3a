// objects/types/bytes_like.h: the bytes of whatever has some: bytes, bytearrays, memoryviews.
//
//   BytesLease   the bytes where they are; their owner cannot be resized meanwhile, and others may
//                write into them, each with the guard's lock:
//
//     BytesLease lease;
//     if (failed(lease.take(value))) return kRaised;
//     lease.read([&](ByteSpan bytes) { ... });          // in one hold of that lock
//
//   BytesLike    the bytes as they were at one moment: those of bytes themselves, of others a copy.
//                What a function takes that looks at two such arguments, or calls out meanwhile
//
// Both count what they were taken from.
//
// Attached threads, each its own. Taking runs no code of others; what is lent may be written by any
// thread.
// Tests: tests/objects/types/bytearray_test.cc
#pragma once

#include <utility>

#include "objects/model/locked.h"
#include "objects/model/protocols.h"
#include "objects/types/bytes.h"

namespace orochi::inline OROCHI_DESIGN {

// Does it have the protocol?
[[nodiscard]] bool is_bytes_like(Value value) noexcept;

// a bytes-like object is required, not 'int'
Raised raise_not_bytes_like(Value value) noexcept;

class BytesLease {
 public:
  BytesLease() noexcept = default;
  ~BytesLease() { end(); }
  BytesLease(const BytesLease&) = delete;
  BytesLease& operator=(const BytesLease&) = delete;

  // Once. Raises a TypeError, or what the object does that lends nothing now.
  [[nodiscard]] Status take(Value value) noexcept;
  // Gives them back before its end.
  void end() noexcept;

  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(owner_); }
  // Whose they are, borrowed.
  [[nodiscard]] Value owner() const noexcept { return owner_.value(); }
  [[nodiscard]] std::size_t size() const noexcept { return lent_.size; }
  [[nodiscard]] bool is_readonly() const noexcept { return lent_.is_readonly; }

  // Requires: the guard's lock is held, if there is a guard.
  [[nodiscard]] std::uint8_t* data() const noexcept { return lent_.data; }
  [[nodiscard]] Object* guard() const noexcept { return lent_.guard; }

  // read(ByteSpan), in a hold of the guard's lock.
  template <class Read>
  decltype(auto) read(Read read) const noexcept {
    const ByteSpan bytes(lent_.data, lent_.size);
    if (lent_.guard == nullptr) return read(bytes);
    const Locked lock(*lent_.guard);
    return read(bytes);
  }

 private:
  Ref<> owner_;
  LentBytes lent_;
};

class BytesLike {
 public:
  [[nodiscard]] Status take(Value value) noexcept;

  [[nodiscard]] ByteSpan span() const noexcept { return bytes_->span(); }
  [[nodiscard]] Ref<Bytes>& bytes() noexcept { return bytes_; }

 private:
  Ref<Bytes> bytes_;
};

// As they are at one moment, of something bytes-like.
[[nodiscard]] Ref<Bytes> copy_of_bytes(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
