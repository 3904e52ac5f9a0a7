/* patterns.c: what a field is given or should be. */
#include <string.h>

#include "case/load.h"

/* Where a pattern stands. */
struct spot {
  const struct layout *layout;
  const struct wire_field *field;
  bool inner; /* part of an accepted set */
};

static bool read_pattern(const struct spot *spot, const struct node *node,
                         struct pattern *pattern);

static struct loader *loader_of(const struct spot *spot) {
  return spot->layout->scope->loader;
}

static bool is_number(const struct wire_field *field) {
  return field->kind == WIRE_UINT || field->kind == WIRE_INT ||
         field->kind == WIRE_BITS;
}

static bool is_octets(const struct wire_field *field) {
  return field->kind == WIRE_BYTES || field->kind == WIRE_TEXT;
}

static bool refuse(const struct spot *spot, const struct node *node, const char *why) {
  complain(loader_of(spot)->complaints, &node->place, "field '%s': %s",
           spot->field->name, why);
  return false;
}

/* ---- literals ---------------------------------------------------------------- */

/* For a signed field this is stricter than the encoder: 0xFFD8 would be written, but
 * never equals the -40 that is read back. */
static bool fits(const struct wire_field *field, uint64_t number) {
  if (field->size >= sizeof number) return true;
  unsigned bits = field->size * 8u;
  if (field->kind != WIRE_INT) return number >> bits == 0;
  int64_t limit = INT64_C(1) << (bits - 1);
  return (int64_t)number >= -limit && (int64_t)number < limit;
}

static bool check_number(struct loader *loader, const struct wire_field *field,
                         const struct node *node, uint64_t number) {
  if (fits(field, number)) return true;
  complain(loader->complaints, &node->place,
           "'%.80s' does not fit into the %u byte%s of field '%s'", node->text,
           (unsigned)field->size, field->size == 1 ? "" : "s", field->name);
  return false;
}

/* Octets for a field whose size is fixed; what may be padded gets its padding. */
static bool check_length(struct loader *loader, const struct wire_field *field,
                         const struct node *node, struct wire_item *item) {
  bool fixed = is_number(field) || field->kind == WIRE_IP ||
               (field->extent == WIRE_FIXED && is_octets(field));
  if (!fixed || item->length == field->size) return true;
  if ((field->flags & WIRE_PADDED) && item->length < field->size) {
    uint8_t *padded = arena_take(loader->keep, field->size);
    if (padded == NULL) return false;
    if (item->length > 0) memcpy(padded, item->bytes, item->length);
    item->bytes = padded;
    item->length = field->size;
    return true;
  }
  complain(loader->complaints, &node->place, "field '%s' has %u byte%s, not %zu",
           field->name, (unsigned)field->size, field->size == 1 ? "" : "s",
           item->length);
  return false;
}

static bool parse(struct loader *loader, const struct wire_field *field,
                  const struct node *node, size_t offset, const char *text,
                  struct wire_item *item) {
  size_t capacity = strlen(text) + field->size;
  struct wire_scratch room = {arena_take(loader->keep, capacity), capacity, 0};
  struct wire_error error;
  if (room.bytes == NULL) return false;
  if (!wire_parse(field, text, &room, item, &error)) {
    complain_inside(loader, node, offset + error.offset, error.text);
    return false;
  }
  item->name = field->name;
  return item->form != WIRE_NUMBER || check_number(loader, field, node, item->number);
}

bool read_literal(struct loader *loader, const struct wire_field *field,
                  const struct node *node, struct wire_item *item) {
  return parse(loader, field, node, 0, node->text, item) &&
         (item->form != WIRE_OCTETS || check_length(loader, field, node, item));
}

/* ---- words of the notation --------------------------------------------------- */

static bool read_range(const struct spot *spot, const struct node *node,
                       const char *dots, struct pattern *pattern) {
  struct loader *loader = loader_of(spot);
  const struct wire_field *field = spot->field;
  size_t front = (size_t)(dots - node->text);
  const char *low = arena_copy_bytes(loader->scratch, node->text, front);
  struct wire_item from, to;
  if (low == NULL) return false;
  bool good = parse(loader, field, node, 0, low, &from);
  if (!parse(loader, field, node, front + 2, dots + 2, &to) || !good) return false;
  bool empty = field->kind == WIRE_INT ? (int64_t)from.number > (int64_t)to.number
                                       : from.number > to.number;
  if (empty) return refuse(spot, node, "this range is empty");
  pattern->kind = PATTERN_RANGE;
  pattern->low = from.number;
  pattern->high = to.number;
  return true;
}

