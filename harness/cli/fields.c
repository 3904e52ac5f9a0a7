/* fields.c: decoded messages as JSON and as text for people. */
#include "cli/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text of any length from one of wire's printers, to be freed. */
typedef size_t printer(const struct wire_message *message,
                       const struct wire_value *value, char *out, size_t capacity);

static char *print_all(printer *print, const struct wire_message *message,
                       const struct wire_value *value) {
  size_t size = print(message, value, NULL, 0) + 1;
  char *text = malloc(size);
  if (text != NULL) print(message, value, text, size);
  return text;
}

static size_t print_raw(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity) {
  (void)message;
  return wire_print_hex(value->bytes, value->length, 0, out, capacity);
}

/* Takes over the text. */
static json_t *json_text(char *text) {
  json_t *string = text ? json_string(text) : json_null();
  free(text);
  return string;
}

static json_t *value_json(const struct wire_message *message,
                          const struct wire_value *value);

static json_t *list_json(const struct wire_message *message,
                         const struct wire_value *list) {
  json_t *array = json_array();
  struct wire_message element;
  size_t at = 0;
  while (wire_next_element(message, list, &at, &element)) {
    json_t *object = json_object();
    for (unsigned i = 0; i < element.count; i++)
      json_object_set_new(object, element.values[i].field->name,
                          value_json(&element, &element.values[i]));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *value_json(const struct wire_message *message,
                          const struct wire_value *value) {
  const struct wire_field *field = value->field;
  if (field->kind == WIRE_LIST) return list_json(message, value);
  if (wire_is_number(field) && field->size <= 4)
    return json_integer((json_int_t)value->number);
  if (wire_is_number(field)) {
    char text[2 + 16 + 1];
    snprintf(text, sizeof text, "0x%0*llX", field->size * 2,
             (unsigned long long)value->number);
    return json_string(text);
  }
  return json_text(print_all(wire_write_value, message, value));
}

static json_t *field_json(const struct wire_message *message,
                          const struct wire_value *value) {
  json_t *object = json_object();
  json_object_set_new(object, "name", json_string(value->field->name));
  json_object_set_new(object, "raw", json_text(print_all(print_raw, message, value)));
  json_object_set_new(object, "value", value_json(message, value));
  json_object_set_new(object, "text",
                      json_text(print_all(wire_print_value, message, value)));
  if (wire_marks(message, value) != 0)
    json_object_set_new(object, "mark",
                        json_text(print_all(wire_print_marks, message, value)));
  return object;
}

static const char *direction_name(enum wire_direction direction) {
  return direction == WIRE_OUT ? "out" : direction == WIRE_IN ? "in" : "any";
}

json_t *fields_json(const struct wire_message *message) {
  char code[9];
  snprintf(code, sizeof code, "%02X", (unsigned)message->type->code);
  json_t *object = json_object();
  json_object_set_new(object, "ok", json_true());
  json_object_set_new(object, "message", json_string(message->type->name));
  json_object_set_new(object, "type", json_string(code));
  json_object_set_new(object, "direction",
                      json_string(direction_name(message->type->direction)));
  json_t *fields = json_array();
  for (unsigned i = 0; i < message->count; i++)
    json_array_append_new(fields, field_json(message, &message->values[i]));
  json_object_set_new(object, "fields", fields);
  return object;
}

json_t *fields_error(const struct wire_error *error) {
  json_t *inner = json_object();
  json_object_set_new(inner, "code", json_string(wire_status_name(error->status)));
  json_object_set_new(inner, "offset", json_integer((json_int_t)error->offset));
  if (error->field) json_object_set_new(inner, "field", json_string(error->field));
  json_object_set_new(inner, "text", json_string(error->text));
  json_t *object = json_object();
  json_object_set_new(object, "ok", json_false());
  json_object_set_new(object, "error", inner);
  return object;
}

void fields_print_json(json_t *object) {
  json_dumpf(object, stdout, JSON_COMPACT);
  putchar('\n');
  json_decref(object);
}

static bool hidden(const struct wire_message *message, const struct wire_value *value) {
  return (value->field->flags & WIRE_QUIET) && wire_marks(message, value) == 0;
}

void fields_show(const struct wire_message *message) {
  const struct wire_type *type = message->type;
  int width = 0;
  for (unsigned i = 0; i < message->count; i++) {
    int length = (int)strlen(message->values[i].field->name);
    if (length > width) width = length;
  }
  printf("%s (0x%02X, %s)\n", type->name, (unsigned)type->code, type->title);
  for (unsigned i = 0; i < message->count; i++) {
    const struct wire_value *value = &message->values[i];
    if (hidden(message, value)) continue;
    char *text = print_all(wire_print_value, message, value);
    char *mark = print_all(wire_print_marks, message, value);
    printf("  %-*s  %s", width, value->field->name, text ? text : "");
    if (mark != NULL && mark[0] != 0) printf("   <- %s", mark);
    putchar('\n');
    free(text);
    free(mark);
  }
}

void fields_help_options(const struct protocol *family) {
  for (const struct protocol *const *p = protocol_families; *p != NULL; p++) {
    if (family != NULL && *p != family) continue;
    for (const struct protocol_option *o = (*p)->options; o->name != NULL; o++) {
      printf("      %s: %s=%s   %s", (*p)->name, o->name, o->values, o->about);
      printf(o->initial ? " (default %s)\n" : "\n", o->initial);
    }
  }
}
