/* fields_input.c: items for the encoder from JSON objects and from text. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli/fields.h"

static bool find_type(const struct protocol *family, const char *name,
                      struct fields_input *input, struct wire_error *error) {
  const char *names[512];
  size_t count = 0;
  input->type = protocol_type(family, name);
  if (input->type != NULL) return true;
  for (; count < family->type_count && count < 511; count++)
    names[count] = family->types[count].name;
  names[count] = NULL;
  const char *near = wire_nearest(name, names);
  return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "%s has no message '%.40s'%s%s%s",
                   family->name, name, near ? ", did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

static const struct wire_field *find_field(const struct wire_field *fields,
                                           const struct wire_item *items, size_t count,
                                           const char *name, struct wire_error *error) {
  const struct wire_field *field = wire_field_for(fields, items, count, name);
  const char *names[128];
  if (field != NULL) return field;
  wire_field_names(fields, names, 128);
  const char *near = wire_nearest(name, names);
  wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no field '%.40s' here%s%s%s", name,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
  return NULL;
}

/* `count` items in a row, or NULL. */
static struct wire_item *take_items(struct fields_input *input, size_t count,
                                    struct wire_error *error) {
  if (count > FIELDS_ITEMS - input->used) {
    wire_fail(error, WIRE_SPACE, 0, NULL, "more than %d values", FIELDS_ITEMS);
    return NULL;
  }
  struct wire_item *items = &input->items[input->used];
  input->used += count;
  return items;
}

/* ---- JSON -------------------------------------------------------------------- */

static bool item_from_json(const struct wire_field *field, const json_t *value,
                           struct fields_input *input, struct wire_item *item,
                           struct wire_error *error);

static bool element_from_json(const struct wire_field *list, const json_t *object,
                              struct fields_input *input, struct wire_item *element,
                              struct wire_error *error) {
  if (!json_is_object(object))
    return wire_fail(error, WIRE_UNFIT, 0, list->name,
                     "an element of '%s' must be an object", list->name);
  size_t count = json_object_size(object);
  struct wire_item *items = take_items(input, count, error);
  const char *name;
  json_t *value;
  size_t i = 0;
  if (items == NULL) return false;
  json_object_foreach((json_t *)(uintptr_t)object, name, value) {
    const struct wire_field *field = find_field(list->of, items, i, name, error);
    if (field == NULL || !item_from_json(field, value, input, &items[i], error))
      return false;
    i++;
  }
  *element = (struct wire_item){.form = WIRE_ITEMS, .items = items, .count = count};
  return true;
}

static bool list_from_json(const struct wire_field *field, const json_t *array,
                           struct fields_input *input, struct wire_item *item,
                           struct wire_error *error) {
  size_t count = json_array_size(array);
  struct wire_item *elements = take_items(input, count, error);
  if (elements == NULL) return false;
  for (size_t i = 0; i < count; i++) {
    if (!element_from_json(field, json_array_get(array, i), input, &elements[i], error))
      return false;
  }
  *item = (struct wire_item){
      .name = field->name, .form = WIRE_ITEMS, .items = elements, .count = count};
  return true;
}

static bool item_from_json(const struct wire_field *field, const json_t *value,
                           struct fields_input *input, struct wire_item *item,
                           struct wire_error *error) {
  if (json_is_integer(value)) {
    *item = (struct wire_item){.name = field->name,
                               .form = WIRE_NUMBER,
                               .number = (uint64_t)json_integer_value(value)};
    return true;
  }
  if (json_is_string(value))
    return wire_parse(field, json_string_value(value), &input->scratch, item, error);
  if (json_is_array(value) && field->kind == WIRE_LIST)
    return list_from_json(field, value, input, item, error);
  return wire_fail(error, WIRE_UNFIT, 0, field->name,
                   "the value of '%s' must be a number, a string%s", field->name,
                   field->kind == WIRE_LIST ? " or a list" : "");
}

