/* run.c: a run from its first record to its last: per family a bench, its endpoints,
 * and its cases. */
#include "run/run.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

/* For the signal handler alone: the hub of the family that runs, and whether there was
 * an interruption while there was none. */
static struct hub *volatile cancellable;
static volatile sig_atomic_t cancel_wanted;

void run_cancel(void) {
  struct hub *hub = cancellable;
  cancel_wanted = 1;
  if (hub != NULL) hub_cancel(hub);
}

static bool trouble(char *error, size_t capacity, const char *what, const char *why) {
  snprintf(error, capacity, "%s: %s", what, why);
  return false;
}

/* ---- the endpoints of one family --------------------------------------------- */

static const struct profile *reference_profile(const struct suite *suite,
                                               const struct protocol *family) {
  for (size_t i = 0; i < suite->profile_count; i++) {
    const struct profile *profile = &suite->profiles[i];
    if (profile->family == family && profile->model == family->devices[0])
      return profile;
  }
  return NULL;
}

static void want(const char **names, size_t *count, const char *name) {
  for (size_t i = 0; i < *count; i++) {
    if (strcmp(names[i], name) == 0) return;
  }
  if (*count < HUB_ENDPOINTS) names[(*count)++] = name;
}

/* Without a bench: reference devices, as many as the family's cases need. */
static size_t reference_endpoints(const struct run_options *options,
                                  const struct protocol *family,
                                  struct endpoint *endpoints) {
  const struct profile *profile = reference_profile(options->suite, family);
  const char *names[HUB_ENDPOINTS] = {"iut"};
  size_t count = 1;
  if (profile == NULL) return 0;
  for (size_t i = 0; i < options->case_count; i++) {
    const struct test_case *test_case = options->cases[i];
    for (size_t k = 0; test_case->family == family && k < test_case->endpoint_count;
         k++)
      want(names, &count, test_case->endpoints[k]);
  }
  for (size_t i = 0; i < count; i++)
    endpoints[i] = (struct endpoint){names[i], profile, "sim:", {"built-in", 0, 0}};
  return count;
}

/* The device under test comes first, whatever the order in the file. */
static size_t bench_endpoints(const struct bench *bench, struct endpoint *endpoints) {
  size_t count = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < bench->endpoint_count && count < HUB_ENDPOINTS; i++) {
      bool iut = strcmp(bench->endpoints[i].name, "iut") == 0;
      if (iut == (pass == 0)) endpoints[count++] = bench->endpoints[i];
    }
  }
  return count;
}

static bool open_station(struct run *run, const struct endpoint *endpoint, char *error,
                         size_t capacity) {
  const struct profile *profile = endpoint->profile;
  struct station *station = &run->stations[run->station_count];
  struct link_error link = {""};
  struct wire_error wire;
  *station = (struct station){.endpoint = endpoint};
  station->last = &station->first;
  if (!hub_add(run->hub, endpoint->link, profile->model, profile->device,
               profile->device_count, NULL, &station->number, &link))
    return trouble(error, capacity, endpoint->name, link.text);
  run->station_count++;
  for (size_t i = 0; i < profile->framing_count; i++) {
    if (!station_set(station, profile->framing[i].name, profile->framing[i].value,
                     &wire))
      return trouble(error, capacity, profile->name, wire.text);
  }
  return station_open(station, &wire) || trouble(error, capacity, "framing", wire.text);
}

static void offer_ixit(struct run *run) {
  const struct bench *bench = run->options->bench;
  for (size_t i = 0; bench != NULL && i < bench->ixit_count; i++) {
    char name[48];
    const char *value = bench->ixit[i].value;
    snprintf(name, sizeof name, "ixit.%s", bench->ixit[i].name);
    capture_set(run, name, (const uint8_t *)value, strlen(value),
                strtoull(value, NULL, 0));
  }
}

static void close_stations(struct run *run) {
  for (size_t i = 0; i < run->station_count; i++) {
    struct station *station = &run->stations[i];
    for (size_t k = 0; k < station->identity_count; k++)
      free((char *)(uintptr_t)station->identity[k].value);
    station_close(station);
  }
  run->station_count = 0;
  captures_forget(run, 0);
  run->capture_kept = 0;
  run->changed_count = 0;
  run->before += run->hub ? hub_now(run->hub) : 0;
  cancellable = NULL;
  if (run->hub) hub_free(run->hub);
  run->hub = NULL;
}

/* ---- the run ----------------------------------------------------------------- */

/* The sanity case, as a question to the device rather than as a result. */
static bool sane(struct run *run, const char *when) {
  const struct profile *profile = run->stations[0].endpoint->profile;
  const struct test_case *sanity =
      profile->sanity ? suite_case(run->options->suite, profile->sanity) : NULL;
  struct outcome outcome = {0};
  if (!station_alive(run, &run->stations[0])) {
    if (run->cancelled || run->lost) return false;
    emit_note(run, "%s the run: the device does not answer", when);
    return false;
  }
  if (sanity == NULL) return true;
  do_steps(run, sanity->steps, sanity->step_count, &outcome);
  put_back(run, &outcome);
  captures_forget(run, run->capture_kept);
  if (outcome.verdict != VERDICT_PASS)
    emit_note(run, "%s the run: sanity case %s: %s", when, sanity->id, outcome.reason);
  return true;
}

/* A case that is not run, and why. */
static void leave_out(struct run *run, const struct test_case *test_case,
                      unsigned number, enum verdict verdict, const char *reason) {
  struct outcome outcome = {0};
  announce_case(run, test_case, number);
  worsen(&outcome, verdict, "%s", reason);
  conclude_case(run, test_case, &outcome);
}

