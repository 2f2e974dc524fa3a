// runtime/parking.h: sleeping on an address.
//
// Any word of any size can be waited on; nothing but the word itself is needed while nobody waits.
// Sleepers stand in first-in-first-out order in one of a fixed number of buckets, chosen by
// address, each under a RawMutex.
//
// I1  `park` asks `still` under the bucket's lock and queues in the same hold, and `unpark` calls
//     its callback under that lock: no wake-up falls between check and sleep.
// I2  A sleeper that was chosen by an unpark never leaves without its token: on a timeout it first
//     takes the bucket's lock and, if it was already taken from the queue, is woken, not timed out.
// I3  Callbacks run under the bucket's lock: they touch the word and nothing that could park,
//     allocate or run code of others.
//
// Any thread may park and unpark. With Park::kDetached an attached thread detaches while it sleeps
// (not when it finds that it need not sleep), and is attached again afterwards unless the caller
// re-attaches itself; without, it sleeps as it is, and must not be awaited by a stop of the world.
//
// Tests: tests/runtime/parking_test.cc   Stress: stress/runtime/mutex_stress.cc
#pragma once
