/* module_bench.h: modules in a world, spoken to with frame data in hexadecimal.
 *
 * Frames are written out byte by byte, so that the tests are a second witness beside
 * the field tables. "??" in what is expected stands for any byte.
 */
#ifndef TEST_MODULE_BENCH_H
#define TEST_MODULE_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world/world.h"
#include "xbee/frame.h"
#include "xbee/module.h"

#define BENCH_MODULES 3
#define BENCH_WAIT    1000000 /* microseconds for a frame to come */

/* The first three modules of a world. */
#define ADDRESS_0 "00 13 A2 00 41 00 00 01 "
#define ADDRESS_1 "00 13 A2 00 41 00 00 02 "
#define ADDRESS_2 "00 13 A2 00 41 00 00 03 "

struct bench {
  struct world *world;
  unsigned modules;
  int ap[BENCH_MODULES];
  size_t length[BENCH_MODULES]; /* of what came and was not looked at */
  uint8_t came[BENCH_MODULES][XBEE_MODULE_OUTPUT];
};

static struct bench bench;

static int bench_close(void **state) {
  (void)state;
  world_free(bench.world);
  bench.world = NULL;
  return 0;
}

static int bench_open(void **state) {
  (void)state;
  memset(&bench, 0, sizeof bench);
  bench.world = world_new(7, 0);
  return bench.world == NULL;
}

/* Adds a module with settings "AP=1 MY=0x1234"; returns its number. */
static inline unsigned add_module(const char *settings) {
  char text[200];
  struct protocol_setting setting[20];
  size_t count = 0;
  struct wire_error error;
  unsigned position;
  snprintf(text, sizeof text, "%s", settings);
  char *rest = text;
  while (*rest != 0) {
    char *word = rest;
    rest += strcspn(rest, " ");
    if (*rest != 0) *rest++ = 0;
    char *equals = strchr(word, '=');
    *equals = 0;
    setting[count++] = (struct protocol_setting){word, equals + 1};
  }
  if (!world_add(bench.world, &xbee_module_device, setting, count, NULL, &position,
                 &error))
    fail_msg("%s", error.text);
  const char *ap = protocol_setting_of(setting, count, "AP");
  bench.ap[position] = ap != NULL ? atoi(ap) : 1;
  bench.modules++;
  return position;
}

static inline void wait_for(uint64_t microseconds) {
  world_step(bench.world, world_now(bench.world) + microseconds);
}

static inline size_t from_hex(const char *hex, uint8_t *bytes, size_t capacity) {
  size_t length;
  struct wire_error error;
  if (!wire_parse_hex(hex, bytes, capacity, &length, &error))
    fail_msg("%s: %s", hex, error.text);
  return length;
}

static inline void send_raw(unsigned module, const char *hex) {
  uint8_t bytes[4096];
  size_t length = from_hex(hex, bytes, sizeof bytes);
  world_input(bench.world, module, 0, bytes, length);
}

/* Sends a frame with this frame data. */
static inline void send_frame(unsigned module, const char *hex) {
  uint8_t data[2048];
  uint8_t wire[2 * sizeof data + 10];
  size_t length = from_hex(hex, data, sizeof data);
  assert_true(
      xbee_wrap(data, length, bench.ap[module], wire, sizeof wire, &length, NULL));
  world_input(bench.world, module, 0, wire, length);
}

static inline void collect(unsigned module) {
  size_t *length = &bench.length[module];
  uint8_t *came = bench.came[module];
  *length += world_output(bench.world, module, 0, came + *length,
                          sizeof bench.came[0] - *length);
}

/* Waits for the next frame; its data is written as "88 01 4E". False if none comes. */
static inline bool next_frame(unsigned module, char *text, size_t capacity) {
  static uint8_t plain[XBEE_MODULE_OUTPUT];
  struct xbee_span span = {0};
  text[0] = 0;
  uint64_t end = world_now(bench.world) + BENCH_WAIT;
  for (;;) {
    collect(module);
    enum xbee_found found = xbee_scan(bench.came[module], bench.length[module],
                                      bench.ap[module], 2000, plain, &span);
    if (found == XBEE_BROKEN || (found == XBEE_COMPLETE && span.start != 0))
      fail_msg("module %u sent what is no frame", module);
    if (found == XBEE_COMPLETE) break;
    if (world_deadline(bench.world) > end) return false;
    world_step(bench.world, world_deadline(bench.world));
  }
  wire_print_hex(span.data, span.length, ' ', text, capacity);
  bench.length[module] -= span.wire_length;
  memmove(bench.came[module], bench.came[module] + span.wire_length,
          bench.length[module]);
  return true;
}

static inline bool matches(const char *text, const char *pattern) {
  for (; *pattern != 0 && *text != 0; pattern++, text++) {
    if (*pattern != '?' && *pattern != *text) return false;
  }
  return *text == 0 && (*pattern == 0 || strcmp(pattern, " ") == 0);
}

static inline void expect_at(unsigned module, const char *pattern, int line) {
  char text[6200];
  if (!next_frame(module, text, sizeof text))
    fail_msg("line %d: module %u sent nothing, not %s", line, module, pattern);
  if (!matches(text, pattern))
    fail_msg("line %d: module %u sent %s, not %s", line, module, text, pattern);
}
#define expect_frame(module, pattern) expect_at(module, pattern, __LINE__)

/* Nothing may come for a second. */
static inline void expect_silence_at(unsigned module, int line) {
  wait_for(BENCH_WAIT);
  collect(module);
  if (bench.length[module] != 0)
    fail_msg("line %d: module %u sent %zu bytes, not nothing", line, module,
             bench.length[module]);
}
#define expect_silence(module) expect_silence_at(module, __LINE__)

/* A module in API mode, its power-up report read. */
static inline unsigned ready_module(const char *settings) {
  unsigned module = add_module(settings);
  expect_frame(module, "8A 00");
  return module;
}

/* Sets or executes without caring for the answer: "52 52 01" is RR 1. */
static inline void set_at(unsigned module, const char *hex, int line) {
  char request[200];
  char answer[40];
  snprintf(request, sizeof request, "08 7F %s", hex);
  snprintf(answer, sizeof answer, "88 7F %.5s 00", hex);
  send_frame(module, request);
  expect_at(module, answer, line);
}
#define set(module, hex) set_at(module, hex, __LINE__)

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

#endif