/* Parameters are numbers of up to 64 bits; other fields take octets. */
static bool check_parameter(const struct spot *spot, const struct node *node,
                            const struct parameter *parameter) {
  if (!is_number(spot->field))
    return refuse(spot, node, "a parameter is a number, which this field cannot hold");
  return fits(spot->field, parameter_most(parameter)) ||
         refuse(spot, node, "the largest value of this parameter does not fit");
}

static bool read_variable(const struct spot *spot, const struct node *node,
                          struct pattern *pattern) {
  struct scope *scope = spot->layout->scope;
  bool capturing = spot->layout->use == USE_EXPECT && !spot->inner;
  if (spot->layout->use == USE_EXAMPLE)
    return refuse(spot, node, "an example gives values, not names");
  pattern->kind = PATTERN_NAME;
  pattern->name = capturing ? read_capture(scope, &node->place, node->text)
                            : read_name(scope, &node->place, node->text);
  if (pattern->name == NULL) return false;
  const struct parameter *parameter =
      scope_parameter(scope, &node->place, pattern->name, false);
  return parameter == NULL || check_parameter(spot, node, parameter);
}

static bool read_word_of_notation(const struct spot *spot, const struct node *node,
                                  struct pattern *pattern) {
  bool any = strcmp(node->text, "any") == 0;
  if (spot->layout->use != USE_EXPECT)
    return refuse(spot, node,
                  "'any' and 'absent' can only be expected; put them in quotes if "
                  "they are text");
  if (any && spot->inner)
    return refuse(spot, node, "'any' beside other values: write any alone");
  pattern->kind = any ? PATTERN_ANY : PATTERN_ABSENT;
  return true;
}

static bool read_scalar(const struct spot *spot, const struct node *node,
                        struct pattern *pattern) {
  const struct wire_field *field = spot->field;
  const char *dots = strstr(node->text, "..");
  if (is_name(node)) return read_variable(spot, node, pattern);
  if (!node->quoted &&
      (strcmp(node->text, "any") == 0 || strcmp(node->text, "absent") == 0))
    return read_word_of_notation(spot, node, pattern);
  if (field->kind == WIRE_LIST)
    return refuse(spot, node, "expected a list of elements, or {hex: ...}");
  if (!node->quoted && dots != NULL && is_number(field)) {
    if (spot->layout->use != USE_EXPECT)
      return refuse(spot, node, "a range can only be expected, not given");
    return read_range(spot, node, dots, pattern);
  }
  pattern->kind = PATTERN_VALUE;
  return read_literal(loader_of(spot), field, node, &pattern->item);
}

/* ---- mappings: {hex: }, {text: }, {mask: , equals: } ------------------------- */

static bool read_given_octets(const struct spot *spot, const struct node *node,
                              bool text, struct pattern *pattern) {
  struct loader *loader = loader_of(spot);
  struct octets octets;
  if (text && !is_octets(spot->field))
    return refuse(spot, node->key, "'text' is for fields of octets or text");
  if (!read_octets(loader, node, spot->field->name,
                   text ? wire_parse_text : wire_parse_hex, &octets))
    return false;
  pattern->kind = PATTERN_VALUE;
  pattern->item = (struct wire_item){
      .name = spot->field->name,
      .form = WIRE_OCTETS,
      .bytes = octets.bytes,
      .length = octets.length,
  };
  return check_length(loader, spot->field, node, &pattern->item);
}

static bool read_mask(const struct spot *spot, const struct node *node,
                      struct pattern *pattern) {
  struct loader *loader = loader_of(spot);
  const struct node *parts[2] = {node_get(node, "mask"), node_get(node, "equals")};
  struct wire_item items[2];
  if (parts[0] == NULL || parts[1] == NULL)
    return node->cut ||
           refuse(spot, node, "a mask needs both: {mask: 0x0F, equals: 1}");
  if (!is_number(spot->field))
    return refuse(spot, node, "a mask is for fields that are numbers");
  if (spot->layout->use != USE_EXPECT)
    return refuse(spot, node, "a mask can only be expected, not given");
  for (int i = 0; i < 2; i++) {
    if (parts[i]->kind != NODE_TEXT) {
      complain_kind(loader, parts[i], "a number", parts[i]->key->text);
      return false;
    }
    if (!parse(loader, spot->field, parts[i], 0, parts[i]->text, &items[i]))
      return false;
  }
  pattern->kind = PATTERN_MASK;
  pattern->mask = items[0].number;
  pattern->low = items[1].number;
  return (pattern->low & ~pattern->mask) == 0 ||
         refuse(spot, parts[1], "this has bits outside the mask: never equal");
}

