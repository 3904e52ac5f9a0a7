/* parse.c: text to values. The inverse of wire_write_value(). */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "wire/internal.h"

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

static bool no_room(struct wire_error *error, size_t offset) {
  return wire_fail(error, WIRE_SPACE, offset, NULL, "value is too long");
}

bool wire_parse_hex(const char *text, uint8_t *out, size_t capacity, size_t *length,
                    struct wire_error *error) {
  size_t count = 0;
  const char *c = text;
  while (isspace((unsigned char)*c))
    c++;
  if (c[0] == '0' && (c[1] == 'x' || c[1] == 'X')) c += 2;
  for (; *c != 0; c++) {
    if (isspace((unsigned char)*c)) continue;
    int high = hex_digit(c[0]);
    int low = high >= 0 ? hex_digit(c[1]) : -1;
    if (high < 0 || low < 0)
      return wire_fail(error, WIRE_UNFIT, (size_t)(c - text), NULL,
                       high < 0 ? "not a hexadecimal digit"
                                : "a byte needs two hexadecimal digits");
    if (count == capacity) return no_room(error, (size_t)(c - text));
    out[count++] = (uint8_t)(high << 4 | low);
    c++;
  }
  *length = count;
  return true;
}

bool wire_parse_text(const char *text, uint8_t *out, size_t capacity, size_t *length,
                     struct wire_error *error) {
  size_t count = 0;
  for (const char *c = text; *c != 0; c++) {
    size_t at = (size_t)(c - text);
    uint8_t byte = (uint8_t)*c;
    if (c[0] == '\\' && c[1] == '\\') {
      c++;
    } else if (c[0] == '\\') {
      int high = c[1] == 'x' ? hex_digit(c[2]) : -1;
      int low = high >= 0 ? hex_digit(c[3]) : -1;
      if (low < 0)
        return wire_fail(error, WIRE_UNFIT, at, NULL,
                         "'\\' must be followed by '\\' or by 'x' and two digits");
      byte = (uint8_t)(high << 4 | low);
      c += 3;
    }
    if (count == capacity) return no_room(error, at);
    out[count++] = byte;
  }
  *length = count;
  return true;
}

/* A number in C notation that ends at `end` or, with end NULL, with the text. */
static bool parse_number(const char *text, size_t length, uint64_t *number) {
  bool negative = length > 0 && text[0] == '-';
  size_t at = negative ? 1 : 0;
  unsigned base = 10;
  if (length > at + 2 && text[at] == '0' && (text[at + 1] | 0x20) == 'x') {
    base = 16;
    at += 2;
  }
  if (at == length) return false;
  uint64_t value = 0;
  for (; at < length; at++) {
    int digit = hex_digit(text[at]);
    if (digit < 0 || (unsigned)digit >= base) return false;
    if (value > (UINT64_MAX - (unsigned)digit) / base) return false;
    value = value * base + (unsigned)digit;
  }
  if (negative && value > UINT64_C(1) << 63) return false;
  *number = negative ? ~value + 1 : value;
  return true;
}

static const struct wire_name *row_of(const struct wire_field *field, const char *word,
                                      size_t length) {
  for (const struct wire_name *row = field->names; row && row->name; row++) {
    if (strlen(row->name) == length && memcmp(row->name, word, length) == 0) return row;
  }
  return NULL;
}

