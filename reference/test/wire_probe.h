/* wire_probe.h: short ways to decode with the tables of wire_tables.h, and to write
 * items. */
#ifndef TEST_WIRE_PROBE_H
#define TEST_WIRE_PROBE_H

#include "test/bytes.h"
#include "test/wire_tables.h"

/* ---- decoding ---------------------------------------------------------------- */

static struct wire_type probe;
static struct wire_message message;

static inline void decode(const struct wire_field *fields, const uint8_t *bytes,
                          size_t length) {
  struct wire_error error = {.text = ""};
  probe = type_of(fields);
  memset(&message, 0xEE, sizeof message);
  bool good = wire_decode(&probe, bytes, length, &message, &error);
  assert_string_equal(error.text, "");
  assert_true(good);
}

/* The bytes stay until the next call. */
static inline void decode_hex(const struct wire_field *fields, const char *text) {
  static uint8_t *bytes;
  size_t length;
  free(bytes);
  bytes = bytes_of(text, &length);
  decode(fields, bytes, length);
}

static inline void refuse_hex(const struct wire_field *fields, const char *text,
                              enum wire_status status, size_t offset,
                              const char *field) {
  struct wire_error error = {0};
  size_t length;
  uint8_t *bytes = bytes_of(text, &length);
  struct wire_type type = type_of(fields);
  assert_false(wire_decode(&type, bytes, length, &message, &error));
  assert_string_equal(wire_status_name(error.status), wire_status_name(status));
  assert_int_equal(error.offset, offset);
  assert_string_equal(error.field ? error.field : "", field ? field : "");
  assert_false(wire_decode(&type, bytes, length, &message, NULL));
  free(bytes);
}

static inline uint64_t number_of(const char *name) {
  const struct wire_value *value = wire_find(&message, name);
  assert_non_null(value);
  return value->number;
}

static inline void assert_value(const char *name, const char *hex) {
  const struct wire_value *value = wire_find(&message, name);
  assert_non_null(value);
  assert_bytes(value->bytes, value->length, hex);
}

/* ---- items ------------------------------------------------------------------- */

static inline struct wire_item as_number(const char *name, uint64_t value) {
  return (struct wire_item){.name = name, .form = WIRE_NUMBER, .number = value};
}

static inline struct wire_item as_text(const char *name, const char *value) {
  return (struct wire_item){.name = name,
                            .form = WIRE_OCTETS,
                            .bytes = (const uint8_t *)value,
                            .length = strlen(value)};
}

static inline struct wire_item as_list(const char *name, const struct wire_item *items,
                                       size_t count) {
  return (struct wire_item){
      .name = name, .form = WIRE_ITEMS, .items = items, .count = count};
}

#endif