static bool read_map(const struct spot *spot, const struct node *node,
                     struct pattern *pattern) {
  static const struct key keys[] = {{"hex", false},
                                    {"text", false},
                                    {"mask", false},
                                    {"equals", false},
                                    {NULL, false}};
  const struct node *hex = node_get(node, "hex");
  const struct node *text = node_get(node, "text");
  if (!read_mapping(loader_of(spot), node, "a value", keys)) return false;
  bool raw = hex != NULL || text != NULL;
  if (raw && node->count == 1)
    return read_given_octets(spot, hex != NULL ? hex : text, text != NULL, pattern);
  if (!raw && node->count > 0) return read_mask(spot, node, pattern);
  return refuse(spot, node,
                "a value in braces is one of {hex: 00 11}, {text: abc} or "
                "{mask: 0x0F, equals: 1}");
}

/* ---- lists ------------------------------------------------------------------- */

static bool read_set(const struct spot *spot, const struct node *node,
                     struct pattern *parts, struct pattern *pattern) {
  if (spot->layout->use != USE_EXPECT)
    return refuse(spot, node, "a set of values can only be expected, not given");
  if (spot->inner || node->count == 0)
    return refuse(spot, node,
                  spot->inner ? "a set inside a set" : "no value at all is accepted");
  struct spot inner = *spot;
  inner.inner = true;
  for (const struct node *item = node->first; item != NULL; item = item->next) {
    if (read_pattern(&inner, item, &parts[pattern->part_count])) pattern->part_count++;
  }
  pattern->kind = PATTERN_SET;
  return pattern->part_count == node->count;
}

static bool read_elements(const struct spot *spot, const struct node *node,
                          struct pattern *parts, struct pattern *pattern) {
  for (const struct node *item = node->first; item != NULL; item = item->next) {
    struct pattern *part = &parts[pattern->part_count];
    struct layout element = {
        .scope = spot->layout->scope,
        .use = spot->layout->use,
        .table = spot->field->of,
        .entries = item,
        .outer = spot->layout,
        .name = spot->field->name,
    };
    part->kind = PATTERN_FIELDS;
    part->place = item->place;
    if (item->kind != NODE_MAP)
      complain_kind(loader_of(spot), item, "a mapping of fields", spot->field->name);
    else if (read_fields(&element, &part->fields, &part->field_count))
      pattern->part_count++;
  }
  pattern->kind = PATTERN_LIST;
  return pattern->part_count == node->count;
}

/* ---- all --------------------------------------------------------------------- */

static bool read_pattern(const struct spot *spot, const struct node *node,
                         struct pattern *pattern) {
  struct pattern *parts = NULL;
  *pattern = (struct pattern){.place = node->place};
  if (complaints_full(loader_of(spot)->complaints)) return false;
  switch (node->kind) {
  case NODE_NULL: return refuse(spot, node, "a value is missing");
  case NODE_TEXT: return read_scalar(spot, node, pattern);
  case NODE_MAP: return read_map(spot, node, pattern);
  case NODE_LIST: break;
  }
  parts = arena_array(loader_of(spot)->keep, node->count, sizeof *parts);
  if (parts == NULL) return false;
  pattern->parts = parts;
  return spot->field->kind == WIRE_LIST ? read_elements(spot, node, parts, pattern)
                                        : read_set(spot, node, parts, pattern);
}

bool read_fields(struct layout *layout, const struct field_pattern **fields,
                 size_t *count) {
  const struct node *map = layout->entries;
  struct field_pattern *list =
      arena_array(layout->scope->loader->keep, map->count, sizeof *list);
  *fields = list;
  *count = 0;
  if (list == NULL) return false;
  collect_fields(layout);
  for (const struct node *entry = map->first; entry != NULL; entry = entry->next) {
    struct spot spot = {.layout = layout, .field = find_field(layout, entry)};
    if (spot.field == NULL) continue;
    list[*count].field = spot.field;
    if (read_pattern(&spot, entry, &list[*count].pattern)) ++*count;
  }
  return *count == map->count;
}
