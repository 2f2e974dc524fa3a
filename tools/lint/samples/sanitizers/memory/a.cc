__attribute__((no_sanitize("thread"))) void f();
// no_sanitize is a word one may say
