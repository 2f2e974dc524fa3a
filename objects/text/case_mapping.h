// objects/text/case_mapping.h: texts in another case, with Unicode's full mappings: "ß".upper() is
// "SS", and a capital sigma at the end of a word becomes the final one.
//
// In two passes, so that the caller allocates in between:
//
//     const CaseMeasure measure = measure_case(text, CaseChange::kUpper);
//     map_case(out, measure, text, CaseChange::kUpper);
//
// Pure functions; any thread. No language is known: Turkish has i and I as everybody else.
// Tests: tests/objects/text/case_mapping_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

enum class CaseChange : std::uint8_t { kLower, kUpper, kTitle, kCapitalize, kSwap, kFold };

struct CaseMeasure {
  std::size_t size = 0;  // code points
  Repertoire repertoire = Repertoire::kAscii;
};
[[nodiscard]] CaseMeasure measure_case(View text, CaseChange change) noexcept;

// Requires: `out` has room for the measured code points of the measured width.
void map_case(void* out, const CaseMeasure& measure, View text, CaseChange change) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
