// memory/old_place.h: it was moved, and its first line was not.
#pragma once
