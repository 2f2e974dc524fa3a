#include "python/modules/show_traceback.h"

#include <cstdio>
#include <memory>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/str_builder.h"
#include "objects/types/traceback_text.h"
#include "objects/types/utf8_text.h"
#include "python/modules/late_name.h"
#include "python/modules/loaded_modules.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit LateName g_flush("flush");
constinit LateName g_stderr("stderr");
constinit LateName g_write("write");

// --- Lines of files. ---

struct Closer {
  void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
};

// Goes on to the next line and adds what is left of this one, without its end. False: there is
// nothing left.
[[nodiscard]] bool read_line(std::FILE* file, StrBuilder* out) noexcept {
  char part[256];
  bool any = false;
  while (std::fgets(part, sizeof part, file) != nullptr) {
    any = true;
    std::string_view text(part);
    const bool is_end = text.ends_with('\n');
    if (is_end) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (out != nullptr) out->add_utf8(text);
    if (is_end) break;
  }
  return any;
}

[[nodiscard]] Ref<Str> line_of_file(const Str& name, std::int64_t line) noexcept {
  char path[4096];
  const Utf8Text text(name);
  if (line < 1 || text.view().size() >= sizeof path) return {};
  path[text.view().copy(path, sizeof path - 1)] = '\0';
  const std::unique_ptr<std::FILE, Closer> file(std::fopen(path, "re"));
  if (!file) return {};
  while (--line > 0) {
    if (!read_line(file.get(), nullptr)) return {};
  }
  StrBuilder out;
  if (!read_line(file.get(), &out)) return {};
  Ref<Str> found = out.finish();
  if (!found) clear_error();
  return found;
}

// --- Where it goes. ---

[[nodiscard]] bool write_to(Value stream, Str& text) noexcept {
  Str* const write = g_write.get();
  Str* const flush = g_flush.get();
  const Value argument(&text);
  if (write == nullptr || flush == nullptr || !call_method(stream, *write, {&argument, 1, nullptr}))
    return false;
  return static_cast<bool>(call_method(stream, *flush));
}

// False: there is no such stream, or it failed.
[[nodiscard]] bool write_to_errors(Str& text) noexcept {
  Str* const name = g_stderr.get();
  Ref<> stream;
  if (name == nullptr || failed(find_in_sys(*name, stream)) || !stream) return false;
  return !stream.value().is_none() && write_to(stream.value(), text);
}

// By a detached thread, as whoever reads may take his time.
void write_plainly(const Str& text) noexcept {
  const Utf8Text utf8(text);
  Thread& me = *Thread::current();
  me.detach_to_wait();
  std::fwrite(utf8.view().data(), 1, utf8.view().size(), stderr);
  me.attach_after_wait();
}

}  // namespace

Ref<Str> traceback_text(Exception& exception) noexcept {
  const auto line = [](const Str& file, std::int64_t number) noexcept {
    return line_of_file(file, number);
  };
  const auto anchors = [](text::View, Anchors&) noexcept { return false; };
  return show_exception(exception, {line, anchors});
}

void write_to_stderr(Str& text) noexcept {
  Error before = Error::take();
  if (!write_to_errors(text)) {
    clear_error();
    write_plainly(text);
  }
  std::move(before).restore();
}

void show_traceback(Exception& exception) noexcept {
  const Ref<Str> text = traceback_text(exception);
  if (text) return write_to_stderr(*text);
  clear_error();
}

}  // namespace orochi::inline OROCHI_DESIGN
