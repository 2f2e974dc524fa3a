#include "python/importing/file_name.h"

#include "objects/model/error.h"
#include "objects/types/bytes.h"
#include "objects/types/codec.h"
#include "python/modules/late_name.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_escape("surrogateescape");

[[nodiscard]] Status take_codec(Codec& codec) noexcept {
  Str* const errors = g_escape.get();
  return errors == nullptr ? Status::kFailed : codec.take(Value(), Value(errors), "decode");
}

}  // namespace

FileName::FileName(const Str& name) noexcept {
  Codec codec;
  const Ref<Bytes> bytes = failed(take_codec(codec)) ? Ref<Bytes>() : codec.encode(name);
  text_[0] = '\0';
  if (!bytes) {
    clear_error();
    return;
  }
  const std::string_view view(reinterpret_cast<const char*>(bytes->span().data()), bytes->size());
  if (view.size() >= text_.size() || view.find('\0') != std::string_view::npos) return;
  size_ = view.copy(text_.data(), view.size());
  text_[size_] = '\0';
  is_good_ = true;
}

Ref<Str> str_of_file_name(std::string_view bytes) noexcept {
  Codec codec;
  if (failed(take_codec(codec))) return kRaised;
  return codec.decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

}  // namespace orochi::inline OROCHI_DESIGN
