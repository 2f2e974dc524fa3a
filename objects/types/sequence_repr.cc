#include "objects/types/sequence_repr.h"

#include "memory/buffer.h"
#include "objects/model/operations.h"
#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// A str in UTF-8. Surrogates stay what they are.
class Utf8 {
 public:
  explicit Utf8(const Str& str) noexcept
      : size_(text::measure_encoded(str.view(), kErrors).bytes),
        bytes_(static_cast<std::uint8_t*>(allocate_buffer(size_))) {
    if (bytes_ != nullptr) text::encode_utf8(bytes_, str.view(), kErrors);
  }
  ~Utf8() { free_buffer(bytes_); }
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;

  [[nodiscard]] bool is_there() const noexcept { return bytes_ != nullptr; }
  [[nodiscard]] std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(bytes_), size_};
  }

 private:
  static constexpr text::EncodeErrors kErrors = text::EncodeErrors::kSurrogatePass;

  const std::size_t size_;
  std::uint8_t* const bytes_;
};

}  // namespace

Status add_repr(StrBuilder& text, Value value) noexcept {
  const Ref<> shown = repr(value);
  if (!shown) return kRaised;
  const Str* const str = as_str(shown.value());
  if (str == nullptr)
    return raise(ErrorKind::kType,
                 {"__repr__ returned non-string (type ", type_of(shown.value()).name(), ")"});
  return text.add(*str);
}

Status ItemsRepr::add(Value item) noexcept {
  if (failed(text_.add(std::exchange(before_, separator_)))) return kRaised;
  is_empty_ = false;
  return add_repr(text_, item);
}

Ref<> ItemsRepr::finish(std::string_view close) noexcept {
  if (is_empty_ && failed(text_.add(before_))) return kRaised;
  if (failed(text_.add(close))) return kRaised;
  return text_.finish();
}

Raised raise_about(ErrorKind kind, std::string_view before, Value value,
                   std::string_view after) noexcept {
  StrBuilder text;
  if (failed(add_repr(text, value))) return kRaised;
  const Ref<Str> shown = text.finish();
  if (!shown) return kRaised;
  const Utf8 utf8(*shown);
  if (!utf8.is_there()) return raise_memory_error();
  return raise(kind, {before, utf8.text(), after});
}

}  // namespace orochi::inline OROCHI_DESIGN
