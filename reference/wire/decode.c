/* decode.c: bytes to values, from a field table. */
#include <string.h>

#include "wire/internal.h"

uint64_t wire_load(const uint8_t *bytes, size_t size, bool little_endian) {
  uint64_t number = 0;
  if (little_endian) {
    for (size_t i = size; i-- > 0;)
      number = number << 8 | bytes[i];
  } else {
    for (size_t i = 0; i < size; i++)
      number = number << 8 | bytes[i];
  }
  return number;
}

static uint64_t sign_extend(uint64_t number, size_t size) {
  uint64_t sign = UINT64_C(1) << ((size * 8 - 1) & 63);
  return (number ^ sign) - sign;
}

static inline uint64_t integer_in(const struct wire_field *field,
                                  const uint8_t *bytes) {
  uint64_t number = wire_load(bytes, field->size, field->flags & WIRE_LE);
  return field->kind == WIRE_INT ? sign_extend(number, field->size) : number;
}

uint64_t wire_number_in(const struct wire_field *field, const uint8_t *bytes) {
  if (wire_is_number(field)) return integer_in(field, bytes);
  return wire_is_key(field) ? wire_load(bytes, field->size, false) : 0;
}

const struct wire_value *wire_find(const struct wire_message *message,
                                   const char *name) {
  for (unsigned i = message->count; i-- > 0;) {
    if (strcmp(message->values[i].field->name, name) == 0) return &message->values[i];
  }
  return NULL;
}

const struct wire_value *wire_earlier(const struct wire_message *values,
                                      const struct wire_message *outer,
                                      const char *name) {
  const struct wire_value *found = wire_find(values, name);
  if (found == NULL && outer != NULL) found = wire_find(outer, name);
  return found;
}

bool wire_present(const struct wire_field *field, const struct wire_message *values,
                  const struct wire_message *outer) {
  if (field->when == NULL) return true;
  const struct wire_value *other = wire_earlier(values, outer, field->when);
  if (other == NULL) return false;
  return field->when_mask != 0 ? (other->number & field->when_mask) != 0
                               : other->number != 0;
}

const struct wire_case *wire_arm(const struct wire_field *field, uint64_t value) {
  const struct wire_case *arm = field->cases;
  while (!arm->otherwise && arm->value != value)
    arm++;
  return arm;
}

static bool truncated(struct wire_reader *reader, const struct wire_field *field,
                      uint64_t need) {
  return wire_fail(reader->error, WIRE_TRUNCATED, reader->at, field->name,
                   "field '%s' needs %llu bytes, %zu are left", field->name,
                   (unsigned long long)need, reader->length - reader->at);
}

static struct wire_value *append(struct wire_reader *reader,
                                 const struct wire_field *field, size_t length) {
  struct wire_message *message = reader->message;
  if (message->count == WIRE_VALUES) {
    wire_fail(reader->error, WIRE_TABLE, reader->at, field->name,
              "table has more than %d values", WIRE_VALUES);
    return NULL;
  }
  struct wire_value *value = &message->values[message->count++];
  value->field = field;
  value->bytes = reader->bytes + reader->at;
  value->length = length;
  value->number = 0;
  reader->at += length;
  return value;
}

static bool read_number(struct wire_reader *reader, const struct wire_field *field) {
  struct wire_value *value = append(reader, field, field->size);
  if (value == NULL) return false;
  value->number = integer_in(field, value->bytes);
  return true;
}

/* The length in bytes of a field that is no number and no list. */
static bool octet_length(struct wire_reader *reader, const struct wire_field *field,
                         size_t *length) {
  size_t left = reader->length - reader->at;
  uint64_t need = field->size;
  const uint8_t *nul;
  switch (field->extent) {
  case WIRE_FIXED: break;
  case WIRE_REST: need = left; break;
  case WIRE_COUNTED: {
    const struct wire_value *by =
        wire_earlier(reader->message, reader->outer, field->by);
    need = by != NULL ? by->number : 0;
    break;
  }
  case WIRE_TO_NUL:
    nul = left > 0 ? memchr(reader->bytes + reader->at, 0, left) : NULL;
    need = nul != NULL ? (size_t)(nul - (reader->bytes + reader->at)) : left;
    break;
  }
  if (need > left) return truncated(reader, field, need);
  *length = (size_t)need;
  return true;
}

