/* print.c: values as text, for people and in the notation that parse.c reads. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "wire/internal.h"

/* Appends to a buffer and goes on counting when it is full, as snprintf does. */
struct text {
  char *out;
  size_t capacity;
  size_t length;
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
add(struct text *text, const char *format, ...) {
  size_t left = text->length < text->capacity ? text->capacity - text->length : 0;
  char *end = left > 0 ? text->out + text->length : NULL;
  va_list list;
  va_start(list, format);
  int more = vsnprintf(end, left, format, list);
  va_end(list);
  if (more > 0) text->length += (size_t)more;
}

static struct text start(char *out, size_t capacity) {
  if (capacity > 0) out[0] = 0;
  return (struct text){out, capacity, 0};
}

static void add_hex(struct text *text, const uint8_t *bytes, size_t length,
                    char separator) {
  for (size_t i = 0; i < length; i++) {
    if (i > 0 && separator) add(text, "%c", separator);
    add(text, "%02X", bytes[i]);
  }
}

static bool printable(uint8_t byte) {
  return byte >= 0x20 && byte < 0x7F;
}

static void add_text(struct text *text, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] == '\\') {
      add(text, "\\\\");
    } else if (printable(bytes[i])) {
      add(text, "%c", bytes[i]);
    } else {
      add(text, "\\x%02X", bytes[i]);
    }
  }
}

size_t wire_print_hex(const uint8_t *bytes, size_t length, char separator, char *out,
                      size_t capacity) {
  struct text text = start(out, capacity);
  add_hex(&text, bytes, length, separator);
  return text.length;
}

size_t wire_print_text(const uint8_t *bytes, size_t length, char *out,
                       size_t capacity) {
  struct text text = start(out, capacity);
  add_text(&text, bytes, length);
  return text.length;
}

const struct wire_name *wire_name_of(const struct wire_field *field, uint64_t number,
                                     unsigned where) {
  if (field->names == NULL) return NULL;
  for (const struct wire_name *row = field->names; row->name != NULL; row++) {
    bool here = row->where == 0 || where == 0 || (row->where & where);
    if (here && row->value == number) return row;
  }
  return NULL;
}

/* Trailing filling of a padded text is not part of what it says. */
static size_t said_length(const struct wire_value *value) {
  size_t length = value->length;
  if (value->field->flags & WIRE_PADDED) {
    while (length > 0 && value->bytes[length - 1] == 0)
      length--;
  }
  return length;
}

