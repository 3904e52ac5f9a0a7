/* encode.c: named values to bytes, from a field table.
 *
 * What was written so far is kept as decoded values, so that conditions, counts and
 * switches look back at it in the same way as in decoding. */
#include <string.h>

#include "wire/internal.h"

void wire_store(uint8_t *bytes, size_t size, bool little_endian, uint64_t number) {
  for (size_t i = 0; i < size; i++) {
    size_t place = little_endian ? i : size - 1 - i;
    bytes[place] = (uint8_t)(number >> (8 * i));
  }
}

struct writer {
  uint8_t *out;
  size_t capacity;
  size_t length;
  const struct wire_item *items;
  size_t count;
  unsigned taken;             /* how many of `items` found their field */
  struct wire_message *wrote; /* values so far, views into `out` */
  const struct wire_message *outer;
  const struct wire_field *all; /* the table that counts are looked for in */
  struct wire_error *error;
};

static bool write_fields(struct writer *writer, const struct wire_field *fields);

static const struct wire_item *item_of(const struct writer *writer, const char *name) {
  for (size_t i = 0; i < writer->count; i++) {
    const char *other = writer->items[i].name;
    if (other != NULL && strcmp(other, name) == 0) return &writer->items[i];
  }
  return NULL;
}

static struct wire_value *append(struct writer *writer, const struct wire_field *field,
                                 size_t length) {
  if (length > writer->capacity - writer->length) {
    wire_fail(writer->error, WIRE_SPACE, writer->length, field->name,
              "message is longer than the %zu bytes there is room for",
              writer->capacity);
    return NULL;
  }
  struct wire_message *wrote = writer->wrote;
  if (wrote->count == WIRE_VALUES) {
    wire_fail(writer->error, WIRE_TABLE, writer->length, field->name,
              "table has more than %d values", WIRE_VALUES);
    return NULL;
  }
  struct wire_value *value = &wrote->values[wrote->count++];
  *value = (struct wire_value){field, writer->out + writer->length, length, 0};
  writer->length += length;
  return value;
}

static bool fits(const struct wire_field *field, uint64_t number) {
  if (field->size >= 8) return true;
  unsigned bits = field->size * 8u;
  if (field->kind == WIRE_INT) {
    int64_t limit = INT64_C(1) << (bits - 1);
    int64_t value = (int64_t)number;
    if (value < 0) return value >= -limit;
  }
  return number >> bits == 0;
}

static bool unfit(const struct writer *writer, size_t at,
                  const struct wire_field *field, uint64_t number) {
  return wire_fail(writer->error, WIRE_UNFIT, at, field->name,
                   "%lld does not fit into the %u bytes of '%s'", (long long)number,
                   (unsigned)field->size, field->name);
}

static bool write_number(struct writer *writer, const struct wire_field *field,
                         uint64_t number) {
  size_t at = writer->length;
  if (!fits(field, number)) return unfit(writer, at, field, number);
  struct wire_value *value = append(writer, field, field->size);
  if (value == NULL) return false;
  wire_store(writer->out + at, field->size, field->flags & WIRE_LE, number);
  value->number = wire_number_in(field, value->bytes);
  return true;
}

/* How many elements or bytes the item of the field that counts by `counter` has. Looks
 * through switches: the counted field may stand in any arm. */
static bool count_for(const struct writer *writer, const struct wire_field *fields,
                      const char *counter, uint64_t *count) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->kind == WIRE_SWITCH) {
      for (const struct wire_case *arm = field->cases;; arm++) {
        if (arm->fields != NULL && count_for(writer, arm->fields, counter, count))
          return true;
        if (arm->otherwise) break;
      }
    }
    if (field->extent != WIRE_COUNTED || strcmp(field->by, counter) != 0) continue;
    const struct wire_item *item = item_of(writer, field->name);
    *count = 0;
    if (item != NULL) *count = item->form == WIRE_ITEMS ? item->count : item->length;
    return item == NULL || item->form != WIRE_OCTETS || field->kind != WIRE_LIST;
  }
  return false;
}

