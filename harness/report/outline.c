/* outline.c: see outline.h. */
#include "report/outline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char attempt_killed[] = "run was killed here";

/* ---- building ---------------------------------------------------------------- */

/* An endpoint has another device in each family: a first identity begins a new pair, a
 * last one belongs to the newest pair of its endpoint. */
static bool take_identity(struct outline *outline, const struct record *record) {
  size_t endpoint = names_add(&outline->endpoint_names, record->endpoint);
  if (endpoint == NAMES_NONE) return false;
  uint64_t at = reader_begin(outline->reader);
  struct outline_identity *row = NULL;
  bool last = strcmp(record->text, "last") == 0;
  for (size_t i = outline->identity_count; last && row == NULL && i-- > 0;)
    if (outline->identities[i].endpoint == endpoint) row = &outline->identities[i];
  if (row && row->last == OUTLINE_NOWHERE) {
    row->last = at;
  } else if (outline->identity_count < OUTLINE_IDENTITIES) {
    row = &outline->identities[outline->identity_count++];
    *row = (struct outline_identity){endpoint, last ? OUTLINE_NOWHERE : at,
                                     last ? at : OUTLINE_NOWHERE};
  }
  return true;
}

/* Begins an attempt at the record just read. */
static struct attempt *add_attempt(struct outline *outline, size_t number,
                                   const struct record *record) {
  struct outline_case *rows =
      array_reach(outline->cases, &outline->case_capacity, number, sizeof *rows);
  if (rows == NULL) return NULL;
  outline->cases = rows;
  struct attempt *attempt = calloc(1, sizeof *attempt);
  if (attempt == NULL) return NULL;
  *attempt = (struct attempt){.begun = reader_begin(outline->reader),
                              .judged = OUTLINE_NOWHERE,
                              .start = record->time,
                              .stop = record->time,
                              .verdict = VERDICT_INCONCLUSIVE};
  if (rows[number].last)
    rows[number].last->next = attempt;
  else
    rows[number].first = attempt;
  rows[number].last = attempt;
  return attempt;
}

/* True if the verdict belongs to the case that is running. */
static bool is_open(const struct outline *outline, size_t number) {
  return outline->open && outline->cases[number].last == outline->open;
}

static bool take_verdict(struct outline *outline, size_t number,
                         const struct record *record) {
  if (number >= outline->case_capacity || !is_open(outline, number))
    outline->open = add_attempt(outline, number, record);
  struct attempt *attempt = outline->open;
  if (attempt == NULL) return false;
  attempt->judged = reader_begin(outline->reader);
  attempt->stop = record->time;
  attempt->verdict = record->verdict;
  attempt->expected = record->expected && record->verdict == VERDICT_FAIL;
  outline->open = NULL;
  return true;
}

/* What a record takes in a report: hexadecimal digits, and what stands around. */
static uint64_t cost_of(const struct record *record) {
  return 64 +
         (record->kind == RECORD_BYTES ? 2 * record->length : strlen(record->text));
}

static bool take_end(struct outline *outline, const struct record *record) {
  free(outline->end);
  outline->end = strdup(record->text);
  outline->open = NULL;
  return outline->end != NULL;
}

/* A record between the beginning of a case and its verdict, or outside of cases. */
static void take_other(struct outline *outline, const struct record *record) {
  if (outline->open) {
    outline->open->cost += cost_of(record);
    outline->open->stop = record->time;
  } else if (record->kind == RECORD_NOTE && outline->note_count++ < OUTLINE_NOTES) {
    outline->notes[outline->note_count - 1] = reader_begin(outline->reader);
  }
}

static bool take_record(struct outline *outline, const struct record *record) {
  size_t number = tally_take(&outline->tally, record);
  if (outline->tally.failed) return false;
  switch (record->kind) {
  case RECORD_RUN:
    if (outline->run == OUTLINE_NOWHERE)
      outline->run = reader_begin(outline->reader);
    else
      outline->resumed++;
    outline->open = NULL;
    break;
  case RECORD_IDENTITY: return take_identity(outline, record);
  case RECORD_CASE:
    outline->open = add_attempt(outline, number, record);
    if (outline->open == NULL) return false;
    break;
  case RECORD_STEP:
  case RECORD_NOTE:
  case RECORD_BYTES: take_other(outline, record); break;
  case RECORD_VERDICT: return take_verdict(outline, number, record);
  case RECORD_END: return take_end(outline, record);
  }
  /* Whatever comes behind an end has none yet. */
  if (record->kind == RECORD_RUN || record->kind == RECORD_CASE) {
    free(outline->end);
    outline->end = NULL;
  }
  return true;
}

