#include "memory/fine.h"
#include "runtime/thread.h"
// #include "runtime/in_a_comment.h"
