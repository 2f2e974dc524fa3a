#include "objects/types/memoryview.h"

#include <random>
#include <thread>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_from.h"
#include "objects/types/bytes_like.h"
#include "objects/types/slice.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/python_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// A view, and the Python expression of the same.
struct Seen {
  Ref<> view;
  std::string text;

  static Seen of(Ref<> bytes) {
    const std::string text = "memoryview(" + python_of(bytes.value()) + ")";
    return {Ref<>(Memoryview::make(bytes.value())), text};
  }
  [[nodiscard]] Memoryview& operator*() const { return view.as<Memoryview>(); }

  [[nodiscard]] Seen cast(std::string_view format) const {
    const Ref<Str> name = str_of(format);
    return {call_method(view.value(), "cast", {name.value()}),
            text + ".cast('" + std::string(format) + "')"};
  }
  [[nodiscard]] Seen cast(std::string_view format, const Tuple& shape) const {
    const Ref<Str> name = str_of(format);
    const Value extents(const_cast<Tuple*>(&shape));
    return {call_method(view.value(), "cast", {name.value(), extents}),
            text + ".cast('" + std::string(format) + "', " + python_of(extents) + ")"};
  }
  [[nodiscard]] Seen operator[](const Slice& slice) const {
    const Value key(const_cast<Slice*>(&slice));
    return {get_item(view.value(), key), text + "[" + python_of(slice.start()) + ":" +
                                             python_of(slice.stop()) + ":" +
                                             python_of(slice.step()) + "]"};
  }
};

class MemoryviewTest : public ObjectsTest {
 protected:
  static Ref<> of_int(std::int64_t number) { return Ref<>::adopt(Value::of_int(number)); }
  static Ref<Tuple> shape(std::initializer_list<std::int64_t> extents) {
    Ref<Tuple> tuple = Tuple::make_blank(extents.size());
    std::size_t i = 0;
    for (const std::int64_t extent : extents) tuple->initialise(i++, of_int(extent));
    return tuple;
  }
  static Ref<> random_bytes(std::mt19937& random, std::size_t size) {
    std::string text(size, ' ');
    for (char& c : text) c = static_cast<char>(random() % 3 == 0 ? 0 : random());
    return random() % 2 == 0 ? Ref<>(bytes_of(text)) : Ref<>(bytearray_of(text));
  }
  static Ref<> attribute(Value view, std::string_view name) {
    const Ref<> descriptor = type_of(view).find(*intern(name));
    return type_of(descriptor.value())
        .block()
        .protocols()
        .descriptor_get(descriptor.value(), view, Value());
  }
  // All that can be said of one.
  static void describe(MethodOracle& oracle, const Seen& seen) {
    if (!seen.view) {
      oracle.expect(seen.text, {});
      return;
    }
    const Value view = seen.view.value();
    for (const std::string_view name :
         {"nbytes", "readonly", "itemsize", "format", "ndim", "shape", "strides", "suboffsets",
          "c_contiguous", "f_contiguous", "contiguous", "obj"})
      oracle.expect(seen.text + "." + std::string(name), attribute(view, name));
    for (const std::string_view name : {"tobytes", "hex"})
      oracle.expect(seen.text + "." + std::string(name) + "()", call_method(view, name, {}));
    std::size_t size = 0;
    oracle.expect("len(" + seen.text + ")",
                  failed(length(view, size)) ? Ref<>() : of_int(static_cast<std::int64_t>(size)));
  }
  static std::string text_of_failure(const Ref<>& result) {
    EXPECT_FALSE(result);
    return std::string(Error::take().text());
  }
};
using MemoryviewConcurrency = MemoryviewTest;

constexpr std::string_view kFormats[] = {"B", "b", "c", "h", "H", "i", "I",  "l", "L",
                                         "q", "Q", "n", "N", "f", "d", "@i", "?", "P"};

// --- Beside CPython. ---

