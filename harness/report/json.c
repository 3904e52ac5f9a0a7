/* json.c: a run as one JSON document, reports/schema/report.schema.json. */
#include <inttypes.h>
#include <string.h>

#include "report/outline.h"
#include "report/output.h"
#include "report/report.h"

#define SCHEMA_VERSION 1

struct json {
  struct outline *outline;
  struct output *output;
  struct line *line;     /* of the output */
  const char *separator; /* of the list being written */
};

/* A member's name, after those before it. */
static void add_key(struct line *line, const char *separator, const char *key) {
  line_print(line, "%s\"%s\":", separator, key);
}

static void add_text(struct line *line, const char *key, const char *text) {
  add_key(line, ",", key);
  line_json(line, text, RECORD_TEXT_MOST);
}

static void add_bool(struct line *line, const char *key, bool value) {
  add_key(line, ",", key);
  line_string(line, value ? "true" : "false");
}

static void add_count(struct line *line, const char *key, uint64_t count) {
  add_key(line, ",", key);
  line_number(line, count);
}

/* Moves on in a list. */
static void add_separator(struct json *json) {
  line_string(json->line, json->separator);
  json->separator = ",\n  ";
}

/* ---- the run ----------------------------------------------------------------- */

static bool write_run(struct json *json) {
  /* Listed as cases and requirements below. */
  static const char *const except[] = {"planned", "requirement", NULL};
  struct record record;
  if (!outline_record(json->outline, json->outline->run, &record)) return false;
  struct line *line = json->line;
  line_print(line, "{\"schema\":%d", SCHEMA_VERSION);
  add_key(line, ",\n ", "run");
  pairs_write(line, record.pairs, record.pair_count, RECORD_TEXT_MOST, except);
  add_count(line, "resumed", json->outline->resumed);
  return true;
}

static bool write_identity(struct json *json, const char *key, uint64_t offset) {
  struct record record;
  if (offset == OUTLINE_NOWHERE) return true;
  if (!outline_record(json->outline, offset, &record)) return false;
  add_key(json->line, ",", key);
  pairs_write(json->line, record.pairs, record.pair_count, RECORD_TEXT_MOST, NULL);
  return true;
}

static bool write_identities(struct json *json) {
  const struct outline *outline = json->outline;
  add_key(json->line, ",\n ", "identity");
  json->separator = "[\n  ";
  for (size_t i = 0; i < outline->identity_count; i++) {
    const struct outline_identity *row = &outline->identities[i];
    add_separator(json);
    line_string(json->line, "{\"endpoint\":");
    line_json(json->line, outline->endpoint_names.list[row->endpoint],
              RECORD_TEXT_MOST);
    if (!write_identity(json, "first", row->first) ||
        !write_identity(json, "last", row->last))
      return false;
    line_string(json->line, "}");
  }
  line_string(json->line, *json->separator == '[' ? "[]" : "]");
  return true;
}

static bool write_notes(struct json *json) {
  struct outline *outline = json->outline;
  struct line *line = json->line;
  add_key(line, ",\n ", "notes");
  json->separator = "[\n  ";
  for (size_t i = 0; i < outline->note_count && i < OUTLINE_NOTES; i++) {
    struct record record;
    if (!outline_record(outline, outline->notes[i], &record)) return false;
    add_separator(json);
    line_print(line, "{\"t\":%" PRIu64, record.time);
    add_text(line, "note", record.text);
    line_string(line, "}");
  }
  line_string(line, *json->separator == '[' ? "[]" : "]");
  return true;
}

/* ---- cases ------------------------------------------------------------------- */

static void write_piece(void *context, const struct record *record, uint64_t left_out) {
  struct json *json = context;
  struct line *line = json->line;
  line_string(line, json->separator);
  json->separator = ",\n    ";
  if (record == NULL) {
    line_print(line, "{\"left_out\":%" PRIu64 "}", left_out);
    return;
  }
  line_print(line, "{\"t\":%" PRIu64, record->time);
  if (record->endpoint) add_text(line, "endpoint", record->endpoint);
  if (record->kind == RECORD_BYTES) {
    add_text(line, "direction", record->sent ? "out" : "in");
    add_key(line, ",", "bytes");
    line_string(line, "\"");
    line_hex(line, record->bytes, record->length, 0);
    line_string(line, "\"");
  } else if (record->kind == RECORD_STEP) {
    add_count(line, "step", record->number);
    add_text(line, "text", record->text);
  } else {
    add_text(line, "note", record->text);
  }
  line_string(line, "}");
}

static bool write_transcript(struct json *json, const struct attempt *attempt) {
  add_key(json->line, ",\n   ", "transcript");
  json->separator = "[\n    ";
  if (!outline_transcript(json->outline, attempt, write_piece, json)) return false;
  line_string(json->line, *json->separator == '[' ? "[]" : "]");
  return true;
}

/* "verdict" and what belongs to it. */
static bool write_verdict(struct json *json, const struct attempt *attempt) {
  struct line *line = json->line;
  struct record record = {.text = attempt_killed};
  if (attempt->judged != OUTLINE_NOWHERE &&
      !outline_record(json->outline, attempt->judged, &record))
    return false;
  line_print(line, "\"verdict\":\"%s\"", verdict_name(attempt->verdict));
  add_bool(line, "expected", attempt->expected);
  add_count(line, "time_us", attempt_time(attempt));
  add_text(line, "reason", record.text);
  add_key(line, ",", "details");
  pairs_write(line, record.pairs, record.pair_count, RECORD_TEXT_MOST, NULL);
  return true;
}

