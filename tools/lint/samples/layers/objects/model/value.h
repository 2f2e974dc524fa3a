#include "objects/types/list.h"
