#include "objects/types/str_edit.h"

#include <functional>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "objects/types/str_operations.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrEditTest : public ObjectsTest {
 protected:
  // What a split says, as a Python list.
  static std::string pieces(Str& str, const std::function<Status(PieceVisitor)>& cut) {
    std::string list = "[";
    const auto add = [&](std::size_t begin, std::size_t end) {
      list += python(slice(str, begin, end)) + ", ";
      return Status::kDone;
    };
    EXPECT_EQ(cut(add), Status::kDone);
    return list + "]";
  }
  // -1, as Python has it, or a small number.
  std::int64_t most() { return static_cast<std::int64_t>(random_.below(6)) - 1; }
  static std::size_t as_most(std::int64_t number) {
    return number < 0 ? text::kNotFound : static_cast<std::size_t>(number);
  }

  PythonOracle oracle_;
  text::Random random_{20'240'603};
};

TEST_F(StrEditTest, JoinsAsPython) {
  OROCHI_NEED_PYTHON();
  for (int i = 0; i < 300; ++i) {
    const Ref<Str> separator = random_str(random_, 2);
    std::vector<Ref<Str>> parts;
    std::vector<const Str*> borrowed;
    std::string list = "[";
    for (std::uint64_t n = random_.below(5); n != 0; --n) {
      parts.push_back(random_str(random_, 4));
      borrowed.push_back(parts.back().get());
      list += python(parts.back()) + ", ";
    }
    oracle_.expect(python(separator) + ".join(" + list +
                   "]) == " + python(join(*separator, borrowed)));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrEditTest, ReplacesAsPython) {
  OROCHI_NEED_PYTHON();
  for (int i = 0; i < 1'000; ++i) {
    const Ref<Str> str = random_str(random_, 12);
    const Ref<Str> what = random_str(random_, 2);
    const Ref<Str> with = random_str(random_, 3);
    const std::int64_t limit = most();
    oracle_.expect(python(str) + ".replace(" + python(what) + ", " + python(with) + ", " +
                   std::to_string(limit) +
                   ") == " + python(replace(*str, *what, *with, as_most(limit))));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrEditTest, WhatIsLeftIsAsNarrowAsCanBe) {
  const Ref<Str> str = str_of(U"a\u6F22b");
  EXPECT_TRUE(replace(*str, *str_of(U"\u6F22"), *Str::empty())->is_ascii());
  EXPECT_EQ(replace(*str, *str_of(U"\u6F22"), *str_of(U"\u00E9"))->repertoire(),
            text::Repertoire::kLatin1);
  EXPECT_EQ(replace(*str, *str_of("a"), *str_of("xyz"))->repertoire(), text::Repertoire::kUcs2);
}

TEST_F(StrEditTest, StripsAsPython) {
  OROCHI_NEED_PYTHON();
  constexpr std::pair<Sides, const char*> kMethods[] = {
      {Sides::kBoth, ".strip("}, {Sides::kLeft, ".lstrip("}, {Sides::kRight, ".rstrip("}};
  for (int i = 0; i < 400; ++i) {
    const Ref<Str> str = str_of(random_.of(U" \t\u00A0\u2003ab\u6F22", random_.below(8)));
    const Ref<Str> characters = random_str(random_, 3);
    for (const auto& [sides, method] : kMethods) {
      oracle_.expect(python(str) + method + ") == " + python(strip(*str, nullptr, sides)));
      oracle_.expect(python(str) + method + python(characters) +
                     ") == " + python(strip(*str, characters.get(), sides)));
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrEditTest, SplitsAsPython) {
  OROCHI_NEED_PYTHON();
  for (int i = 0; i < 400; ++i) {
    const Ref<Str> str = str_of(random_.of(U"ab \t\u2003\r\n\u2028", random_.below(12)));
    const Ref<Str> separator = str_of(random_.of(U"ab ", 1 + random_.below(2)));
    const std::int64_t limit = most();
    const std::string shown = std::to_string(limit);
    const auto at_separator = [&](PieceVisitor visit) {
      return split(*str, *separator, as_most(limit), visit);
    };
    oracle_.expect(python(str) + ".split(" + python(separator) + ", " + shown +
                   ") == " + pieces(*str, at_separator));
    const auto at_spaces = [&](PieceVisitor visit) {
      return split_at_spaces(*str, as_most(limit), visit);
    };
    oracle_.expect(python(str) + ".split(None, " + shown + ") == " + pieces(*str, at_spaces));
    for (const LineEnds ends : {LineEnds::kDrop, LineEnds::kKeep}) {
      const auto lines = [&](PieceVisitor visit) { return split_lines(*str, ends, visit); };
      oracle_.expect(python(str) + ".splitlines(" + (ends == LineEnds::kKeep ? "True" : "False") +
                     ") == " + pieces(*str, lines));
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrEditTest, ASplitStopsWhereItsVisitorFails) {
  const Ref<Str> str = str_of("a b c");
  int visits = 0;
  const auto refuse = [&](std::size_t, std::size_t) {
    ++visits;
    return Status::kFailed;
  };
  EXPECT_EQ(split(*str, *str_of(" "), text::kNotFound, refuse), Status::kFailed);
  EXPECT_EQ(split_at_spaces(*str, text::kNotFound, refuse), Status::kFailed);
  EXPECT_EQ(split_lines(*str, LineEnds::kDrop, refuse), Status::kFailed);
  EXPECT_EQ(visits, 3);
}

TEST_F(StrEditTest, CasesAndQuotesAsPython) {
  OROCHI_NEED_PYTHON();
  using text::CaseChange;
  constexpr std::pair<CaseChange, const char*> kMethods[] = {
      {CaseChange::kLower, "lower"},   {CaseChange::kUpper, "upper"},
      {CaseChange::kTitle, "title"},   {CaseChange::kCapitalize, "capitalize"},
      {CaseChange::kSwap, "swapcase"}, {CaseChange::kFold, "casefold"}};
  for (int i = 0; i < 300; ++i) {
    const Ref<Str> str =
        str_of(random_.of(U"aZ '\"\\\n\u00DF\u00E9\u03A3\u0130\u6F22\U0001F600", random_.below(6)));
    for (const auto& [change, method] : kMethods)
      oracle_.expect(python(str) + "." + method + "() == " + python(change_case(*str, change)));
    oracle_.expect("repr(" + python(str) + ") == " + python(repr(str.value()).as<Str>()));
    oracle_.expect("ascii(" + python(str) +
                   ") == " + python(quote(*str, text::Escapes::kNonAscii)));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(StrEditTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Str> str = str_of(U" some \u6F22 text ");
  const Ref<Str> wide = str_of(U"\u6F22");
  const Str* const parts[] = {str.get(), str.get()};
  const std::function<Ref<Str>()> operations[] = {
      [&] { return join(*str, parts); },
      [&] { return replace(*str, *wide, *Str::empty()); },
      [&] { return strip(*str, nullptr, Sides::kBoth); },
      [&] { return change_case(*str, text::CaseChange::kUpper); },
      [&] { return quote(*str, text::Escapes::kUnprintable); },
  };
  for (const auto& operation : operations) {
    for (std::uint64_t n = 0;; ++n) {
      Ref<Str> made;
      std::uint64_t allocations = 0;
      {
        const auto fault = fault::Injection::nth(n);
        made = operation();
        allocations = fault.allocations();
      }
      if (allocations <= n) {
        EXPECT_TRUE(made);
        EXPECT_GT(n, 0U);
        break;
      }
      EXPECT_FALSE(made);
      EXPECT_EQ(taken(), ErrorKind::kMemory);
    }
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