static bool write_about(struct json *json, const struct attempt *attempt) {
  static const char *const except[] = {"covers", "level", NULL};
  struct line *line = json->line;
  struct record record;
  if (!outline_record(json->outline, attempt->begun, &record)) return false;
  /* A verdict alone says nothing about its case. */
  if (record.kind != RECORD_CASE) record = (struct record){.text = ""};
  const char *level = pairs_value(record.pairs, record.pair_count, "level");
  add_text(line, "purpose", record.text);
  if (level) add_text(line, "level", level);
  add_key(line, ",", "covers");
  pairs_write_list(line, record.pairs, record.pair_count, "covers", RECORD_TEXT_MOST);
  add_key(line, ",", "about");
  pairs_write(line, record.pairs, record.pair_count, RECORD_TEXT_MOST, except);
  return true;
}

static bool write_earlier(struct json *json, const struct outline_case *row) {
  struct line *line = json->line;
  const char *separator = "";
  add_key(line, ",\n   ", "earlier");
  line_string(line, "[");
  for (const struct attempt *at = row->first; at != row->last; at = at->next) {
    line_print(line, "%s{", separator);
    separator = ",";
    if (!write_verdict(json, at)) return false;
    line_string(line, "}");
  }
  line_string(line, "]");
  return true;
}

static bool write_case(struct json *json, size_t number) {
  const struct outline *outline = json->outline;
  const struct outline_case *row = &outline->cases[number];
  struct line *line = json->line;
  line_string(line, "{\"id\":");
  line_json(line, outline->tally.case_names.list[number], RECORD_TEXT_MOST);
  if (!write_about(json, row->last)) return false;
  line_string(line, ",\n   ");
  if (!write_verdict(json, row->last)) return false;
  if (!write_transcript(json, row->last)) return false;
  if (row->first != row->last && !write_earlier(json, row)) return false;
  line_string(line, "}");
  return output_flush(json->output);
}

static bool write_cases(struct json *json) {
  const struct outline *outline = json->outline;
  const char *separator = "";
  add_key(json->line, ",\n ", "cases");
  line_string(json->line, "[");
  for (size_t i = 0; i < outline->tally.case_names.count; i++) {
    if (outline->cases[i].last == NULL) continue;
    line_print(json->line, "%s\n  ", separator);
    separator = ",";
    if (!write_case(json, i)) return false;
  }
  line_string(json->line, "]");
  return true;
}

/* ---- what was and was not run ------------------------------------------------ */

static void write_not_run(struct json *json) {
  const struct tally *tally = &json->outline->tally;
  add_key(json->line, ",\n ", "not_run");
  json->separator = "[\n  ";
  for (size_t i = 0; i < tally->case_names.count; i++) {
    if (tally->cases[i].state != TALLY_PLANNED) continue;
    add_separator(json);
    line_json(json->line, tally->case_names.list[i], RECORD_TEXT_MOST);
  }
  line_string(json->line, *json->separator == '[' ? "[]" : "]");
}

static void write_requirement(struct json *json, size_t number) {
  const struct tally *tally = &json->outline->tally;
  const struct tally_requirement *row = &tally->requirements[number];
  struct line *line = json->line;
  add_separator(json);
  line_string(line, "{\"id\":");
  line_json(line, tally->requirement_names.list[number], RECORD_TEXT_MOST);
  add_text(line, "verdict", tally_requirement(tally, number));
  add_key(line, ",", "cases");
  line_string(line, "[");
  for (size_t i = 0; i < row->count; i++) {
    if (i > 0) line_string(line, ",");
    line_json(line, tally->case_names.list[row->cases[i]], RECORD_TEXT_MOST);
  }
  line_string(line, "]}");
}

static bool write_requirements(struct json *json) {
  add_key(json->line, ",\n ", "requirements");
  json->separator = "[\n  ";
  for (size_t i = 0; i < json->outline->tally.requirement_names.count; i++) {
    write_requirement(json, i);
    if (!output_flush(json->output)) return false;
  }
  line_string(json->line, *json->separator == '[' ? "[]" : "]");
  return true;
}

static void write_end(struct json *json) {
  struct totals totals = tally_totals(&json->outline->tally);
  struct line *line = json->line;
  add_key(line, ",\n ", "totals");
  line_print(line, "{\"cases\":%zu", totals.planned);
  add_count(line, "pass", totals.passed);
  add_count(line, "fail", totals.failed);
  add_count(line, "inconclusive", totals.inconclusive);
  add_count(line, "skip", totals.skipped);
  add_count(line, "error", totals.errors);
  add_count(line, "expected", totals.expected);
  add_count(line, "not_run", totals.not_run);
  line_string(line, "}");
  add_key(line, ",\n ", "end");
  line_json(line, outline_end(json->outline), RECORD_TEXT_MOST);
  add_bool(line, "cut", json->outline->cut);
  line_string(line, "}\n");
}

static bool write_json(struct outline *outline, struct output *output) {
  struct json json = {outline, output, &output->line, ""};
  if (!write_run(&json) || !write_identities(&json) || !write_notes(&json) ||
      !write_cases(&json))
    return false;
  write_not_run(&json);
  if (!write_requirements(&json)) return false;
  write_end(&json);
  return true;
}

bool report_json(const char *journal, const char *path, char *error, size_t capacity) {
  return report_write(journal, path, write_json, error, capacity);
}
