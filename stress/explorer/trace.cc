#include "stress/explorer/trace.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace orochi::explorer {
namespace {

#ifdef OROCHI_SOURCE_ROOT
constexpr std::string_view kRoot = OROCHI_SOURCE_ROOT "/";
#else
constexpr std::string_view kRoot = "";
#endif

[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(buffer, sizeof buffer, pattern, arguments);
  va_end(arguments);
  return buffer;
}

const char* name_of(Order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return "relaxed";
    case std::memory_order_consume:
      return "consume";
    case std::memory_order_acquire:
      return "acquire";
    case std::memory_order_release:
      return "release";
    case std::memory_order_acq_rel:
      return "acq_rel";
    case std::memory_order_seq_cst:
      return "seq_cst";
  }
  return "?";
}

std::string number(std::uint64_t value) {
  return value < 1'000'000 ? std::to_string(value)
                           : format("0x%llx", static_cast<unsigned long long>(value));
}

std::string staleness(const Event& event) {
  if (event.stores_back == 0) return {};
  return "  STALE, newest is " + number(event.before);
}

// What was done, without where and to what.
std::string action(const Event& event) {
  const char* const order = name_of(event.order);
  const std::string value = number(event.value);
  switch (event.step) {
    case Step::kLoad:
      return "load " + value + ", " + order + staleness(event);
    case Step::kStore:
      return "store " + value + ", " + order;
    case Step::kUpdate:
      return "update " + number(event.before) + " -> " + value + ", " + order;
    case Step::kFailedExchange:
      return "failed exchange, found " + value + ", " + order + staleness(event);
    case Step::kConstruct:
      return "construct as " + value;
    case Step::kReadCell:
      return "plain read";
    case Step::kWriteCell:
      return "plain write";
    case Step::kSleep:
      return "sleep while it is " + value;
    case Step::kNoSleep:
      return "would sleep, but it is " + value;
    case Step::kWake:
      return "wake " + value + " sleeper(s)";
    case Step::kTimedOut:
      return "timeout fires";
    case Step::kPause:
      return "pause";
    case Step::kClock:
      return "clock shows " + number(event.value);
    case Step::kDone:
      return "done";
  }
  return "?";
}

bool has_place(Step step) {
  return step != Step::kPause && step != Step::kClock && step != Step::kDone;
}

std::string_view short_path(const char* path) {
  std::string_view text(path);
  if (!kRoot.empty() && text.starts_with(kRoot)) text.remove_prefix(kRoot.size());
  while (text.starts_with("../")) text.remove_prefix(3);
  return text;
}

}  // namespace

char letter_of(ThreadNumber thread) noexcept {
  return thread == kHost ? '-' : static_cast<char>('A' + thread - 1);
}

void Trace::begin_schedule() noexcept {
  hash_ = 0;
  size_ = 0;
  names_used_ = 0;
}

void Trace::name(const void* address, std::size_t bytes, const char* text) noexcept {
  if (names_used_ < kNames)
    names_[names_used_++] = {static_cast<const char*>(address), bytes, text};
}

std::string Trace::name_of(const void* address) const {
  const auto* const place = static_cast<const char*>(address);
  // The last name given is the most precise.
  for (std::size_t i = names_used_; i-- > 0;) {
    const Name& name = names_[i];
    if (place < name.address || place >= name.address + name.bytes) continue;
    const auto offset = place - name.address;
    return offset == 0 ? name.text : format("%s+%td", name.text, offset);
  }
  return {};
}

std::string Trace::line(const Event& event) const {
  std::string place;
  if (has_place(event.step) && event.address != nullptr) {
    place = name_of(event.address);
    if (place.empty()) place = format("#%u", static_cast<unsigned>(event.place));
  }
  std::string where;
  if (event.where.file != nullptr) {
    const std::string_view file = short_path(event.where.file);
    where = format("%.*s:%u %s", static_cast<int>(file.size()), file.data(), event.where.line,
                   event.where.function);
  }
  return format("%5u  %c  %-16s %-44s %s\n", event.number, letter_of(event.thread), place.c_str(),
                action(event).c_str(), where.c_str());
}

std::string Trace::text() const {
  constexpr std::size_t kEnds = 200;  // a livelock is understood from less
  std::string result;
  for (std::size_t i = 0; i < size_; ++i) {
    if (size_ > 2 * kEnds && i == kEnds) {
      result += "       ...\n";
      i = size_ - kEnds;
    }
    result += line(events_[i]);
  }
  return result;
}

}  // namespace orochi::explorer
