#include "objects/model/error.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstring>

#include "memory/buffer.h"
#include "objects/model/thread_record.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// In the order of ErrorKind.
constexpr std::array<std::string_view, 28> kNames{
    "",
    "",
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BufferError",
    "EOFError",
    "ImportError",
    "IndexError",
    "KeyError",
    "LookupError",
    "MemoryError",
    "NameError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "RecursionError",
    "ReferenceError",
    "RuntimeError",
    "StopIteration",
    "SyntaxError",
    "SystemError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "ValueError",
    "ZeroDivisionError",
};
static_assert(kNames[static_cast<std::size_t>(ErrorKind::kZeroDivision)] == "ZeroDivisionError");
static_assert(kNames[static_cast<std::size_t>(ErrorKind::kMemory)] == "MemoryError");

[[nodiscard]] std::size_t total_length(std::initializer_list<std::string_view> parts) noexcept {
  std::size_t sum = 0;
  for (const std::string_view part : parts) sum += part.size();
  return sum;
}

// Null without memory.
[[nodiscard]] char* joined(std::initializer_list<std::string_view> parts) noexcept {
  auto* const text = static_cast<char*>(allocate_buffer(total_length(parts)));
  if (text == nullptr) return nullptr;
  char* end = text;
  for (const std::string_view part : parts) {
    // A view of nothing may point nowhere.
    if (!part.empty()) std::memcpy(end, part.data(), part.size());
    end += part.size();
  }
  return text;
}

}  // namespace

std::string_view name_of(ErrorKind kind) noexcept { return kNames[static_cast<std::size_t>(kind)]; }

Error::~Error() { free_buffer(text_); }

Error Error::of_text(ErrorKind kind, std::initializer_list<std::string_view> parts) noexcept {
  Error error;
  error.kind_ = kind;
  if (total_length(parts) == 0) return error;
  error.text_ = joined(parts);
  if (error.text_ == nullptr) error.kind_ = ErrorKind::kMemory;
  return error;
}

Error Error::of_value(ErrorKind kind, Ref<> value) noexcept {
  Error error;
  error.kind_ = kind;
  error.value_ = std::move(value);
  return error;
}

Error Error::take() noexcept { return std::move(ThreadRecord::mine().pending); }

// What was pending is dropped when the new one is in place: a destructor may raise and take.
void Error::restore() && noexcept {
  if (*this) ThreadRecord::mine().pending.swap(*this);
}

std::string_view Error::text() const noexcept {
  if (text_ == nullptr) return {};
  return {text_, buffer_bytes(text_)};
}

Raised raise(ErrorKind kind, std::initializer_list<std::string_view> parts) noexcept {
  assert(kind != ErrorKind::kNone && kind != ErrorKind::kObject);
  Error::of_text(kind, parts).restore();
  return kRaised;
}

Raised raise_value(ErrorKind kind, Ref<> value) noexcept {
  assert(kind != ErrorKind::kNone);
  Error::of_value(kind, std::move(value)).restore();
  return kRaised;
}

Raised raise_memory_error() noexcept { return raise(ErrorKind::kMemory, {}); }

ErrorKind pending_kind() noexcept { return ThreadRecord::mine().pending.kind(); }

void clear_error() noexcept { static_cast<void>(Error::take()); }

}  // namespace orochi::inline OROCHI_DESIGN
