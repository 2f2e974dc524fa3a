// _TextIOBase: what streams of text have, and what each of them has to say for itself.
#include "python/modules/io/calls.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/types.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

template <const char* kName>
Ref<> unsupported(const Value*) noexcept {
  return raise_unsupported(kName);
}
constexpr char kDetach[] = "detach";
constexpr char kRead[] = "read";
constexpr char kReadline[] = "readline";
constexpr char kWrite[] = "write";

Ref<> none(Value) noexcept { return Special::kNone; }

constexpr NativeSpec kMethods[] = {
    {"detach(self, /)", unsupported<kDetach>, "Give up the buffer below, and return it."},
    {"read(self, /, *args)", unsupported<kRead>},
    {"readline(self, /, *args)", unsupported<kReadline>},
    {"write(self, s, /)", unsupported<kWrite>},
};
constexpr AttributeSpec kAttributes[] = {{"encoding", none}, {"newlines", none}, {"errors", none}};

}  // namespace

Type* make_text_io_base_type() noexcept {
  return make_io_type({.name = "_TextIOBase",
                       .layout = &layout_of<IoBase>,
                       .base = &io_base_type(),
                       .constructor = {},
                       .methods = kMethods,
                       .attributes = kAttributes,
                       .doc = "The base of streams of text."});
}

}  // namespace orochi::inline OROCHI_DESIGN
