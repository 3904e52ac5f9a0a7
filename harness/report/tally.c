/* tally.c: see tally.h. */
#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

static size_t add_case(struct tally *tally, const char *id) {
  size_t number = names_add(&tally->case_names, id);
  struct tally_case *cases = NULL;
  if (number != NAMES_NONE)
    cases = array_reach(tally->cases, &tally->case_capacity, number, sizeof *cases);
  if (cases == NULL) {
    tally->failed = true;
    return NAMES_NONE;
  }
  tally->cases = cases;
  return number;
}

static size_t add_requirement(struct tally *tally, const char *id) {
  size_t number = names_add(&tally->requirement_names, id);
  struct tally_requirement *rows = NULL;
  if (number != NAMES_NONE)
    rows = array_reach(tally->requirements, &tally->requirement_capacity, number,
                       sizeof *rows);
  if (rows == NULL) {
    tally->failed = true;
    return NAMES_NONE;
  }
  tally->requirements = rows;
  return number;
}

/* Notes that a case covers a requirement. */
static void add_cover(struct tally *tally, size_t number, const char *id) {
  size_t at = add_requirement(tally, id);
  if (at == NAMES_NONE) return;
  struct tally_requirement *row = &tally->requirements[at];
  if (row->count > 0 && row->cases[row->count - 1] == number) return;
  size_t *cases = array_reach(row->cases, &row->capacity, row->count, sizeof *cases);
  if (cases == NULL) {
    tally->failed = true;
    return;
  }
  row->cases = cases;
  cases[row->count++] = number;
}

static void take_run(struct tally *tally, const struct record *record) {
  for (size_t i = 0; i < record->pair_count; i++) {
    const struct pair *pair = &record->pairs[i];
    if (pair->value == NULL) continue;
    if (strcmp(pair->name, "planned") == 0) add_case(tally, pair->value);
    if (strcmp(pair->name, "requirement") == 0) add_requirement(tally, pair->value);
  }
}

static size_t take_case(struct tally *tally, const struct record *record) {
  size_t number = add_case(tally, record->case_id);
  if (number == NAMES_NONE) return number;
  /* A case that is run again covers what it covered before. */
  bool first = tally->cases[number].state == TALLY_PLANNED;
  for (size_t i = 0; first && i < record->pair_count; i++) {
    const struct pair *pair = &record->pairs[i];
    if (pair->value && strcmp(pair->name, "covers") == 0)
      add_cover(tally, number, pair->value);
  }
  tally->cases[number] = (struct tally_case){TALLY_OPEN, VERDICT_INCONCLUSIVE, false};
  return number;
}

size_t tally_take(struct tally *tally, const struct record *record) {
  if (record->kind == RECORD_RUN) take_run(tally, record);
  if (record->kind == RECORD_CASE) return take_case(tally, record);
  if (record->kind != RECORD_VERDICT) return NAMES_NONE;
  size_t number = add_case(tally, record->case_id);
  if (number == NAMES_NONE) return number;
  bool expected = record->expected && record->verdict == VERDICT_FAIL;
  tally->cases[number] = (struct tally_case){TALLY_JUDGED, record->verdict, expected};
  return number;
}

struct totals tally_totals(const struct tally *tally) {
  struct totals totals = {.planned = tally->case_names.count};
  for (size_t i = 0; i < totals.planned && !tally->failed; i++) {
    const struct tally_case *row = &tally->cases[i];
    if (row->state == TALLY_PLANNED) {
      totals.not_run++;
      continue;
    }
    switch (row->verdict) {
    case VERDICT_PASS: totals.passed++; break;
    case VERDICT_INCONCLUSIVE: totals.inconclusive++; break;
    case VERDICT_FAIL: row->expected ? totals.expected++ : totals.failed++; break;
    case VERDICT_ERROR: totals.errors++; break;
    case VERDICT_SKIP: totals.skipped++; break;
    }
  }
  return totals;
}

const char *tally_requirement(const struct tally *tally, size_t requirement) {
  const struct tally_requirement *row = &tally->requirements[requirement];
  bool run = false;
  enum verdict worst = VERDICT_PASS;
  for (size_t i = 0; i < row->count && !tally->failed; i++) {
    const struct tally_case *of = &tally->cases[row->cases[i]];
    if (of->state == TALLY_PLANNED || of->verdict == VERDICT_SKIP) continue;
    run = true;
    if (of->verdict > worst) worst = of->verdict;
  }
  return run ? verdict_name(worst) : "not run";
}

void tally_free(struct tally *tally) {
  for (size_t i = 0; i < tally->requirement_names.count; i++)
    if (i < tally->requirement_capacity) free(tally->requirements[i].cases);
  names_free(&tally->case_names);
  names_free(&tally->requirement_names);
  free(tally->cases);
  free(tally->requirements);
  *tally = (struct tally){0};
}
