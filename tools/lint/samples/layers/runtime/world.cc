#include "tests/helper.h"
