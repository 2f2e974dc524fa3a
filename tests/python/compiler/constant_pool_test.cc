#include "python/compiler/constant_pool.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::Constant;
using Kind = Constant::Kind;

Constant number(double value) {
  Constant constant;
  constant.kind = Kind::kFloat;
  constant.number = value;
  return constant;
}
Constant text(Kind kind, std::string_view value) {
  Constant constant;
  constant.kind = kind;
  constant.text = value;
  return constant;
}
Constant tuple(std::span<const Constant> items) {
  Constant constant;
  constant.kind = Kind::kTuple;
  constant.items = items;
  return constant;
}

class Pool {
 public:
  std::uint32_t add(const Constant& constant) {
    std::uint32_t found = 0;
    EXPECT_TRUE(pool_.add(constant, found));
    return found;
  }
  ConstantPool& pool() { return pool_; }

 private:
  ConstantPool pool_;
};

TEST(ConstantPool, WhatIsTheSameIsThereOnce) {
  Pool pool;
  const std::uint32_t one = pool.add(text(Kind::kInt, "1"));
  EXPECT_EQ(pool.add(text(Kind::kInt, std::string("1"))), one);
  EXPECT_NE(pool.add(number(1.0)), one);
  EXPECT_NE(pool.add(text(Kind::kStr, "1")), pool.add(text(Kind::kBytes, "1")));
}

TEST(ConstantPool, SignsOfZeroAreTold) {
  Pool pool;
  EXPECT_NE(pool.add(number(0.0)), pool.add(number(-0.0)));
}

TEST(ConstantPool, TuplesAreComparedByTheirItems) {
  Pool pool;
  const Constant ints[] = {text(Kind::kInt, "1"), text(Kind::kInt, "2")};
  const Constant same[] = {text(Kind::kInt, "1"), text(Kind::kInt, "2")};
  const Constant mixed[] = {number(1), text(Kind::kInt, "2")};
  const std::uint32_t first = pool.add(tuple(ints));
  EXPECT_EQ(pool.add(tuple(same)), first);
  EXPECT_NE(pool.add(tuple(mixed)), first);
}

TEST(ConstantPool, KeepsTheOrder) {
  Pool pool;
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) texts.push_back(std::to_string(i));
  for (std::uint32_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(pool.add(text(Kind::kInt, texts[i])), i);
  Arena arena;
  std::span<const Constant> list;
  ASSERT_TRUE(pool.pool().finish(arena, list));
  ASSERT_EQ(list.size(), texts.size());
  EXPECT_EQ(list[777].text, "777");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
