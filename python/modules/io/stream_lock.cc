#include "python/modules/io/stream_lock.h"

#include "memory/thread_annotations.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/utf8_text.h"
#include "runtime/lifecycle.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr platform::Nanos kGrace = platform::kSecond;

}  // namespace

bool StreamLock::take() noexcept OROCHI_UNCHECKED_LOCKING {
  if (mutex_.try_lock()) return true;
  // In turns: a shutdown may come while this thread waits.
  for (bool is_last = false; !is_last;) {
    is_last = Lifecycle::is_shutting_down();
    if (mutex_.lock_for(kGrace)) return true;
  }
  return false;
}

bool StreamLock::is_held() noexcept OROCHI_UNCHECKED_LOCKING {
  if (mutex_.is_mine()) return true;
  if (!mutex_.try_lock()) return true;
  mutex_.unlock();
  return false;
}

void StreamLock::give_back() noexcept OROCHI_UNCHECKED_LOCKING {
  if (Thread::current()->is_attached()) mutex_.unlock();  // L2
}

namespace {

Raised raise_reentrant(Object& stream) noexcept {
  const Ref<> shown = repr(Value(&stream));
  if (!shown) return kRaised;
  return raise(ErrorKind::kRuntime, {"reentrant call inside ", Utf8Text(shown.as<Str>()).view()});
}

Raised raise_abandoned(const Object& stream) noexcept {
  return raise(ErrorKind::kRuntime, {"could not acquire lock for ", type_of(stream).name(),
                                     " at interpreter shutdown, possibly due to daemon threads"});
}

}  // namespace

StreamUse::StreamUse(Object& stream, StreamLock& lock, Again again) noexcept : lock_(lock) {
  if (again == Again::kRefused && lock.is_mine()) {
    raise_reentrant(stream);
    return;
  }
  is_taken_ = lock.take();
  if (!is_taken_) raise_abandoned(stream);
}

}  // namespace orochi::inline OROCHI_DESIGN
