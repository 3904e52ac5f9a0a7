/* parse.c: a line of a journal as a record, by the table in record.c. A journal may
 * come from anywhere: nothing in it is believed before it is checked.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/layout.h"
#include "run/record.h"
#include "wire/wire.h"

/* Where a parse puts its result and its complaint. */
struct parse {
  struct record_memory *memory;
  struct record *record;
  char *error;
  size_t capacity;
};

static bool complain(const struct parse *parse, const char *key, const char *what) {
  snprintf(parse->error, parse->capacity, "\"%.60s\" %s", key, what);
  return false;
}

static bool read_number(const struct parse *parse, const char *key, const json_t *value,
                        uint64_t most, uint64_t *number) {
  json_int_t given = json_integer_value(value);
  if (!json_is_integer(value) || given < 0)
    return complain(parse, key, "must be a whole number, 0 or more");
  *number = (uint64_t)given;
  return *number <= most || complain(parse, key, "is too large");
}

static bool read_text(const struct parse *parse, const char *key, const json_t *value,
                      const char **text) {
  *text = json_string_value(value);
  return *text != NULL || complain(parse, key, "must be a string");
}

static bool read_bytes(const struct parse *parse, const char *key,
                       const json_t *value) {
  static const uint8_t none[1];
  const char *digits = NULL;
  if (!read_text(parse, key, value, &digits)) return false;
  struct record_memory *memory = parse->memory;
  size_t length = json_string_length(value) / 2;
  if (length > memory->byte_capacity) {
    uint8_t *bytes = realloc(memory->bytes, length);
    if (bytes == NULL) return complain(parse, key, "needs more memory than there is");
    memory->bytes = bytes;
    memory->byte_capacity = length;
  }
  /* Twice the bytes are the digits: no blanks, no odd digit at the end. */
  bool hex = wire_parse_hex(digits, memory->bytes, length, &length, NULL);
  if (!hex || length * 2 != json_string_length(value))
    return complain(parse, key, "must be pairs of hexadecimal digits");
  parse->record->bytes = length > 0 ? memory->bytes : none;
  parse->record->length = length;
  return true;
}

static bool read_verdict(const struct parse *parse, const char *key,
                         const json_t *value) {
  const char *word = NULL;
  if (!read_text(parse, key, value, &word)) return false;
  for (int i = 0; verdict_name((enum verdict)i) != NULL; i++) {
    parse->record->verdict = (enum verdict)i;
    if (strcmp(word, verdict_name((enum verdict)i)) == 0) return true;
  }
  return complain(parse, key, "is no verdict");
}

static bool read_version(const struct parse *parse, const char *key,
                         const json_t *value) {
  uint64_t version = 0;
  return read_number(parse, key, value, INT64_MAX, &version) &&
         (version == LAYOUT_VERSION ||
          complain(parse, key, "is a version that this program does not know"));
}

static bool add_pair(const struct parse *parse, const char *key, const char *name,
                     const json_t *value) {
  const char *text = json_string_value(value);
  if (text == NULL) return complain(parse, key, "must hold strings or lists of them");
  struct record_memory *memory = parse->memory;
  struct record *record = parse->record;
  if (record->pair_count == memory->pair_capacity) {
    size_t capacity = memory->pair_capacity ? memory->pair_capacity * 2 : 16;
    struct pair *pairs = realloc(memory->pairs, capacity * sizeof *pairs);
    if (pairs == NULL) return complain(parse, key, "needs more memory than there is");
    memory->pairs = pairs;
    memory->pair_capacity = capacity;
  }
  memory->pairs[record->pair_count++] = (struct pair){name, text};
  record->pairs = memory->pairs;
  return true;
}

