/* progress.c: how far a run is, on a terminal, and its summary.
 *
 * The progress line is taken away before anything else is printed to the terminal, so
 * TAP and progress can share one.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "report/report.h"
#include "report/tally.h"
#include "run/line.h"

/* Milliseconds between two drawings: what the eye can follow. */
#define DRAW_EVERY 100

/* How many cases the summary names, and how much of each reason it shows. */
#define SUMMARY_CASES 20
#define REASON_MOST   200

struct progress {
  FILE *out;
  unsigned planned;
  unsigned done;
  unsigned failed; /* and inconclusive and errors: what calls for attention */
  bool live;
  bool colour;
  bool shown;       /* a progress line stands on the terminal */
  int64_t begun;    /* milliseconds */
  int64_t drawn;    /* when last; -DRAW_EVERY: never */
  size_t remarks;   /* cases for the summary, also those it does not name */
  struct line list; /* the cases it names */
  struct line line;
  struct tally tally;
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

struct progress *progress_new(FILE *out, unsigned planned) {
  struct progress *progress = calloc(1, sizeof *progress);
  if (progress == NULL) return NULL;
  const char *terminal = getenv("TERM");
  const char *no_colour = getenv("NO_COLOR");
  bool dumb = terminal == NULL || strcmp(terminal, "dumb") == 0;
  progress->out = out;
  progress->planned = planned;
  progress->live = isatty(fileno(out)) && !dumb;
  progress->colour = progress->live && (no_colour == NULL || *no_colour == 0);
  progress->begun = now();
  progress->drawn = progress->begun - DRAW_EVERY;
  return progress;
}

void progress_free(struct progress *progress) {
  if (progress == NULL) return;
  line_free(&progress->list);
  line_free(&progress->line);
  tally_free(&progress->tally);
  free(progress);
}

static void flush(struct progress *progress) {
  struct line *line = &progress->line;
  if (line->length > 0) fwrite(line->text, 1, line->length, progress->out);
  fflush(progress->out);
  line_reset(line);
}

/* ---- the progress line ------------------------------------------------------- */

static void clear(struct progress *progress) {
  if (!progress->shown) return;
  line_string(&progress->line, "\r\033[K");
  progress->shown = false;
  flush(progress);
}

/* The columns of the terminal less one: a full line would wrap. */
static size_t width(const struct progress *progress) {
  struct winsize size;
  if (ioctl(fileno(progress->out), TIOCGWINSZ, &size) != 0 || size.ws_col < 2)
    return 79;
  return size.ws_col - 1u;
}

static void draw(struct progress *progress, const char *id) {
  int64_t time = now();
  if (time - progress->drawn < DRAW_EVERY) return;
  progress->drawn = time;
  unsigned planned = progress->planned, done = progress->done;
  struct line *line = &progress->line;
  line_print(line, "\r[%3u/%u]", done, planned);
  if (planned > 0) line_print(line, " %u%% ", (unsigned)(100ull * done / planned));
  line_text(line, id, QUOTE_PLAIN, 60);
  if (progress->failed > 0) line_print(line, "  %u failed", progress->failed);
  if (done > 0 && done < planned) {
    int64_t left = (time - progress->begun) * (planned - done) / done;
    line_print(line, "  eta %lld s", (long long)(left + 999) / 1000);
  }
  size_t most = width(progress) + 1; /* with the return in front */
  if (line->length > most) line->length = most;
  line_string(line, "\033[K");
  progress->shown = true;
  flush(progress);
}

/* ---- the summary ------------------------------------------------------------- */

static void add_remark(struct progress *progress, const struct record *record) {
  if (record->verdict == VERDICT_PASS || record->verdict == VERDICT_SKIP) return;
  if (record->verdict == VERDICT_FAIL && record->expected) return;
  progress->failed++;
  if (progress->remarks++ >= SUMMARY_CASES) return;
  line_print(&progress->list, "%s ", verdict_name(record->verdict));
  line_text(&progress->list, record->case_id, QUOTE_PLAIN, REASON_MOST);
  line_string(&progress->list, ": ");
  line_text(&progress->list, record->text, QUOTE_PLAIN, REASON_MOST);
  line_string(&progress->list, "\n");
}

static void add_counts(struct progress *progress, const struct totals *totals) {
  struct line *line = &progress->line;
  size_t run = totals->planned - totals->not_run;
  size_t planned =
      totals->planned > progress->planned ? totals->planned : progress->planned;
  line_print(line,
             "cases: %zu of %zu run: %zu pass, %zu fail, %zu inconclusive, %zu skip, "
             "%zu error, %zu expected failure\n",
             run, planned, totals->passed, totals->failed, totals->inconclusive,
             totals->skipped, totals->errors, totals->expected);
}

static void add_coverage(struct progress *progress) {
  const struct tally *tally = &progress->tally;
  size_t passed = 0;
  for (size_t i = 0; i < tally->requirement_names.count; i++)
    if (strcmp(tally_requirement(tally, i), "pass") == 0) passed++;
  line_print(&progress->line, "requirements: %zu of %zu covered by passed cases\n",
             passed, tally->requirement_names.count);
}

static void add_some(struct line *line, size_t count, const char *what) {
  if (count > 0) line_print(line, ", %zu %s", count, what);
}

/* The last line is for scripts: its words and their order stay. */
static void add_result(struct progress *progress, const struct totals *totals) {
  struct line *line = &progress->line;
  bool good = totals->failed + totals->inconclusive + totals->errors == 0;
  if (progress->colour) line_string(line, good ? "\033[32m" : "\033[31m");
  line_print(line, "%zu passed, %zu failed", totals->passed, totals->failed);
  add_some(line, totals->inconclusive, "inconclusive");
  add_some(line, totals->skipped, "skipped");
  add_some(line, totals->errors, "errors");
  add_some(line, totals->expected, "expected failures");
  if (progress->colour) line_string(line, "\033[0m");
  line_string(line, "\n");
}

static void summarize(struct progress *progress, const char *end) {
  struct line *line = &progress->line;
  struct totals totals = tally_totals(&progress->tally);
  add_counts(progress, &totals);
  line_add(line, progress->list.text, progress->list.length);
  if (progress->remarks > SUMMARY_CASES)
    line_print(line, "... and %zu more\n", progress->remarks - SUMMARY_CASES);
  add_coverage(progress);
  if (end == NULL || strcmp(end, "complete") != 0) {
    line_string(line, "not complete: ");
    line_text(line, end, QUOTE_PLAIN, REASON_MOST);
    line_string(line, "\n");
  }
  add_result(progress, &totals);
  flush(progress);
}

void progress_take(struct progress *progress, const struct record *record) {
  tally_take(&progress->tally, record);
  switch (record->kind) {
  case RECORD_CASE:
    if (progress->live) draw(progress, record->case_id);
    break;
  case RECORD_VERDICT:
    progress->done++;
    add_remark(progress, record);
    clear(progress);
    break;
  case RECORD_END:
    clear(progress);
    summarize(progress, record->text);
    break;
  case RECORD_RUN:
  case RECORD_NOTE: clear(progress); break;
  case RECORD_IDENTITY:
  case RECORD_STEP:
  case RECORD_BYTES: break;
  }
}
