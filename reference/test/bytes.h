/* bytes.h: bytes, chance and messages of one's own making, for the tests of wire/ and
 * of the families. Includes cmocka with what it needs. */
#ifndef TEST_BYTES_H
#define TEST_BYTES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire/wire.h"

#define COUNT(items) (sizeof(items) / sizeof *(items))

/* Bytes from a literal of hexadecimal digits and blanks. They lie in memory of exactly
 * their length, so that sanitizers see any step over the end. Release with free(). */
static inline uint8_t *bytes_of(const char *text, size_t *length) {
  static const char digits[] = "0123456789ABCDEF";
  uint8_t *bytes = malloc(strlen(text) / 2 + 1);
  assert_non_null(bytes);
  size_t half = 0;
  for (; *text != '\0'; text++) {
    if (*text == ' ') continue;
    const char *digit = strchr(digits, *text);
    assert_non_null(digit);
    unsigned value = (unsigned)(digit - digits);
    bytes[half / 2] = (uint8_t)(half % 2 ? bytes[half / 2] | value : value << 4);
    half++;
  }
  assert_int_equal(half % 2, 0);
  *length = half / 2;
  uint8_t *exact = realloc(bytes, *length > 0 ? *length : 1);
  assert_non_null(exact);
  return exact;
}

/* A copy in memory of exactly its length. */
static inline uint8_t *copy_of(const uint8_t *bytes, size_t length) {
  uint8_t *copy = malloc(length > 0 ? length : 1);
  assert_non_null(copy);
  if (length > 0) memcpy(copy, bytes, length);
  return copy;
}

static inline void assert_bytes(const uint8_t *bytes, size_t length, const char *text) {
  char shown[512];
  assert_true(wire_print_hex(bytes, length, ' ', shown, sizeof shown) < sizeof shown);
  assert_string_equal(shown, text);
}

/* Chance that is the same in every run (splitmix64). */
struct chance {
  uint64_t state;
};

static inline uint64_t chance(struct chance *chance) {
  uint64_t number = chance->state += UINT64_C(0x9E3779B97F4A7C15);
  number = (number ^ number >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  number = (number ^ number >> 27) * UINT64_C(0x94D049BB133111EB);
  return number ^ number >> 31;
}

/* 0 to `bound` - 1. */
static inline size_t chance_below(struct chance *from, size_t bound) {
  return (size_t)(chance(from) % bound);
}

/* A message of these fields, of any length. */
static inline struct wire_type type_of(const struct wire_field *fields) {
  return (struct wire_type){.name = "probe",
                            .title = "Probe",
                            .most = 0xFFFFFF,
                            .fields = fields,
                            .source = "test"};
}

#endif