static bool raw_item(const struct wire_field *field, const char *hex,
                     struct fields_input *input, struct wire_item *item,
                     struct wire_error *error) {
  struct wire_scratch *scratch = &input->scratch;
  *item = (struct wire_item){.name = field->name,
                             .form = WIRE_OCTETS,
                             .bytes = scratch->bytes + scratch->used};
  if (!wire_parse_hex(hex, scratch->bytes + scratch->used,
                      scratch->capacity - scratch->used, &item->length, error))
    return false;
  scratch->used += item->length;
  return true;
}

bool fields_from_json(const struct protocol *family, const json_t *object,
                      struct fields_input *input, struct wire_error *error) {
  const char *message = json_string_value(json_object_get(object, "message"));
  const json_t *fields = json_object_get(object, "fields");
  input->used = 0;
  input->scratch.used = 0;
  if (message == NULL)
    return wire_fail(error, WIRE_MISSING, 0, NULL,
                     "an object needs \"message\", the name of a message");
  if (fields != NULL && !json_is_array(fields))
    return wire_fail(error, WIRE_UNFIT, 0, NULL, "\"fields\" must be a list");
  if (!find_type(family, message, input, error)) return false;
  input->count = json_array_size(fields);
  if (take_items(input, input->count, error) == NULL) return false;
  for (size_t i = 0; i < input->count; i++) {
    const json_t *one = json_array_get(fields, i);
    const char *name = json_string_value(json_object_get(one, "name"));
    const json_t *value = json_object_get(one, "value");
    const char *raw = json_string_value(json_object_get(one, "raw"));
    if (name == NULL || (value == NULL && raw == NULL))
      return wire_fail(error, WIRE_MISSING, 0, NULL,
                       "a field needs \"name\" and \"value\"");
    const struct wire_field *field =
        find_field(input->type->fields, input->items, i, name, error);
    if (field == NULL) return false;
    bool good = value ? item_from_json(field, value, input, &input->items[i], error)
                      : raw_item(field, raw, input, &input->items[i], error);
    if (!good) return false;
  }
  return true;
}

/* ---- text -------------------------------------------------------------------- */

/* The next word: up to a blank outside quotes; the quotes are left out. False at the
 * end of the text; `*good` tells of a quote that is never closed. */
static bool next_word(const char **at, char *word, size_t capacity, bool *good) {
  const char *c = *at;
  size_t length = 0;
  bool quoted = false;
  while (isspace((unsigned char)*c))
    c++;
  *good = true;
  if (*c == 0) return false;
  for (; *c != 0 && (quoted || !isspace((unsigned char)*c)); c++) {
    if (*c == '"') {
      quoted = !quoted;
    } else if (length + 1 < capacity) {
      word[length++] = *c;
    }
  }
  word[length] = 0;
  *at = c;
  *good = !quoted && length + 1 < capacity;
  return true;
}

bool fields_from_text(const struct protocol *family, const char *text,
                      struct fields_input *input, struct wire_error *error) {
  static char word[2 * 65536];
  bool good;
  input->used = 0;
  input->count = 0;
  input->scratch.used = 0;
  if (!next_word(&text, word, sizeof word, &good))
    return wire_fail(error, WIRE_MISSING, 0, NULL, "the name of a message is missing");
  if (!find_type(family, word, input, error)) return false;
  while (next_word(&text, word, sizeof word, &good)) {
    char *equals = strchr(word, '=');
    if (!good) return wire_fail(error, WIRE_UNFIT, 0, NULL, "a quote is not closed");
    if (equals == NULL)
      return wire_fail(error, WIRE_UNFIT, 0, NULL, "'%.60s': must be field=value",
                       word);
    *equals = 0;
    struct wire_item *item = take_items(input, 1, error);
    if (item == NULL) return false;
    const struct wire_field *field =
        find_field(input->type->fields, input->items, input->count, word, error);
    if (field == NULL || !wire_parse(field, equals + 1, &input->scratch, item, error))
      return false;
    input->count++;
  }
  return true;
}
