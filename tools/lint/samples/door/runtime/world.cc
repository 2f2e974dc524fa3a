#include <atomic>
std::atomic<int> word;
std::mutex mutex;
int fine;  // not a std::mutex, because
int x = __atomic_load_n(&fine, 0);
auto now = std::chrono::steady_clock::now();