/* Runs the cases of one family; those of others are not looked at. */
static void run_family_cases(struct run *run, const bool *finished, bool answering) {
  const struct run_options *options = run->options;
  for (size_t i = 0; i < options->case_count; i++) {
    const struct test_case *test_case = options->cases[i];
    if (test_case->family != run->family || finished[i]) continue;
    if (run->broken) return;
    unsigned number = (unsigned)i + 1;
    if (run->cancelled || run->lost) {
      run->totals->complete = false;
      continue; /* not run: the report says so, --resume runs it */
    }
    if (!answering && test_case->step_count > 0) {
      leave_out(run, test_case, number, VERDICT_INCONCLUSIVE,
                "the device did not answer at the start");
    } else {
      run_case(run, test_case, number);
    }
    if (run->cancelled || run->lost) run->totals->complete = false;
  }
}

static bool run_family(struct run *run, const struct protocol *family,
                       const bool *finished, bool *usage, char *error,
                       size_t capacity) {
  const struct run_options *options = run->options;
  struct endpoint endpoints[HUB_ENDPOINTS];
  struct outcome identity = {0};
  size_t count = options->bench ? bench_endpoints(options->bench, endpoints)
                                : reference_endpoints(options, family, endpoints);
  run->family = family;
  if (count == 0) {
    *usage = true;
    return trouble(error, capacity, family->name,
                   "no profile stands for a reference device of this family");
  }
  run->hub = hub_new(options->seed);
  if (run->hub == NULL) return trouble(error, capacity, "hub", "out of memory");
  cancellable = run->hub;
  if (cancel_wanted) hub_cancel(run->hub);
  for (size_t i = 0; i < count; i++) {
    if (open_station(run, &endpoints[i], error, capacity)) continue;
    *usage = false;
    close_stations(run);
    return false;
  }
  offer_ixit(run);
  bool answering = identity_read(run, "first", &identity) || identity.got[0] != 0;
  if (identity.verdict != VERDICT_PASS)
    emit_note(run, "identity: %s%s%s", identity.reason, identity.got[0] ? ": " : "",
              identity.got);
  run->capture_kept = run->capture_count;
  answering = sane(run, "before") && answering;
  run_family_cases(run, finished, answering);
  struct outcome last = {0};
  if (!run->lost && !run->cancelled && answering && sane(run, "after"))
    identity_read(run, "last", &last);
  if (run->lost || run->cancelled) {
    run->totals->complete = false;
  } else if (identity.verdict == VERDICT_PASS && last.verdict != VERDICT_PASS) {
    run->totals->complete = false;
    snprintf(run->changed_device, sizeof run->changed_device, "%.150s", last.reason);
  }
  close_stations(run);
  return true;
}

static bool of_family(const struct run_options *options, const struct protocol *family,
                      const bool *finished) {
  const struct protocol *only =
      options->bench ? options->bench->endpoints[0].profile->family : family;
  for (size_t i = 0; i < options->case_count && only == family; i++) {
    if (options->cases[i]->family == family && !finished[i]) return true;
  }
  return false;
}

/* Cases of families that the bench has no device for. */
static void skip_others(struct run *run, const bool *finished) {
  const struct run_options *options = run->options;
  if (options->bench == NULL) return;
  const struct profile *profile = options->bench->endpoints[0].profile;
  for (size_t i = 0; i < options->case_count; i++) {
    const struct test_case *test_case = options->cases[i];
    if (test_case->family == profile->family || finished[i]) continue;
    char reason[120];
    snprintf(reason, sizeof reason, "the bench has no device of family '%s'",
             test_case->family->name);
    leave_out(run, test_case, (unsigned)i + 1, VERDICT_SKIP, reason);
  }
}

static bool run_all(struct run *run, const bool *finished, bool *usage, char *error,
                    size_t capacity) {
  for (const struct protocol *const *f = protocol_families; *f != NULL; f++) {
    if (!of_family(run->options, *f, finished)) continue;
    if (!run_family(run, *f, finished, usage, error, capacity)) return false;
  }
  skip_others(run, finished);
  emit_end(run);
  return true;
}

bool run_cases(const struct run_options *options, struct run_totals *totals,
               bool *usage, char *error, size_t capacity) {
  struct run *run = calloc(1, sizeof *run);
  bool *finished = calloc(options->case_count + 1, sizeof *finished);
  bool good = run != NULL && finished != NULL;
  *totals = (struct run_totals){.complete = true};
  *usage = false;
  if (!good) trouble(error, capacity, "run", "out of memory");
  if (good) {
    run->options = options;
    run->totals = totals;
    good = !options->resume || resume_load(run, finished, usage, error, capacity);
    if (good) {
      run->journal = journal_open(options->journal_path, options->resume,
                                  any_real(options), error, capacity);
      *usage = run->journal == NULL;
      good = run->journal != NULL;
    }
    if (good && !emit_header(run))
      good = trouble(error, capacity, "run", "out of memory");
  }
  good = good && run_all(run, finished, usage, error, capacity);
  if (good && run->broken)
    good = trouble(error, capacity, options->journal_path, "cannot be written");
  if (run != NULL && run->journal != NULL && !journal_close(run->journal) && good)
    good = trouble(error, capacity, options->journal_path, strerror(errno));
  cancel_wanted = 0;
  free(finished);
  free(run);
  return good;
}