static bool read_through(struct outline *outline, char *error, size_t capacity) {
  struct record record;
  enum reader_state state;
  while ((state = reader_next(outline->reader, &record, error, capacity)) ==
         READER_RECORD) {
    if (outline->run == OUTLINE_NOWHERE && record.kind != RECORD_RUN) break;
    if (take_record(outline, &record)) continue;
    snprintf(error, capacity, "out of memory");
    return false;
  }
  outline->cut = state == READER_CUT;
  if (state == READER_BAD) return false;
  if (outline->run != OUTLINE_NOWHERE) return true;
  snprintf(error, capacity, "the journal holds no run");
  return false;
}

struct outline *outline_read(const char *path, char *error, size_t capacity) {
  struct outline *outline = calloc(1, sizeof *outline);
  if (outline == NULL) {
    snprintf(error, capacity, "out of memory");
    return NULL;
  }
  outline->run = OUTLINE_NOWHERE;
  outline->reader = reader_open(path, error, capacity);
  if (outline->reader && read_through(outline, error, capacity)) {
    /* Planned cases have a row too. */
    size_t count = outline->tally.case_names.count;
    void *rows = count ? array_reach(outline->cases, &outline->case_capacity, count - 1,
                                     sizeof *outline->cases)
                       : outline->cases;
    if (count == 0 || rows) {
      outline->cases = rows;
      return outline;
    }
    snprintf(error, capacity, "out of memory");
  }
  outline_free(outline);
  return NULL;
}

void outline_free(struct outline *outline) {
  if (outline == NULL) return;
  for (size_t i = 0; i < outline->case_capacity; i++) {
    struct attempt *next = outline->cases[i].first;
    while (next) {
      struct attempt *attempt = next;
      next = attempt->next;
      free(attempt);
    }
  }
  reader_close(outline->reader);
  tally_free(&outline->tally);
  names_free(&outline->endpoint_names);
  free(outline->cases);
  free(outline->end);
  free(outline);
}

const char *outline_end(const struct outline *outline) {
  return outline->end ? outline->end : "killed";
}

uint64_t attempt_time(const struct attempt *attempt) {
  return attempt->stop > attempt->start ? attempt->stop - attempt->start : 0;
}

/* ---- reading again ----------------------------------------------------------- */

static bool next_record(struct outline *outline, struct record *record) {
  enum reader_state state =
      reader_next(outline->reader, record, outline->error, sizeof outline->error);
  if (state == READER_RECORD) return true;
  if (state != READER_BAD)
    snprintf(outline->error, sizeof outline->error,
             "the journal became shorter while it was read");
  return false;
}

bool outline_record(struct outline *outline, uint64_t offset, struct record *record) {
  reader_seek(outline->reader, offset);
  return next_record(outline, record);
}

static bool in_transcript(const struct record *record) {
  return record->kind == RECORD_BYTES || record->kind == RECORD_STEP ||
         record->kind == RECORD_NOTE;
}

bool outline_transcript(struct outline *outline, const struct attempt *attempt,
                        void (*take)(void *context, const struct record *record,
                                     uint64_t left_out),
                        void *context) {
  struct record record;
  uint64_t done = 0, left_out = 0;
  bool gap = false;
  if (attempt->cost > 0) reader_seek(outline->reader, attempt->begun);
  while (done < attempt->cost) {
    if (!next_record(outline, &record)) return false;
    if (!in_transcript(&record)) continue;
    uint64_t cost = cost_of(&record), rest = attempt->cost - done;
    done += cost;
    if (attempt->cost > OUTLINE_TRANSCRIPT && done > OUTLINE_TRANSCRIPT / 2 &&
        rest > OUTLINE_TRANSCRIPT / 2) {
      gap = true;
      left_out += record.length;
      continue;
    }
    if (gap) take(context, NULL, left_out);
    gap = false;
    take(context, &record, 0);
  }
  if (gap) take(context, NULL, left_out);
  return true;
}
