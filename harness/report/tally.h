/* tally.h: verdicts counted by case and by requirement. The last verdict of a case
 * counts; a case that was begun and not judged is inconclusive.
 */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include "report/names.h"
#include "run/journal.h"

enum tally_state {
  TALLY_PLANNED, /* a row planned=ID of the run record, and nothing since */
  TALLY_OPEN,    /* begun */
  TALLY_JUDGED,
};

struct tally_case {
  enum tally_state state;
  enum verdict verdict; /* VERDICT_INCONCLUSIVE until it is judged */
  bool expected;        /* a failure that was expected */
};

struct tally_requirement {
  size_t *cases; /* numbers of the cases that cover it */
  size_t count;
  size_t capacity;
};

/* Starts as {0}. Cases and requirements are numbered as their names. */
struct tally {
  struct names case_names;
  struct names requirement_names;
  struct tally_case *cases;
  size_t case_capacity;
  struct tally_requirement *requirements;
  size_t requirement_capacity;
  bool failed; /* no memory: the numbers are not right */
};

struct totals {
  size_t planned; /* cases known: planned or begun */
  size_t passed;
  size_t failed; /* without the expected ones */
  size_t inconclusive;
  size_t skipped;
  size_t errors;
  size_t expected; /* failures that were expected */
  size_t not_run;
};

/* Counts a record. The number of the case that a RECORD_CASE or RECORD_VERDICT is
 * about, else NAMES_NONE. */
size_t tally_take(struct tally *tally, const struct record *record);

struct totals tally_totals(const struct tally *tally);

/* "pass", "fail", "inconclusive", "error": the worst of the cases that cover the
 * requirement; "not run" if none was run. An expected failure is a failure. */
const char *tally_requirement(const struct tally *tally, size_t requirement);

void tally_free(struct tally *tally);

#endif