TEST_F(MemoryviewTest, SlicesAndCastsAreAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(1);
  const auto bound = [&random]() -> Ref<> {
    if (random() % 3 == 0) return Special::kNone;
    return of_int(static_cast<std::int64_t>(random() % 20) - 10);
  };
  for (int i = 0; i < 60; ++i) {
    Seen seen = Seen::of(random_bytes(random, random() % 18));
    describe(oracle, seen);
    if (random() % 2 == 0) seen = seen.cast(kFormats[random() % std::size(kFormats)]);
    describe(oracle, seen);
    for (int cut = 0; seen.view && cut < 2; ++cut) {
      seen = seen[*Slice::make(bound(), bound(), bound())];
      describe(oracle, seen);
    }
    if (seen.view) describe(oracle, seen.cast(kFormats[random() % std::size(kFormats)]));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

// NaNs differ from themselves, so floats are of few bytes.
TEST_F(MemoryviewTest, ItemsAreAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(2);
  for (const std::string_view format : kFormats) {
    if (format == "f" || format == "d") continue;
    const Seen seen = Seen::of(random_bytes(random, 48)).cast(format);
    oracle.expect(seen.text + ".tolist()", call_method(seen.view.value(), "tolist", {}));
    for (const std::int64_t place : {0, 1, -1, 48, -49}) {
      std::ostringstream item;
      item << seen.text << '[' << place << ']';
      oracle.expect(item.str(), get_item(seen.view.value(), Value::of_int(place)));
    }
  }
  const Seen floats = Seen::of(bytes_of(std::string("\0\0\0\0\0\0\xf0\x3f", 8))).cast("d");
  oracle.expect(floats.text + "[0]", get_item(floats.view.value(), Value::of_int(0)));
  const Seen narrow = Seen::of(bytes_of(std::string("\0\0\x20\x41", 4))).cast("f");
  oracle.expect(narrow.text + "[0]", get_item(narrow.view.value(), Value::of_int(0)));
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(MemoryviewTest, ShapesAreAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(3);
  const Seen flat = Seen::of(random_bytes(random, 24));
  const std::initializer_list<std::int64_t> shapes[] = {{24},   {2, 12}, {2, 3, 4}, {4, 6},
                                                        {5, 5}, {0},     {-1},      {1, 24}};
  for (const auto& extents : shapes) {
    const Seen seen = flat.cast("B", *shape(extents));
    describe(oracle, seen);
    if (!seen.view) continue;
    oracle.expect(seen.text + ".tolist()", call_method(seen.view.value(), "tolist", {}));
    describe(oracle, seen.cast("B"));
    describe(oracle, seen.cast("H", *shape({2, 6})));
    describe(oracle, seen[*Slice::make(of_int(1), Special::kNone, Special::kNone)]);
    for (const auto& indices :
         {shape({0, 1}), shape({1, -1}), shape({9, 0}), shape({0, 0, 0}), shape({0})})
      oracle.expect(seen.text + "[" + python_of(indices.value()) + "]",
                    get_item(seen.view.value(), indices.value()));
    oracle.expect(seen.text + "[0]", get_item(seen.view.value(), Value::of_int(0)));
  }
  describe(oracle, flat.cast("i", *shape({2, 3})));
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(MemoryviewTest, WritingIsAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> str = str_of("x");
  const Ref<Bytes> byte = bytes_of("x");
  const Ref<Bytes> two = bytes_of("xy");
  const Ref<> big = make_int(INT64_MAX);
  const std::vector<Value> values = {Value::of_int(1),   Value::of_int(-1),   Value::of_int(255),
                                     Value::of_int(300), Value::of_int(-129), Value::of_int(70'000),
                                     big.value(),        Value::kTrue,        Value::of_float(1.5),
                                     str.value(),        byte.value(),        two.value()};
  for (const std::string_view format : kFormats)
    for (const Value value : values) {
      const Ref<Bytearray> bytes = bytearray_of("0123456789abcdef");
      const Seen seen = Seen::of(bytes.share()).cast(format);
      std::ostringstream line;
      line << "(lambda m: (m.__setitem__(1, " << python_of(value) << "), m.tobytes())[1])("
           << seen.text << ')';
      const std::string text = line.str();
      const Status done = set_item(seen.view.value(), Value::of_int(1), Ref<>::of(value));
      oracle.expect(text.substr(0, text.find("memoryview")) +
                        "memoryview(bytearray(b'0123456789abcdef')).cast('" + std::string(format) +
                        "'))",
                    failed(done) ? Ref<>() : Ref<>((*seen).to_bytes()));
    }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(MemoryviewTest, PartsAreWrittenAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Slice> slices[] = {
      Slice::make(of_int(1), of_int(3), Special::kNone),
      Slice::make(Special::kNone, Special::kNone, of_int(3)),
      Slice::make(of_int(4), of_int(0), of_int(-2)),
  };
  for (const Ref<Slice>& slice : slices)
    for (const std::string_view with : {"", "x", "xy"}) {
      const Ref<Bytearray> bytes = bytearray_of("abcdef");
      const Seen seen = Seen::of(bytes.share());
      const Ref<Bytes> source = bytes_of(with);
      std::ostringstream line;
      line << "(lambda m: (m.__setitem__(slice(" << python_of(slice->start()) << ", "
           << python_of(slice->stop()) << ", " << python_of(slice->step()) << "), "
           << python_of(source.value()) << "), m.tobytes())[1])(memoryview(bytearray(b'abcdef')))";
      const Status done = set_item(seen.view.value(), slice.value(), source.share());
      oracle.expect(line.str(), failed(done) ? Ref<>() : Ref<>((*seen).to_bytes()));
    }
  // A part that overlaps itself.
  const Seen seen = Seen::of(bytearray_of("abcdef"));
  const Ref<> from =
      get_item(seen.view.value(), Slice::make(of_int(0), of_int(5), Special::kNone).value());
  const Ref<Slice> to = Slice::make(of_int(1), of_int(6), Special::kNone);
  EXPECT_EQ(set_item(seen.view.value(), to.value(), from.share()), Status::kDone);
  EXPECT_EQ(chars((*seen).to_bytes()->span()), "aabcde");
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(MemoryviewTest, ComparesAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(4);
  std::vector<Seen> all;
  for (const std::string_view text : {std::string_view("abcd"), std::string_view("abce"),
                                      std::string_view("ab"), std::string_view("\1\0\2\0", 4)}) {
    all.push_back(Seen::of(bytes_of(text)));
    all.push_back(Seen::of(bytearray_of(text)));
    if (text.size() == 4) {
      all.push_back(all.back().cast("h"));
      all.push_back(Seen::of(bytes_of(text)).cast("H"));
      all.push_back(Seen::of(bytes_of(text)).cast("B", *shape({2, 2})));
    }
  }
  all.push_back({Ref<>(bytes_of("abcd")), "b'abcd'"});
  all.push_back({Ref<>(bytearray_of("abcd")), "bytearray(b'abcd')"});
  all.push_back({of_int(1), "1"});
  for (const Seen& a : all)
    for (const Seen& b : all) {
      oracle.expect(a.text + " == " + b.text,
                    compare(CompareOp::kEqual, a.view.value(), b.view.value()));
      oracle.expect(a.text + " != " + b.text,
                    compare(CompareOp::kNotEqual, a.view.value(), b.view.value()));
    }
  oracle.expect(all[0].text + " < " + all[1].text,
                compare(CompareOp::kLess, all[0].view.value(), all[1].view.value()));
  EXPECT_EQ(oracle.finish(), 0);
}

// --- Hash, text, iteration. ---

TEST_F(MemoryviewTest, HashesAsItsBytes) {
  const Ref<Bytes> bytes = bytes_of("abc");
  std::int64_t of_view = 0;
  ASSERT_EQ(hash(Memoryview::make(bytes.value()).value(), of_view), Status::kDone);
  EXPECT_EQ(of_view, bytes->hash());
  const Ref<Memoryview> writable = Memoryview::make(bytearray_of("abc").value());
  EXPECT_EQ(hash(writable.value(), of_view), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "cannot hash writable memoryview object");
  EXPECT_EQ(hash(writable->read_only().value(), of_view), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'bytearray'");
  const Seen wide = Seen::of(bytes_of("abcd")).cast("i");
  EXPECT_EQ(hash(wide.view.value(), of_view), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
}

TEST_F(MemoryviewTest, GivesEachItem) {
  const Seen seen = Seen::of(bytes_of(std::string("\1\0\2\0", 4))).cast("h");
  EXPECT_EQ(contains(seen.view.value(), Value::of_int(2)), Truth::kTrue);
  EXPECT_EQ(contains(seen.view.value(), Value::of_int(3)), Truth::kFalse);
  const Ref<> iterator = iterate(seen.view.value());
  EXPECT_EQ(type_of(iterator.value()).name(), "memory_iterator");
  EXPECT_FALSE(iterate(seen.cast("B").cast("B", *shape({2, 2})).view.value()));
  EXPECT_EQ(Error::take().text(), "multi-dimensional sub-views are not implemented");
}

TEST_F(MemoryviewTest, ShowsWhetherItIsReleased) {
  const Ref<Memoryview> view = Memoryview::make(bytes_of("a").value());
  const auto shown = [&] {
    const Ref<> text = repr(view.value());
    return std::string(text.as<Str>().ascii()).substr(0, 14);
  };
  EXPECT_EQ(shown().substr(0, 13), "<memory at 0x");
  ASSERT_EQ(view->release(), Status::kDone);
  EXPECT_EQ(shown(), "<released memo");
}

// --- Leases. ---

TEST_F(MemoryviewTest, HoldsItsRootUntilItIsReleased) {
  const Ref<Bytearray> bytes = bytearray_of("abc");
  const Ref<Memoryview> view = Memoryview::make(bytes.value());
  Ref<Memoryview> part = view->part({.start = 1});
  ASSERT_EQ(view->release(), Status::kDone);
  ASSERT_EQ(view->release(), Status::kDone) << "again";
  EXPECT_EQ(bytes->append('x'), Status::kFailed) << "the part still looks at it";
  EXPECT_EQ(taken(), ErrorKind::kBuffer);
  EXPECT_EQ(chars(part->to_bytes()->span()), "bc");
  part = Ref<Memoryview>();
  EXPECT_EQ(bytes->append('x'), Status::kDone);
}

TEST_F(MemoryviewTest, ARootEndsAfterItsLastView) {
  Ref<Bytearray> bytes = bytearray_of("abc");
  const Ref<Memoryview> view = Memoryview::make(bytes.value());
  bytes = Ref<Bytearray>();
  EXPECT_EQ(chars(view->to_bytes()->span()), "abc");
}

TEST_F(MemoryviewTest, ReleasedItForbidsNearlyEverything) {
  const Ref<Memoryview> view = Memoryview::make(bytearray_of("abc").value());
  ASSERT_EQ(view->release(), Status::kDone);
  constexpr std::string_view kForbidden = "operation forbidden on released memoryview object";
  for (const std::string_view name : {"tobytes", "tolist", "hex", "toreadonly", "__enter__"})
    EXPECT_EQ(text_of_failure(call_method(view.value(), name, {})), kForbidden) << name;
  EXPECT_EQ(text_of_failure(get_item(view.value(), Value::of_int(0))), kForbidden);
  EXPECT_EQ(set_item(view.value(), Value::of_int(0), of_int(1)), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(text_of_failure(attribute(view.value(), "nbytes")), kForbidden);
  EXPECT_EQ(text_of_failure(Memoryview::make(view.value())), kForbidden);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, view.value(), view.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, view.value(), bytes_of("abc").value()), Truth::kFalse);
}

TEST_F(MemoryviewTest, IsNotReleasedWhileItHasLentItsBytes) {
  const Ref<Memoryview> view = Memoryview::make(bytearray_of("abc").value());
  BytesLease lease;
  ASSERT_EQ(lease.take(view.value()), Status::kDone);
  EXPECT_EQ(view->release(), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "memoryview has 1 exported buffer");
  lease.end();
  EXPECT_EQ(view->release(), Status::kDone);
}

TEST_F(MemoryviewTest, OnlyWhatIsContiguousIsLent) {
  const Ref<Memoryview> view = Memoryview::make(bytes_of("abcd").value());
  const Ref<Memoryview> gaps = view->part({.step = 2});
  BytesLease lease;
  EXPECT_EQ(lease.take(gaps.value()), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "memoryview: underlying buffer is not C-contiguous");
  EXPECT_EQ(chars(bytes_from(gaps.value(), {}, {})->span()), "ac");
}

TEST_F(MemoryviewTest, OnlyOfWhatLendsBytes) {
  EXPECT_EQ(text_of_failure(Memoryview::make(Value::of_int(1))),
            "memoryview: a bytes-like object is required, not 'int'");
}

TEST_F(MemoryviewTest, WithoutMemoryTheRootIsFreeAgain) {
  const Ref<Bytearray> bytes = bytearray_of("abc");
  {
    auto fault = fault::Injection::from(0);
    EXPECT_FALSE(Memoryview::make(bytes.value()));
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
  EXPECT_EQ(bytes->append('x'), Status::kDone);
}

// --- Threads. ---

// Items of four bytes are written and read as wholes.
TEST_F(MemoryviewConcurrency, ItemsAreWholes) {
  constexpr int kRounds = kThreadSanitizer ? 500 : 5'000;
  const Seen seen = Seen::of(bytearray_of(std::string(8, '\0'))).cast("I");
  const auto write = [&seen](std::int64_t number) {
    const std::int64_t place = 1;
    for (int i = 0; i < kRounds; ++i) {
      EXPECT_EQ((*seen).set({&place, 1}, Value::of_int(number)), Status::kDone);
      const Ref<> read = (*seen).get({&place, 1});
      EXPECT_TRUE(read.value() == Value::of_int(0x01010101) ||
                  read.value() == Value::of_int(0x02020202));
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { write(0x01010101); });
  write(0x02020202);
  join_detached(other);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