/* Short octets of fixed size are a number too, so that they can choose an arm of a
 * switch: an AT command does. */
static bool read_octets(struct wire_reader *reader, const struct wire_field *field,
                        size_t length) {
  struct wire_value *value = append(reader, field, length);
  if (value == NULL) return false;
  if (wire_is_key(field)) value->number = wire_load(value->bytes, field->size, false);
  return true;
}

/* Walks the elements to find where the list ends and how many there are. */
static bool read_list(struct wire_reader *reader, const struct wire_field *field) {
  bool counted = field->extent == WIRE_COUNTED;
  const struct wire_value *by =
      counted ? wire_earlier(reader->message, reader->outer, field->by) : NULL;
  uint64_t wanted = by != NULL ? by->number : 0;
  struct wire_message element = {0};
  struct wire_reader inner = *reader;
  inner.message = &element;
  inner.outer = reader->message;
  uint64_t count = 0;
  while (counted ? count < wanted : inner.at < inner.length) {
    size_t before = inner.at;
    element.count = 0;
    if (!wire_read_fields(&inner, field->of)) return false;
    if (inner.at == before) break; /* elements without bytes: nothing to walk */
    count++;
  }
  size_t length = inner.at - reader->at;
  struct wire_value *value = append(reader, field, length);
  if (value == NULL) return false;
  value->number = count;
  return true;
}

static bool read_switch(struct wire_reader *reader, const struct wire_field *field) {
  const struct wire_value *by = wire_earlier(reader->message, reader->outer, field->by);
  const struct wire_field *fields = wire_arm(field, by ? by->number : 0)->fields;
  return fields == NULL || wire_read_fields(reader, fields);
}

static bool read_field(struct wire_reader *reader, const struct wire_field *field) {
  size_t left = reader->length - reader->at;
  size_t length = 0;
  switch (field->kind) {
  case WIRE_UINT:
  case WIRE_INT:
  case WIRE_BITS:
    if (left < field->size) return truncated(reader, field, field->size);
    return read_number(reader, field);
  case WIRE_IP:
  case WIRE_BYTES:
  case WIRE_TEXT:
    return octet_length(reader, field, &length) && read_octets(reader, field, length);
  case WIRE_LIST: return read_list(reader, field);
  case WIRE_SWITCH: return read_switch(reader, field);
  case WIRE_END: break;
  }
  return wire_fail(reader->error, WIRE_TABLE, reader->at, field->name,
                   "unknown kind of field");
}

bool wire_read_fields(struct wire_reader *reader, const struct wire_field *fields) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->when != NULL && !wire_present(field, reader->message, reader->outer))
      continue;
    if (field->flags & WIRE_OPTIONAL) {
      size_t left = reader->length - reader->at;
      if (left < field->size || left == 0) continue;
    }
    if (!read_field(reader, field)) return false;
  }
  return true;
}

bool wire_decode(const struct wire_type *type, const uint8_t *bytes, size_t length,
                 struct wire_message *message, struct wire_error *error) {
  message->type = type;
  message->bytes = bytes;
  message->length = length;
  message->where = 0;
  message->count = 0;
  if (length < type->least)
    return wire_fail(error, WIRE_LENGTH, length, NULL,
                     "%s needs at least %u bytes behind its code, has %zu", type->name,
                     (unsigned)type->least, length);
  if (length > type->most)
    return wire_fail(error, WIRE_LENGTH, type->most, NULL,
                     "%s has at most %u bytes behind its code, not %zu", type->name,
                     (unsigned)type->most, length);
  struct wire_reader reader = {bytes, length, 0, message, NULL, error};
  if (!wire_read_fields(&reader, type->fields)) return false;
  if (reader.at < length)
    return wire_fail(error, WIRE_TRAILING, reader.at, NULL,
                     "%zu bytes behind the last field of %s", length - reader.at,
                     type->name);
  return true;
}

bool wire_next_element(const struct wire_message *message,
                       const struct wire_value *list, size_t *at,
                       struct wire_message *element) {
  element->type = NULL;
  element->where = message->where;
  element->count = 0;
  if (*at >= list->length) return false;
  struct wire_reader reader = {list->bytes, list->length, *at, element, message, NULL};
  if (!wire_read_fields(&reader, list->field->of) || reader.at == *at) return false;
  element->bytes = list->bytes + *at;
  element->length = reader.at - *at;
  *at = reader.at;
  return true;
}
