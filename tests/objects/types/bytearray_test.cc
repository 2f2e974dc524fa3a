#include "objects/types/bytearray.h"

#include <algorithm>
#include <deque>
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

class BytearrayTest : public ObjectsTest {
 protected:
  static std::string text(Bytearray& bytes) {
    return bytes.read([](ByteSpan all) { return std::string(chars(all)); });
  }
  static std::string text(const Ref<Bytearray>& bytes) { return text(*bytes); }
  static std::string text_of_failure(Status status) {
    EXPECT_EQ(status, Status::kFailed);
    return std::string(Error::take().text());
  }
  static Ref<> of_int(std::int64_t number) { return Ref<>::adopt(Value::of_int(number)); }
};
using BytearrayConcurrency = BytearrayTest;

constexpr std::string_view kExported = "Existing exports of data: object cannot be re-sized";

// --- Bytes that come and go. ---

TEST_F(BytearrayTest, GrowsAtItsEnd) {
  const Ref<Bytearray> bytes = Bytearray::make(bytearray_type());
  std::string expected;
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_EQ(bytes->append(static_cast<std::uint8_t>(i)), Status::kDone);
    expected.push_back(static_cast<char>(i));
  }
  EXPECT_EQ(text(bytes), expected);
  EXPECT_LT(bytes->room(), 6'000U);
}

TEST_F(BytearrayTest, AgreesWithAModel) {
  std::mt19937 random(2);
  const Ref<Bytearray> bytes = Bytearray::make(bytearray_type());
  std::string model;
  for (int step = 0; step < 20'000; ++step) {
    const auto byte = static_cast<std::uint8_t>(random());
    const std::size_t place = model.empty() ? 0 : random() % model.size();
    std::uint8_t popped = 0;
    switch (random() % 6) {
      case 0:
      case 1:
        ASSERT_EQ(bytes->insert(static_cast<std::int64_t>(place), byte), Status::kDone);
        model.insert(place, 1, static_cast<char>(byte));
        break;
      case 2:
        ASSERT_EQ(bytes->append(byte), Status::kDone);
        model.push_back(static_cast<char>(byte));
        break;
      case 3:
        if (model.empty()) break;
        ASSERT_EQ(bytes->pop(static_cast<std::int64_t>(place), popped), Status::kDone);
        ASSERT_EQ(static_cast<char>(popped), model[place]);
        model.erase(place, 1);
        break;
      case 4:
        // From the front, as a queue.
        if (model.empty()) break;
        ASSERT_EQ(bytes->pop(0, popped), Status::kDone);
        model.erase(0, 1);
        break;
      default:
        if (random() % 50 != 0) break;
        ASSERT_EQ(bytes->remove_all(), Status::kDone);
        model.clear();
    }
    ASSERT_EQ(bytes->size(), model.size());
    if (step % 100 == 0) {
      ASSERT_EQ(text(bytes), model);
    }
  }
}

TEST_F(BytearrayTest, AQueueDoesNotGrow) {
  const Ref<Bytearray> bytes = bytearray_of("0123456789");
  std::uint8_t byte = 0;
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(bytes->append('x'), Status::kDone);
    ASSERT_EQ(bytes->pop(0, byte), Status::kDone);
  }
  EXPECT_LE(bytes->room(), 64U);
  EXPECT_EQ(bytes->size(), 10U);
}

