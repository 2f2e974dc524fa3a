#include <atomic>
std::atomic<int> fine_behind_the_door;
