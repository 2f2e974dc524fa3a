// memory/led.h: leads to a test that is there and to a page that is not.
//
// Tests: tests/memory/led_test.cc
// Why: docs/nowhere.md
#pragma once
