/* expected.h: failures that are known and accepted for now.
 *
 *   expected:
 *     - case: xbee/framing/wrong-checksum
 *       message: "nothing came within"     # must appear in the reason of the failure
 *       reason: firmware 200D, ticket 4711
 *       until: 2027-03-01                  # the entry is a mistake from this day on
 *
 * A list cannot rot: an entry whose case passes, whose message does not appear, that
 * matches no case of the run or is past its day fails the run.
 */
#ifndef CASE_EXPECTED_H
#define CASE_EXPECTED_H

#include "case/case.h"

struct expected {
  const struct test_case *test_case;
  const char *message;
  const char *reason;
  const char *until; /* "YYYY-MM-DD" or NULL */
  struct place place;
};

struct expected_list {
  const struct expected *entries;
  size_t count;
};

/* Loads a list against a suite, in which it lives. `today` is "YYYY-MM-DD". NULL if
 * there was any mistake: unknown case, two entries for one case, an entry out of date.
 */
const struct expected_list *expected_load(struct suite *suite, const char *path,
                                          const char *today, FILE *complaints);

#endif
