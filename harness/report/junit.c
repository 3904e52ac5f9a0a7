/* junit.c: a run as JUnit XML, in the core that all readers take:
 * reports/schema/junit.xsd.
 *
 * A suite is the first two parts of a case's id. JUnit has no word for an expected
 * failure (written as skipped) nor for inconclusive (written as an error).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "report/outline.h"
#include "report/output.h"
#include "report/report.h"
#include "report/transcript.h"

/* Longer messages are cut here; the text below them goes on. */
#define MESSAGE_MOST 4096

struct suite {
  size_t first; /* number of its first case */
  size_t last;
  size_t tests;
  size_t failures;
  size_t errors;
  size_t skipped;
  uint64_t time;
};

struct junit {
  struct outline *outline;
  struct output *output;
  struct line *line; /* of the output */
  struct names suite_names;
  struct suite *suites;
  size_t suite_capacity;
  size_t *next; /* by case: the next one of the same suite, or NAMES_NONE */
  bool text;    /* a <system-out> is open */
};

/* ---- text -------------------------------------------------------------------- */

static void add_attribute(struct line *line, const char *name, const char *text) {
  line_print(line, " %s=\"", name);
  line_text(line, text, QUOTE_XML, MESSAGE_MOST);
  line_string(line, "\"");
}

static void add_time(struct line *line, uint64_t time) {
  line_string(line, " time=\"");
  transcript_seconds(line, time);
  line_string(line, "\"");
}

static void add_counts(struct line *line, const struct suite *suite) {
  line_print(line, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"",
             suite->tests, suite->failures, suite->errors, suite->skipped);
  add_time(line, suite->time);
}

/* ---- suites ------------------------------------------------------------------ */

/* Length of the part of an id that names its suite; `*rest` is what names the case. */
static size_t suite_length(const char *id, const char **rest) {
  const char *slash = strchr(id, '/');
  const char *second = slash ? strchr(slash + 1, '/') : NULL;
  if (second) slash = second;
  *rest = slash ? slash + 1 : id;
  return slash ? (size_t)(slash - id) : strlen(id);
}

static struct suite *suite_of(struct junit *junit, const char *id) {
  const char *rest;
  char *name = strndup(id, suite_length(id, &rest));
  size_t known = junit->suite_names.count;
  size_t number = name ? names_add(&junit->suite_names, name) : NAMES_NONE;
  free(name);
  struct suite *suites = NULL;
  if (number != NAMES_NONE)
    suites = array_reach(junit->suites, &junit->suite_capacity, number, sizeof *suites);
  if (suites == NULL) return NULL;
  junit->suites = suites;
  if (number == known) suites[number].first = suites[number].last = NAMES_NONE;
  return &suites[number];
}

static void count_case(struct suite *suite, const struct outline_case *row) {
  const struct attempt *last = row->last;
  suite->tests++;
  if (last == NULL || last->expected || last->verdict == VERDICT_SKIP)
    suite->skipped++;
  else if (last->verdict == VERDICT_FAIL)
    suite->failures++;
  else if (last->verdict != VERDICT_PASS)
    suite->errors++;
  if (last) suite->time += attempt_time(last);
}

/* Sorts the cases into suites, in the order of their coming. */
static bool sort_cases(struct junit *junit) {
  const struct names *ids = &junit->outline->tally.case_names;
  junit->next = calloc(ids->count + 1, sizeof *junit->next);
  if (junit->next == NULL) return false;
  for (size_t i = 0; i < ids->count; i++) {
    struct suite *suite = suite_of(junit, ids->list[i]);
    if (suite == NULL) return false;
    if (suite->first == NAMES_NONE)
      suite->first = i;
    else
      junit->next[suite->last] = i;
    junit->next[i] = NAMES_NONE;
    suite->last = i;
    count_case(suite, &junit->outline->cases[i]);
  }
  return true;
}

/* ---- properties -------------------------------------------------------------- */

static void add_property(struct line *line, const char *prefix, const char *which,
                         const struct pair *pair) {
  line_string(line, "      <property name=\"");
  if (prefix) {
    line_string(line, "identity.");
    line_text(line, prefix, QUOTE_XML, MESSAGE_MOST);
    line_print(line, ".%s.", which);
  }
  line_text(line, pair->name, QUOTE_XML, MESSAGE_MOST);
  line_string(line, "\"");
  add_attribute(line, "value", pair->value);
  line_string(line, "/>\n");
}

