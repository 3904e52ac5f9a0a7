/* run.h: carries out the cases of a suite against a bench.
 *
 * Everything observed goes to the journal before it is judged; what people read (TAP,
 * progress, reports) is made from the same records. The runner knows families only by
 * protocol.h and devices only by their endpoints.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "case/case.h"
#include "case/expected.h"
#include "link/hub.h"
#include "run/journal.h"

struct run_options {
  const struct suite *suite;
  const struct test_case *const *cases; /* selected, in the suite's order */
  size_t case_count;
  const struct bench *bench;  /* NULL: reference devices for whatever is selected */
  const char *const *allowed; /* tags that may run though they need leave, NULL ends */
  const struct expected_list *expected; /* or NULL */
  const char *selection;                /* as the user gave it, for the journal */
  uint64_t seed;
  bool strict; /* `should` binds like `must` */
  const char *journal_path;
  bool resume;
  const char *started; /* UTC, "2027-01-31T12:00:00Z"; used with real links only */

  /* Gets every record, also those of finished cases taken over by `resume`. */
  void (*observer)(void *context, const struct record *record);
  void *context;
};

struct run_totals {
  unsigned verdicts[VERDICT_SKIP + 1];
  unsigned expected; /* failures that stand in the list or break no `must` */
  unsigned rotten;   /* entries of the list that did not hold */
  bool complete;     /* false: cancelled or stopped */
};

/* Runs. False with `error` filled if the run could not start or go on (bad bench, link
 * that does not open, journal that cannot be written); `*usage` tells whether that is
 * the user's to mend. */
bool run_cases(const struct run_options *options, struct run_totals *totals,
               bool *usage, char *error, size_t capacity);

/* Ends the run after the present step. Safe in a signal handler. */
void run_cancel(void);

#endif