/* A number without item: a constant, a default, a count or a length to come. */
static bool write_omitted(struct writer *writer, const struct wire_field *field) {
  uint64_t count;
  if (field->flags & (WIRE_CONST | WIRE_DEFAULT))
    return write_number(writer, field, field->initial);
  if (field->flags & WIRE_FOLLOWS) return write_number(writer, field, 0);
  if (count_for(writer, writer->all, field->name, &count))
    return write_number(writer, field, count);
  return wire_fail(writer->error, WIRE_MISSING, writer->length, field->name,
                   "field '%s' needs a value", field->name);
}

static bool write_octets(struct writer *writer, const struct wire_field *field,
                         const struct wire_item *item) {
  size_t length = item->length;
  bool fixed = wire_is_number(field) || field->kind == WIRE_IP ||
               (field->extent == WIRE_FIXED && field->kind != WIRE_LIST);
  bool pad = (field->flags & WIRE_PADDED) && length < field->size;
  if (fixed && length != field->size && !pad)
    return wire_fail(writer->error, WIRE_UNFIT, writer->length, field->name,
                     "field '%s' has %u bytes, not %zu", field->name,
                     (unsigned)field->size, length);
  if (field->extent == WIRE_TO_NUL && memchr(item->bytes, 0, length) != NULL)
    return wire_fail(writer->error, WIRE_UNFIT, writer->length, field->name,
                     "field '%s' ends at the first 00 and cannot hold one",
                     field->name);
  size_t at = writer->length;
  struct wire_value *value = append(writer, field, pad ? field->size : length);
  if (value == NULL) return false;
  if (length > 0) memcpy(writer->out + at, item->bytes, length);
  if (pad) memset(writer->out + at + length, 0, field->size - length);
  value->number = wire_number_in(field, value->bytes);
  return true;
}

/* Lengths of what follows are known only at the end, unless the caller gave them. */
static bool fill_follows(struct writer *writer) {
  for (unsigned i = 0; i < writer->wrote->count; i++) {
    struct wire_value *value = &writer->wrote->values[i];
    const struct wire_field *field = value->field;
    if (!(field->flags & WIRE_FOLLOWS) || item_of(writer, field->name) != NULL)
      continue;
    size_t at = (size_t)(value->bytes - writer->out);
    value->number = writer->length - at - field->size;
    if (!fits(field, value->number)) return unfit(writer, at, field, value->number);
    wire_store(writer->out + at, field->size, field->flags & WIRE_LE, value->number);
  }
  return true;
}

static bool write_element(struct writer *writer, const struct wire_field *field,
                          const struct wire_item *item) {
  struct wire_item alone = *item;
  struct wire_message wrote = {0};
  struct writer inner = *writer;
  inner.wrote = &wrote;
  inner.outer = writer->wrote;
  inner.all = field->of;
  inner.taken = 0;
  if (item->form == WIRE_ITEMS) {
    inner.items = item->items;
    inner.count = item->count;
  } else { /* an element of one field may be given without its name */
    alone.name = field->of->name;
    inner.items = &alone;
    inner.count = 1;
  }
  if (!write_fields(&inner, field->of) || !fill_follows(&inner)) return false;
  if (inner.taken != inner.count)
    return wire_fail(writer->error, WIRE_UNKNOWN_NAME, writer->length, field->name,
                     "an element of '%s' has a field that does not belong there",
                     field->name);
  writer->length = inner.length;
  return true;
}

static bool write_list(struct writer *writer, const struct wire_field *field,
                       const struct wire_item *item) {
  size_t at = writer->length;
  for (size_t i = 0; i < item->count; i++) {
    if (!write_element(writer, field, &item->items[i])) return false;
  }
  size_t length = writer->length - at;
  writer->length = at;
  struct wire_value *value = append(writer, field, length);
  if (value == NULL) return false;
  value->number = item->count;
  return true;
}

