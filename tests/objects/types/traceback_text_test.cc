#include "objects/types/traceback_text.h"

#include <sstream>

#include "memory/fault.h"
#include "objects/types/exception_group.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "tests/objects/types/exceptions.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Exceptions that are built here and, by the same names, in Python, where the interpreter itself
// shows them. There are no frames in them: those are below.
class TracebackTextTest : public ExceptionsTest {
 protected:
  TracebackTextTest() {
    oracle_.execute(R"py(exec("import sys, io\ndef uncaught(e):\n old = sys.stderr\n )py"
                    R"py(sys.stderr = io.StringIO()\n try:\n  sys.__excepthook__(type(e), e, )py"
                    R"py(e.__traceback__)\n  return sys.stderr.getvalue()\n finally:\n  )py"
                    R"py(sys.stderr = old"))py");
  }

  static constexpr auto kNoLine = [](const Str&, std::int64_t) { return Ref<Str>(); };
  static constexpr auto kNoAnchors = [](text::View, Anchors&) { return false; };
  static Ref<Str> shown_text(Exception& exception) {
    return show_exception(exception, {kNoLine, kNoAnchors});
  }

  // An exception that both sides know by a name.
  Ref<Exception> make(const std::string& name, BuiltinException which, std::string_view text) {
    oracle_.execute(name + " = " + std::string(exception_type(which).name()) + "(" +
                    python(str_of(text)) + ")");
    return called(which, text);
  }
  Ref<Exception> make_group(const std::string& name, const std::vector<std::string>& names,
                            std::vector<Ref<>> members) {
    std::ostringstream list;
    for (const std::string& member : names) list << member << ", ";
    oracle_.execute(name + " = ExceptionGroup(\"" + name + "\", [" + list.str() + "])");
    const Ref<Str> message = str_of(name);
    const Ref<Tuple> tuple = Tuple::make(members);
    return called(BuiltinException::kExceptionGroup, {message.value(), tuple.value()});
  }
  void expect_same(const std::string& name, Exception& exception) {
    const Ref<Str> text = shown_text(exception);
    ASSERT_TRUE(text);
    oracle_.expect("uncaught(" + name + ") == " + python(text));
  }

  PythonOracle oracle_;
};

TEST_F(TracebackTextTest, CausesAndContextsComeFirst) {
  OROCHI_NEED_PYTHON();
  const Ref<Exception> a = make("a", BuiltinException::kValueError, "first");
  const Ref<Exception> b = make("b", BuiltinException::kTypeError, "");
  const Ref<Exception> c = make("c", BuiltinException::kKeyError, "it's \u6F22\n");
  expect_same("b", *b);
  b->set_context(a.share());
  oracle_.execute("b.__context__ = a");
  expect_same("b", *b);
  c->set_cause(b.share());
  oracle_.execute("c.__cause__ = b");
  expect_same("c", *c);
  a->set_context(c.share());
  oracle_.execute("a.__context__ = c");
  expect_same("a", *a);
  expect_same("b", *b);
  c->set_cause(Ref<Exception>());
  c->set_context(a.share());
  oracle_.execute("c.__context__ = a; c.__cause__ = None");
  expect_same("c", *c);
  EXPECT_EQ(oracle_.finish(), 0);
  a->set_context(Ref<Exception>());
}

