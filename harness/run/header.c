/* header.c: the first and the last record of a run. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

bool any_real(const struct run_options *options) {
  const struct bench *bench = options->bench;
  for (size_t i = 0; bench != NULL && i < bench->endpoint_count; i++) {
    if (strncmp(bench->endpoints[i].link, "sim:", 4) != 0) return true;
  }
  return false;
}

/* Rows of the header, as many as a record can hold. */
struct header {
  struct pair pairs[JOURNAL_PAIRS];
  size_t count;
};

static void add_row(struct header *header, const char *name, const char *value) {
  if (header->count < JOURNAL_PAIRS)
    header->pairs[header->count++] = (struct pair){name, value};
}

/* What is to be run and covered, so that a report can say what was not. */
static void add_plan(struct header *header, const struct run_options *options) {
  for (size_t i = 0; i < options->case_count; i++)
    add_row(header, "planned", options->cases[i]->id);
  for (size_t i = 0; i < options->suite->requirement_count; i++) {
    const struct requirement *requirement = &options->suite->requirements[i];
    bool covered = false;
    for (size_t c = 0; c < options->case_count && !covered; c++) {
      for (size_t k = 0; k < options->cases[c]->cover_count; k++)
        covered = covered || options->cases[c]->covers[k] == requirement;
    }
    if (covered) add_row(header, "requirement", requirement->id);
  }
}

bool emit_header(struct run *run) {
  const struct run_options *options = run->options;
  struct header *header = calloc(1, sizeof *header);
  if (header == NULL) return false;
  char seed[24];
  bool real = any_real(options);
  snprintf(seed, sizeof seed, "%" PRIu64, options->seed);
  add_row(header, "tool", "wirecert " WIRECERT_VERSION);
  add_row(header, "suite", options->suite->digest);
  add_row(header, "select", options->selection);
  add_row(header, "bench",
          options->bench ? options->bench->title : "reference devices");
  add_row(header, "seed", seed);
  add_row(header, "strict", options->strict ? "true" : "false");
  add_row(header, "clock", real ? "monotonic" : "virtual");
  if (real && options->started) add_row(header, "started", options->started);
  for (size_t i = 0; options->bench && i < options->bench->endpoint_count; i++) {
    const struct endpoint *endpoint = &options->bench->endpoints[i];
    add_row(header, endpoint->name, endpoint->link);
    add_row(header, "profile", endpoint->profile->name);
  }
  add_plan(header, options);
  struct record record = {
      .kind = RECORD_RUN, .pairs = header->pairs, .pair_count = header->count};
  emit(run, &record);
  free(header);
  return true;
}

void emit_end(struct run *run) {
  struct pair pairs[VERDICT_SKIP + 3];
  char text[VERDICT_SKIP + 2][16];
  size_t count = 0;
  for (int v = VERDICT_PASS; v <= VERDICT_SKIP; v++) {
    snprintf(text[v], sizeof text[v], "%u", run->totals->verdicts[v]);
    pairs[count++] = (struct pair){verdict_name((enum verdict)v), text[v]};
  }
  const char *how = run->totals->complete    ? "complete"
                    : run->changed_device[0] ? run->changed_device
                    : run->cancelled         ? "interrupted"
                    : run->lost              ? "link lost"
                                             : "stopped";
  struct record record = {
      .kind = RECORD_END, .text = how, .pairs = pairs, .pair_count = count};
  emit(run, &record);
}
