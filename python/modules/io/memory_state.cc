#include "python/modules/io/memory_state.h"

#include "objects/model/error.h"
#include "objects/types/dict.h"
#include "objects/types/index.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/str_builder.h"
#include "python/modules/io/calls.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<> attributes_of_stream(Object& stream) noexcept {
  const Ref<Dict> attributes = dict_of_instance(stream);
  if (!attributes) return kRaised;
  if (attributes->size() == 0) return Special::kNone;
  return attributes->copy();
}

Status set_stream_attributes(Object& stream, Value attributes, std::string_view which) noexcept {
  if (attributes.is_none()) return Status::kDone;
  Dict* const given = as_dict(attributes);
  if (given == nullptr)
    return raise(ErrorKind::kType,
                 {which, " item of state should be a dict, got a ", type_of(attributes).name()});
  const Ref<Dict> mine = dict_of_instance(stream);
  return mine ? mine->update(*given) : Status::kFailed;
}

Status read_state_place(Value value, std::string_view which, std::size_t& place) noexcept {
  const Index index = index_of(value);
  if (index.kind == IndexKind::kNone)
    return raise(ErrorKind::kType,
                 {which, " item of state must be an integer, got ", type_of(value).name()});
  if (index.number < 0) return raise(ErrorKind::kValue, {"position value cannot be negative"});
  place = static_cast<std::size_t>(index.number);
  return Status::kDone;
}

Raised raise_wrong_state(Value stream, std::string_view wanted, Value state) noexcept {
  return raise(ErrorKind::kType, {TypeName(stream).text(), ".__setstate__ argument should be ",
                                  wanted, ", got ", type_of(state).name()});
}

Raised raise_number(std::string_view before, std::int64_t number, std::string_view after) noexcept {
  StrBuilder text;
  text.add(before);
  text.add_number(number);
  text.add(after);
  return raise(ErrorKind::kValue, text);
}

}  // namespace orochi::inline OROCHI_DESIGN
