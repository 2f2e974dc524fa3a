#include "python/modules/io/names.h"

#include <string_view>

#include "objects/types/intern.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit IoNames g_names{};  // written by make_io_names

struct Row {
  Str* IoNames::*name;
  std::string_view text;
};
constexpr Row kRows[] = {
    {&IoNames::check_closed, "_checkClosed"},
    {&IoNames::close, "close"},
    {&IoNames::closed, "closed"},
    {&IoNames::decode, "decode"},
    {&IoNames::fileno, "fileno"},
    {&IoNames::flush, "flush"},
    {&IoNames::fspath, "__fspath__"},
    {&IoNames::getstate, "getstate"},
    {&IoNames::isatty, "isatty"},
    {&IoNames::mode, "mode"},
    {&IoNames::name, "name"},
    {&IoNames::newlines, "newlines"},
    {&IoNames::peek, "peek"},
    {&IoNames::read, "read"},
    {&IoNames::read1, "read1"},
    {&IoNames::readable, "readable"},
    {&IoNames::readall, "readall"},
    {&IoNames::readinto, "readinto"},
    {&IoNames::readinto1, "readinto1"},
    {&IoNames::readline, "readline"},
    {&IoNames::reset, "reset"},
    {&IoNames::seek, "seek"},
    {&IoNames::seekable, "seekable"},
    {&IoNames::setstate, "setstate"},
    {&IoNames::tell, "tell"},
    {&IoNames::truncate, "truncate"},
    {&IoNames::writable, "writable"},
    {&IoNames::write, "write"},
};
static_assert(sizeof(IoNames) == std::size(kRows) * sizeof(Str*), "a row for each name");

}  // namespace

const IoNames& io_names() noexcept { return g_names; }

Status make_io_names() noexcept {
  for (const Row& row : kRows) {
    g_names.*row.name = intern_for_ever(row.text);
    if (g_names.*row.name == nullptr) return kRaised;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
