/* tap.c: a run as TAP, point by point while it goes on.
 *
 * The YAML is kept to what TAP::Parser reads too: scalars in single quotes, lists in
 * brackets (it takes "- 'a: b'" for a mapping), one literal block.
 */
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/transcript.h"
#include "run/record.h"

/* Longer texts are cut here; the journal has them. */
#define TEXT_MOST 4096

struct tap {
  FILE *out;
  unsigned planned;
  unsigned number; /* of the last point */
  bool begun;
  struct line about; /* YAML lines on the case that runs */
  struct line line;
  struct transcript transcript;
  bool aside; /* the runner looks after the device: no part of the case */
};

struct tap *tap_new(FILE *out, unsigned planned) {
  struct tap *tap = calloc(1, sizeof *tap);
  if (tap == NULL) return NULL;
  tap->out = out;
  tap->planned = planned;
  return tap;
}

void tap_free(struct tap *tap) {
  if (tap == NULL) return;
  line_free(&tap->about);
  line_free(&tap->line);
  free(tap);
}

/* Readers follow live: what was said must be there at once. */
static void flush(struct tap *tap) {
  if (tap->line.length > 0) fwrite(tap->line.text, 1, tap->line.length, tap->out);
  fflush(tap->out);
  line_reset(&tap->line);
}

/* ---- YAML -------------------------------------------------------------------- */

static void add_quoted(struct line *line, const char *text) {
  line_string(line, "'");
  line_text(line, text, QUOTE_YAML, TEXT_MOST);
  line_string(line, "'");
}

static void add_entry(struct line *line, const char *key, const char *text) {
  line_print(line, "  %s: ", key);
  add_quoted(line, text);
  line_string(line, "\n");
}

/* A name as a key that needs no quotes, and that is none of ours. */
static void add_key(struct line *line, const char *name) {
  static const char *const ours[] = {"purpose", "requirements", "level",
                                     "reason",  "transcript",   NULL};
  line_string(line, "  ");
  for (size_t i = 0; ours[i]; i++)
    if (strcmp(ours[i], name) == 0) line_string(line, "detail_");
  if (*name == 0 || *name == '-') line_string(line, "_");
  for (const char *c = name; *c != 0; c++) {
    bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
                 (*c >= 'a' && *c <= 'z') || *c == '-';
    line_add(line, plain ? c : "_", 1);
  }
  line_string(line, ": ");
}

/* The values of the pairs called `name`, as a list. */
static void add_list(struct line *line, const struct pair *pairs, size_t count,
                     const char *name) {
  const char *separator = "[";
  for (size_t i = 0; i < count; i++) {
    if (strcmp(pairs[i].name, name) != 0) continue;
    line_string(line, separator);
    add_quoted(line, pairs[i].value);
    separator = ", ";
  }
  line_string(line, *separator == '[' ? "[]\n" : "]\n");
}

static void add_details(struct line *line, const struct pair *pairs, size_t count) {
  for (size_t at = 0; pairs_next(pairs, count, &at); at++) {
    add_key(line, pairs[at].name);
    if (pairs_repeated(pairs, count, at)) {
      add_list(line, pairs + at, count - at, pairs[at].name);
    } else {
      add_quoted(line, pairs[at].value);
      line_string(line, "\n");
    }
  }
}

static void add_transcript(struct line *line, const struct transcript *transcript) {
  struct record piece;
  for (size_t i = 0; transcript_get(transcript, i, &piece); i++) {
    line_string(line, i == 0 ? "  transcript: |\n    " : "    ");
    transcript_line(line, &piece, TRANSCRIPT_BYTES, QUOTE_PLAIN);
    line_string(line, "\n");
  }
}