static bool read_pairs(const struct parse *parse, const char *key, json_t *value) {
  if (!json_is_object(value)) return complain(parse, key, "must be an object");
  const char *name;
  json_t *item;
  json_object_foreach(value, name, item) {
    if (!json_is_array(item)) {
      if (!add_pair(parse, key, name, item)) return false;
      continue;
    }
    for (size_t i = 0; i < json_array_size(item); i++)
      if (!add_pair(parse, key, name, json_array_get(item, i))) return false;
  }
  return parse->record->pair_count <= JOURNAL_PAIRS ||
         complain(parse, key, "holds too many pairs");
}

static bool read_member(const struct parse *parse, const struct member *member,
                        json_t *value) {
  struct record *record = parse->record;
  uint64_t number = 0;
  switch (member->slot) {
  case SLOT_NONE: break;
  case SLOT_VERSION: return read_version(parse, member->key, value);
  case SLOT_TIME:
    return read_number(parse, member->key, value, INT64_MAX, &record->time);
  case SLOT_NUMBER:
    if (!read_number(parse, member->key, value, UINT_MAX, &number)) return false;
    record->number = (unsigned)number;
    return true;
  case SLOT_ENDPOINT: return read_text(parse, member->key, value, &record->endpoint);
  case SLOT_CASE: return read_text(parse, member->key, value, &record->case_id);
  case SLOT_TEXT: return read_text(parse, member->key, value, &record->text);
  case SLOT_BYTES: return read_bytes(parse, member->key, value);
  case SLOT_VERDICT: return read_verdict(parse, member->key, value);
  case SLOT_EXPECTED:
    record->expected = json_is_true(value);
    return json_is_boolean(value) || complain(parse, member->key, "must be a boolean");
  case SLOT_PAIRS: return read_pairs(parse, member->key, value);
  }
  return true;
}

/* A key that the layout does not have is a mistake, not something to pass over. */
static bool find_stranger(const struct parse *parse, const struct layout *layout) {
  const char *key;
  json_t *value;
  json_object_foreach(parse->memory->root, key, value) {
    bool known = false;
    for (size_t i = 0; i < LAYOUT_MEMBERS && layout->members[i].slot; i++)
      known = known || strcmp(layout->members[i].key, key) == 0;
    if (!known) return complain(parse, key, "does not belong in this record");
  }
  return true;
}

static bool read_members(const struct parse *parse, const struct layout *layout) {
  size_t found = 0;
  for (size_t i = 0; i < LAYOUT_MEMBERS && layout->members[i].slot; i++) {
    const struct member *member = &layout->members[i];
    json_t *value = json_object_get(parse->memory->root, member->key);
    if (value == NULL && member->optional) continue;
    if (value == NULL) return complain(parse, member->key, "is missing");
    if (!read_member(parse, member, value)) return false;
    found++;
  }
  return found == json_object_size(parse->memory->root) || find_stranger(parse, layout);
}

static const struct layout *layout_of(const json_t *root) {
  for (size_t i = 0; i < layout_count; i++)
    if (json_object_get(root, layouts[i].marker) != NULL) return &layouts[i];
  return NULL;
}

enum record_state record_parse(struct record_memory *memory, const char *text,
                               size_t length, struct record *record, char *error,
                               size_t capacity) {
  struct parse parse = {memory, record, error, capacity};
  json_error_t why;
  json_decref(memory->root);
  *record = (struct record){.text = ""};
  memory->root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &why);
  if (memory->root == NULL) {
    snprintf(error, capacity, "no JSON: %s", why.text);
    return RECORD_NOT_JSON;
  }
  if (!json_is_object(memory->root)) {
    snprintf(error, capacity, "not a JSON object");
    return RECORD_NOT_JSON;
  }
  const struct layout *layout = layout_of(memory->root);
  if (layout == NULL) {
    snprintf(error, capacity, "not a record of a journal");
    return RECORD_WRONG;
  }
  record->kind = layout->kind;
  record->sent = layout->sent;
  return read_members(&parse, layout) ? RECORD_GOOD : RECORD_WRONG;
}

void record_free(struct record_memory *memory) {
  json_decref(memory->root);
  free(memory->pairs);
  free(memory->bytes);
  *memory = (struct record_memory){0};
}
