#include "memory/fine.h"
#include "objects/model/fine.h"
#include "objects/collector/collect.h"
