#ifdef NDEBUG
#endif
