// python/modules/io/types.h: the types of the module _io, and how they are made.
//
//     _IOBase --> _RawIOBase ------> FileIO
//             --> _BufferedIOBase -> BufferedReader, BufferedWriter, BufferedRandom,
//                                    BufferedRWPair, BytesIO
//             --> _TextIOBase -----> TextIOWrapper, StringIO
//
// Each is made in a file of its own, by a function of IoTypeSpec. Instances have a __dict__ and may
// be referred to weakly.
//
// Attached threads. Tests: tests/python/modules/io/io_base_test.cc
#pragma once

#include <span>
#include <string_view>

#include "objects/model/type.h"
#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN {

struct IoTypeSpec {
  std::string_view name;
  const Layout* layout;
  // Its base; the others follow from that. Null: object.
  Type* base;
  Protocols protocols{};
  std::span<const NativeSpec> constructor;  // __new__, or nothing: the base's
  std::span<const NativeSpec> methods;
  std::span<const AttributeSpec> attributes{};
  std::string_view doc{};
};
// Null: it raised.
[[nodiscard]] Type* make_io_type(const IoTypeSpec& spec) noexcept;

// All that the module has, and its names. Any attached thread, as often as it likes: it happens
// once. Failed: there was no memory, and a later call tries again.
[[nodiscard]] Status make_io_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
