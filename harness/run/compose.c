/* compose.c: what a case says becomes bytes; what came becomes words. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

#define ITEMS_MAX 256

/* Items made from patterns, with room for elements of lists. */
struct items {
  struct wire_item item[ITEMS_MAX];
  size_t used;
};

static bool compose_fields(const struct run *run, const struct field_pattern *fields,
                           size_t count, struct items *pool,
                           const struct wire_item **items, struct wire_error *error);

static bool compose_name(const struct run *run, const struct field_pattern *field,
                         struct wire_item *item, struct wire_error *error) {
  const struct capture *capture = capture_find(run, field->pattern.name);
  if (capture == NULL)
    return wire_fail(error, WIRE_UNKNOWN_NAME, 0, field->field->name,
                     "$%s is not known here", field->pattern.name);
  if (wire_is_number(field->field) && capture->length != field->field->size) {
    item->form = WIRE_NUMBER;
    item->number = capture->number;
  } else {
    item->form = WIRE_OCTETS;
    item->bytes = capture->bytes;
    item->length = capture->length;
  }
  return true;
}

static bool compose_list(const struct run *run, const struct pattern *list,
                         struct items *pool, struct wire_item *item,
                         struct wire_error *error) {
  if (pool->used + list->part_count > ITEMS_MAX)
    return wire_fail(error, WIRE_SPACE, 0, item->name, "more than %d values",
                     ITEMS_MAX);
  struct wire_item *elements = &pool->item[pool->used];
  pool->used += list->part_count;
  for (size_t i = 0; i < list->part_count; i++) {
    const struct pattern *part = &list->parts[i];
    elements[i] = (struct wire_item){.form = WIRE_ITEMS, .count = part->field_count};
    if (!compose_fields(run, part->fields, part->field_count, pool, &elements[i].items,
                        error))
      return false;
  }
  item->form = WIRE_ITEMS;
  item->items = elements;
  item->count = list->part_count;
  return true;
}

static bool compose_fields(const struct run *run, const struct field_pattern *fields,
                           size_t count, struct items *pool,
                           const struct wire_item **items, struct wire_error *error) {
  if (pool->used + count > ITEMS_MAX)
    return wire_fail(error, WIRE_SPACE, 0, NULL, "more than %d values", ITEMS_MAX);
  struct wire_item *out = &pool->item[pool->used];
  pool->used += count;
  *items = out;
  for (size_t i = 0; i < count; i++) {
    const struct field_pattern *field = &fields[i];
    out[i] = field->pattern.item;
    out[i].name = field->field->name;
    bool good = true;
    if (field->pattern.kind == PATTERN_NAME) {
      good = compose_name(run, field, &out[i], error);
    } else if (field->pattern.kind == PATTERN_LIST) {
      good = compose_list(run, &field->pattern, pool, &out[i], error);
    }
    if (!good) return false;
  }
  return true;
}

bool compose_body(const struct run *run, const struct message_pattern *message,
                  uint8_t *body, size_t capacity, size_t *length,
                  struct wire_error *error) {
  struct items pool = {.used = 0};
  const struct wire_item *items = NULL;
  return compose_fields(run, message->fields, message->field_count, &pool, &items,
                        error) &&
         wire_encode(message->type, items, message->field_count, body, capacity, length,
                     error);
}

static bool add_raw(uint8_t *out, size_t capacity, size_t *length, const uint8_t *bytes,
                    size_t count, struct wire_error *error) {
  if (count > capacity - *length)
    return wire_fail(error, WIRE_SPACE, 0, NULL, "more than %zu bytes in one step",
                     capacity);
  if (count > 0) memcpy(out + *length, bytes, count);
  *length += count;
  return true;
}

/* A setting with the parameter that its value may name. */
static struct protocol_setting setting_of(const struct run *run,
                                          const struct protocol_setting *setting,
                                          char *number) {
  struct protocol_setting out = *setting;
  const struct capture *capture =
      setting->value[0] == '$' ? capture_find(run, setting->value + 1) : NULL;
  if (capture == NULL) return out;
  snprintf(number, SETTING_SIZE, "%" PRIu64, capture->number);
  out.value = number;
  return out;
}

static bool add_message(const struct run *run, const struct station *station,
                        const struct step *step, uint8_t *out, size_t capacity,
                        size_t *length, struct wire_error *error) {
  const struct message_pattern *message = &step->messages[0];
  if (message->type == NULL)
    return add_raw(out, capacity, length, message->bytes, message->length, error);
  struct protocol_setting settings[2 * SETTINGS_MAX];
  char numbers[SETTINGS_MAX][SETTING_SIZE];
  size_t count = station->framing_count;
  memcpy(settings, station->framing, count * sizeof *settings);
  for (size_t i = 0; i < step->as_count && i < SETTINGS_MAX; i++)
    settings[count++] = setting_of(run, &step->as[i], numbers[i]);
  size_t room = 65536;
  uint8_t *body = malloc(room);
  size_t body_length = 0;
  size_t added = 0;
  bool good = body != NULL &&
              compose_body(run, message, body, room, &body_length, error) &&
              station->endpoint->profile->family->framing->wrap(
                  message->type, body, body_length, settings, count, out + *length,
                  capacity - *length, &added, error);
  free(body);
  *length += added;
  return good;
}

