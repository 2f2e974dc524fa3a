#include "python/modules/posix/arguments.h"

#include <fcntl.h>

#include <array>
#include <cstring>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/codec.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "python/modules/arguments.h"
#include "python/modules/io/path.h"
#include "python/modules/late_name.h"

namespace orochi::inline OROCHI_DESIGN::posix {
namespace {

constinit LateName g_fspath("__fspath__");
constinit LateName g_fileno("fileno");

[[nodiscard]] bool has_index(Value value) noexcept {
  return is_int(value) || type_of(value).block().protocols().index != nullptr;
}

[[nodiscard]] bool is_path_like(Value value) noexcept {
  if (as_str(value) != nullptr || as_bytes(value) != nullptr) return true;
  Str* const name = g_fspath.get();
  return name != nullptr && static_cast<bool>(type_of(value).find(*name));
}

Raised raise_wrong_path(Value given, const PathArgument::Rules& rules) noexcept {
  std::string_view wanted = "string, bytes or os.PathLike";
  if (rules.may_be_file) wanted = "string, bytes, os.PathLike or integer";
  if (rules.may_be_file && rules.may_be_none)
    wanted = "string, bytes, os.PathLike, integer or None";
  return raise(ErrorKind::kType, {rules.function, ": ", rules.name, " should be ", wanted, ", not ",
                                  type_name(given)});
}

}  // namespace

Status PathArgument::take(Value given, const Rules& rules) noexcept {
  given_ = given;
  if (rules.may_be_none && (given.is_empty() || given.is_none())) {
    given_ = Value();
    text_ = Bytes::of(ByteSpan(reinterpret_cast<const std::uint8_t*>("."), 2));
    return text_ ? Status::kDone : Status::kFailed;
  }
  if (rules.may_be_file && has_index(given)) return read_c_int(given, file_);
  if (!is_path_like(given)) return raise_wrong_path(given, rules);
  const Ref<> path = path_of(given);
  if (!path) return kRaised;
  is_bytes_ = as_bytes(path.value()) != nullptr;
  text_ = system_path_of(path.value());
  return text_ ? Status::kDone : Status::kFailed;
}

const char* PathArgument::text() const noexcept {
  return reinterpret_cast<const char*>(text_->span().data());
}

Status read_folder(Value value, int& folder) noexcept {
  folder = AT_FDCWD;
  if (value.is_empty() || value.is_none()) return Status::kDone;
  if (has_index(value)) return read_c_int(value, folder);
  return raise(ErrorKind::kType, {"argument should be integer or None, not ", type_name(value)});
}

Status read_file(Value value, int& file) noexcept {
  if (has_index(value)) return read_c_int(value, file);
  Str* const name = g_fileno.get();
  Ref<> method;
  if (name == nullptr || failed(find_attribute(value, *name, method))) return kRaised;
  if (!method)
    return raise(ErrorKind::kType, {"argument must be an int, or have a fileno() method."});
  const Ref<> number = call(method.value(), {});
  if (!number) return kRaised;
  if (!is_int(number.value())) return raise(ErrorKind::kType, {"fileno() returned a non-integer"});
  return read_c_int(number.value(), file);
}

Status read_flag(Value value, bool& flag) noexcept {
  if (value.is_empty()) return Status::kDone;
  const Truth answer = truth(value);
  flag = answer == Truth::kTrue;
  return failed(answer) ? Status::kFailed : Status::kDone;
}

Status read_number(Value value, std::int64_t& number) noexcept {
  return value.is_empty() ? Status::kDone : read_integer(value, "C long", number);
}

Ref<Str> decode_path(std::string_view path) noexcept {
  const Ref<Str> errors = intern("surrogateescape");
  Codec codec;
  if (!errors || failed(codec.take(Value(), errors.value(), "fsdecode"))) return kRaised;
  return codec.decode({reinterpret_cast<const std::uint8_t*>(path.data()), path.size()});
}

Ref<> path_result(std::string_view path, bool as_bytes) noexcept {
  if (!as_bytes) return decode_path(path);
  return Bytes::of({reinterpret_cast<const std::uint8_t*>(path.data()), path.size()});
}

Raised raise_about_two(int number, Value file, Value second) noexcept {
  const char* const known = strerrordesc_np(number);
  const Ref<Str> text = Str::of_ascii(known != nullptr ? known : "Unknown error");
  if (!text) return kRaised;
  const std::array values{Value::of_int(number), text.value(), file, Value::kNone, second};
  Type& type = exception_type(BuiltinException::kOSError);
  return raise_exception(call_exception_type(type, {values.data(), values.size(), nullptr}));
}

}  // namespace orochi::inline OROCHI_DESIGN::posix
