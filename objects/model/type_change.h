// objects/model/type_change.h: one change of one type, for objects/model/type.cc.
//
//     make a block for the type and each subtype --> publish them all --> drop the old ones
//                        under the lock of all types                      after it
//
// Labels: objects/model/type.h. Tests: tests/objects/model/type_test.cc
#pragma once

#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// The order of a type that is to be, itself first.
struct TypeOrder {
  Type* type = nullptr;
  std::span<Type* const> order{};
  const TypeOrder* next = nullptr;
};

class TypeChange {
 public:
  TypeChange(Type& type, std::span<const TypeAttribute> attributes) noexcept
      : type_(&type), attributes_(attributes) {}

  [[nodiscard]] Status run() noexcept;

  // The other kind of change: the type gets other bases, and each type in a list its order. In a
  // stopped world of the caller, who calls end_rebase after it. False: there was no memory, nothing
  // has changed, and nothing is raised. `bases`: a buffer that is the type's from then on.
  [[nodiscard]] bool rebase(const TypeOrder* orders, Type& base, std::span<Type*> bases) noexcept;
  // Drops what was replaced. May run destructors.
  void end_rebase() noexcept { discard_blocks(has_rebased_); }

  // A new type's; enters it into the list of all. False: no memory, nothing is raised.
  [[nodiscard]] static bool make_first_block(Type& type, const TypeSpec& spec) noexcept;
  [[nodiscard]] static Ref<> find_locked(const Type& type, const Object& name) noexcept;
  static void skip_versions(std::uint32_t version) noexcept;

  static void set_rules(const TypeRules& rules) noexcept;
  [[nodiscard]] static Status describe(Type& type) noexcept;
  static bool for_each_type(FunctionRef<bool(Type&)> visit) noexcept;

 private:
  // Under the lock.
  [[nodiscard]] std::size_t most_attributes(const Type& type,
                                            std::span<Type* const> ancestors) const noexcept;
  [[nodiscard]] bool changes(const Object& name) const noexcept;
  void put_new_attributes(TypeBlock& block, Type& home) const noexcept;
  [[nodiscard]] bool may_change_slots() const noexcept;
  void put_own_attributes(TypeBlock& block, Type& home) const noexcept;
  [[nodiscard]] TypeBlock* make_block(Type& type, std::span<Type* const> ancestors) const noexcept;
  [[nodiscard]] bool concerns(const Type& type) const noexcept;
  [[nodiscard]] bool make_blocks() noexcept;
  // Returns the block before.
  static TypeBlock* replace(Type& type, TypeBlock* block) noexcept;
  void publish_blocks() noexcept;

  [[nodiscard]] TypeBlock* make_ordered_block(const TypeOrder& order) const noexcept;
  void store_bases(Type& base, std::span<Type*> bases) noexcept;

  // After it.
  void discard_blocks(bool were_published) noexcept;

  Type* type_ = nullptr;
  std::span<const TypeAttribute> attributes_{};
  bool has_rebased_ = false;
  TypeBlock* blocks_ = nullptr;  // those made; once published, those replaced
};

}  // namespace orochi::inline OROCHI_DESIGN