static bool write_item(struct writer *writer, const struct wire_field *field,
                       const struct wire_item *item) {
  writer->taken++;
  bool form_fits = item->form == WIRE_OCTETS ||
                   (item->form == WIRE_NUMBER && wire_is_number(field)) ||
                   (item->form == WIRE_ITEMS && field->kind == WIRE_LIST);
  if (!form_fits)
    return wire_fail(writer->error, WIRE_UNFIT, writer->length, field->name,
                     "field '%s' takes %s", field->name,
                     wire_is_number(field)      ? "a number"
                     : field->kind == WIRE_LIST ? "a list"
                                                : "octets");
  switch (item->form) {
  case WIRE_NUMBER: return write_number(writer, field, item->number);
  case WIRE_OCTETS: return write_octets(writer, field, item);
  case WIRE_ITEMS: return write_list(writer, field, item);
  }
  return false;
}

static bool write_switch(struct writer *writer, const struct wire_field *field) {
  const struct wire_value *by = wire_earlier(writer->wrote, writer->outer, field->by);
  const struct wire_field *fields = wire_arm(field, by ? by->number : 0)->fields;
  return fields == NULL || write_fields(writer, fields);
}

static bool write_field(struct writer *writer, const struct wire_field *field) {
  if (field->kind == WIRE_SWITCH) return write_switch(writer, field);
  const struct wire_item *item = item_of(writer, field->name);
  if (!wire_present(field, writer->wrote, writer->outer)) {
    if (item == NULL) return true;
    return wire_fail(writer->error, WIRE_UNFIT, writer->length, field->name,
                     "field '%s' has no place here: '%s' says it is absent",
                     field->name, field->when);
  }
  if (item != NULL) return write_item(writer, field, item);
  if (field->flags & WIRE_OPTIONAL) return true;
  if (wire_is_number(field)) return write_omitted(writer, field);
  if (field->extent != WIRE_FIXED || field->kind == WIRE_LIST || field->size == 0)
    return append(writer, field, 0) != NULL; /* empty, if nothing is said */
  return wire_fail(writer->error, WIRE_MISSING, writer->length, field->name,
                   "field '%s' needs a value", field->name);
}

static bool write_fields(struct writer *writer, const struct wire_field *fields) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (!write_field(writer, field)) return false;
  }
  return true;
}

static bool unknown_item(const struct writer *writer, const struct wire_type *type) {
  for (size_t i = 0; i < writer->count; i++) {
    const char *name = writer->items[i].name;
    bool used = name != NULL && wire_find(writer->wrote, name) != NULL;
    if (!used)
      return wire_fail(writer->error, WIRE_UNKNOWN_NAME, 0, NULL,
                       "%s has no field '%s' here", type->name, name ? name : "");
  }
  return wire_fail(writer->error, WIRE_UNKNOWN_NAME, 0, NULL,
                   "a field of %s is given twice", type->name);
}

bool wire_encode(const struct wire_type *type, const struct wire_item *items,
                 size_t count, uint8_t *out, size_t capacity, size_t *length,
                 struct wire_error *error) {
  struct wire_message wrote = {0};
  struct writer writer = {
      .out = out,
      .capacity = capacity,
      .items = items,
      .count = count,
      .wrote = &wrote,
      .all = type->fields,
      .error = error,
  };
  if (!write_fields(&writer, type->fields)) return false;
  if (writer.taken != count) return unknown_item(&writer, type);
  if (writer.length < type->least || writer.length > type->most)
    return wire_fail(error, WIRE_LENGTH, writer.length, NULL,
                     "%s has %u to %u bytes behind its code, not %zu", type->name,
                     (unsigned)type->least, (unsigned)type->most, writer.length);
  if (!fill_follows(&writer)) return false;
  *length = writer.length;
  return true;
}
