// The module _io: streams of bytes and of text. The module io, written in Python, is made of it.

#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "python/modules/io/buffered.h"
#include "python/modules/io/buffered_pair.h"
#include "python/modules/io/bytes_io.h"
#include "python/modules/io/calls.h"
#include "python/modules/io/file_io.h"
#include "python/modules/io/io_base.h"
#include "python/modules/io/newline_decoder.h"
#include "python/modules/io/open.h"
#include "python/modules/io/string_io.h"
#include "python/modules/io/text_io.h"
#include "python/modules/io/types.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Which encoding a function means that was not told one: its caller's caller gets the warning,
// where there are warnings.
Ref<> text_encoding(const Value* arguments) noexcept {
  if (!arguments[0].is_none()) return Ref<>::of(arguments[0]);
  return intern("locale");
}

constexpr NativeSpec kFunctions[] = {
    {kOpenSignature, open_file, "Open a file and return a stream."},
    {"open_code(path)", open_code, "Open a program's text, for reading its bytes."},
    {"text_encoding(encoding, stacklevel=2, /)", text_encoding,
     "The encoding, or 'locale' for None."},
};

constexpr Type& (*kTypes[])() noexcept = {
    io_base_type,         raw_io_base_type,      buffered_io_base_type, text_io_base_type,
    file_io_type,         bytes_io_type,         buffered_reader_type,  buffered_writer_type,
    buffered_random_type, buffered_pair_type,    text_io_type,          string_io_type,
    newline_decoder_type, unsupported_operation,
};

Status complete(Module& module) noexcept {
  if (failed(make_io_types())) return kRaised;
  for (const auto type : kTypes) {
    if (failed(add_type(module, type()))) return kRaised;
  }
  if (failed(add_type(module, exception_type(BuiltinException::kBlockingIOError)))) return kRaised;
  return add_int(module, "DEFAULT_BUFFER_SIZE", std::int64_t{kDefaultBufferSize});
}

}  // namespace

extern constinit const NativeModule kIoModule{
    "_io", "Streams of bytes and of text, and opening files.", kFunctions, complete};

}  // namespace orochi::inline OROCHI_DESIGN
