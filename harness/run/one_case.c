/* one_case.c: one case from its first step to its verdict. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/session.h"

#define PAIRS_MAX 40

void announce_case(struct run *run, const struct test_case *test_case,
                   unsigned number) {
  struct pair pairs[PAIRS_MAX];
  size_t count = 0;
  pairs[count++] = (struct pair){"level", level_name(test_case->level)};
  if (test_case->source) pairs[count++] = (struct pair){"source", test_case->source};
  if (test_case->erratum)
    pairs[count++] = (struct pair){"erratum", test_case->erratum->text};
  for (size_t i = 0; i < test_case->cover_count && count < PAIRS_MAX; i++)
    pairs[count++] = (struct pair){"covers", test_case->covers[i]->id};
  struct record record = {
      .kind = RECORD_CASE,
      .case_id = test_case->id,
      .number = number,
      .text = test_case->purpose,
      .pairs = pairs,
      .pair_count = count,
  };
  emit(run, &record);
}

static const struct expected *listed(const struct run *run,
                                     const struct test_case *test_case) {
  const struct expected_list *list = run->options->expected;
  for (size_t i = 0; list != NULL && i < list->count; i++) {
    if (list->entries[i].test_case == test_case) return &list->entries[i];
  }
  return NULL;
}

/* Applies what is known about a case to what was found: an expected failure, a level
 * that does not bind. True if a failure is accepted. */
static bool accept(struct run *run, const struct test_case *test_case,
                   struct outcome *outcome, const char **note) {
  const struct expected *entry = listed(run, test_case);
  if (entry != NULL) {
    bool failed = outcome->verdict == VERDICT_FAIL;
    bool same = failed && strstr(outcome->reason, entry->message) != NULL;
    *note = entry->reason;
    if (same) return true;
    if (outcome->verdict != VERDICT_PASS && !failed) return false;
    run->totals->rotten++;
    char reason[sizeof outcome->reason];
    snprintf(reason, sizeof reason, "%.200s", failed ? outcome->reason : "it passes");
    outcome->verdict = VERDICT_PASS;
    worsen(outcome, VERDICT_FAIL, "expected to fail with \"%s\" (%s:%u), but: %s",
           entry->message, entry->place.file, entry->place.line, reason);
    return false;
  }
  bool binds = test_case->level == LEVEL_MUST ||
               (test_case->level == LEVEL_SHOULD && run->options->strict);
  if (binds || outcome->verdict != VERDICT_FAIL) return false;
  *note = test_case->level == LEVEL_SHOULD ? "recommended, not required"
                                           : "optional, not required";
  return true;
}

void conclude_case(struct run *run, const struct test_case *test_case,
                   struct outcome *outcome) {
  struct pair pairs[6];
  size_t count = 0;
  char step[16];
  const char *note = NULL;
  bool observed = false;
  if (test_case->level == LEVEL_PROBE && outcome->verdict == VERDICT_FAIL) {
    /* A probe only records: what was found is not a failure. */
    outcome->verdict = VERDICT_PASS;
    observed = true;
  }
  bool accepted = accept(run, test_case, outcome, &note);
  bool telling = outcome->verdict != VERDICT_PASS || observed;
  if (outcome->step > 0 && telling) {
    snprintf(step, sizeof step, "%u", outcome->step);
    pairs[count++] = (struct pair){"step", step};
  }
  if (outcome->expected[0])
    pairs[count++] = (struct pair){"expected", outcome->expected};
  if (outcome->got[0]) pairs[count++] = (struct pair){"got", outcome->got};
  if (note != NULL) pairs[count++] = (struct pair){"note", note};
  struct record record = {
      .kind = RECORD_VERDICT,
      .case_id = test_case->id,
      .verdict = outcome->verdict,
      .expected = accepted,
      .text = telling ? outcome->reason : "",
      .pairs = pairs,
      .pair_count = telling ? count : 0,
  };
  if (accepted) {
    run->totals->expected++;
  } else {
    run->totals->verdicts[outcome->verdict]++;
  }
  emit(run, &record);
}

/* Anything that came and that no step took is unexpected. */
static void check_leftovers(struct run *run, struct outcome *outcome) {
  for (size_t i = 0; i < run->station_count; i++) {
    struct station *station = &run->stations[i];
    if (station->flooded)
      worsen(outcome, VERDICT_FAIL, "%s does not stop sending",
             station->endpoint->name);
    for (const struct arrival *a = station->first; a != NULL; a = a->next) {
      if (a->type && station_ignores(station, a->type)) continue;
      worsen(outcome, VERDICT_FAIL, "%s sent something that was not asked for",
             station->endpoint->name);
      if (outcome->got[0] == 0) describe_arrival(a, outcome->got, sizeof outcome->got);
      break;
    }
  }
}

/* What is still on its way from earlier must not be taken for an answer. */
#define QUIET        2000   /* microseconds, between cases */
#define QUIET_FAILED 100000 /* after a failure, when anything may be on its way */

static void start_clean(struct run *run, uint64_t quiet) {
  run_wait(run, hub_now(run->hub) + quiet);
  for (size_t i = 0; i < run->station_count; i++) {
    struct station *station = &run->stations[i];
    size_t late = station_drain(station);
    if (!station->flooded || station_settles(run, station)) station->case_bytes = 0;
    station->undecided = 0;
    station_open(station, NULL);
    if (late > 0)
      emit_note(run, "%zu late messages of %s thrown away", late,
                station->endpoint->name);
  }
}

