#include "python/modules/io/file_mode.h"

#include <fcntl.h>

#include "objects/model/error.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_bad_mode() noexcept {
  return raise(ErrorKind::kValue,
               {"Must have exactly one of create/read/write/append mode and at most one plus"});
}

// One of x, r, w, a; false: another letter.
[[nodiscard]] bool choose(char letter, FileMode& mode) noexcept {
  mode.reads = letter == 'r';
  mode.writes = letter != 'r';
  mode.creates = letter == 'x';
  mode.appends = letter == 'a';
  mode.truncates = letter == 'w';
  return letter == 'r' || letter == 'w' || letter == 'a' || letter == 'x';
}

}  // namespace

Status parse_file_mode(const Str& text, FileMode& mode) noexcept {
  const Utf8Text letters(text);
  bool has_kind = false;
  bool has_plus = false;
  for (const char letter : letters.view()) {
    FileMode chosen;
    if (letter == 'b') continue;
    if (letter == '+') {
      if (has_plus) return raise_bad_mode();
      has_plus = true;
    } else if (!choose(letter, chosen)) {
      return raise(ErrorKind::kValue, {"invalid mode: ", letters.view()});
    } else if (has_kind) {
      return raise_bad_mode();
    } else {
      mode = chosen;
      has_kind = true;
    }
  }
  if (!has_kind) return raise_bad_mode();
  if (has_plus) mode.reads = mode.writes = true;
  return Status::kDone;
}

std::string_view FileMode::text() const noexcept {
  if (creates) return reads ? "xb+" : "xb";
  if (appends) return reads ? "ab+" : "ab";
  if (reads) return writes ? "rb+" : "rb";
  return "wb";
}

int FileMode::flags() const noexcept {
  int flags = O_CLOEXEC;
  if (reads && writes) {
    flags |= O_RDWR;
  } else {
    flags |= reads ? O_RDONLY : O_WRONLY;
  }
  if (creates) flags |= O_EXCL | O_CREAT;
  if (appends) flags |= O_APPEND | O_CREAT;
  if (truncates) flags |= O_TRUNC | O_CREAT;
  return flags;
}

}  // namespace orochi::inline OROCHI_DESIGN
