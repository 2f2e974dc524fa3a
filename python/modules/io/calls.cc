#include "python/modules/io/calls.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <iterator>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/class.h"
#include "objects/types/dict.h"
#include "objects/types/exception_fields.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/type_object.h"
#include "python/modules/io/names.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Calls. ---

Ref<> call_named(Value value, Str& name, std::initializer_list<Value> arguments) noexcept {
  return call_method(value, name, {std::data(arguments), arguments.size(), nullptr});
}

Truth attribute_truth(Value value, Str& name) noexcept {
  const Ref<> found = get_attribute(value, name);
  return found ? truth(found.value()) : Truth{kRaised};
}

Truth call_truth(Value value, Str& name) noexcept {
  const Ref<> result = call_named(value, name);
  return result ? truth(result.value()) : Truth{kRaised};
}

Status check_can(Value stream, Str& name, std::string_view refusal) noexcept {
  const Ref<> answer = call_named(stream, name);
  if (!answer) return kRaised;
  return answer.value().is(Special::kTrue) ? Status::kDone : Status{raise_unsupported(refusal)};
}

Status find_named(Value value, Str& name, Ref<>& found) noexcept {
  if (!failed(find_attribute(value, name, found))) return Status::kDone;
  // Also where the attribute is there, and is that of something below that has none.
  if (!may_go_on() || !is_pending(exception_type(ErrorKind::kAttribute))) return kRaised;
  clear_error();
  return Status::kDone;
}

// --- Arguments. ---

Status read_size_argument(Value value, std::int64_t& size) noexcept {
  size = -1;
  if (value.is_empty() || value.is_none()) return Status::kDone;
  Ref<> number;
  if (failed(find_index(value, number))) return kRaised;
  if (!number)
    return raise(ErrorKind::kType,
                 {"argument should be integer or None, not '", type_of(value).name(), "'"});
  return read_index(number.value(), size);
}

Status read_place_argument(Value value, std::int64_t& place) noexcept {
  return read_index(value, place);
}

Status read_place(const Ref<>& result, std::int64_t& place) noexcept {
  return result ? read_index(result.value(), place) : Status{kRaised};
}

Status read_int_argument(Value value, int& number) noexcept {
  std::int64_t wide = 0;
  if (failed(read_index(value, wide))) return kRaised;
  if (wide < INT_MIN || wide > INT_MAX)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C int"});
  number = static_cast<int>(wide);
  return Status::kDone;
}

Status take_writable(BytesLease& lease, Value value, std::string_view function) noexcept {
  const bool lends = is_bytes_like(value);
  if (lends && failed(lease.take(value))) return kRaised;
  if (lends && !lease.is_readonly()) return Status::kDone;
  return raise(
      ErrorKind::kType,
      {function, "() argument must be read-write bytes-like object, not ", type_of(value).name()});
}

void copy_into(const BytesLease& lease, std::size_t at, ByteSpan bytes) noexcept {
  lease.read([&](ByteSpan) { std::ranges::copy(bytes, lease.data() + at); });
}

// --- Errors. ---

namespace {

constinit Type* g_unsupported = nullptr;  // written by make_unsupported_operation

}  // namespace

Type& unsupported_operation() noexcept { return *g_unsupported; }

Status make_unsupported_operation() noexcept {
  const Ref<Str> name = intern("UnsupportedOperation");
  const Ref<Dict> body = Dict::make();
  const Ref<Tuple> bases =
      Tuple::of(Ref<>::of(Value(&exception_type(BuiltinException::kOSError))),
                Ref<>::of(Value(&exception_type(BuiltinException::kValueError))));
  if (!name || !body || !bases || failed(body->set(Value(names().module), intern("io"))))
    return kRaised;
  g_unsupported = make_class({&type_type(), *name, *bases, *body});
  return g_unsupported == nullptr ? Status::kFailed : Status::kDone;
}

Raised raise_unsupported(std::string_view text) noexcept {
  return raise_new(unsupported_operation(), text);
}

Raised raise_closed() noexcept {
  return raise(ErrorKind::kValue, {"I/O operation on closed file."});
}

Status check_not_closed(Value stream) noexcept {
  const Truth closed = attribute_truth(stream, *io_names().closed);
  if (closed == Truth::kTrue) return raise_closed();
  return failed(closed) ? Status::kFailed : Status::kDone;
}

Raised raise_would_block(std::string_view text, std::size_t written) noexcept {
  const Ref<Str> message = Str::of_ascii(text);
  const Ref<> count = make_size(written);
  if (!message || !count) return kRaised;
  const Value values[] = {Value::of_int(EAGAIN), message.value(), count.value()};
  return raise_exception(call_exception_type(exception_type(BuiltinException::kBlockingIOError),
                                             {values, std::size(values), nullptr}));
}

TypeName::TypeName(Value value) noexcept
    : name_(type_of(value).is_class() ? Str::of_utf8(type_of(value).name())
                                      : full_name(type_of(value))) {
  if (!name_) {
    clear_error();
  } else if (name_->is_ascii()) {
    text_ = name_->ascii();
  }
}

Ref<> refuse_to_pickle(const Value* arguments) noexcept {
  return raise(ErrorKind::kType, {"cannot pickle '", TypeName(arguments[0]).text(), "' object"});
}

Status chain_errors(Error first, Status second) noexcept {
  if (!first) return second;
  if (!failed(second)) {
    std::move(first).restore();
    return kRaised;
  }
  const Ref<Exception> later = take_exception();
  later->set_context(exception_of(std::move(first)));
  raise_value(ErrorKind::kObject, later.share());
  return kRaised;
}

}  // namespace orochi::inline OROCHI_DESIGN
