// marshal: dump, dumps, load, loads.

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bytes_like.h"
#include "objects/types/int.h"
#include "python/modules/arguments.h"
#include "python/modules/late_name.h"
#include "python/modules/marshal/marshal.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_read("read");
constinit LateName g_seek("seek");
constinit LateName g_tell("tell");
constinit LateName g_write("write");

// The version says which forms may be used; what is written here can be read by all from 4 on.
[[nodiscard]] Status check_version(Value version) noexcept {
  int number = 0;
  return read_c_int(version, number);
}

Ref<> dumps(const Value* arguments) noexcept {
  if (failed(check_version(arguments[1]))) return kRaised;
  return marshal::write(arguments[0]);
}

// (value, file, version)
Ref<> dump(const Value* arguments) noexcept {
  Str* const write = g_write.get();
  const Ref<Bytes> bytes = write == nullptr || failed(check_version(arguments[2]))
                               ? Ref<Bytes>()
                               : marshal::write(arguments[0]);
  if (!bytes) return kRaised;
  const Value argument = bytes.value();
  return call_method(arguments[1], *write, {&argument, 1, nullptr});
}

Ref<> loads(const Value* arguments) noexcept {
  BytesLike bytes;
  std::size_t used = 0;
  return failed(bytes.take(arguments[0])) ? Ref<>() : marshal::read(bytes.span(), used);
}

// What is behind the value stays unread, so the file has to be one that can go back.
Ref<> load(const Value* arguments) noexcept {
  Str* const read = g_read.get();
  Str* const tell = g_tell.get();
  Str* const seek = g_seek.get();
  if (read == nullptr || tell == nullptr || seek == nullptr) return kRaised;
  const Ref<> begin = call_method(arguments[0], *tell);
  const Ref<> all = begin ? call_method(arguments[0], *read) : Ref<>();
  BytesLike bytes;
  std::size_t used = 0;
  if (!all || failed(bytes.take(all.value()))) return kRaised;
  Ref<> value = marshal::read(bytes.span(), used);
  const Ref<> size = make_size(used);
  const Ref<> end = value && size ? binary(BinaryOp::kAdd, begin.value(), size.value()) : Ref<>();
  const Value argument = end.value();
  return end && call_method(arguments[0], *seek, {&argument, 1, nullptr}) ? std::move(value)
                                                                          : Ref<>();
}

constexpr NativeSpec kFunctions[] = {
    {"dump(value, file, version=4, /)", dump, "Writes a value to a file."},
    {"dumps(value, version=4, /)", dumps, "The bytes that stand for a value."},
    {"load(file, /)", load, "Reads a value from a file."},
    {"loads(bytes, /)", loads, "The value that bytes stand for."},
};

[[nodiscard]] Status complete(Module& module) noexcept {
  return add_int(module, "version", marshal::kVersion);
}

}  // namespace

extern constinit const NativeModule kMarshalModule{"marshal", "Values as bytes, and back.",
                                                   kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
