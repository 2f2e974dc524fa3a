int f() {
#ifdef NDEBUG
  return 1;
#else
  return 2;
#endif
}