TEST_F(BytearrayTest, GivesRoomUpAndEndsWithItsBuffer) {
  const std::size_t before = bytes_in_buffers();
  {
    const Ref<Bytearray> bytes = Bytearray::make_blank(100'000);
    EXPECT_GE(bytes_in_buffers(), before + 100'000);
    ASSERT_EQ(bytes->remove_part({.start = 10}), Status::kDone);
    EXPECT_LT(bytes_in_buffers(), before + 1'000);
  }
  EXPECT_EQ(bytes_in_buffers(), before);
}

// --- Beside CPython. ---

// A call, and what it leaves.
TEST_F(BytearrayTest, ChangesAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Bytes> bytes = bytes_of("xy");
  const Ref<Tuple> numbers = Tuple::of(of_int(1), of_int(255));
  const Ref<Tuple> wrong = Tuple::of(of_int(1), of_int(256));
  const std::vector<Value> values = {Value::of_int(97),  Value::of_int(0), Value::of_int(300),
                                     Value::of_int(-1),  Value::kNone,     Value::of_float(1.0),
                                     bytes.value(),      numbers.value(),  wrong.value(),
                                     Value::of_int(-100)};
  for (const std::string_view start : {"", "a", "banana"})
    for (const std::string_view name : {"append", "extend", "remove", "pop"})
      for (const Value value : values) {
        const Ref<Bytearray> self = bytearray_of(start);
        std::ostringstream line;
        line << "(lambda b: (b." << name << '(' << python_of(value) << "), b))("
             << python_of(self.value()) << ')';
        Ref<> result = call_method(self.value(), name, {value});
        if (result) result = Tuple::of(std::move(result), self.share());
        oracle.expect(line.str(), result);
      }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytearrayTest, SlicesAreReplacedAndRemovedAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(6);
  const auto bound = [&random]() -> Ref<> {
    if (random() % 4 == 0) return Special::kNone;
    return of_int(static_cast<std::int64_t>(random() % 20) - 10);
  };
  for (int i = 0; i < 500; ++i) {
    const bool plain = random() % 2 == 0;
    const Ref<Slice> slice = Slice::make(bound(), bound(), plain ? Ref<>(Special::kNone) : bound());
    const Ref<Bytearray> self = bytearray_of(std::string("abcdefgh", random() % 9));
    const Ref<Bytes> with = bytes_of(std::string("123456", random() % 7));
    const bool removes = random() % 2 == 0;
    std::ostringstream line;
    line << "(lambda b, s: (b." << (removes ? "__delitem__(s)" : "__setitem__(s, ");
    if (!removes) line << python_of(with.value()) << ')';
    line << ", b)[1])(" << python_of(self.value()) << ", slice(" << python_of(slice->start())
         << ", " << python_of(slice->stop()) << ", " << python_of(slice->step()) << "))";
    const Status done =
        set_item(self.value(), slice.value(), removes ? Ref<>() : Ref<>(with.share()));
    oracle.expect(line.str(), failed(done) ? Ref<>() : Ref<>(self.share()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytearrayTest, ItemsAreSetAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> str = str_of("x");
  for (const Value key : {Value::of_int(0), Value::of_int(-1), Value::of_int(5), str.value()})
    for (const Value value : {Value::of_int(1), Value::of_int(256), str.value()}) {
      const Ref<Bytearray> self = bytearray_of("ab");
      std::ostringstream line;
      line << "(lambda b: (b.__setitem__(" << python_of(key) << ", " << python_of(value)
           << "), b)[1])(bytearray(b'ab'))";
      const Status done = set_item(self.value(), key, Ref<>::of(value));
      oracle.expect(line.str(), failed(done) ? Ref<>() : Ref<>(self.share()));
    }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytearrayTest, AreMadeAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Str> str = str_of("x\u00e9");
  const Ref<Str> utf8 = str_of("utf-8");
  const Ref<Tuple> numbers = Tuple::of(of_int(1), of_int(255));
  const Ref<Tuple> wrong = Tuple::of(of_int(1), of_int(256));
  const Ref<Tuple> words = Tuple::of(str_of("x"));
  const std::vector<Value> sources = {Value::of_int(3), Value::of_int(-1), Value::of_float(1.5),
                                      str.value(),      numbers.value(),   wrong.value(),
                                      words.value(),    Value::kNone};
  const auto compare = [&](Value source, Value encoding, Value errors, const std::string& rest) {
    const std::string arguments = "(" + (source.is_empty() ? "" : python_of(source)) + rest + ")";
    oracle.expect("bytes" + arguments, bytes_from(source, encoding, errors));
    const Ref<Bytes> made = bytes_for_bytearray(source, encoding, errors);
    oracle.expect("bytearray" + arguments, made ? Ref<>(Bytearray::of(made->span())) : Ref<>());
  };
  for (const Value source : sources) {
    compare(source, Value(), Value(), "");
    compare(source, utf8.value(), Value(), ", 'utf-8'");
    compare(source, utf8.value(), Value::of_int(1), ", 'utf-8', 1");
  }
  compare(Value(), Value(), Value(), "");
  compare(Value(), utf8.value(), Value(), "encoding='utf-8'");
  compare(Value(), Value(), utf8.value(), "errors='utf-8'");
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytearrayTest, AreMadeByTheirTypes) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Tuple> numbers = Tuple::of(of_int(1), of_int(255));
  const Ref<Str> text = str_of("x\u00e9");
  const Ref<Str> encoding = str_of("latin-1");
  const std::vector<std::vector<Value>> calls = {
      {}, {Value::of_int(2)}, {numbers.value()}, {text.value(), encoding.value()}, {text.value()}};
  for (const std::vector<Value>& arguments : calls)
    for (Type* const type : {&bytes_type(), &bytearray_type()}) {
      std::ostringstream line;
      line << type->name() << '(';
      for (const Value argument : arguments) line << python_of(argument) << ", ";
      line << ')';
      oracle.expect(line.str(), call(Value(type), {arguments.data(), arguments.size(), nullptr}));
    }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytearrayTest, GrowsInPlaceAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  const Ref<Bytes> more = bytes_of("xy");
  const Ref<Str> str = str_of("a");
  for (const Value operand : {more.value(), str.value(), Value::of_int(3), Value::of_int(-1)})
    for (const bool adds : {true, false}) {
      const Ref<Bytearray> self = bytearray_of("abc");
      std::ostringstream line;
      line << "operator." << (adds ? "iadd" : "imul") << "(bytearray(b'abc'), "
           << python_of(operand) << ')';
      oracle.expect(line.str(),
                    in_place(adds ? BinaryOp::kAdd : BinaryOp::kMultiply, self.value(), operand));
    }
  EXPECT_EQ(oracle.finish(), 0);
}

// --- Exports. ---

TEST_F(BytearrayTest, StaysWhereItIsAsLongAsItIsLent) {
  const Ref<Bytearray> bytes = bytearray_of("abc");
  BytesLease lease;
  ASSERT_EQ(lease.take(bytes.value()), Status::kDone);
  std::uint8_t byte = 0;
  EXPECT_EQ(text_of_failure(bytes->append('x')), kExported);
  EXPECT_EQ(text_of_failure(bytes->insert(0, 'x')), kExported);
  EXPECT_EQ(text_of_failure(bytes->pop(0, byte)), kExported);
  EXPECT_EQ(text_of_failure(bytes->remove('a')), kExported);
  EXPECT_EQ(text_of_failure(bytes->remove_at(0)), kExported);
  EXPECT_EQ(text_of_failure(bytes->remove_all()), kExported);
  EXPECT_EQ(text_of_failure(bytes->extend(span_of("x"))), kExported);
  EXPECT_EQ(text_of_failure(bytes->repeat_in_place(2)), kExported);
  EXPECT_EQ(text_of_failure(bytes->repeat_in_place(0)), kExported);
  EXPECT_EQ(text_of_failure(bytes->remove_part({.step = 2})), kExported);
  EXPECT_EQ(text_of_failure(bytes->replace_part({.stop = 1}, span_of("xx"))), kExported);
  EXPECT_EQ(text(bytes), "abc");
  // What leaves as many bytes is no change of size.
  EXPECT_EQ(bytes->extend({}), Status::kDone);
  EXPECT_EQ(bytes->repeat_in_place(1), Status::kDone);
  EXPECT_EQ(bytes->replace_part({.stop = 1}, span_of("x")), Status::kDone);
  bytes->reverse();
  EXPECT_EQ(lease.read([](ByteSpan all) { return std::string(chars(all)); }), "cbx");
  lease.end();
  EXPECT_EQ(bytes->append('!'), Status::kDone);
  EXPECT_EQ(text(bytes), "cbx!");
}

TEST_F(BytearrayTest, ALeaseCountsItsOwner) {
  Ref<Bytearray> bytes = bytearray_of("abc");
  BytesLease lease;
  ASSERT_EQ(lease.take(bytes.value()), Status::kDone);
  bytes = Ref<Bytearray>();
  EXPECT_EQ(lease.read([](ByteSpan all) { return all.size(); }), 3U);
  EXPECT_FALSE(lease.is_readonly());
}

TEST_F(BytearrayTest, OnlyWhatIsBytesLikeIsLent) {
  BytesLease lease;
  EXPECT_EQ(lease.take(Value::of_int(1)), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "a bytes-like object is required, not 'int'");
  EXPECT_FALSE(lease);
  BytesLease of_bytes;
  ASSERT_EQ(of_bytes.take(bytes_of("ab").value()), Status::kDone);
  EXPECT_TRUE(of_bytes.is_readonly());
  EXPECT_EQ(of_bytes.guard(), nullptr);
}

TEST_F(BytearrayTest, ACopyIsOfOneMoment) {
  const Ref<Bytearray> bytes = bytearray_of("abc");
  BytesLike like;
  ASSERT_EQ(like.take(bytes.value()), Status::kDone);
  bytes->reverse();
  EXPECT_EQ(chars(like.span()), "abc");
  EXPECT_EQ(bytes->append('x'), Status::kDone) << "it is not lent any more";
}

TEST_F(BytearrayTest, JoinsItselfToItself) {
  const Ref<Bytearray> bytes = bytearray_of("ab");
  EXPECT_TRUE(call_method(bytes.value(), "extend", {bytes.value()}));
  EXPECT_EQ(text(bytes), "abab");
  const Ref<> sum = binary(BinaryOp::kAdd, bytes.value(), bytes.value());
  EXPECT_EQ(text(sum.as<Bytearray>()), "abababab");
}

// --- Without memory. ---

TEST_F(BytearrayTest, WithoutMemoryNothingHasChanged) {
  const Ref<Bytearray> bytes = bytearray_of("abc");
  const std::string more(1'000, 'x');
  auto fault = fault::Injection::from(0);
  EXPECT_EQ(bytes->extend(span_of(more)), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(bytes->repeat_in_place(1'000), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(bytes->repeat_in_place(INT64_MAX), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(bytes->copy_part({}));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(text(bytes), "abc");
}

// --- Threads. ---

TEST_F(BytearrayConcurrency, NothingThatIsAppendedIsLost) {
  constexpr std::size_t kRounds = kThreadSanitizer ? 500 : 5'000;
  const Ref<Bytearray> bytes = Bytearray::make(bytearray_type());
  const auto work = [&bytes](std::uint8_t mine) {
    for (std::size_t i = 0; i < kRounds; ++i) {
      EXPECT_EQ(bytes->append(mine), Status::kDone);
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work('b'); });
  work('a');
  join_detached(other);
  const std::string all = text(bytes);
  EXPECT_EQ(std::ranges::count(all, 'a'), static_cast<std::ptrdiff_t>(kRounds));
  EXPECT_EQ(std::ranges::count(all, 'b'), static_cast<std::ptrdiff_t>(kRounds));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
