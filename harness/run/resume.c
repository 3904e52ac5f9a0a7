/* resume.c: what an earlier run left in its journal counts as done. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/session.h"

/* What an earlier run left in the journal. */
struct earlier {
  const struct run_options *options;
  bool *finished; /* per selected case */
  uint64_t time;
  bool header;
  bool same;
  struct run_totals *totals;
  char text[200];
};

static bool same_pair(struct earlier *earlier, const struct record *record,
                      const char *name, const char *value) {
  for (size_t i = 0; i < record->pair_count; i++) {
    if (strcmp(record->pairs[i].name, name) != 0) continue;
    if (strcmp(record->pairs[i].value, value) == 0) return true;
    if (strcmp(name, "suite") == 0) {
      snprintf(earlier->text, sizeof earlier->text, "the cases have changed since");
      return false;
    }
    snprintf(earlier->text, sizeof earlier->text,
             "its %s was '%.60s', now it is '%.60s'", name, record->pairs[i].value,
             value);
    return false;
  }
  snprintf(earlier->text, sizeof earlier->text, "it names no %s", name);
  return false;
}

static size_t index_of(const struct run_options *options, const char *id) {
  size_t i = 0;
  while (i < options->case_count && strcmp(options->cases[i]->id, id) != 0)
    i++;
  return i;
}

static bool take_earlier(void *context, const struct record *record) {
  struct earlier *earlier = context;
  const struct run_options *options = earlier->options;
  char seed[24];
  earlier->time = record->time;
  if (record->kind == RECORD_RUN) {
    snprintf(seed, sizeof seed, "%" PRIu64, options->seed);
    earlier->header = true;
    earlier->same =
        same_pair(earlier, record, "suite", options->suite->digest) &&
        same_pair(earlier, record, "select", options->selection) &&
        same_pair(earlier, record, "seed", seed) &&
        same_pair(earlier, record, "strict", options->strict ? "true" : "false") &&
        same_pair(earlier, record, "bench",
                  options->bench ? options->bench->title : "reference devices");
  }
  bool watched = options->observer != NULL && earlier->same;
  if (record->kind == RECORD_CASE && watched)
    options->observer(options->context, record);
  /* What was left out may run now, with --allow or another bench. */
  if (record->kind != RECORD_VERDICT || record->verdict == VERDICT_INCONCLUSIVE ||
      record->verdict == VERDICT_SKIP)
    return true;
  size_t index = index_of(options, record->case_id);
  if (index == options->case_count || earlier->finished[index]) return true;
  earlier->finished[index] = true;
  if (record->expected) {
    earlier->totals->expected++;
  } else {
    earlier->totals->verdicts[record->verdict]++;
  }
  if (watched) options->observer(options->context, record);
  return true;
}

bool resume_load(struct run *run, bool *finished, bool *usage, char *error,
                 size_t capacity) {
  bool cut = false;
  const struct run_options *options = run->options;
  struct earlier earlier = {
      .options = options, .finished = finished, .totals = run->totals};
  if (!journal_read(options->journal_path, take_earlier, &earlier, &cut, error,
                    capacity)) {
    *usage = true;
    return false;
  }
  run->before = earlier.time;
  if (!earlier.header || earlier.same) return true;
  *usage = true;
  snprintf(error, capacity, "%s: is the journal of another run: %s",
           options->journal_path, earlier.text);
  return false;
}
