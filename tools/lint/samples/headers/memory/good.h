// memory/good.h: what a header begins with.
#pragma once