static bool add_properties(struct junit *junit, uint64_t offset, const char *endpoint,
                           const char *which) {
  struct record record;
  if (offset == OUTLINE_NOWHERE) return true;
  if (!outline_record(junit->outline, offset, &record)) return false;
  for (size_t i = 0; i < record.pair_count; i++) {
    const char *name = record.pairs[i].name;
    /* Lists of what was planned, too long for a property each. */
    bool plan = !endpoint && (!strcmp(name, "planned") || !strcmp(name, "requirement"));
    if (!plan) add_property(junit->line, endpoint, which, &record.pairs[i]);
  }
  return true;
}

/* True if the identity was the newest of its endpoint when the case was run. */
static bool is_current(const struct outline *outline, size_t number,
                       const struct attempt *attempt) {
  const struct outline_identity *row = &outline->identities[number];
  if (attempt == NULL || row->first >= attempt->begun) return false;
  for (size_t i = number + 1; i < outline->identity_count; i++) {
    const struct outline_identity *later = &outline->identities[i];
    if (later->endpoint == row->endpoint && later->first < attempt->begun) return false;
  }
  return true;
}

/* Of the run, and of the devices that the suite's first case was run with. */
static bool write_properties(struct junit *junit, const struct suite *suite) {
  const struct outline *outline = junit->outline;
  const struct attempt *attempt = outline->cases[suite->first].last;
  line_string(junit->line, "    <properties>\n");
  if (!add_properties(junit, outline->run, NULL, NULL)) return false;
  for (size_t i = 0; i < outline->identity_count; i++) {
    const struct outline_identity *row = &outline->identities[i];
    const char *endpoint = outline->endpoint_names.list[row->endpoint];
    if (!is_current(outline, i, attempt)) continue;
    if (!add_properties(junit, row->first, endpoint, "first") ||
        !add_properties(junit, row->last, endpoint, "last"))
      return false;
  }
  struct pair end = {"end", outline_end(outline)};
  add_property(junit->line, NULL, NULL, &end);
  line_string(junit->line, "    </properties>\n");
  return true;
}

/* ---- cases ------------------------------------------------------------------- */

static void write_piece(void *context, const struct record *record, uint64_t left_out) {
  struct junit *junit = context;
  line_string(junit->line, junit->text ? "" : "      <system-out>");
  junit->text = true;
  if (record)
    transcript_line(junit->line, record, SIZE_MAX, QUOTE_XML);
  else
    line_print(junit->line, "... %" PRIu64 " bytes left out, see the journal",
               left_out);
  line_string(junit->line, "\n");
}

/* The element that says what is not a pass. Its text is every detail of the verdict. */
static void write_outcome(struct junit *junit, const struct attempt *attempt,
                          const struct record *record) {
  enum verdict verdict = attempt->verdict;
  const char *element = "error", *prefix = "";
  if (attempt->expected || verdict == VERDICT_SKIP)
    element = "skipped";
  else if (verdict == VERDICT_FAIL)
    element = "failure";
  if (attempt->expected) prefix = "expected failure: ";
  if (verdict == VERDICT_INCONCLUSIVE) prefix = "inconclusive: ";
  if (verdict == VERDICT_ERROR) prefix = "error in wirecert: ";
  struct line *line = junit->line;
  line_print(line, "      <%s message=\"%s", element, prefix);
  line_text(line, record->text, QUOTE_XML, MESSAGE_MOST);
  line_print(line, "\" type=\"%s\">", verdict_name(verdict));
  for (size_t i = 0; i < record->pair_count; i++) {
    line_text(line, record->pairs[i].name, QUOTE_XML, MESSAGE_MOST);
    line_string(line, ": ");
    line_text(line, record->pairs[i].value, QUOTE_XML, MESSAGE_MOST);
    line_string(line, "\n");
  }
  line_print(line, "</%s>\n", element);
}

static bool write_attempt(struct junit *junit, const struct attempt *attempt) {
  struct outline *outline = junit->outline;
  struct record record = {.text = attempt_killed};
  if (attempt->verdict != VERDICT_PASS) {
    if (attempt->judged != OUTLINE_NOWHERE &&
        !outline_record(outline, attempt->judged, &record))
      return false;
    write_outcome(junit, attempt, &record);
  }
  junit->text = false;
  if (!outline_transcript(outline, attempt, write_piece, junit)) return false;
  if (junit->text) line_string(junit->line, "      </system-out>\n");
  return true;
}

