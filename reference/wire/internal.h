/* internal.h: what the files of wire/ share. */
#ifndef WIRE_INTERNAL_H
#define WIRE_INTERNAL_H

#include "wire/wire.h"

/* Octets that can choose an arm of a switch: most significant byte first. */
static inline bool wire_is_key(const struct wire_field *field) {
  return field->extent == WIRE_FIXED && field->size >= 1 && field->size <= 8 &&
         (field->kind == WIRE_TEXT || field->kind == WIRE_BYTES);
}

/* `size` bytes (1 to 8) as an unsigned number. */
uint64_t wire_load(const uint8_t *bytes, size_t size, bool little_endian);
void wire_store(uint8_t *bytes, size_t size, bool little_endian, uint64_t number);

/* The number in the bytes of an integer (WIRE_INT: sign-extended) or of a key; 0 for
 * anything else. */
uint64_t wire_number_in(const struct wire_field *field, const uint8_t *bytes);

/* The arm of a switch for a value. */
const struct wire_case *wire_arm(const struct wire_field *field, uint64_t value);

/* True if a conditional field is there, given the values so far. `outer`: values of
 * the message around a list element, or NULL. */
bool wire_present(const struct wire_field *field, const struct wire_message *values,
                  const struct wire_message *outer);

/* The value `name`, looked for from the newest back, then in `outer`. */
const struct wire_value *wire_earlier(const struct wire_message *values,
                                      const struct wire_message *outer,
                                      const char *name);

/* Decodes the fields of a table from bytes[*at] on and appends their values. */
struct wire_reader {
  const uint8_t *bytes;
  size_t length;
  size_t at;
  struct wire_message *message;
  const struct wire_message *outer;
  struct wire_error *error;
};
bool wire_read_fields(struct wire_reader *reader, const struct wire_field *fields);

#endif
