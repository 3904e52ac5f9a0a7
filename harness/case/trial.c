/* trial.c: tries out at loading what a case will ask of the codec when it runs. */
#include <string.h>

#include "case/load.h"

static uint8_t *room_of(struct loader *loader) {
  if (loader->room == NULL) loader->room = arena_take(loader->scratch, ROOM);
  return loader->room;
}

/* ---- patterns to items ------------------------------------------------------- */

/* Items for an encoder; `names` counts the values that only the run will know. */
struct items {
  struct loader *loader;
  unsigned names;
  bool chooses; /* a switch or count depends on such a value */
};

static bool depends_on(const struct wire_field *table, const struct wire_field *field) {
  for (; table->kind != WIRE_END; table++) {
    if (table->by != NULL && strcmp(table->by, field->name) == 0) return true;
    if (table->when != NULL && strcmp(table->when, field->name) == 0) return true;
    if (table->kind == WIRE_LIST && depends_on(table->of, field)) return true;
    if (table->kind != WIRE_SWITCH) continue;
    for (const struct wire_case *arm = table->cases;; arm++) {
      if (arm->fields != NULL && depends_on(arm->fields, field)) return true;
      if (arm->otherwise) break;
    }
  }
  return false;
}

/* Something that the field can hold, for a value not known yet. */
static void fill_in(struct items *items, const struct wire_field *field,
                    struct wire_item *item) {
  items->names++;
  bool octets = field->kind == WIRE_BYTES || field->kind == WIRE_TEXT ||
                field->kind == WIRE_IP || field->kind == WIRE_LIST;
  item->form = octets ? WIRE_OCTETS : WIRE_NUMBER;
  item->number = field->flags & WIRE_RANGE ? field->least : 0;
  if (!octets) return;
  item->length = field->extent == WIRE_FIXED ? field->size : 0;
  item->bytes = arena_take(items->loader->scratch, item->length);
  if (item->bytes == NULL) item->length = 0;
}

static struct wire_item *make_items(struct items *items, const struct wire_field *table,
                                    const struct field_pattern *fields, size_t count);

static void make_elements(struct items *items, const struct wire_field *field,
                          const struct pattern *pattern, struct wire_item *item) {
  struct wire_item *elements =
      arena_array(items->loader->scratch, pattern->part_count, sizeof *elements);
  item->form = WIRE_ITEMS;
  if (elements == NULL) return;
  for (size_t i = 0; i < pattern->part_count; i++) {
    const struct pattern *part = &pattern->parts[i];
    elements[i].form = WIRE_ITEMS;
    elements[i].items = make_items(items, field->of, part->fields, part->field_count);
    elements[i].count = elements[i].items != NULL ? part->field_count : 0;
  }
  item->items = elements;
  item->count = pattern->part_count;
}

static struct wire_item *make_items(struct items *items, const struct wire_field *table,
                                    const struct field_pattern *fields, size_t count) {
  struct wire_item *list = arena_array(items->loader->scratch, count, sizeof *list);
  if (list == NULL) return NULL;
  for (size_t i = 0; i < count; i++) {
    const struct wire_field *field = fields[i].field;
    list[i] = fields[i].pattern.item;
    if (fields[i].pattern.kind == PATTERN_NAME) {
      fill_in(items, field, &list[i]);
      items->chooses = items->chooses || depends_on(table, field);
    }
    if (fields[i].pattern.kind == PATTERN_LIST)
      make_elements(items, field, &fields[i].pattern, &list[i]);
    list[i].name = field->name;
  }
  return list;
}

/* ---- messages ---------------------------------------------------------------- */

static const struct place *place_of(const struct message_pattern *message,
                                    const char *field) {
  for (size_t i = 0; field != NULL && i < message->field_count; i++) {
    if (strcmp(message->fields[i].field->name, field) == 0)
      return &message->fields[i].pattern.place;
  }
  return &message->place;
}

void try_message(struct scope *scope, const struct message_pattern *message) {
  struct loader *loader = scope->loader;
  struct items items = {.loader = loader};
  struct wire_error error = {0};
  uint8_t *room = room_of(loader);
  size_t length;
  const struct wire_item *list =
      make_items(&items, message->type->fields, message->fields, message->field_count);
  if (list == NULL || room == NULL || arena_spent(loader->scratch)) return;
  if (wire_encode(message->type, list, message->field_count, room, ROOM_BODY, &length,
                  &error))
    return;
  bool tells = items.names == 0 || (error.status == WIRE_MISSING && !items.chooses);
  if (tells)
    complain(loader->complaints, place_of(message, error.field), "%s", error.text);
}

/* ---- settings of the framing ------------------------------------------------- */

/* The settings with numbers for the parameters in them. */
static struct protocol_setting *bind(struct scope *scope,
                                     const struct settings *settings) {
  struct arena *arena = scope->loader->scratch;
  struct protocol_setting *list = arena_array(arena, settings->count, sizeof *list);
  if (list == NULL) return NULL;
  for (size_t i = 0; i < settings->count; i++) {
    list[i] = settings->list[i];
    if (list[i].value[0] != '$') continue;
    const struct parameter *parameter =
        scope_parameter(scope, &settings->nodes[i]->place, list[i].value + 1, true);
    char number[24];
    snprintf(number, sizeof number, "%llu",
             parameter ? (unsigned long long)parameter_most(parameter) : 0);
    list[i].value = arena_copy(arena, number);
    if (list[i].value == NULL) return NULL;
  }
  return list;
}

void try_settings(struct scope *scope, const struct message_pattern *message,
                  const struct settings *settings) {
  struct loader *loader = scope->loader;
  const struct protocol_framing *framing = loader->family->framing;
  const struct protocol_setting *list = bind(scope, settings);
  const struct wire_type *type = message->type;
  uint8_t *room = room_of(loader);
  struct wire_error error = {0};
  size_t length;
  if (list == NULL || room == NULL || framing == NULL || type == NULL) return;
  if (type->least > ROOM_BODY) return;
  memset(room, 0, type->least);
  uint8_t *frame = room + ROOM_BODY;
  /* Where a frame needs settings of the profile, nothing can be tried out here. */
  if (!framing->wrap(type, room, type->least, NULL, 0, frame, ROOM_FRAME, &length,
                     &error))
    return;
  for (size_t i = 0; i < settings->count; i++) {
    if (!framing->wrap(type, room, type->least, &list[i], 1, frame, ROOM_FRAME, &length,
                       &error) &&
        error.status != WIRE_SPACE)
      complain(loader->complaints, &settings->nodes[i]->key->place, "%s", error.text);
  }
}
