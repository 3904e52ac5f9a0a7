/* record.c: the table of what each kind of record holds, and records written by it.
 * parse.c reads by the same table.
 */
#include "run/record.h"

#include <errno.h>
#include <string.h>

#include "run/layout.h"

/* Keys are written in this order. */
const struct layout layouts[] = {
    {RECORD_BYTES,
     true,
     "out",
     {{"t", SLOT_TIME, false},
      {"endpoint", SLOT_ENDPOINT, false},
      {"out", SLOT_BYTES, false}}},
    {RECORD_BYTES,
     false,
     "in",
     {{"t", SLOT_TIME, false},
      {"endpoint", SLOT_ENDPOINT, false},
      {"in", SLOT_BYTES, false}}},
    {RECORD_STEP,
     false,
     "step",
     {{"t", SLOT_TIME, false},
      {"endpoint", SLOT_ENDPOINT, true},
      {"step", SLOT_NUMBER, false},
      {"text", SLOT_TEXT, false}}},
    {RECORD_NOTE,
     false,
     "note",
     {{"t", SLOT_TIME, false},
      {"endpoint", SLOT_ENDPOINT, true},
      {"note", SLOT_TEXT, false}}},
    {RECORD_VERDICT,
     false,
     "verdict",
     {{"t", SLOT_TIME, false},
      {"verdict", SLOT_VERDICT, false},
      {"expected", SLOT_EXPECTED, true},
      {"case", SLOT_CASE, false},
      {"text", SLOT_TEXT, false},
      {"details", SLOT_PAIRS, true}}},
    {RECORD_CASE,
     false,
     "purpose",
     {{"t", SLOT_TIME, false},
      {"case", SLOT_CASE, false},
      {"number", SLOT_NUMBER, false},
      {"purpose", SLOT_TEXT, false},
      {"about", SLOT_PAIRS, true}}},
    {RECORD_RUN,
     false,
     "journal",
     {{"journal", SLOT_VERSION, false},
      {"t", SLOT_TIME, false},
      {"run", SLOT_PAIRS, false}}},
    {RECORD_IDENTITY,
     false,
     "identity",
     {{"t", SLOT_TIME, false},
      {"endpoint", SLOT_ENDPOINT, false},
      {"text", SLOT_TEXT, true},
      {"identity", SLOT_PAIRS, false}}},
    {RECORD_END,
     false,
     "end",
     {{"t", SLOT_TIME, false},
      {"end", SLOT_TEXT, false},
      {"totals", SLOT_PAIRS, true}}},
};

const size_t layout_count = sizeof layouts / sizeof *layouts;

static const char *const verdict_names[] = {
    [VERDICT_PASS] = "pass", [VERDICT_INCONCLUSIVE] = "inconclusive",
    [VERDICT_FAIL] = "fail", [VERDICT_ERROR] = "error",
    [VERDICT_SKIP] = "skip",
};

const char *verdict_name(enum verdict verdict) {
  if ((size_t)verdict >= sizeof verdict_names / sizeof *verdict_names) return NULL;
  return verdict_names[verdict];
}

/* ---- pairs ------------------------------------------------------------------- */

/* Rows of one name usually stand together, so most are told by the one before. */
static bool pair_came_before(const struct pair *pairs, size_t at) {
  for (size_t i = at; i-- > 0;)
    if (strcmp(pairs[i].name, pairs[at].name) == 0) return true;
  return false;
}

bool pairs_next(const struct pair *pairs, size_t count, size_t *at) {
  while (*at < count && pair_came_before(pairs, *at))
    (*at)++;
  return *at < count;
}

bool pairs_repeated(const struct pair *pairs, size_t count, size_t at) {
  for (size_t i = at + 1; i < count; i++)
    if (strcmp(pairs[i].name, pairs[at].name) == 0) return true;
  return false;
}

const char *pairs_value(const struct pair *pairs, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(pairs[i].name, name) == 0) return pairs[i].value;
  return NULL;
}

void pairs_write_list(struct line *line, const struct pair *pairs, size_t count,
                      const char *name, size_t most) {
  const char *separator = "[";
  for (size_t i = 0; i < count; i++) {
    if (strcmp(pairs[i].name, name) != 0) continue;
    line_string(line, separator);
    line_json(line, pairs[i].value, most);
    separator = ",";
  }
  line_string(line, *separator == '[' ? "[]" : "]");
}

static bool is_among(const char *name, const char *const *names) {
  for (; names && *names; names++)
    if (strcmp(name, *names) == 0) return true;
  return false;
}

