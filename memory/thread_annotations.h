// memory/thread_annotations.h: what clang's -Wthread-safety checks; empty for other compilers.
#pragma once

#ifdef __clang__
#define OROCHI_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define OROCHI_THREAD_ATTRIBUTE(x)
#endif

#define OROCHI_CAPABILITY(name) OROCHI_THREAD_ATTRIBUTE(capability(name))
#define OROCHI_SCOPED_CAPABILITY OROCHI_THREAD_ATTRIBUTE(scoped_lockable)
#define OROCHI_GUARDED_BY(lock) OROCHI_THREAD_ATTRIBUTE(guarded_by(lock))
#define OROCHI_REQUIRES(...) OROCHI_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define OROCHI_ACQUIRE(...) OROCHI_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define OROCHI_RELEASE(...) OROCHI_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
#define OROCHI_TRY_ACQUIRE(...) OROCHI_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
#define OROCHI_ACQUIRE_SHARED(...) OROCHI_THREAD_ATTRIBUTE(acquire_shared_capability(__VA_ARGS__))
#define OROCHI_RELEASE_SHARED(...) OROCHI_THREAD_ATTRIBUTE(release_shared_capability(__VA_ARGS__))
#define OROCHI_TRY_ACQUIRE_SHARED(...) \
  OROCHI_THREAD_ATTRIBUTE(try_acquire_shared_capability(__VA_ARGS__))
#define OROCHI_EXCLUDES(...) OROCHI_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))
// For code whose locking the analysis cannot follow; say why beside it.
#define OROCHI_UNCHECKED_LOCKING OROCHI_THREAD_ATTRIBUTE(no_thread_safety_analysis)
