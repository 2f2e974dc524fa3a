#include "objects/types/bytes.h"

#include <random>
#include <thread>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "objects/types/bytes_iterator.h"
#include "objects/types/set.h"
#include "objects/types/slice.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/python_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class BytesTest : public ObjectsTest {
 protected:
  static bool is(Truth truth) {
    EXPECT_NE(truth, Truth::kFailed);
    return truth == Truth::kTrue;
  }
  static Ref<> of_int(std::int64_t number) { return Ref<>::adopt(Value::of_int(number)); }
};
using BytesConcurrency = BytesTest;

TEST_F(BytesTest, KeepsItsBytes) {
  const Ref<Bytes> bytes = bytes_of("a\xff");
  EXPECT_EQ(chars(bytes->span()), "a\xff");
  EXPECT_EQ(type_of(bytes.value()).name(), "bytes");
  EXPECT_EQ(bytes_of("").value(), Bytes::empty().value());
  EXPECT_EQ(bytes_of("x").value(), Bytes::of_byte('x').value());
}

TEST_F(BytesTest, HashIsOfItsBytes) {
  EXPECT_EQ(bytes_of("abc")->hash(), bytes_of("abc")->hash());
  EXPECT_NE(bytes_of("abc")->hash(), bytes_of("abd")->hash());
  EXPECT_EQ(bytes_of("abc")->hash(), str_of("abc")->hash()) << "as in CPython";
  EXPECT_EQ(bytes_of("")->hash(), 0);
}

// Without anybody being asked: they are found without a lock.
TEST_F(BytesTest, IsAKey) {
  const Ref<Set> set = Set::make(set_type());
  for (int i = 0; i < 300; ++i)
    ASSERT_EQ(set->add(bytes_of(std::to_string(i)).value()), Status::kDone);
  const Ref<Bytes> key = bytes_of("123");
  EXPECT_EQ(set->try_contains({key.value(), key->hash()}), Search::kFound);
  const Ref<Str> text = str_of("123");
  EXPECT_EQ(set->try_contains({text.value(), text->hash()}), Search::kMissing);
  const Ref<Bytes> other = bytes_of("x");
  EXPECT_EQ(set->try_contains({other.value(), key->hash()}), Search::kMissing);
}

// --- Beside CPython. ---

TEST_F(BytesTest, OperatorsAreAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::vector<Ref<>> operands;
  for (const std::string_view text : {"", "a", "ab", "b", "abc", "\xff"}) {
    operands.emplace_back(bytes_of(text));
    operands.emplace_back(bytearray_of(text));
  }
  operands.emplace_back(str_of("a"));
  operands.push_back(of_int(97));
  operands.push_back(of_int(300));
  operands.push_back(of_int(2));
  operands.push_back(of_int(-1));
  operands.push_back(Value::kNone.as_special());
  constexpr std::string_view kComparisons[] = {"<", "<=", "==", "!=", ">", ">="};
  for (const Ref<>& a : operands) {
    if (as_bytes(a.value()) == nullptr && as_bytearray(a.value()) == nullptr) continue;
    for (const Ref<>& b : operands) {
      const auto expression = [&](std::string_view op) {
        return python_of(a.value()) + " " + std::string(op) + " " + python_of(b.value());
      };
      for (std::size_t op = 0; op < std::size(kComparisons); ++op)
        oracle.expect(expression(kComparisons[op]),
                      compare(static_cast<CompareOp>(op), a.value(), b.value()));
      oracle.expect(expression("+"), binary(BinaryOp::kAdd, a.value(), b.value()));
      oracle.expect(expression("*"), binary(BinaryOp::kMultiply, a.value(), b.value()));
      const Truth found = contains(a.value(), b.value());
      oracle.expect(python_of(b.value()) + " in " + python_of(a.value()),
                    failed(found) ? Ref<>() : Ref<>(Value::of_bool(is(found)).as_special()));
      oracle.expect(
          expression("").substr(0, python_of(a.value()).size()) + "[" + python_of(b.value()) + "]",
          get_item(a.value(), b.value()));
    }
    const Ref<> shown = repr(a.value());
    oracle.expect("repr(" + python_of(a.value()) + ")", shown);
  }
  EXPECT_EQ(oracle.finish(), 0);
}

// Neither knows better than the other.
TEST_F(BytesTest, SequencesDoNotMultiplyEachOther) {
  const Ref<> sequences[] = {bytes_of("a"), bytearray_of("a"), str_of("a"), List::make(),
                             Tuple::of()};
  for (const Ref<>& a : sequences)
    for (const Ref<>& b : sequences) {
      EXPECT_FALSE(binary(BinaryOp::kMultiply, a.value(), b.value()));
      std::ostringstream expected;
      expected << "can't multiply sequence by non-int of type '" << type_of(b.value()).name()
               << "'";
      EXPECT_EQ(Error::take().text(), expected.str());
    }
}

