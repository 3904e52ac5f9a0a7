/* at.c: the table of AT commands, and values in and out of it. */
#include "xbee/at.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
#define NUMBER(bytes, lowest, highest, first)                                          \
  .kind = XBEE_AT_NUMBER, .size = (bytes), .least = (lowest), .most = (highest),       \
  .initial = (first)
#define GAPPED(bytes, lowest, highest, from, to, first)                                \
  NUMBER(bytes, lowest, highest, first), .gap_least = (from), .gap_most = (to)
#define COUNTER(bytes, highest) NUMBER(bytes, 0, highest, 0), .counter = true
#define TEXT(shortest, longest, first)                                                 \
  .kind = XBEE_AT_TEXT, .size = (longest), .least = (shortest), .most = (longest),     \
  .text = (first)
#define RESULT .kind = XBEE_AT_OCTETS
#define NOTHING .kind = XBEE_AT_NOTHING
/* clang-format on */

const struct xbee_at xbee_at_table[XBEE_AT_COUNT] = {
#define AT(id, command, how, value, document, meaning)                                 \
  [XBEE_AT_##id] = {.name = (command),                                                 \
                    .access = XBEE_AT_##how,                                           \
                    .source = (document),                                              \
                    .about = (meaning),                                                \
                    value},
#include "xbee/at_list.h"
#undef AT
};

/* ---- finding ----------------------------------------------------------------- */

static uint8_t upper(uint8_t letter) {
  return letter >= 'a' && letter <= 'z' ? (uint8_t)(letter - 'a' + 'A') : letter;
}

const struct xbee_at *xbee_at_find(const uint8_t command[2]) {
  char first = (char)upper(command[0]);
  char second = (char)upper(command[1]);
  for (size_t i = 0; i < XBEE_AT_COUNT; i++) {
    const struct xbee_at *at = &xbee_at_table[i];
    if (at->name[0] == first && at->name[1] == second) return at;
  }
  return NULL;
}

const struct xbee_at *xbee_at_named(const char *name, struct wire_error *error) {
  const struct xbee_at *at = NULL;
  if (strlen(name) == 2) at = xbee_at_find((const uint8_t *)name);
  if (at != NULL) return at;
  const char *names[XBEE_AT_COUNT + 1];
  for (size_t i = 0; i < XBEE_AT_COUNT; i++)
    names[i] = xbee_at_table[i].name;
  names[XBEE_AT_COUNT] = NULL;
  const char *near = wire_nearest(name, names);
  wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no AT command '%.40s'%s%s%s", name,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
  return NULL;
}

enum xbee_at_id xbee_at_id(const struct xbee_at *at) {
  return (enum xbee_at_id)(at - xbee_at_table);
}

/* ---- values ------------------------------------------------------------------ */

uint64_t xbee_at_number(const struct xbee_at_value *value) {
  uint64_t number = 0;
  for (size_t i = 0; i < value->length; i++)
    number = number << 8 | value->bytes[i];
  return number;
}

void xbee_at_set_number(const struct xbee_at *at, uint64_t number,
                        struct xbee_at_value *value) {
  value->length = at->size;
  for (size_t i = at->size; i-- > 0; number >>= 8)
    value->bytes[i] = (uint8_t)number;
}

static void set_octets(struct xbee_at_value *value, const uint8_t *bytes,
                       size_t length) {
  value->length = (uint8_t)length;
  if (length > 0) memcpy(value->bytes, bytes, length);
}

void xbee_at_initial(const struct xbee_at *at, struct xbee_at_value *value) {
  value->length = 0;
  if (at->kind == XBEE_AT_NUMBER) xbee_at_set_number(at, at->initial, value);
  if (at->kind == XBEE_AT_TEXT)
    set_octets(value, (const uint8_t *)at->text, strlen(at->text));
}

static bool accept_number(const struct xbee_at *at, const uint8_t *bytes, size_t length,
                          struct xbee_at_value *value) {
  uint64_t number = 0;
  for (size_t i = 0; i < length; i++) {
    if (number >> 56 != 0) return false;
    number = number << 8 | bytes[i];
  }
  if (number < at->least || number > at->most) return false;
  if (at->gap_most != 0 && number >= at->gap_least && number <= at->gap_most)
    return false;
  xbee_at_set_number(at, number, value);
  return true;
}

/* The factory value of NI is one space, which the rule against leading spaces forbids.
 * It is taken all the same, so that what was read can be written back. */
static bool accept_text(const struct xbee_at *at, const uint8_t *bytes, size_t length,
                        struct xbee_at_value *value) {
  if (length < at->least || length > at->most) return false;
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] < ' ' || bytes[i] > '~') return false;
  }
  if (length > 1 && bytes[0] == ' ') return false;
  set_octets(value, bytes, length);
  return true;
}

bool xbee_at_accept(const struct xbee_at *at, const uint8_t *bytes, size_t length,
                    struct xbee_at_value *value) {
  if (length == 0) return false;
  if (at->kind == XBEE_AT_NUMBER) return accept_number(at, bytes, length, value);
  return at->kind == XBEE_AT_TEXT && accept_text(at, bytes, length, value);
}

bool xbee_at_parse(const struct xbee_at *at, const char *text,
                   struct xbee_at_value *value, struct wire_error *error) {
  const struct wire_field field = {
      .name = at->name,
      .kind = at->kind == XBEE_AT_NUMBER ? WIRE_UINT
              : at->kind == XBEE_AT_TEXT ? WIRE_TEXT
                                         : WIRE_BYTES,
      .extent = at->kind == XBEE_AT_NUMBER ? WIRE_FIXED : WIRE_REST,
      .size = at->kind == XBEE_AT_NUMBER ? at->size : 0,
  };
  uint8_t bytes[XBEE_AT_MOST];
  struct wire_scratch scratch = {bytes, at->size, 0};
  struct wire_item item;
  if (!wire_parse(&field, text, &scratch, &item, error)) return false;
  if (item.form == WIRE_OCTETS) {
    set_octets(value, bytes, item.length);
    return true;
  }
  if (at->size < 8 && item.number >> (8 * at->size) != 0)
    return wire_fail(error, WIRE_UNFIT, 0, at->name,
                     "%.40s does not fit into the %u byte%s of %s", text,
                     (unsigned)at->size, at->size == 1 ? "" : "s", at->name);
  xbee_at_set_number(at, item.number, value);
  return true;
}

size_t xbee_at_print_limits(const struct xbee_at *at, char *out, size_t capacity) {
  int length;
  unsigned long long least = at->least;
  unsigned long long most = at->most;
  if (at->kind == XBEE_AT_TEXT) {
    length = snprintf(out, capacity, "%llu to %llu printable characters", least, most);
  } else if (at->kind != XBEE_AT_NUMBER) {
    length = snprintf(out, capacity, "no value");
  } else if (at->gap_most == 0) {
    length = snprintf(out, capacity, "0x%llX to 0x%llX", least, most);
  } else {
    length = snprintf(out, capacity, "0x%llX to 0x%llX, without 0x%llX to 0x%llX",
                      least, most, (unsigned long long)at->gap_least,
                      (unsigned long long)at->gap_most);
  }
  return length < 0 ? 0 : (size_t)length;
}
