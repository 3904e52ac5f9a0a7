/* steps.c: the steps of a case, one after the other. */
#include <stdio.h>
#include <stdlib.h>

#include "run/session.h"

#define WIRE_MOST ((size_t)262144) /* bytes that one step can put on the wire */
#define SETTLE    20000 /* microseconds in which a late answer is still seen */

/* What a device that is silent too early or talks too much is told apart by. */
static bool nothing_came(struct run *run, const struct station *station,
                         uint64_t waited, struct outcome *outcome) {
  if (run->lost || run->cancelled)
    return worsen(outcome, VERDICT_INCONCLUSIVE, "%s", cut_short(run));
  if (run->broken)
    return worsen(outcome, VERDICT_ERROR, "the journal cannot be written");
  if (station->flooded)
    return worsen(outcome, VERDICT_FAIL,
                  "the device does not stop sending: %zu bytes in this case",
                  station->case_bytes);
  if (station->undecided > 0)
    return worsen(outcome, VERDICT_FAIL,
                  "only part of a message came within %.3g s: %zu bytes",
                  (double)waited / 1e6, station->undecided);
  return worsen(outcome, VERDICT_FAIL, "nothing came within %.3g s",
                (double)waited / 1e6);
}

static uint64_t patience(const struct station *station, const struct step *step) {
  return step->within ? step->within : station->endpoint->profile->within;
}

/* ---- send -------------------------------------------------------------------- */

static bool send_pieces(struct run *run, struct station *station,
                        const struct step *step, const uint8_t *bytes, size_t length) {
  size_t cut = (size_t)amount_of(run, step->cut);
  size_t pieces = (size_t)amount_of(run, step->pieces);
  size_t at = 0;
  while (at < length) {
    size_t end = length;
    if (pieces > 0 && at + pieces < length) end = at + pieces;
    if (cut > at && cut < end) end = cut;
    if (!station_send(run, station, bytes + at, end - at)) return false;
    at = end;
    if (at < length && step->pause > 0) run_wait(run, hub_now(run->hub) + step->pause);
  }
  return true;
}

static bool do_send(struct run *run, struct station *station, const struct step *step,
                    struct outcome *outcome) {
  struct wire_error error = {0};
  size_t length = 0;
  uint8_t *bytes = malloc(WIRE_MOST);
  if (bytes == NULL) return worsen(outcome, VERDICT_ERROR, "out of memory");
  bool good = compose_step(run, station, step, bytes, WIRE_MOST, &length, &error);
  if (!good) {
    worsen(outcome, VERDICT_ERROR, "cannot compose the message: %s", error.text);
  } else if (!send_pieces(run, station, step, bytes, length)) {
    good = nothing_came(run, station, 0, outcome);
  }
  free(bytes);
  return good;
}

/* ---- expect ------------------------------------------------------------------ */

/* Tells why an arrival is not what was expected. */
static bool not_expected(const struct step *step, const struct arrival *arrival,
                         const char *why, struct outcome *outcome) {
  worsen(outcome, VERDICT_FAIL, "%s", why);
  for (size_t i = 0; i < step->message_count; i++) {
    size_t used = 0;
    while (outcome->expected[used] != 0)
      used++;
    if (i > 0 && used + 5 < sizeof outcome->expected)
      used += (size_t)snprintf(outcome->expected + used, 5, " or ");
    describe_pattern(&step->messages[i], outcome->expected + used,
                     sizeof outcome->expected - used);
  }
  if (arrival != NULL) describe_arrival(arrival, outcome->got, sizeof outcome->got);
  return false;
}

static bool any_matches(struct run *run, const struct step *step,
                        const struct arrival *arrival, char *why, size_t capacity) {
  if (arrival->type == NULL) {
    snprintf(why, capacity, "what came is no message: %s", arrival->error.text);
    return false;
  }
  snprintf(why, capacity, "another message came");
  for (size_t i = 0; i < step->message_count; i++) {
    const struct message_pattern *pattern = &step->messages[i];
    char differs[256];
    if (match_message(run, pattern, arrival->type, arrival->body, arrival->length,
                      differs, sizeof differs))
      return true;
    if (pattern->type == arrival->type) snprintf(why, capacity, "%s", differs);
  }
  return false;
}

