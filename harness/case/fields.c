/* fields.c: which field of a message a name in a case means. */
#include <string.h>

#include "case/load.h"

static void add_field(struct layout *layout, const struct wire_field *field) {
  struct arena *arena = layout->scope->loader->scratch;
  const struct wire_field **list = arena_grow(
      arena, layout->fields, layout->field_count, sizeof(struct wire_field *));
  if (list == NULL) return;
  layout->fields = list;
  list[layout->field_count++] = field;
}

/* ---- switches ---------------------------------------------------------------- */

static uint64_t item_number(const struct wire_item *item,
                            const struct wire_field *field) {
  if (item->form == WIRE_NUMBER) return item->number;
  bool little =
      field->kind != WIRE_BYTES && field->kind != WIRE_TEXT && (field->flags & WIRE_LE);
  uint64_t number = 0;
  for (size_t i = 0; i < item->length && i < sizeof number; i++) {
    size_t at = little ? item->length - 1 - i : i;
    number = number << 8 | item->bytes[at];
  }
  return number;
}

/* The number that chooses an arm, if the entries give it as a literal or, where the
 * encoder fills it in, leave it out. Looks in the message around a list element too. */
static bool chosen(const struct layout *layout, const char *by, uint64_t *number) {
  for (; layout != NULL; layout = layout->outer) {
    const struct wire_field *field = wire_field_of(layout->table, by);
    if (field == NULL) continue;
    const struct node *entry = node_get(layout->entries, by);
    if (entry == NULL) {
      *number = field->initial;
      return layout->use != USE_EXPECT && (field->flags & (WIRE_CONST | WIRE_DEFAULT));
    }
    if (entry->kind != NODE_TEXT || is_name(entry)) return false;
    size_t capacity = strlen(entry->text) + field->size;
    struct wire_scratch room = {arena_take(layout->scope->loader->scratch, capacity),
                                capacity, 0};
    struct wire_item item;
    struct wire_error error; /* complained of when the entry itself is read */
    if (room.bytes == NULL || !wire_parse(field, entry->text, &room, &item, &error))
      return false;
    *number = item_number(&item, field);
    return true;
  }
  return false;
}

static void collect(struct layout *layout, const struct wire_field *table) {
  for (const struct wire_field *field = table; field->kind != WIRE_END; field++) {
    if (field->kind != WIRE_SWITCH) {
      add_field(layout, field);
      continue;
    }
    uint64_t number = 0;
    bool known = chosen(layout, field->by, &number);
    for (const struct wire_case *arm = field->cases;; arm++) {
      bool fits = arm->otherwise || arm->value == number;
      if ((!known || fits) && arm->fields != NULL) collect(layout, arm->fields);
      if (arm->otherwise || (known && fits)) break;
    }
  }
}

void collect_fields(struct layout *layout) {
  collect(layout, layout->table);
}

/* ---- names to fields --------------------------------------------------------- */

static void complain_field(const struct layout *layout, const struct node *key) {
  struct loader *loader = layout->scope->loader;
  if (wire_field_of(layout->table, key->text) != NULL) {
    complain(loader->complaints, &key->place,
             "%s has no field '%s' with the other values given here", layout->name,
             key->text);
    return;
  }
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < layout->field_count; i++)
    words_add(&words, layout->fields[i]->name);
  if (words.count == 0)
    complain(loader->complaints, &key->place, "unknown field '%.80s': %s has none",
             key->text, layout->name);
  else
    complain_unknown(loader->complaints, &key->place, "field", key->text, &words);
}

const struct wire_field *find_field(const struct layout *layout,
                                    const struct node *entry) {
  for (size_t i = 0; i < layout->field_count; i++) {
    if (strcmp(layout->fields[i]->name, entry->key->text) == 0)
      return layout->fields[i];
  }
  complain_field(layout, entry->key);
  return NULL;
}
