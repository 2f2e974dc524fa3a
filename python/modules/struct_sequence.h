// python/modules/struct_sequence.h: tuples whose items have names: sys.version_info,
// time.struct_time, os.stat_result.
//
//     constexpr StructField kFields[] = {{"major", "The first number."}, ...};
//     constexpr StructSequenceSpec kSpec{.module = "sys", .name = "version_info", ...};
//     Type* const type = make_struct_sequence_type(kSpec);             // once
//     Ref<> info = make_struct_sequence(*type, values);                // one for each field
//
// The first `shown` fields are the items of the tuple; the others have names alone. A field without
// a name is an item alone. Programs make one from a sequence of at least as many items as are
// shown, and a dict for the others.
//
// S1  A field never changes once the object is published: items as those of any tuple, the others
//     in the places behind it (objects/model/instance.h), which nobody writes any more.
//
// Attached threads. Tests: tests/python/modules/struct_sequence_test.cc
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "objects/model/status.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

struct StructField {
  std::string_view name;  // empty: it has none
  std::string_view doc{};
};

// Lives for ever.
struct StructSequenceSpec {
  std::string_view module;
  std::string_view name;
  std::string_view doc;
  std::span<const StructField> fields;
  std::size_t shown = 0;
  bool can_be_called = true;  // programs may make others
};

// Null: an exception is pending. `spec` is kept.
[[nodiscard]] Type* make_struct_sequence_type(const StructSequenceSpec& spec) noexcept;
// Of values that are moved away, one for each field. An empty one: an exception is pending.
[[nodiscard]] Ref<> make_struct_sequence(Type& type, std::span<Ref<>> values) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
