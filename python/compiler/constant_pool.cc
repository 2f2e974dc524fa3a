#include "python/compiler/constant_pool.h"

#include <bit>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::Constant;

std::uint32_t mix(std::uint32_t hash, std::uint64_t more) noexcept {
  const std::uint64_t mixed = (hash ^ more) * 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>(mixed ^ (mixed >> 32));
}

std::uint32_t hash_of(const Constant& constant) noexcept {
  std::uint32_t hash = mix(0, static_cast<std::uint64_t>(constant.kind));
  hash = mix(hash, std::bit_cast<std::uint64_t>(constant.number));
  hash = mix(hash, std::bit_cast<std::uint64_t>(constant.imaginary));
  for (const char c : constant.text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  for (const Constant& item : constant.items) hash = mix(hash, hash_of(item));
  return mix(hash, std::bit_cast<std::uintptr_t>(constant.code));
}

}  // namespace

bool same(const Constant& one, const Constant& other) noexcept {
  const auto bits = [](double number) { return std::bit_cast<std::uint64_t>(number); };
  if (one.kind != other.kind || one.text != other.text || one.code != other.code) return false;
  if (bits(one.number) != bits(other.number)) return false;
  if (bits(one.imaginary) != bits(other.imaginary)) return false;
  if (one.items.size() != other.items.size()) return false;
  for (std::size_t i = 0; i < one.items.size(); ++i)
    if (!same(one.items[i], other.items[i])) return false;
  return true;
}

bool ConstantPool::grow() noexcept {
  const std::size_t capacity = slots_.empty() ? 16 : 2 * slots_.size();
  slots_.shrink_to(0);
  for (std::size_t i = 0; i < capacity; ++i)
    if (!slots_.push(0)) return false;
  for (std::size_t number = 0; number < constants_.size(); ++number) {
    std::size_t at = hash_of(constants_[number]) & (capacity - 1);
    while (slots_[at] != 0) at = (at + 1) & (capacity - 1);
    slots_[at] = static_cast<std::uint32_t>(number + 1);
  }
  return true;
}

bool ConstantPool::add(const Constant& constant, std::uint32_t& number) noexcept {
  if (2 * (constants_.size() + 1) > slots_.size() && !grow()) return false;
  std::size_t at = hash_of(constant) & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    number = slots_[at] - 1;
    if (same(constants_[number], constant)) return true;
  }
  number = static_cast<std::uint32_t>(constants_.size());
  if (!constants_.push(constant)) return false;
  slots_[at] = number + 1;
  return true;
}

bool ConstantPool::finish(Arena& arena, std::span<const Constant>& list) noexcept {
  return copy_to(arena, constants_, list);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