/* "xbee/at" as "xbee.at": readers group by dots. */
static void add_class(struct line *line, const char *suite) {
  line_string(line, " classname=\"");
  for (const char *part = suite;; part++) {
    size_t length = strcspn(part, "/");
    char *copy = strndup(part, length);
    line_text(line, copy, QUOTE_XML, MESSAGE_MOST);
    free(copy);
    part += length;
    if (*part == 0) break;
    line_string(line, ".");
  }
  line_string(line, "\"");
}

static bool write_case(struct junit *junit, const char *suite, size_t number) {
  const struct outline *outline = junit->outline;
  const struct attempt *last = outline->cases[number].last;
  const char *rest;
  suite_length(outline->tally.case_names.list[number], &rest);
  line_string(junit->line, "    <testcase");
  add_attribute(junit->line, "name", rest);
  add_class(junit->line, suite);
  add_time(junit->line, last ? attempt_time(last) : 0);
  line_string(junit->line, ">\n");
  if (last == NULL)
    line_string(junit->line, "      <skipped message=\"not run\"/>\n");
  else if (!write_attempt(junit, last))
    return false;
  line_string(junit->line, "    </testcase>\n");
  return output_flush(junit->output);
}

static bool write_suite(struct junit *junit, size_t number, const char *started) {
  const struct suite *suite = &junit->suites[number];
  const char *name = junit->suite_names.list[number];
  line_string(junit->line, "  <testsuite");
  add_attribute(junit->line, "name", name);
  add_counts(junit->line, suite);
  if (started) add_attribute(junit->line, "timestamp", started);
  line_string(junit->line, ">\n");
  if (!write_properties(junit, suite)) return false;
  for (size_t i = suite->first; i != NAMES_NONE; i = junit->next[i])
    if (!write_case(junit, name, i)) return false;
  line_string(junit->line, "  </testsuite>\n");
  return true;
}

/* ---- the document ------------------------------------------------------------ */

/* A run that was not finished must not look like a success to readers that see nothing
 * but test cases. */
static void write_unfinished(struct junit *junit) {
  struct line *line = junit->line;
  line_string(line, "  <testsuite name=\"wirecert/run\" tests=\"1\" failures=\"0\" "
                    "errors=\"1\" skipped=\"0\" time=\"0.000000\">\n"
                    "    <testcase name=\"complete\" classname=\"wirecert.run\" "
                    "time=\"0.000000\">\n"
                    "      <error message=\"the run is not complete: ");
  line_text(line, outline_end(junit->outline), QUOTE_XML, MESSAGE_MOST);
  line_string(line, "\" type=\"inconclusive\"/>\n    </testcase>\n  </testsuite>\n");
}

static bool write_suites(struct junit *junit, const char *started) {
  struct suite all = {0};
  for (size_t i = 0; i < junit->suite_names.count; i++) {
    const struct suite *suite = &junit->suites[i];
    all.tests += suite->tests;
    all.failures += suite->failures;
    all.errors += suite->errors;
    all.skipped += suite->skipped;
    all.time += suite->time;
  }
  bool unfinished = strcmp(outline_end(junit->outline), "complete") != 0;
  all.tests += unfinished;
  all.errors += unfinished;
  line_string(junit->line, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"
                           " name=\"wirecert\"");
  add_counts(junit->line, &all);
  line_string(junit->line, ">\n");
  for (size_t i = 0; i < junit->suite_names.count; i++)
    if (!write_suite(junit, i, started)) return false;
  if (unfinished) write_unfinished(junit);
  line_string(junit->line, "</testsuites>\n");
  return true;
}

/* When the run began, if its record says so. */
static bool find_started(struct outline *outline, char *started, size_t capacity) {
  struct record run;
  struct tm time;
  if (!outline_record(outline, outline->run, &run)) return false;
  const char *given = pairs_value(run.pairs, run.pair_count, "started");
  const char *end = given ? strptime(given, "%Y-%m-%dT%H:%M:%SZ", &time) : NULL;
  snprintf(started, capacity, "%s", end && *end == 0 ? given : "");
  return true;
}

static bool write_junit(struct outline *outline, struct output *output) {
  struct junit junit = {.outline = outline, .output = output, .line = &output->line};
  char started[40];
  bool written = find_started(outline, started, sizeof started);
  if (written && !sort_cases(&junit)) {
    snprintf(outline->error, sizeof outline->error, "out of memory");
    written = false;
  }
  written = written && write_suites(&junit, *started ? started : NULL);
  names_free(&junit.suite_names);
  free(junit.suites);
  free(junit.next);
  return written;
}

bool report_junit(const char *journal, const char *path, char *error, size_t capacity) {
  return report_write(journal, path, write_junit, error, capacity);
}