/* The steps once, with the present parameters. */
static void attempt(struct run *run, const struct test_case *test_case,
                    struct outcome *outcome) {
  struct outcome ending = {0};
  start_clean(run, QUIET);
  if (do_steps(run, test_case->steps, test_case->step_count, outcome))
    check_leftovers(run, outcome);
  /* Ctrl-C ends the case, but not before the device is as it was. */
  bool cancelled = run->cancelled;
  run->cancelled = false;
  if (cancelled) hub_go_on(run->hub);
  if (outcome->verdict != VERDICT_PASS) start_clean(run, QUIET_FAILED);
  if (!do_steps(run, test_case->finally, test_case->finally_count, &ending))
    worsen(outcome, VERDICT_INCONCLUSIVE, "finally: %s", ending.reason);
  put_back(run, outcome);
  captures_forget(run, run->capture_kept);
  run->cancelled = run->cancelled || cancelled;
}

/* Sets the parameters to their `index`-th combination; `text` gets them in words. */
static void bind(struct run *run, const struct test_case *test_case, size_t index,
                 char *text, size_t capacity) {
  size_t used = 0;
  text[0] = 0;
  for (size_t i = 0; i < test_case->each_count; i++) {
    const struct parameter *parameter = &test_case->each[i];
    uint64_t value = parameter->values[index % parameter->count];
    uint8_t bytes[8];
    index /= parameter->count;
    for (size_t b = 0; b < 8; b++)
      bytes[b] = (uint8_t)(value >> (56 - 8 * b));
    capture_set(run, parameter->name, bytes, sizeof bytes, value);
    int more = snprintf(text + used, capacity - used, "%s%s=%" PRIu64, i ? " " : "",
                        parameter->name, value);
    if (more > 0 && used + (size_t)more < capacity) used += (size_t)more;
  }
}

static void repeat_over(struct run *run, const struct test_case *test_case,
                        struct outcome *outcome) {
  size_t combinations = 1;
  size_t failed = 0;
  for (size_t i = 0; i < test_case->each_count; i++)
    combinations *= test_case->each[i].count;
  for (size_t i = 0; i < combinations && !run->lost && !run->cancelled; i++) {
    struct outcome once = {0};
    char with[96];
    bind(run, test_case, i, with, sizeof with);
    attempt(run, test_case, &once);
    if (once.verdict == VERDICT_PASS) continue;
    emit_note(run, "with %s: %s", with, once.reason);
    if (failed++ == 0 || once.verdict > outcome->verdict) {
      *outcome = once;
      snprintf(outcome->reason, sizeof outcome->reason, "with %s: %.380s", with,
               once.reason);
    }
    if (failed == 8) break; /* it is clear enough, and each may cost a time-out */
  }
}

/* A failure of a device that has died or changed since is no finding about the case. */
static void check_device(struct run *run, struct outcome *outcome) {
  struct outcome identity = {0};
  if (outcome->verdict != VERDICT_FAIL || run->lost || run->cancelled) return;
  struct record record = {.kind = RECORD_STEP,
                          .text = "is the device alive and the same?"};
  emit(run, &record);
  struct station *iut = &run->stations[0];
  bool alive = station_alive(run, iut);
  if (alive) identity_read(run, NULL, &identity);
  if (run->cancelled || run->lost) {
    /* Not known whether the device or the interruption is behind it: run it again. */
    outcome->verdict = VERDICT_INCONCLUSIVE;
    snprintf(outcome->reason, sizeof outcome->reason, "%s", cut_short(run));
    return;
  }
  if (!alive) {
    run->dead = true;
    emit_note(run, iut->flooded ? "the device does not stop sending"
                                : "the device has stopped answering in this case");
    return;
  }
  if (identity.verdict != VERDICT_INCONCLUSIVE) return;
  outcome->verdict = VERDICT_INCONCLUSIVE;
  snprintf(outcome->reason, sizeof outcome->reason, "%s", identity.reason);
}

/* Dead devices get another chance before each case, but no verdict without it. */
static bool came_back(struct run *run, struct outcome *outcome) {
  if (!run->dead) return true;
  run->dead = !station_alive(run, &run->stations[0]);
  if (!run->dead) return true;
  return worsen(outcome, VERDICT_INCONCLUSIVE,
                run->stations[0].flooded ? "the device does not stop sending"
                                         : "the device does not answer any more");
}

void run_case(struct run *run, const struct test_case *test_case, unsigned number) {
  struct outcome outcome = {0};
  char reason[200];
  announce_case(run, test_case, number);
  if (test_case->example != NULL) do_example(run, test_case, &outcome);
  const char *skip = plan_skip(run, test_case, reason, sizeof reason);
  bool device = test_case->step_count > 0;
  if (skip != NULL && outcome.verdict == VERDICT_PASS) {
    /* An example that is right is a result, though the device cannot be asked. */
    if (test_case->example == NULL) worsen(&outcome, VERDICT_SKIP, "%s", skip);
    if (test_case->example != NULL && device)
      emit_note(run, "not asked of the device: %s", skip);
  } else if (device && outcome.verdict == VERDICT_PASS && came_back(run, &outcome)) {
    if (test_case->each_count > 0) {
      repeat_over(run, test_case, &outcome);
    } else {
      attempt(run, test_case, &outcome);
    }
    check_device(run, &outcome);
  }
  conclude_case(run, test_case, &outcome);
}