TEST_F(BytesTest, SlicesAreAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  std::mt19937 random(8);
  const auto bound = [&random]() -> Ref<> {
    if (random() % 4 == 0) return Special::kNone;
    return of_int(static_cast<std::int64_t>(random() % 20) - 10);
  };
  for (int i = 0; i < 300; ++i) {
    const Ref<Slice> slice = Slice::make(bound(), bound(), bound());
    std::ostringstream where;
    where << '[' << python_of(slice->start()) << ':' << python_of(slice->stop()) << ':'
          << python_of(slice->step()) << ']';
    std::string text = "abcdefgh";
    text.resize(random() % 9);
    const Ref<Bytes> bytes = bytes_of(text);
    const Ref<Bytearray> changing = bytearray_of(text);
    oracle.expect(python_of(bytes.value()) + where.str(), get_item(bytes.value(), slice.value()));
    oracle.expect(python_of(changing.value()) + where.str(),
                  get_item(changing.value(), slice.value()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(BytesTest, QuotesAreAsInPython) {
  OROCHI_NEED_PYTHON();
  MethodOracle oracle;
  for (const std::string_view text : {"it's", "\"", "'\"", "\\\n\t\r\x7f\x80", "plain"}) {
    const Ref<Bytes> bytes = bytes_of(text);
    const Ref<Bytearray> changing = bytearray_of(text);
    oracle.expect("repr(" + python_of(bytes.value()) + ")", repr(bytes.value()));
    oracle.expect("repr(" + python_of(changing.value()) + ")", repr(changing.value()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

// --- Iterators. ---

TEST_F(BytesTest, GivesEachByte) {
  for (const Ref<>& bytes : {Ref<>(bytes_of("a\xff")), Ref<>(bytearray_of("a\xff"))}) {
    const Ref<> iterator = iterate(bytes.value());
    std::vector<std::int64_t> given;
    for (;;) {
      Ref<> item;
      ASSERT_EQ(next(iterator.value(), item), Status::kDone);
      if (!item) break;
      given.push_back(item.value().as_int());
    }
    EXPECT_EQ(given, (std::vector<std::int64_t>{'a', 255}));
    Ref<> item;
    EXPECT_EQ(next(iterator.value(), item), Status::kDone);
    EXPECT_FALSE(item);
  }
}

TEST_F(BytesTest, AnIteratorOfABytearraySeesItGrowAndStaysAtItsEnd) {
  const Ref<Bytearray> bytes = bytearray_of("a");
  const Ref<BytesIterator> iterator = BytesIterator::make(bytes.value());
  EXPECT_EQ(type_of(iterator.value()).name(), "bytearray_iterator");
  Ref<> item;
  ASSERT_EQ(iterator->next(item), Status::kDone);
  ASSERT_EQ(bytes->append('b'), Status::kDone);
  EXPECT_EQ(iterator->remaining(), 1U);
  ASSERT_EQ(iterator->next(item), Status::kDone);
  EXPECT_EQ(item.value(), Value::of_int('b'));
  item = Ref<>();
  ASSERT_EQ(iterator->next(item), Status::kDone);
  ASSERT_EQ(bytes->append('c'), Status::kDone);
  ASSERT_EQ(iterator->next(item), Status::kDone);
  EXPECT_FALSE(item) << "I1";
}

// Each byte is given to one of two threads.
TEST_F(BytesConcurrency, AnIteratorIsShared) {
  constexpr std::size_t kSize = kThreadSanitizer ? 500 : 5'000;
  const Ref<Bytearray> bytes = Bytearray::make_blank(kSize);
  for (std::size_t i = 0; i < kSize; ++i) bytes->writable()[i] = 1;
  const Ref<BytesIterator> iterator = BytesIterator::make(bytes.value());
  SysAtomic<std::size_t> sum{0};
  const auto take_some = [&] {
    for (;;) {
      Ref<> item;
      EXPECT_EQ(iterator->next(item), Status::kDone);
      if (!item) return;
      sum.fetch_add(std::size_t{1}, kRelaxed);
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { take_some(); });
  take_some();
  join_detached(other);
  EXPECT_EQ(sum.load(kRelaxed), kSize);
}

TEST_F(BytesTest, WithoutMemoryNothingIsMade) {
  const Ref<Bytes> bytes = bytes_of("abc");
  auto fault = fault::Injection::from(0);
  EXPECT_FALSE(Bytes::of(bytes->span()));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(binary(BinaryOp::kAdd, bytes.value(), bytes.value()));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(repr(bytes.value()));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_TRUE(Bytes::of_byte('a'));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
