/* wire_encode.h: short ways to encode with the tables of wire_tables.h. */
#ifndef TEST_WIRE_ENCODE_H
#define TEST_WIRE_ENCODE_H

#include "test/wire_probe.h"

static uint8_t out[256];
static size_t length;
static struct wire_error error;

static inline bool encode(const struct wire_field *fields,
                          const struct wire_item *items, size_t count) {
  probe = type_of(fields);
  length = 9999;
  error = (struct wire_error){.text = ""};
  memset(out, 0xEE, sizeof out);
  return wire_encode(&probe, items, count, out, sizeof out, &length, &error);
}

static inline void assert_encodes(const struct wire_field *fields,
                                  const struct wire_item *items, size_t count,
                                  const char *hex) {
  bool good = encode(fields, items, count);
  assert_string_equal(error.text, "");
  assert_true(good);
  assert_bytes(out, length, hex);
  assert_int_equal(out[length], 0xEE);
}

/* Refused, with this status, for this field, and (if not NULL) in these words. */
static inline void assert_refused(const struct wire_field *fields,
                                  const struct wire_item *items, size_t count,
                                  enum wire_status status, const char *field,
                                  const char *words) {
  assert_false(encode(fields, items, count));
  assert_string_equal(wire_status_name(error.status), wire_status_name(status));
  assert_string_equal(error.field ? error.field : "", field ? field : "");
  if (words != NULL) assert_string_equal(error.text, words);
  assert_int_equal(length, 9999);
  assert_false(wire_encode(&probe, items, count, out, sizeof out, &length, NULL));
}

#define ENCODES(fields, hex, ...)                                                      \
  do {                                                                                 \
    const struct wire_item items_[] = {__VA_ARGS__};                                   \
    assert_encodes(fields, items_, COUNT(items_), hex);                                \
  } while (0)
#define REFUSED(fields, status, field, words, ...)                                     \
  do {                                                                                 \
    const struct wire_item items_[] = {__VA_ARGS__};                                   \
    assert_refused(fields, items_, COUNT(items_), status, field, words);               \
  } while (0)

#endif