static void add_ip(struct text *text, const struct wire_value *value) {
  const uint8_t *b = value->bytes;
  if (value->length == 4) {
    add(text, "%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
    return;
  }
  for (size_t i = 0; i + 1 < value->length; i += 2)
    add(text, "%s%x", i ? ":" : "", (unsigned)(b[i] << 8 | b[i + 1]));
}

/* The bits of a value by name, joined by '|'; what has no name as a number. */
static void add_bits(struct text *text, const struct wire_value *value,
                     unsigned where) {
  const struct wire_field *field = value->field;
  uint64_t left = value->number;
  uint64_t spoken = 0; /* bits that a row has spoken for */
  size_t first = text->length;
  for (const struct wire_name *row = field->names; row && row->name; row++) {
    uint64_t mask = row->mask ? row->mask : row->value;
    if ((row->where && where && !(row->where & where)) || (mask & spoken)) continue;
    const char *bar = text->length > first ? "|" : "";
    if (row->number) {
      uint64_t number = (value->number & mask) / (mask & (~mask + 1));
      add(text, "%s%s=%" PRIu64, bar, row->name, number);
    } else if ((value->number & mask) == row->value) {
      add(text, "%s%s", bar, row->name);
    } else {
      continue;
    }
    left &= ~mask;
    spoken |= mask;
  }
  if (left != 0 || text->length == first)
    add(text, "%s0x%0*" PRIX64, text->length > first ? "|" : "", field->size * 2, left);
}

/* The number in hexadecimal, as wide as its field. */
static void add_wide(struct text *text, const char *prefix,
                     const struct wire_value *value) {
  int digits = value->field->size * 2;
  uint64_t number = value->number & UINT64_MAX >> (64 - 4 * digits);
  add(text, "%s%0*" PRIX64, prefix, digits, number);
}

static void add_plain(struct text *text, const struct wire_value *value) {
  if (value->field->kind == WIRE_INT) {
    add(text, "%" PRId64, (int64_t)value->number);
  } else {
    add(text, "%" PRIu64, value->number);
  }
}

/* number * times / over: exactly, if it is whole and 64 bits hold the product. */
static void add_scaled(struct text *text, const struct wire_value *value) {
  const struct wire_field *field = value->field;
  int64_t times = field->times ? field->times : 1;
  int64_t over = field->over ? field->over : 1;
  int64_t number = (int64_t)value->number;
  int64_t most = INT64_MAX / (times < 0 ? -times : times);
  bool small =
      number <= most && number >= -most && (number >= 0 || field->kind == WIRE_INT);
  if (times == 1 && over == 1) {
    add_plain(text, value);
  } else if (small && number * times % over == 0) {
    add(text, "%" PRId64, number * times / over);
  } else {
    double real = field->kind == WIRE_INT ? (double)number : (double)value->number;
    add(text, "%.15g", real * (double)times / (double)over);
  }
  if (field->unit) add(text, " %s", field->unit);
}

/* A field with names and a range is a number some of whose values have names. */
static bool is_enumeration(const struct wire_field *field) {
  return field->names != NULL && !(field->flags & WIRE_RANGE);
}

static void add_number(struct text *text, const struct wire_value *value,
                       unsigned where) {
  const struct wire_field *field = value->field;
  const struct wire_name *name = wire_name_of(field, value->number, where);
  if (name != NULL) {
    add(text, "%s", name->text ? name->text : name->name);
  } else if ((field->flags & WIRE_HEX) || is_enumeration(field)) {
    add_wide(text, field->names ? "0x" : "", value);
  } else {
    add_scaled(text, value);
  }
}

static void add_value(struct text *text, const struct wire_message *message,
                      const struct wire_value *value);

static void add_list(struct text *text, const struct wire_message *message,
                     const struct wire_value *list) {
  struct wire_message element;
  size_t at = 0;
  bool alone = list->field->of[1].kind == WIRE_END;
  add(text, "[");
  for (bool more = false; wire_next_element(message, list, &at, &element);
       more = true) {
    add(text, "%s%s", more ? ", " : "", alone ? "" : "{");
    for (unsigned i = 0; i < element.count; i++) {
      const struct wire_value *value = &element.values[i];
      if (!alone) add(text, "%s%s: ", i ? ", " : "", value->field->name);
      add_value(text, &element, value);
    }
    if (!alone) add(text, "}");
  }
  add(text, "]");
}

static bool all_printable(const struct wire_value *value) {
  for (size_t i = 0; i < value->length; i++) {
    if (!printable(value->bytes[i])) return false;
  }
  return value->length > 0;
}

static void add_value(struct text *text, const struct wire_message *message,
                      const struct wire_value *value) {
  switch (value->field->kind) {
  case WIRE_UINT:
  case WIRE_INT: add_number(text, value, message->where); return;
  case WIRE_BITS: add_bits(text, value, message->where); return;
  case WIRE_IP: add_ip(text, value); return;
  case WIRE_TEXT:
    add(text, "\"");
    add_text(text, value->bytes, said_length(value));
    add(text, "\"");
    return;
  case WIRE_LIST: add_list(text, message, value); return;
  case WIRE_BYTES:
  case WIRE_SWITCH:
  case WIRE_END: break;
  }
  add_hex(text, value->bytes, value->length, 0);
  if (all_printable(value)) {
    add(text, " \"");
    add_text(text, value->bytes, value->length);
    add(text, "\"");
  }
}

size_t wire_print_value(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity) {
  struct text text = start(out, capacity);
  add_value(&text, message, value);
  return text.length;
}

size_t wire_write_value(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity) {
  struct text text = start(out, capacity);
  const struct wire_field *field = value->field;
  const struct wire_name *name;
  switch (field->kind) {
  case WIRE_UINT:
  case WIRE_INT:
    name = wire_name_of(field, value->number, message->where);
    if (name != NULL) {
      add(&text, "%s", name->name);
    } else if (field->flags & WIRE_HEX || is_enumeration(field)) {
      add_wide(&text, "0x", value);
    } else {
      add_plain(&text, value);
    }
    break;
  case WIRE_BITS: add_bits(&text, value, message->where); break;
  case WIRE_IP: add_ip(&text, value); break;
  case WIRE_TEXT: add_text(&text, value->bytes, said_length(value)); break;
  default: add_hex(&text, value->bytes, value->length, 0); break;
  }
  return text.length;
}

/* ---- marks ------------------------------------------------------------------- */

static bool bits_unknown(const struct wire_value *value, unsigned where) {
  uint64_t known = 0;
  for (const struct wire_name *row = value->field->names; row && row->name; row++) {
    uint64_t mask = row->mask ? row->mask : row->value;
    if (row->where && where && !(row->where & where)) continue;
    if (row->number || (value->number & mask) == row->value) known |= mask;
  }
  return (value->number & ~known) != 0;
}

static bool out_of_range(const struct wire_value *value) {
  const struct wire_field *field = value->field;
  if (!wire_is_number(field))
    return value->length < field->least || value->length > field->most;
  if (field->kind == WIRE_INT)
    return (int64_t)value->number < (int64_t)field->least ||
           (int64_t)value->number > (int64_t)field->most;
  return value->number < field->least || value->number > field->most;
}

static void add_range(struct text *text, const struct wire_field *field) {
  if (!wire_is_number(field)) {
    add(text, "out of range %" PRIu64 "..%" PRIu64 " bytes", field->least, field->most);
  } else if (field->kind == WIRE_INT) {
    add(text, "out of range %" PRId64 "..%" PRId64, (int64_t)field->least,
        (int64_t)field->most);
  } else {
    add(text, "out of range 0x%" PRIX64 "..0x%" PRIX64, field->least, field->most);
  }
}

static uint64_t bytes_behind(const struct wire_message *message,
                             const struct wire_value *value) {
  const uint8_t *end = message->bytes + message->length;
  return (uint64_t)(end - (value->bytes + value->length));
}

unsigned wire_marks(const struct wire_message *message,
                    const struct wire_value *value) {
  const struct wire_field *field = value->field;
  unsigned marks = 0;
  if ((field->flags & WIRE_RANGE) && out_of_range(value)) marks |= WIRE_MARK_RANGE;
  if ((field->flags & WIRE_CONST) && value->number != field->initial)
    marks |= WIRE_MARK_CONST;
  if ((field->flags & WIRE_FOLLOWS) && value->number != bytes_behind(message, value))
    marks |= WIRE_MARK_FOLLOWS;
  if (field->kind == WIRE_BITS) {
    if (bits_unknown(value, message->where)) marks |= WIRE_MARK_UNKNOWN;
  } else if (is_enumeration(field) &&
             wire_name_of(field, value->number, message->where) == NULL) {
    marks |= WIRE_MARK_UNKNOWN;
  }
  return marks;
}

size_t wire_print_marks(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity) {
  struct text text = start(out, capacity);
  const struct wire_field *field = value->field;
  unsigned marks = wire_marks(message, value);
  if (marks & WIRE_MARK_RANGE) add_range(&text, field);
  const char *comma = text.length ? ", " : "";
  if (marks & WIRE_MARK_UNKNOWN)
    add(&text, "%sno documented %s", comma,
        field->kind == WIRE_BITS ? "meaning of a bit" : "value");
  comma = text.length ? ", " : "";
  if (marks & WIRE_MARK_CONST)
    add(&text, "%sshould be 0x%0*" PRIX64, comma, field->size * 2, field->initial);
  comma = text.length ? ", " : "";
  if (marks & WIRE_MARK_FOLLOWS)
    add(&text, "%s%" PRIu64 " bytes follow", comma, bytes_behind(message, value));
  return text.length;
}
