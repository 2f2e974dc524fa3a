void f() { std::atomic_thread_fence(std::memory_order_seq_cst); }
// a word about atomic_thread_fence is allowed