static bool unknown_word(const struct wire_field *field, const char *word,
                         size_t length, size_t offset, struct wire_error *error) {
  enum { WORDS = 128 };
  const char *words[WORDS + 1];
  size_t count = 0;
  for (const struct wire_name *row = field->names; row && row->name && count < WORDS;
       row++)
    words[count++] = row->name;
  words[count] = NULL;
  char copy[41];
  snprintf(copy, sizeof copy, "%.*s", (int)(length < 40 ? length : 40), word);
  const char *near = wire_nearest(copy, words);
  return wire_fail(error, WIRE_UNKNOWN_NAME, offset, field->name,
                   "'%s' is no value of '%s'%s%s%s", copy, field->name,
                   near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* One word of a bit field, `length` bytes from text[at] on: a name, name=number, or a
 * number. */
static bool parse_bits_word(const struct wire_field *field, const char *text, size_t at,
                            size_t length, uint64_t *number, struct wire_error *error) {
  const char *word = text + at;
  uint64_t value;
  if (parse_number(word, length, &value)) {
    *number |= value;
    return true;
  }
  const char *equals = memchr(word, '=', length);
  size_t name_length = equals ? (size_t)(equals - word) : length;
  const struct wire_name *row = row_of(field, word, name_length);
  if (row == NULL) return unknown_word(field, word, length, at, error);
  if (row->number != (equals != NULL))
    return wire_fail(error, WIRE_UNFIT, at, field->name,
                     row->number ? "'%s' needs a number: %s=..."
                                 : "'%s' takes no number",
                     row->name, row->name);
  if (equals == NULL) {
    *number |= row->value;
    return true;
  }
  uint64_t unit = row->mask & (~row->mask + 1);
  if (!parse_number(equals + 1, length - name_length - 1, &value) ||
      value > row->mask / unit)
    return wire_fail(error, WIRE_UNFIT, at + name_length + 1, field->name,
                     "'%s' does not hold this number", row->name);
  *number |= value * unit;
  return true;
}

static bool parse_bits(const struct wire_field *field, const char *text,
                       uint64_t *number, struct wire_error *error) {
  *number = 0;
  for (size_t at = 0;; at++) {
    size_t length = strcspn(text + at, "|");
    if (!parse_bits_word(field, text, at, length, number, error)) return false;
    at += length;
    if (text[at] == 0) return true;
  }
}

static bool parse_integer(const struct wire_field *field, const char *text,
                          uint64_t *number, struct wire_error *error) {
  size_t length = strlen(text);
  if (field->kind == WIRE_BITS) return parse_bits(field, text, number, error);
  if (parse_number(text, length, number)) return true;
  const struct wire_name *row = row_of(field, text, length);
  if (row == NULL && field->names != NULL)
    return unknown_word(field, text, length, 0, error);
  if (row == NULL)
    return wire_fail(error, WIRE_UNFIT, 0, field->name, "'%.40s' is not a number",
                     text);
  *number = row->value;
  return true;
}

/* Four decimal numbers of one to three digits. */
static bool parse_ipv4(const char *text, uint8_t *out) {
  const char *c = text;
  for (int i = 0; i < 4; i++) {
    unsigned value = 0;
    int digits = 0;
    for (; *c >= '0' && *c <= '9' && digits < 4; digits++)
      value = value * 10 + (unsigned)(*c++ - '0');
    if (digits == 0 || digits > 3 || value > 255) return false;
    out[i] = (uint8_t)value;
    if (*c++ != (i < 3 ? '.' : 0)) return false;
  }
  return true;
}

/* Eight groups of hexadecimal digits, one run of zero groups may be '::'. */
static bool parse_ipv6(const char *text, uint8_t *out) {
  uint16_t group[8];
  int count = 0;
  int gap = -1;
  const char *c = text;
  if (c[0] == ':' && c[1] == ':') {
    gap = 0;
    c += 2;
  }
  while (*c != 0) {
    unsigned value = 0;
    int digits = 0;
    for (; hex_digit(*c) >= 0 && digits < 5; digits++)
      value = value << 4 | (unsigned)hex_digit(*c++);
    if (digits == 0 || digits > 4 || count == 8) return false;
    group[count++] = (uint16_t)value;
    if (*c == 0) break;
    if (*c++ != ':') return false;
    if (*c == ':') {
      if (gap >= 0) return false;
      gap = count;
      c++;
    } else if (*c == 0) {
      return false;
    }
  }
  if (gap < 0 ? count != 8 : count > 7) return false;
  memset(out, 0, 16);
  for (int i = 0; i < count; i++) {
    int place = gap < 0 || i < gap ? i : 8 - count + i;
    wire_store(out + (size_t)place * 2, 2, false, group[i]);
  }
  return true;
}

static bool parse_octets(const struct wire_field *field, const char *text, uint8_t *out,
                         size_t capacity, size_t *length, struct wire_error *error) {
  if (field->kind == WIRE_TEXT)
    return wire_parse_text(text, out, capacity, length, error);
  if (field->kind == WIRE_IP && strpbrk(text, ".:") != NULL) {
    if (capacity < field->size) return no_room(error, 0);
    *length = field->size;
    bool good = field->size == 4 ? parse_ipv4(text, out) : parse_ipv6(text, out);
    return good || wire_fail(error, WIRE_UNFIT, 0, field->name,
                             "'%.45s' is not an IPv%c address", text,
                             field->size == 4 ? '4' : '6');
  }
  return wire_parse_hex(text, out, capacity, length, error);
}

bool wire_parse(const struct wire_field *field, const char *text,
                struct wire_scratch *scratch, struct wire_item *item,
                struct wire_error *error) {
  *item = (struct wire_item){.name = field->name};
  if (wire_is_number(field)) {
    item->form = WIRE_NUMBER;
    return parse_integer(field, text, &item->number, error);
  }
  char first = text[strspn(text, " ")];
  if (field->kind == WIRE_LIST && first != 0 && hex_digit(first) < 0)
    return wire_fail(error, WIRE_UNFIT, 0, field->name,
                     "'%s' is a list of elements, or hexadecimal", field->name);
  uint8_t *out = scratch->bytes + scratch->used;
  size_t room = scratch->capacity - scratch->used;
  item->form = WIRE_OCTETS;
  item->bytes = out;
  if (!parse_octets(field, text, out, room, &item->length, error)) {
    if (error) error->field = field->name;
    return false;
  }
  scratch->used += item->length;
  return true;
}
