// memory/twice.h: a header that can be read twice.