bool compose_step(const struct run *run, const struct station *station,
                  const struct step *step, uint8_t *out, size_t capacity,
                  size_t *length, struct wire_error *error) {
  *length = 0;
  return add_raw(out, capacity, length, step->before, step->before_length, error) &&
         add_message(run, station, step, out, capacity, length, error) &&
         add_raw(out, capacity, length, step->after, step->after_length, error);
}

/* ---- words ------------------------------------------------------------------- */

/* snprintf at the end of what is there, cut at the capacity. */
static void add(char *out, size_t capacity, const char *text) {
  size_t used = strlen(out);
  if (used + 1 < capacity) snprintf(out + used, capacity - used, "%s", text);
}

void describe(const struct wire_type *type, const uint8_t *body, size_t length,
              char *out, size_t capacity) {
  struct wire_message message;
  struct wire_error error;
  char text[256];
  snprintf(out, capacity, "%s {", type->name);
  if (!wire_decode(type, body, length, &message, &error)) {
    snprintf(out, capacity, "%s, malformed: %s", type->name, error.text);
    return;
  }
  for (unsigned i = 0; i < message.count; i++) {
    const struct wire_value *value = &message.values[i];
    add(out, capacity, i ? ", " : "");
    add(out, capacity, value->field->name);
    add(out, capacity, ": ");
    wire_print_value(&message, value, text, sizeof text);
    add(out, capacity, text);
    if (wire_print_marks(&message, value, text, sizeof text) > 0) {
      add(out, capacity, " (");
      add(out, capacity, text);
      add(out, capacity, ")");
    }
  }
  add(out, capacity, "}");
}

void describe_arrival(const struct arrival *arrival, char *out, size_t capacity) {
  if (arrival->type != NULL) {
    describe(arrival->type, arrival->body, arrival->length, out, capacity);
    return;
  }
  char hex[3 * 48 + 4];
  size_t shown = arrival->length < 48 ? arrival->length : 48;
  wire_print_hex(arrival->body, shown, ' ', hex, sizeof hex);
  snprintf(out, capacity, "%s: %s%s", arrival->error.text, hex,
           shown < arrival->length ? " ..." : "");
}

static void describe_value(const struct field_pattern *field, const struct pattern *one,
                           char *out, size_t capacity) {
  const struct wire_field *of = field->field;
  const struct wire_message nothing = {.where = 0};
  struct wire_value value;
  char text[96] = "";
  switch (one->kind) {
  case PATTERN_VALUE:
    if (one->item.form == WIRE_OCTETS) {
      if (of->kind == WIRE_TEXT) {
        wire_print_text(one->item.bytes, one->item.length, text, sizeof text);
      } else {
        wire_print_hex(one->item.bytes, one->item.length, 0, text, sizeof text);
      }
      break;
    }
    value = (struct wire_value){.field = of, .number = one->item.number};
    wire_write_value(&nothing, &value, text, sizeof text);
    break;
  case PATTERN_ANY: snprintf(text, sizeof text, "any"); break;
  case PATTERN_ABSENT: snprintf(text, sizeof text, "absent"); break;
  case PATTERN_RANGE:
    snprintf(text, sizeof text, "%" PRIu64 "..%" PRIu64, one->low, one->high);
    break;
  case PATTERN_MASK:
    snprintf(text, sizeof text, "0x%" PRIX64 " under mask 0x%" PRIX64, one->low,
             one->mask);
    break;
  case PATTERN_NAME: snprintf(text, sizeof text, "$%s", one->name); break;
  case PATTERN_LIST:
  case PATTERN_FIELDS: snprintf(text, sizeof text, "[...]"); break;
  case PATTERN_SET:
    for (size_t i = 0; i < one->part_count; i++) {
      add(out, capacity, i ? " or " : "");
      describe_value(field, &one->parts[i], out, capacity);
    }
    return;
  }
  add(out, capacity, text);
}

void describe_pattern(const struct message_pattern *message, char *out,
                      size_t capacity) {
  if (message->type == NULL) {
    wire_print_hex(message->bytes, message->length, ' ', out, capacity);
    return;
  }
  snprintf(out, capacity, "%s {", message->type->name);
  for (size_t i = 0; i < message->field_count; i++) {
    const struct field_pattern *field = &message->fields[i];
    add(out, capacity, i ? ", " : "");
    add(out, capacity, field->field->name);
    add(out, capacity, ": ");
    describe_value(field, &field->pattern, out, capacity);
  }
  add(out, capacity, "}");
}