void pairs_write(struct line *line, const struct pair *pairs, size_t count, size_t most,
                 const char *const *except) {
  const char *separator = "";
  line_string(line, "{");
  for (size_t at = 0; pairs_next(pairs, count, &at); at++) {
    const char *name = pairs[at].name;
    if (is_among(name, except)) continue;
    line_string(line, separator);
    line_json(line, name, SIZE_MAX);
    line_string(line, ":");
    if (strcmp(name, "covers") == 0 || pairs_repeated(pairs, count, at))
      pairs_write_list(line, pairs + at, count - at, name, most);
    else
      line_json(line, pairs[at].value, most);
    separator = ",";
  }
  line_string(line, "}");
}

/* ---- writing ----------------------------------------------------------------- */

/* A name must come back as it went in, or two of them could become one key. */
static bool pairs_sound(const struct pair *pairs, size_t count) {
  if (count > JOURNAL_PAIRS || (count > 0 && pairs == NULL)) return false;
  for (size_t i = 0; i < count; i++) {
    const char *name = pairs[i].name;
    if (name == NULL || strlen(name) > JOURNAL_NAME || !line_harmless(name))
      return false;
  }
  return true;
}

static bool member_present(const struct record *record, const struct member *member) {
  switch (member->slot) {
  case SLOT_ENDPOINT: return record->endpoint != NULL;
  case SLOT_CASE: return record->case_id != NULL;
  case SLOT_TEXT: return record->text != NULL || !member->optional;
  case SLOT_EXPECTED: return record->expected;
  case SLOT_PAIRS: return record->pair_count > 0 || !member->optional;
  default: return true;
  }
}

static bool member_sound(const struct record *record, const struct member *member) {
  if (!member_present(record, member)) return member->optional;
  switch (member->slot) {
  case SLOT_TIME: return record->time <= INT64_MAX;
  case SLOT_BYTES:
    return record->length <= RECORD_BYTES_MOST &&
           (record->bytes != NULL || record->length == 0);
  case SLOT_VERDICT: return verdict_name(record->verdict) != NULL;
  case SLOT_PAIRS: return pairs_sound(record->pairs, record->pair_count);
  default: return true;
  }
}

static void write_member(struct line *line, const struct record *record,
                         const struct member *member, size_t most) {
  switch (member->slot) {
  case SLOT_NONE: break;
  case SLOT_VERSION: line_number(line, LAYOUT_VERSION); break;
  case SLOT_TIME: line_number(line, record->time); break;
  case SLOT_ENDPOINT: line_json(line, record->endpoint, most); break;
  case SLOT_CASE: line_json(line, record->case_id, most); break;
  case SLOT_NUMBER: line_number(line, record->number); break;
  case SLOT_TEXT: line_json(line, record->text, most); break;
  case SLOT_BYTES:
    line_string(line, "\"");
    line_hex(line, record->bytes, record->length, 0);
    line_string(line, "\"");
    break;
  case SLOT_VERDICT: line_json(line, verdict_name(record->verdict), most); break;
  case SLOT_EXPECTED: line_string(line, "true"); break;
  case SLOT_PAIRS:
    pairs_write(line, record->pairs, record->pair_count, most, NULL);
    break;
  }
}

static const struct layout *layout_of(const struct record *record) {
  for (size_t i = 0; i < layout_count; i++)
    if (layouts[i].kind == record->kind &&
        (record->kind != RECORD_BYTES || layouts[i].sent == record->sent))
      return &layouts[i];
  return NULL;
}

/* How long each text of a record may be. Half a line is for the texts, the other half
 * for the names of pairs; 64 is more than the mark of a cut text and quotes take. */
static size_t text_most(const struct record *record) {
  size_t share = RECORD_LINE_MOST / 2 / (record->pair_count + 4) - 64;
  return share < RECORD_TEXT_MOST ? share : RECORD_TEXT_MOST;
}

bool record_write(struct line *line, const struct record *record) {
  const struct layout *layout = layout_of(record);
  bool sound = layout != NULL;
  for (size_t i = 0; sound && i < LAYOUT_MEMBERS && layout->members[i].slot; i++)
    sound = member_sound(record, &layout->members[i]);
  if (!sound) {
    errno = EINVAL;
    return false;
  }
  size_t begin = line->length;
  size_t most = text_most(record);
  const char *separator = "{\"";
  for (size_t i = 0; i < LAYOUT_MEMBERS && layout->members[i].slot; i++) {
    const struct member *member = &layout->members[i];
    if (!member_present(record, member)) continue;
    line_string(line, separator);
    line_string(line, member->key);
    line_string(line, "\":");
    write_member(line, record, member, most);
    separator = ",\"";
  }
  line_string(line, "}\n");
  if (!line->failed && line->length - begin <= RECORD_LINE_MOST) return true;
  errno = line->failed ? ENOMEM : EINVAL;
  line->length = begin;
  return false;
}