static void add_yaml(struct tap *tap, const struct record *record) {
  struct line *line = &tap->line;
  line_string(line, "  ---\n");
  line_add(line, tap->about.text, tap->about.length);
  line_string(line, "  reason: '");
  if (record->verdict == VERDICT_INCONCLUSIVE) line_string(line, "inconclusive: ");
  if (record->verdict == VERDICT_ERROR) line_string(line, "error in wirecert: ");
  line_text(line, record->text, QUOTE_YAML, TEXT_MOST);
  line_string(line, "'\n");
  add_details(line, record->pairs, record->pair_count);
  add_transcript(line, &tap->transcript);
  line_string(line, "  ...\n");
}

/* ---- records ----------------------------------------------------------------- */

static void add_comment(struct line *line, const char *name, const char *text) {
  line_string(line, "# ");
  if (name) {
    line_text(line, name, QUOTE_PLAIN, TEXT_MOST);
    line_string(line, ": ");
  }
  line_text(line, text, QUOTE_PLAIN, TEXT_MOST);
  line_string(line, "\n");
}

/* Version and plan come first, whatever record does. */
static void begin(struct tap *tap) {
  if (tap->begun) return;
  line_print(&tap->line, "TAP version 13\n1..%u%s\n", tap->planned,
             tap->planned ? "" : " # SKIP nothing to run");
  tap->begun = true;
}

static void take_run(struct tap *tap, const struct record *record) {
  for (size_t i = 0; i < record->pair_count; i++) {
    const struct pair *pair = &record->pairs[i];
    if (strcmp(pair->name, "planned") != 0 && strcmp(pair->name, "requirement") != 0)
      add_comment(&tap->line, pair->name, pair->value);
  }
  flush(tap);
}

static void take_case(struct tap *tap, const struct record *record) {
  const char *level = pairs_value(record->pairs, record->pair_count, "level");
  line_reset(&tap->about);
  add_entry(&tap->about, "purpose", record->text);
  line_string(&tap->about, "  requirements: ");
  add_list(&tap->about, record->pairs, record->pair_count, "covers");
  if (level) add_entry(&tap->about, "level", level);
  tap->transcript.count = 0;
}

static void take_verdict(struct tap *tap, const struct record *record) {
  struct line *line = &tap->line;
  bool passed = record->verdict == VERDICT_PASS || record->verdict == VERDICT_SKIP;
  line_print(line, "%s %u - ", passed ? "ok" : "not ok", ++tap->number);
  line_text(line, record->case_id, QUOTE_TAP, TEXT_MOST);
  if (record->verdict == VERDICT_SKIP ||
      (record->verdict == VERDICT_FAIL && record->expected)) {
    line_string(line, passed ? " # SKIP " : " # TODO expected failure: ");
    line_text(line, record->text, QUOTE_TAP, TEXT_MOST);
  }
  line_string(line, "\n");
  /* A pass with something to say: an observation of a probe, for example. */
  bool remark = record->pair_count > 0 || (record->text && *record->text);
  if (!passed || (record->verdict == VERDICT_PASS && remark)) add_yaml(tap, record);
  line_reset(&tap->about);
  tap->transcript.count = 0;
  tap->aside = false;
  flush(tap);
}

void tap_take(struct tap *tap, const struct record *record) {
  begin(tap);
  switch (record->kind) {
  case RECORD_RUN: take_run(tap, record); break;
  case RECORD_CASE: take_case(tap, record); break;
  case RECORD_STEP: tap->aside = record->number == 0; break;
  case RECORD_BYTES:
    if (!tap->aside) transcript_take(&tap->transcript, record);
    break;
  case RECORD_VERDICT: take_verdict(tap, record); break;
  case RECORD_NOTE:
    add_comment(&tap->line, record->endpoint, record->text);
    flush(tap);
    break;
  case RECORD_END:
    if (record->text && strcmp(record->text, "complete") == 0) break;
    line_string(&tap->line, "Bail out! ");
    line_text(&tap->line, record->text, QUOTE_PLAIN, TEXT_MOST);
    line_string(&tap->line, "\n");
    flush(tap);
    break;
  case RECORD_IDENTITY: break;
  }
}
