/* match.c: is a message what a case expects? */
#include <stdio.h>
#include <string.h>

#include "run/session.h"

struct matching {
  struct run *run;
  const struct wire_message *message;
  bool capturing; /* second pass: everything matched, take the names */
};

static bool fields_match(struct matching *matching, const struct field_pattern *fields,
                         size_t count, const struct field_pattern **differs);

static bool same_octets(const struct wire_value *value, const uint8_t *bytes,
                        size_t length) {
  size_t have = value->length;
  if (value->field->flags & WIRE_PADDED) {
    while (have > length && value->bytes[have - 1] == 0)
      have--;
  }
  return have == length && (length == 0 || memcmp(value->bytes, bytes, length) == 0);
}

static bool value_match(const struct wire_value *value, const struct wire_item *item) {
  if (item->form == WIRE_NUMBER) return value->number == item->number;
  return same_octets(value, item->bytes, item->length);
}

static bool name_match(struct matching *matching, const struct pattern *pattern,
                       const struct wire_value *value) {
  const struct capture *capture = capture_find(matching->run, pattern->name);
  if (capture == NULL) {
    if (matching->capturing)
      capture_set(matching->run, pattern->name, value->bytes, value->length,
                  value->number);
    return true;
  }
  if (wire_is_number(value->field)) return capture->number == value->number;
  return same_octets(value, capture->bytes, capture->length);
}

static bool list_match(struct matching *matching, const struct pattern *pattern,
                       const struct wire_value *value) {
  struct wire_message element;
  size_t at = 0;
  size_t count = 0;
  while (wire_next_element(matching->message, value, &at, &element)) {
    if (count == pattern->part_count) return false;
    const struct pattern *part = &pattern->parts[count++];
    struct matching inner = {matching->run, &element, matching->capturing};
    const struct field_pattern *differs;
    if (!fields_match(&inner, part->fields, part->field_count, &differs)) return false;
  }
  return count == pattern->part_count;
}

static bool in_range(const struct pattern *pattern, const struct wire_value *value) {
  if (value->field->kind == WIRE_INT)
    return (int64_t)value->number >= (int64_t)pattern->low &&
           (int64_t)value->number <= (int64_t)pattern->high;
  return value->number >= pattern->low && value->number <= pattern->high;
}

static bool pattern_match(struct matching *matching, const struct pattern *pattern,
                          const struct wire_value *value) {
  if (pattern->kind == PATTERN_ABSENT) return value == NULL || value->length == 0;
  if (value == NULL && pattern->kind != PATTERN_SET) return false;
  switch (pattern->kind) {
  case PATTERN_VALUE: return value_match(value, &pattern->item);
  case PATTERN_ANY: return true;
  case PATTERN_RANGE: return in_range(pattern, value);
  case PATTERN_MASK: return (value->number & pattern->mask) == pattern->low;
  case PATTERN_NAME: return name_match(matching, pattern, value);
  case PATTERN_LIST: return list_match(matching, pattern, value);
  case PATTERN_SET:
    for (size_t i = 0; i < pattern->part_count; i++) {
      if (pattern_match(matching, &pattern->parts[i], value)) return true;
    }
    return false;
  case PATTERN_ABSENT:
  case PATTERN_FIELDS: break;
  }
  return false;
}

static bool fields_match(struct matching *matching, const struct field_pattern *fields,
                         size_t count, const struct field_pattern **differs) {
  for (size_t i = 0; i < count; i++) {
    const struct wire_value *value =
        wire_find(matching->message, fields[i].field->name);
    if (!pattern_match(matching, &fields[i].pattern, value)) {
      *differs = &fields[i];
      return false;
    }
  }
  return true;
}

bool match_message(struct run *run, const struct message_pattern *pattern,
                   const struct wire_type *type, const uint8_t *body, size_t length,
                   char *why, size_t capacity) {
  struct wire_message message;
  struct wire_error error;
  if (pattern->type != type) {
    snprintf(why, capacity, "another message");
    return false;
  }
  if (!wire_decode(type, body, length, &message, &error)) {
    snprintf(why, capacity, "malformed: %s", error.text);
    return false;
  }
  struct matching matching = {run, &message, false};
  const struct field_pattern *differs = NULL;
  if (!fields_match(&matching, pattern->fields, pattern->field_count, &differs)) {
    const struct wire_value *value = wire_find(&message, differs->field->name);
    char text[192] = "absent";
    if (value != NULL) wire_print_value(&message, value, text, sizeof text);
    snprintf(why, capacity, "%s is %s", differs->field->name, text);
    return false;
  }
  matching.capturing = true;
  return fields_match(&matching, pattern->fields, pattern->field_count, &differs);
}
