// objects/types/iterator_state.h: how iterators are copied and pickled. They say what makes them
// again: iter(sequence), and where it then is.
//
//     __reduce__     iter, (sequence,), place      or with all that is to come: iter, ([...],)
//     __setstate__   place
//
//     constexpr NativeSpec kMethods[] = {
//         reduce_method<ListIterator, &ListIterator::reduce>(),
//         set_state_method<ListIterator, &ListIterator::set_state>(),
//     };
//
// Attached threads. Asks for the function `iter` of builtins, and may run any code.
// Tests: tests/objects/types/iterator_state_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/status.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// iter, arguments. Empty arguments: an exception is pending, and stays so.
[[nodiscard]] Ref<> reduce_by_iter(Ref<Tuple> arguments) noexcept;
// iter, (sequence,), place
[[nodiscard]] Ref<> reduce_by_iter(Value sequence, std::size_t place) noexcept;
// maker, (sequence,), place. The place may be -1, before the first.
[[nodiscard]] Ref<> reduce_at(Ref<> maker, Value sequence, std::int64_t place) noexcept;
// iter, ([...],): what the iterator, which is used up, has still to give.
[[nodiscard]] Ref<> reduce_rest(Value iterator) noexcept;
// iter, ((),)
[[nodiscard]] Ref<> reduce_empty() noexcept;

// A state as a place from `least` to `most`; what is beyond is the nearest of these.
[[nodiscard]] Status read_place(Value state, std::int64_t least, std::int64_t most,
                                std::int64_t& place) noexcept;

// --- As methods. ---

template <class Iterator, Ref<> (Iterator::*kReduce)() const noexcept>
[[nodiscard]] constexpr NativeSpec reduce_method() noexcept {
  return {"__reduce__(self, /)",
          [](const Value* arguments) noexcept {
            return (static_cast<const Iterator*>(arguments[0].object())->*kReduce)();
          },
          "Return state information for pickling."};
}

template <class Iterator, Status (Iterator::*kSetState)(Value) noexcept>
[[nodiscard]] constexpr NativeSpec set_state_method() noexcept {
  return {"__setstate__(self, state, /)",
          [](const Value* arguments) noexcept {
            auto* const iterator = static_cast<Iterator*>(arguments[0].object());
            return none_or_raised((iterator->*kSetState)(arguments[1]));
          },
          "Set state information for unpickling."};
}

}  // namespace orochi::inline OROCHI_DESIGN
