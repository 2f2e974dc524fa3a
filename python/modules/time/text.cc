// Points in time as text: asctime, ctime, strftime, strptime.

#include <array>

#include "memory/buffer.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/intern.h"
#include "objects/types/str_builder.h"
#include "objects/types/utf8_text.h"
#include "python/modules/calls.h"
#include "python/modules/loaded_modules.h"
#include "python/modules/time/parts.h"

namespace orochi::inline OROCHI_DESIGN::time {
namespace {

// The parts that are given, or those of now.
[[nodiscard]] Status read_parts(Value value, std::string_view function, std::tm& parts) noexcept {
  if (!value.is_empty()) {
    if (failed(read_time_tuple(value, function, parts))) return kRaised;
    return check_parts(parts);
  }
  time_t now = 0;
  return failed(read_seconds(Value(), now)) ? Status{kRaised} : to_local(now, parts);
}

// --- "Sat Jun  6 16:26:11 1998" ---

constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void add_two_digits(StrBuilder& out, int number, char before) noexcept {
  if (number < 10) out.add(static_cast<text::CodePoint>(before));
  out.add_number(number);
}

[[nodiscard]] Ref<> text_of(const std::tm& parts) noexcept {
  StrBuilder out;
  out.add(kDays[parts.tm_wday]);
  out.add(" ");
  out.add(kMonths[parts.tm_mon]);
  out.add(" ");
  add_two_digits(out, parts.tm_mday, ' ');
  out.add(" ");
  add_two_digits(out, parts.tm_hour, '0');
  out.add(":");
  add_two_digits(out, parts.tm_min, '0');
  out.add(":");
  add_two_digits(out, parts.tm_sec, '0');
  out.add(" ");
  out.add_number(std::int64_t{parts.tm_year} + 1900);
  return out.finish();
}

Ref<> asctime(const Value* arguments) noexcept {
  std::tm parts{};
  return failed(read_parts(arguments[0], "asctime", parts)) ? Ref<>() : text_of(parts);
}

Ref<> ctime(const Value* arguments) noexcept {
  time_t seconds = 0;
  std::tm parts{};
  if (failed(read_seconds(arguments[0], seconds)) || failed(to_local(seconds, parts)))
    return kRaised;
  return text_of(parts);
}

// --- strftime ---

// A text with a NUL behind it.
class CText {
 public:
  ~CText() { free_buffer(text_); }
  CText() noexcept = default;
  CText(const CText&) = delete;
  CText& operator=(const CText&) = delete;

  [[nodiscard]] Status make(std::string_view text) noexcept {
    text_ = static_cast<char*>(allocate_buffer(text.size() + 1));
    if (text_ == nullptr) return raise_memory_error();
    text.copy(text_, text.size());
    text_[text.size()] = '\0';
    return Status::kDone;
  }
  [[nodiscard]] const char* get() const noexcept { return text_; }

 private:
  char* text_ = nullptr;
};

// A format may stand for nothing, which looks as if there were too little room: so much is enough.
[[nodiscard]] Ref<> print(const char* format, std::size_t length, const std::tm& parts) noexcept {
  for (std::size_t room = 1024;; room *= 2) {
    auto* const buffer = static_cast<char*>(allocate_buffer(room));
    if (buffer == nullptr) return raise_memory_error();
    const std::size_t size = std::strftime(buffer, room, format, &parts);
    const bool is_done = size > 0 || room >= 256 * length;
    Ref<> text = is_done ? Ref<>(Str::of_utf8({buffer, size})) : Ref<>();
    free_buffer(buffer);
    if (is_done) return text;
  }
}

Ref<> strftime(const Value* arguments) noexcept {
  const Str* const format = as_str(arguments[0]);
  if (format == nullptr)
    return raise(ErrorKind::kType,
                 {"strftime() argument 1 must be str, not ", type_of(arguments[0]).name()});
  std::tm parts{};
  if (failed(read_parts(arguments[1], "strftime", parts))) return kRaised;
  if (parts.tm_isdst < -1) parts.tm_isdst = -1;
  if (parts.tm_isdst > 1) parts.tm_isdst = 1;
  const Utf8Text utf8(*format);
  if (utf8.view().find('\0') != std::string_view::npos)
    return raise(ErrorKind::kValue, {"embedded null character"});
  CText text;
  if (failed(text.make(utf8.view()))) return kRaised;
  return print(text.get(), utf8.view().size(), parts);
}

// --- strptime ---

// The library's module of the name, loaded if need be.
[[nodiscard]] Ref<> import_module(std::string_view name) noexcept {
  const Ref<Str> import = intern("__import__");
  const Ref<Str> wanted = intern(name);
  Ref<> function;
  if (!import || !wanted || failed(python_builtins().find(*import, function))) return kRaised;
  if (!function) return raise(ErrorKind::kImport, {"__import__ not found"});
  return call_with(function.value(), {wanted.value()});
}

Ref<> strptime(const Value* arguments) noexcept {
  const Ref<> module = import_module("_strptime");
  const Ref<Str> name = module ? intern("_strptime_time") : Ref<Str>();
  const Ref<> function = name ? get_attribute(module.value(), *name) : Ref<>();
  return function ? call_with_all(function.value(), object_of<Tuple>(arguments[0])) : Ref<>();
}

constexpr NativeSpec kFunctions[] = {
    {"asctime(tuple=<none>, /)", asctime, "Convert a time tuple to a string."},
    {"ctime(seconds=None, /)", ctime,
     "Convert a time in seconds since the Epoch to a string in local time."},
    {"strftime(format, tuple=<none>, /)", strftime,
     "Convert a time tuple to a string according to a format specification."},
    {"strptime(*args)", strptime,
     "Parse a string to a time tuple according to a format specification."},
};

}  // namespace

std::span<const NativeSpec> text_functions() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::time
