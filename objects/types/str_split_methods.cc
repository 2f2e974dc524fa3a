// The methods of `str` that cut and join.
#include "objects/model/error.h"
#include "objects/types/index_arguments.h"
#include "objects/types/str_arguments.h"
#include "objects/types/str_methods.h"
#include "objects/types/str_split.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Splitter = Ref<List> (*)(Str&, const Str*, std::size_t) noexcept;

template <Splitter kSplit>
Ref<> split_it(const Value* arguments) noexcept {
  std::int64_t most = 0;
  if (failed(read_index(arguments[2], most))) return kRaised;
  const Str* const separator = as_str(arguments[1]);
  if (separator == nullptr && !arguments[1].is_none())
    return raise(ErrorKind::kType, {"must be str or None, not ", type_of(arguments[1]).name()});
  return kSplit(self_str(arguments), separator,
                most < 0 ? text::kNotFound : static_cast<std::size_t>(most));
}

Ref<> splitlines(const Value* arguments) noexcept {
  std::int32_t keeps_ends = 0;
  if (failed(read_small(arguments[1], keeps_ends))) return kRaised;
  return lines_of(self_str(arguments), keeps_ends != 0 ? LineEnds::kKeep : LineEnds::kDrop);
}

using Partition = Ref<Tuple> (*)(Str&, Str&) noexcept;

template <Partition kPartition>
Ref<> partition_it(const Value* arguments) noexcept {
  Str* const separator = read_str(arguments[1], "");
  return separator == nullptr ? Ref<>() : Ref<>(kPartition(self_str(arguments), *separator));
}

Ref<> join_it(const Value* arguments) noexcept {
  return join_all(self_str(arguments), arguments[1]);
}

constexpr NativeSpec kMethods[] = {
    {"join(self, iterable, /)", join_it},
    {"partition(self, sep, /)", partition_it<partition>},
    {"rpartition(self, sep, /)", partition_it<partition_from_right>},
    {"split(self, /, sep=None, maxsplit=-1)", split_it<split_to_list>},
    {"rsplit(self, /, sep=None, maxsplit=-1)", split_it<split_from_right>},
    {"splitlines(self, /, keepends=False)", splitlines},
};

}  // namespace

std::span<const NativeSpec> str_split_methods() noexcept { return kMethods; }

}  // namespace orochi::inline OROCHI_DESIGN
