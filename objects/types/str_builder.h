// objects/types/str_builder.h: a str that is put together piece by piece.
//
//     StrBuilder text;
//     if (failed(text.add("<")) || failed(text.add(*name))) return kRaised;
//     return text.finish();
//
// Belongs to one attached thread. Runs no code of others.
// Tests: tests/objects/types/str_builder_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class StrBuilder {
 public:
  StrBuilder() noexcept = default;
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;

  [[nodiscard]] Status add(const Str& part) noexcept { return add(part.view(), part.repertoire()); }
  // Requires: all of it is ASCII.
  [[nodiscard]] Status add(std::string_view ascii) noexcept {
    return add({ascii.data(), ascii.size(), 1}, text::Repertoire::kAscii);
  }

  // The narrowest that holds what was added.
  [[nodiscard]] Ref<Str> finish() const noexcept;

 private:
  [[nodiscard]] Status add(text::View part, text::Repertoire repertoire) noexcept;
  [[nodiscard]] bool make_room(std::size_t more, text::Repertoire repertoire) noexcept;
  [[nodiscard]] text::View view() const noexcept {
    return {units_, size_, text::bytes_per_point(repertoire_)};
  }

  void* units_ = nullptr;  // a buffer, of units as wide as the repertoire needs
  std::size_t size_ = 0;
  std::size_t room_ = 0;
  text::Repertoire repertoire_ = text::Repertoire::kAscii;
};

}  // namespace orochi::inline OROCHI_DESIGN
