#if defined(__x86_64__)
#endif