static bool do_expect(struct run *run, struct station *station, const struct step *step,
                      struct outcome *outcome) {
  uint64_t within = patience(station, step);
  uint64_t deadline = hub_now(run->hub) + within;
  for (;;) {
    struct arrival *arrival = station_next(run, station, deadline);
    if (arrival == NULL) {
      struct outcome silent = {0};
      nothing_came(run, station, within, &silent);
      if (silent.verdict == VERDICT_FAIL)
        return not_expected(step, NULL, silent.reason, outcome);
      return worsen(outcome, silent.verdict, "%s", silent.reason);
    }
    char why[256];
    bool matches = any_matches(run, step, arrival, why, sizeof why);
    bool ignored = !matches && arrival->type && station_ignores(station, arrival->type);
    if (!matches && !ignored) not_expected(step, arrival, why, outcome);
    free(arrival);
    if (!ignored) return matches;
  }
}

/* ---- silence, sentinel ------------------------------------------------------- */

static bool do_silence(struct run *run, struct station *station, uint64_t length,
                       struct outcome *outcome) {
  uint64_t deadline = hub_now(run->hub) + length;
  for (;;) {
    struct arrival *arrival = station_next(run, station, deadline);
    if (arrival == NULL) break;
    bool ignored = arrival->type && station_ignores(station, arrival->type);
    if (!ignored) {
      worsen(outcome, VERDICT_FAIL, "something came where nothing may come");
      describe_arrival(arrival, outcome->got, sizeof outcome->got);
    }
    free(arrival);
    if (!ignored) return false;
  }
  if (run->lost || run->cancelled || run->broken || station->flooded ||
      station->undecided > 0)
    return nothing_came(run, station, length, outcome);
  return true;
}

bool do_sentinel(struct run *run, struct station *station, uint64_t within,
                 struct outcome *outcome) {
  const struct profile *profile = station->endpoint->profile;
  uint8_t id = fresh_id(run);
  capture_set(run, "id", &id, 1, id);
  struct step ask = {.messages = &profile->sentinel, .message_count = 1};
  struct step hear = {
      .messages = &profile->sentinel_answer, .message_count = 1, .within = within};
  return do_send(run, station, &ask, outcome) &&
         do_expect(run, station, &hear, outcome) &&
         do_silence(run, station, SETTLE, outcome);
}

/* ---- all --------------------------------------------------------------------- */

static void tell_step(struct run *run, unsigned number, const struct step *step) {
  static const char *const kinds[] = {"send",     "expect", "silence",
                                      "sentinel", "wait",   "verb"};
  char text[400];
  int used = snprintf(text, sizeof text, "%s %s", step->endpoint,
                      step->kind == STEP_VERB ? step->verb->name : kinds[step->kind]);
  if (step->message_count > 0 && used > 0 && (size_t)used + 2 < sizeof text) {
    text[used] = ' ';
    describe_pattern(&step->messages[0], text + used + 1,
                     sizeof text - (size_t)used - 1);
  }
  struct record record = {.kind = RECORD_STEP, .number = number, .text = text};
  emit(run, &record);
}

static bool do_step(struct run *run, const struct step *step, struct outcome *outcome) {
  struct station *station = station_of(run, step->endpoint);
  if (station == NULL)
    return worsen(outcome, VERDICT_ERROR, "no endpoint '%s'", step->endpoint);
  switch (step->kind) {
  case STEP_SEND: return do_send(run, station, step, outcome);
  case STEP_EXPECT: return do_expect(run, station, step, outcome);
  case STEP_SILENCE: return do_silence(run, station, step->within, outcome);
  case STEP_SENTINEL:
    return do_sentinel(run, station, patience(station, step), outcome);
  case STEP_VERB: return do_verb(run, station, step, outcome);
  case STEP_WAIT:
    run_wait(run, hub_now(run->hub) + step->within);
    if (!run->lost && !run->cancelled && !run->broken) return true;
    return nothing_came(run, station, step->within, outcome);
  }
  return false;
}

bool do_steps(struct run *run, const struct step *steps, size_t count,
              struct outcome *outcome) {
  for (size_t i = 0; i < count; i++) {
    const struct step *step = &steps[i];
    uint64_t times = amount_of(run, step->repeat);
    outcome->step = (unsigned)i + 1;
    tell_step(run, outcome->step, step);
    do {
      if (!do_step(run, step, outcome)) return false;
    } while (times > 1 && --times > 0);
  }
  return true;
}