TEST_F(TracebackTextTest, GroupsAreDrawn) {
  OROCHI_NEED_PYTHON();
  const Ref<Exception> a = make("a", BuiltinException::kValueError, "one\ntwo");
  const Ref<Exception> b = make("b", BuiltinException::kTypeError, "b");
  const Ref<Exception> c = make("c", BuiltinException::kKeyError, "c");
  b->set_context(a.share());
  c->set_cause(b.share());
  oracle_.execute("b.__context__ = a; c.__cause__ = b");
  const auto of = [](const Ref<Exception>& x) { return Ref<>(x.share()); };
  std::vector<Ref<>> inner;
  inner.push_back(of(c));
  inner.push_back(of(b));
  const Ref<Exception> g = make_group("g", {"c", "b"}, std::move(inner));
  expect_same("g", *g);
  std::vector<Ref<>> outer;
  outer.push_back(of(a));
  outer.push_back(of(g));
  const Ref<Exception> h = make_group("h", {"a", "g"}, std::move(outer));
  expect_same("h", *h);
  h->set_cause(g.share());
  oracle_.execute("h.__cause__ = g");
  expect_same("h", *h);
  const Ref<Exception> d = make("d", BuiltinException::kOSError, "d");
  d->set_context(h.share());
  oracle_.execute("d.__context__ = h");
  expect_same("d", *d);
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(TracebackTextTest, WideAndDeepGroupsAreCut) {
  OROCHI_NEED_PYTHON();
  for (const int width : {15, 16, 20}) {
    std::vector<std::string> names;
    std::vector<Ref<>> members;
    for (int i = 0; i < width; ++i) {
      names.push_back("e" + std::to_string(i));
      members.push_back(make(names.back(), BuiltinException::kValueError, names.back()));
    }
    const Ref<Exception> wide = make_group("wide", names, std::move(members));
    expect_same("wide", *wide);
  }
  Ref<Exception> deep = make("deep", BuiltinException::kValueError, "deep");
  for (int i = 0; i < 13; ++i) {
    std::vector<Ref<>> members;
    members.push_back(std::move(deep));
    deep = make_group("deep", {"deep"}, std::move(members));
    expect_same("deep", *deep);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(TracebackTextTest, ASyntaxErrorShowsItsLine) {
  OROCHI_NEED_PYTHON();
  struct Case {
    const char* text;
    std::int64_t line, offset, end_line, end_offset;
  };
  constexpr std::int64_t kNone = -99;
  const Case cases[] = {
      {"  abc def\n", 3, 2, kNone, kNone},
      {"  abc def\n", 3, 5, 3, 8},
      {"  abc def\n", 3, 1, 3, 8},
      {"  abc def\n", 3, 0, 3, 8},
      {"  abc def\n", 3, kNone, 3, 8},
      {"abc\ndef\nghi", 3, 3, kNone, kNone},
      {"abc\ndef\nghi", 3, 6, kNone, 8},
      {"abc\ndef\nghi", 3, 4, 3, 9},
      {"abc\ndef\nghi", 3, 30, 3, 31},
      {"abcdef", 3, 3, 4, 2},
      {"abcdef\n", 3, 3, 4, 2},
      {"abcdef", kNone, 3, 4, 2},
      {"abc", 3, 30, kNone, kNone},
      {"\t\fabc def", 3, 5, 3, 9},
      {"\u00E4\u00F6\u00FCabc", 3, 5, 3, 6},
      {"abcdef", 3, 2, 3, 0},
      {"abcdef", 3, 2, 3, -1},
      {"abcdef", 3, 2, 3, 2},
      {"abcdef", 3, 4, 3, 2},
      {"abc", 3, -1, kNone, kNone},
      {"", 3, 2, 3, 4},
      {"abc", 3, 2, 3, 90},
      {"   ", 3, 2, 3, 90},
      {"   \n", 3, 4, 3, 5},
  };
  const auto number = [](std::int64_t n) {
    return n == kNone ? Ref<>(Special::kNone) : make_int(n);
  };
  const auto written = [](std::int64_t n) { return n == kNone ? "None" : std::to_string(n); };
  for (const Case& each : cases) {
    const Ref<Str> message = str_of("why");
    const Ref<Tuple> place =
        Tuple::of(str_of("dir/f.py"), number(each.line), number(each.offset), str_of(each.text),
                  number(each.end_line), number(each.end_offset));
    const Ref<Exception> error =
        called(BuiltinException::kSyntaxError, {message.value(), place.value()});
    std::ostringstream made;
    made << "SyntaxError(\"why\", (\"dir/f.py\", " << written(each.line) << ", "
         << written(each.offset) << ", " << python(str_of(each.text)) << ", "
         << written(each.end_line) << ", " << written(each.end_offset) << "))";
    expect_same(made.str(), *error);
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(TracebackTextTest, NotesStandBelow) {
  OROCHI_NEED_PYTHON();
  const Ref<Exception> error = make("e", BuiltinException::kValueError, "e");
  const auto set_notes = [&](Ref<> notes, const std::string& as_python) {
    ASSERT_EQ(set_attribute(error.value(), *intern("__notes__"), std::move(notes)),
              Status::kDone);
    oracle_.execute("e.__notes__ = " + as_python);
    expect_same("e", *error);
  };
  set_notes(Tuple::of(str_of("one"), str_of("two\nlines\n"), str_of("")),
            R"py(("one", "two\nlines\n", ""))py");
  set_notes(Tuple::of(make_int(std::int64_t{3}), Ref<>(Special::kNone)), "(3, None)");
  set_notes(make_int(std::int64_t{5}), "5");
  set_notes(str_of("ab"), "\"ab\"");
  std::vector<Ref<>> members;
  members.push_back(error.share());
  const Ref<Exception> group = make_group("g", {"e"}, std::move(members));
  expect_same("g", *group);
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(TracebackTextTest, AChainOfAnyLengthIsShown) {
  Ref<Exception> last = called(BuiltinException::kValueError);
  for (int i = 0; i < 5'000; ++i) {
    Ref<Exception> next = called(BuiltinException::kKeyError);
    next->set_context(std::move(last));
    last = std::move(next);
  }
  const Ref<Str> text = shown_text(*last);
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->ascii().starts_with("ValueError\n\nDuring handling"));
}

TEST_F(TracebackTextTest, WithoutMemoryNothingIsShown) {
  const Ref<Exception> a = called(BuiltinException::kValueError, "a");
  a->set_context(called(BuiltinException::kKeyError, "b"));
  const Ref<Str> whole = shown_text(*a);
  bool was_refused = false;
  for (std::uint64_t n = 0;; ++n) {
    Ref<Str> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = shown_text(*a);
      allocations = fault.allocations();
    }
    if (!made) {
      EXPECT_EQ(taken(), ErrorKind::kMemory);
      was_refused = true;
    }
    EXPECT_EQ(pending_kind(), ErrorKind::kNone);
    if (allocations <= n) break;
  }
  EXPECT_TRUE(was_refused);
}

// --- Entries. The frame of these tests is a tuple: file, function, line, columns. ---

Status find_in_tuple(Value frame, std::uint32_t, SourcePlace& place) noexcept {
  const auto& tuple = static_cast<Tuple&>(*frame.object());
  place.file = Ref<Str>::of(*as_str(tuple[0]));
  place.function = Ref<Str>::of(*as_str(tuple[1]));
  place.line = tuple[2].as_int();
  place.end_line = tuple[3].as_int();
  place.column = tuple[4].as_int();
  place.end_column = tuple[5].as_int();
  return Status::kDone;
}

class TracebackEntriesTest : public TracebackTextTest {
 protected:
  TracebackEntriesTest() { set_place_finder(find_in_tuple); }

  static Ref<> frame(const char* function, std::int64_t line, std::int64_t column = -1,
                     std::int64_t end_column = -1, std::int64_t more_lines = 0) {
    return Tuple::of(str_of("f.py"), str_of(function), make_int(line), make_int(line + more_lines),
                     make_int(column), make_int(end_column));
  }
  static constexpr auto kLines = [](const Str&, std::int64_t line) {
    constexpr const char* kTexts[] = {"", "def f(n):", "    f(n - 1)  ", "  \u00E9 = a  + b",
                                      "\tx[1][2] = 3"};
    return line < 5 ? str_of(kTexts[line]) : Ref<Str>();
  };
  // Of what has a plus, and of what ends in a subscript.
  static constexpr auto kAnchors = [](text::View expression, Anchors& anchors) {
    for (std::size_t i = 0; i < expression.size; ++i) {
      if (expression[i] == '+') anchors = {i, i + 1};
    }
    if (anchors.end == 0 && expression.size > 3 && expression[expression.size - 1] == ']')
      anchors = {expression.size - 3, expression.size};
    return anchors.end != 0;
  };
  static std::string entries(const std::vector<Ref<>>& frames) {
    const Ref<Exception> error = called(BuiltinException::kKeyError);
    for (std::size_t i = frames.size(); i-- > 0;)
      EXPECT_EQ(add_traceback(*error, frames[i].share(), 0), Status::kDone);
    return text_of(show_exception(*error, {kLines, kAnchors}));
  }
  static std::string entry(Ref<> one) {
    std::vector<Ref<>> frames;
    frames.push_back(std::move(one));
    return entries(frames);
  }
};

TEST_F(TracebackEntriesTest, ShowWhereAndWhat) {
  EXPECT_EQ(entry(frame("f", 9)),
            "Traceback (most recent call last):\n"
            "  File \"f.py\", line 9, in f\n"
            "KeyError\n")
      << "no source";
  EXPECT_EQ(entry(frame("f", 2, 6, 11)),
            "Traceback (most recent call last):\n"
            "  File \"f.py\", line 2, in f\n"
            "    f(n - 1)  \n"
            "      ^^^^^\n"
            "KeyError\n");
}

TEST_F(TracebackEntriesTest, MarksCountCharactersNotBytes) {
  EXPECT_EQ(entry(frame("f", 3, 7, 13)),
            "Traceback (most recent call last):\n"
            "  File \"f.py\", line 3, in f\n"
            "    ? = a  + b\n"
            "        ~~~^~~\n"
            "KeyError\n");
  EXPECT_EQ(entry(frame("f", 4, 1, 8)),
            "Traceback (most recent call last):\n"
            "  File \"f.py\", line 4, in f\n"
            "    x[1][2] = 3\n"
            "    ~~~~^^^\n"
            "KeyError\n");
}

TEST_F(TracebackEntriesTest, MarksUnderAWholeLineAreLeftOut) {
  const std::string bare =
      "Traceback (most recent call last):\n"
      "  File \"f.py\", line 1, in f\n"
      "    def f(n):\n"
      "KeyError\n";
  EXPECT_EQ(entry(frame("f", 1, 0, 9)), bare);
  EXPECT_EQ(entry(frame("f", 1, 0, 3, 2)), bare) << "it goes on in the next line";
}

TEST_F(TracebackEntriesTest, WhatRepeatsIsCounted) {
  std::vector<Ref<>> frames;
  for (int i = 0; i < 4; ++i) frames.push_back(frame("f", 9));
  frames.push_back(frame("g", 9));
  const std::string one = "  File \"f.py\", line 9, in f\n";
  const std::string end = "  File \"f.py\", line 9, in g\nKeyError\n";
  const std::string three = "Traceback (most recent call last):\n" + one + one + one;
  EXPECT_EQ(entries(frames), three + "  [Previous line repeated 1 more time]\n" + end);
  frames.insert(frames.begin(), frame("f", 9));
  EXPECT_EQ(entries(frames), three + "  [Previous line repeated 2 more times]\n" + end);
  frames.pop_back();
  EXPECT_EQ(entries(frames), three + "  [Previous line repeated 2 more times]\nKeyError\n");
}

TEST_F(TracebackEntriesTest, OfALongOneTheLastAreShown) {
  std::vector<Ref<>> frames;
  for (int i = 0; i < 1'002; ++i) frames.push_back(frame("f", 100 + i));
  const std::string text = entries(frames);
  EXPECT_EQ(text.find("line 101,"), std::string::npos);
  EXPECT_NE(text.find("line 102,"), std::string::npos);
  EXPECT_NE(text.find("line 1101,"), std::string::npos);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
