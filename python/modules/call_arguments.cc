#include "python/modules/call_arguments.h"

#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {

Status CallArguments::add(Ref<> value) noexcept {
  return values_.add(value) ? Status::kDone : Status{raise_memory_error()};
}

Status CallArguments::add_all(const Tuple& values) noexcept {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (failed(add(values.load(i)))) return kRaised;
  }
  return Status::kDone;
}

// Of a copy: others may change the dict meanwhile.
Status CallArguments::add_named(Dict& values) noexcept {
  const Ref<Dict> copy = values.copy();
  if (!copy) return kRaised;
  Ref<Tuple> names = Tuple::make_blank(copy->size());
  if (!names) return kRaised;
  std::size_t place = 0;
  for (std::size_t i = 0; i < names->size(); ++i, ++place) {
    DictItem item = copy->next(place);
    names->initialise(i, std::move(item.key));
    if (failed(add(std::move(item.value)))) return kRaised;
  }
  names_ = std::move(names);
  return Status::kDone;
}

Arguments CallArguments::all() const noexcept {
  const std::size_t named = names_ ? names_->size() : 0;
  return {values_.all().data(), values_.size() - named, named == 0 ? nullptr : names_.get()};
}

}  // namespace orochi::inline OROCHI_DESIGN
