/* test_report.c: reports made from a journal. Other people's programs are asked whether
 * they can read them: xmllint, jsonschema.
 */
#include <jansson.h>
#include <sys/stat.h>

#include "report/report.h"
#include "report_sample.h"

#ifndef SCHEMAS
#define SCHEMAS "reports/schema"
#endif

static char error[300];
static char said[1 << 16];

/* ---- helpers ----------------------------------------------------------------- */

static void write_journal(const char *path, const struct record *records,
                          size_t count) {
  unlink(path);
  struct journal *journal = journal_open(path, false, false, error, sizeof error);
  if (journal == NULL) fail_msg("%s", error);
  for (size_t i = 0; i < count; i++)
    assert_true(journal_write(journal, &records[i]));
  assert_true(journal_close(journal));
}

static json_t *write_json(const char *journal) {
  const char *path = scratch_path("report.json");
  json_error_t why;
  if (!report_json(journal, path, error, sizeof error)) fail_msg("%s", error);
  json_t *report = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
  if (report == NULL) fail_msg("line %d: %s", why.line, why.text);
  return report;
}

static char *write_junit(const char *journal) {
  const char *path = scratch_path("junit.xml");
  if (!report_junit(journal, path, error, sizeof error)) fail_msg("%s", error);
  return scratch_read(path, NULL);
}

/* ---- JUnit ------------------------------------------------------------------- */

static void assert_valid_junit(void) {
  int status =
      scratch_run(said, sizeof said,
                  "xmllint --nonet --noout --schema %s/junit.xsd %s/junit.xml 2>&1",
                  SCHEMAS, scratch);
  if (status != 0) fail_msg("%s", said);
}

static void junit_has_its_shape(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, sample, COUNT(sample));
  char *xml = write_junit(journal);
  assert_valid_junit();
  assert_holds(xml, "<testsuites name=\"wirecert\" tests=\"6\" failures=\"1\" "
                    "errors=\"2\" skipped=\"2\" time=\"1.500000\">");
  assert_holds(xml, "<testsuite name=\"xbee/at\" tests=\"2\" failures=\"1\" "
                    "errors=\"0\" skipped=\"0\" time=\"1.500000\">");
  assert_holds(xml, "<property name=\"seed\" value=\"1\"/>");
  assert_holds(xml, "<property name=\"identity.iut.first.VR\" value=\"200D\"/>");
  assert_null(strstr(xml, "AT-09"));
  assert_null(strstr(xml, "timestamp"));
  assert_holds(xml, "<testcase name=\"bad\" classname=\"xbee.at\" time=\"1.499000\">\n"
                    "      <failure message=\"status is error, not ok\" type=\"fail\">"
                    "step: 2\nexpected: ok\nexpected: it&#39;s: fine\ngot: error # 1\n"
                    "</failure>\n"
                    "      <system-out>0.001000 iut step 1: send\n"
                    "0.001000 iut out 7E 00 04 08\n"
                    "0.002000 iut in  7E 00 05\n"
                    "0.002500 iut in  7E\n"
                    "0.003000 note: tried again\n"
                    "      </system-out>");
  assert_holds(xml, "<skipped message=\"expected failure: known # 7\" type=\"fail\">");
  assert_holds(xml,
               "<error message=\"inconclusive: link lost\" type=\"inconclusive\">");
  assert_holds(xml,
               "<error message=\"error in wirecert: no such message\" type=\"error\">");
  assert_holds(xml, "<testcase name=\"skipped\" classname=\"xbee\"");
  assert_holds(xml, "<testcase name=\"fault\" classname=\"fault\"");
  free(xml);
}

static void junit_survives_a_hostile_device(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, hostile_run, COUNT(hostile_run));
  char *xml = write_junit(journal);
  assert_printable(xml);
  assert_valid_junit();
  assert_holds(xml,
               "]]&gt;&lt;/testcase&gt;&lt;!-- &amp; &quot;&#39;\\x07\\x1B[31m\\xFF");
  assert_null(strstr(xml, "<!--"));
  free(xml);
}

static void junit_takes_the_time_from_the_run(void **state) {
  (void)state;
  static const char *const times[] = {"2027-01-31T12:00:00Z", "\"/><error"};
  const char *journal = scratch_path("journal");
  for (size_t i = 0; i < COUNT(times); i++) {
    struct pair started = {"started", times[i]};
    struct record records[COUNT(short_run)];
    memcpy(records, short_run, sizeof records);
    records[0].pairs = &started;
    records[0].pair_count = 1;
    write_journal(journal, records, COUNT(records));
    char *xml = write_junit(journal);
    assert_valid_junit();
    assert_int_equal(strstr(xml, "timestamp=\"2027-01-31T12:00:00Z\"") != NULL, i == 0);
    free(xml);
  }
}

/* ---- JSON -------------------------------------------------------------------- */

static void assert_schema(const char *schema, const char *instance) {
  /* The packaged command, also where another one comes first. */
  int status = scratch_run(
      said, sizeof said, "PATH=/usr/bin:$PATH jsonschema -i %s %s/%s.schema.json 2>&1",
      instance, SCHEMAS, schema);
  if (status != 0) fail_msg("%s", said);
}

static const char *text_of(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  if (text == NULL) fail_msg("\"%s\" is no string", key);
  return text;
}

static json_t *case_of(const json_t *report, const char *id) {
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(report, "cases"), i, item) {
    if (strcmp(text_of(item, "id"), id) == 0) return item;
  }
  fail_msg("no case %s", id);
  return NULL;
}

static const char *requirement_of(const json_t *report, const char *id) {
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(report, "requirements"), i, item) {
    if (strcmp(text_of(item, "id"), id) == 0) return text_of(item, "verdict");
  }
  fail_msg("no requirement %s", id);
  return NULL;
}

static json_int_t total_of(const json_t *report, const char *name) {
  return json_integer_value(json_object_get(json_object_get(report, "totals"), name));
}

static void json_has_its_shape(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, sample, COUNT(sample));
  json_t *report = write_json(journal);
  assert_schema("report", scratch_path("report.json"));
  const json_t *bad = case_of(report, "xbee/at/bad");
  assert_string_equal(text_of(bad, "verdict"), "fail");
  assert_string_equal(text_of(bad, "reason"), "status is error, not ok");
  assert_string_equal(text_of(bad, "level"), "must");
  assert_int_equal(json_array_size(json_object_get(bad, "covers")), 2);
  assert_int_equal(json_array_size(json_object_get(bad, "transcript")), 5);
  assert_int_equal(json_integer_value(json_object_get(bad, "time_us")), 1499000);
  assert_true(
      json_is_true(json_object_get(case_of(report, "xbee/io/todo"), "expected")));
  assert_string_equal(text_of(report, "end"), "complete");
  assert_string_equal(requirement_of(report, "AT-01"), "fail");
  assert_string_equal(requirement_of(report, "AT-03"), "fail");
  assert_string_equal(requirement_of(report, "AT-09"), "not run");
  assert_int_equal(total_of(report, "cases"), 6);
  assert_int_equal(total_of(report, "fail"), 1);
  assert_int_equal(total_of(report, "expected"), 1);
  assert_int_equal(json_array_size(json_object_get(report, "notes")), 1);
  json_decref(report);
}

static void json_survives_a_hostile_device(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, hostile_run, COUNT(hostile_run));
  json_t *report = write_json(journal);
  assert_schema("report", scratch_path("report.json"));
  /* One case, judged three times. */
  assert_int_equal(json_array_size(json_object_get(report, "cases")), 1);
  const json_t *only = json_array_get(json_object_get(report, "cases"), 0);
  assert_int_equal(json_array_size(json_object_get(only, "earlier")), 2);
  json_decref(report);
  char *text = scratch_read(scratch_path("report.json"), NULL);
  assert_printable(text);
  free(text);
}

/* The schema speaks of one line; one process takes them all. */
static int check_lines(const char *journal) {
  int status =
      scratch_run(said, sizeof said,
                  "split -l 1 -a 3 %s %s/line. && PATH=/usr/bin:$PATH jsonschema"
                  " $(printf ' -i %%s' %s/line.*) %s/journal.schema.json 2>&1;"
                  " s=$?; rm %s/line.*; exit $s",
                  journal, scratch, scratch, SCHEMAS, scratch);
  return status;
}

static void journals_keep_to_their_schema(void **state) {
  (void)state;
  static const char wrong[] = "{\"t\":1,\"endpoint\":\"iut\",\"in\":\"7\"}\n";
  const char *journal = scratch_path("journal");
  write_journal(journal, hostile_run, COUNT(hostile_run));
  if (check_lines(journal) != 0) fail_msg("%s", said);
  write_journal(journal, sample, COUNT(sample));
  if (check_lines(journal) != 0) fail_msg("%s", said);
  scratch_write(journal, wrong, strlen(wrong));
  assert_int_equal(check_lines(journal), 1);
}

/* ---- runs that did not go well ----------------------------------------------- */

/* The sample as far as `length` bytes of its journal. */
static void cut_sample(const char *journal, size_t length) {
  const char *whole = scratch_path("whole");
  write_journal(whole, sample, COUNT(sample));
  char *text = scratch_read(whole, NULL);
  scratch_write(journal, text, length);
  free(text);
}

static void a_killed_run_is_reported(void **state) {
  (void)state;
  const char *journal = scratch_path("journal"), *whole = scratch_path("whole");
  size_t length;
  write_journal(whole, sample, COUNT(sample));
  free(scratch_read(whole, &length));
  size_t first = 0;
  for (size_t at = 0; at < length; at++) {
    cut_sample(journal, at);
    bool good = report_json(journal, scratch_path("r"), error, sizeof error);
    if (good && first == 0) first = at;
    assert_int_equal(good, first > 0 && at >= first);
    assert_int_equal(report_junit(journal, scratch_path("j"), error, sizeof error),
                     good);
    if (!good) assert_holds(error, "the journal holds no run");
    if (!good) continue;
    json_t *report = write_json(journal);
    assert_string_equal(text_of(report, "end"), "killed");
    json_decref(report);
  }
}

static void the_case_that_was_killed_is_named(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, sample, 10);
  json_t *report = write_json(journal);
  assert_schema("report", scratch_path("report.json"));
  const json_t *bad = case_of(report, "xbee/at/bad");
  assert_string_equal(text_of(bad, "verdict"), "inconclusive");
  assert_string_equal(text_of(bad, "reason"), "run was killed here");
  assert_int_equal(json_array_size(json_object_get(bad, "transcript")), 4);
  assert_string_equal(requirement_of(report, "AT-01"), "inconclusive");
  json_decref(report);
  char *xml = write_junit(journal);
  assert_valid_junit();
  assert_holds(xml, "<error message=\"inconclusive: run was killed here\"");
  assert_holds(xml, "<testcase name=\"complete\" classname=\"wirecert.run\"");
  assert_holds(xml, "<error message=\"the run is not complete: killed\"");
  free(xml);
}

static void what_was_planned_and_not_run_is_named(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, sample, 2);
  json_t *report = write_json(journal);
  assert_schema("report", scratch_path("report.json"));
  const json_t *list = json_object_get(report, "not_run");
  assert_int_equal(json_array_size(list), 1);
  assert_string_equal(json_string_value(json_array_get(list, 0)), "xbee/at/good");
  assert_int_equal(total_of(report, "not_run"), 1);
  json_decref(report);
  char *xml = write_junit(journal);
  assert_valid_junit();
  assert_holds(xml, "<skipped message=\"not run\"/>");
  free(xml);
}

static void a_resumed_run_keeps_what_came_before(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  write_journal(journal, sample, 10);
  struct journal *again = journal_open(journal, true, false, error, sizeof error);
  assert_non_null(again);
  assert_true(journal_write(again, &sample[0]));
  for (size_t i = 5; i < COUNT(sample); i++)
    assert_true(journal_write(again, &sample[i]));
  assert_true(journal_close(again));
  json_t *report = write_json(journal);
  assert_schema("report", scratch_path("report.json"));
  const json_t *bad = case_of(report, "xbee/at/bad");
  assert_string_equal(text_of(bad, "verdict"), "fail");
  const json_t *earlier = json_object_get(bad, "earlier");
  assert_int_equal(json_array_size(earlier), 1);
  assert_string_equal(text_of(json_array_get(earlier, 0), "reason"),
                      "run was killed here");
  assert_string_equal(text_of(report, "end"), "complete");
  assert_int_equal(json_integer_value(json_object_get(report, "resumed")), 1);
  assert_int_equal(total_of(report, "cases"), 6);
  json_decref(report);
}

static void a_flood_leaves_reports_small(void **state) {
  (void)state;
  const char *journal = scratch_path("journal");
  static uint8_t flood[1000];
  struct record bytes = {.kind = RECORD_BYTES, .endpoint = "iut", .bytes = flood};
  struct stat status;
  unlink(journal);
  struct journal *writer = journal_open(journal, false, false, error, sizeof error);
  assert_non_null(writer);
  assert_true(journal_write(writer, &short_run[0]));
  assert_true(journal_write(writer, &short_run[1]));
  bytes.length = sizeof flood;
  for (bytes.time = 0; bytes.time < 2000; bytes.time++)
    assert_true(journal_write(writer, &bytes));
  assert_true(journal_write(writer, &short_run[2]));
  assert_true(journal_close(writer));
  json_t *report = write_json(journal);
  const json_t *list = json_object_get(case_of(report, "a/b/c"), "transcript");
  json_int_t left_out = 0, kept = 0;
  size_t i;
  json_t *piece;
  json_array_foreach(list, i, piece) {
    left_out += json_integer_value(json_object_get(piece, "left_out"));
    if (json_object_get(piece, "bytes")) kept += 1000;
  }
  assert_int_equal(left_out + kept, 2000000);
  assert_in_range(kept, 20000, 40000);
  piece = json_array_get(list, json_array_size(list) - 1);
  assert_int_equal(json_integer_value(json_object_get(piece, "t")), 1999);
  json_decref(report);
  assert_int_equal(stat(scratch_path("report.json"), &status), 0);
  assert_in_range(status.st_size, 40000, 100000);
  char *xml = write_junit(journal);
  assert_valid_junit();
  assert_in_range(strlen(xml), 40000, 130000);
  assert_holds(xml, "bytes left out, see the journal\n");
  free(xml);
}

/* ---- files ------------------------------------------------------------------- */

static void a_report_appears_only_whole(void **state) {
  (void)state;
  const char *journal = scratch_path("journal"), *report = scratch_path("kept");
  scratch_write(report, "old", 3);
  scratch_write(journal, "{\"journal\":1,\"t\":0,\"run\":{}}\nx\n{}\n", 35);
  assert_false(report_json(journal, report, error, sizeof error));
  assert_holds(error, "journal:2: no JSON");
  assert_false(report_junit(scratch_path("absent"), report, error, sizeof error));
  char *text = scratch_read(report, NULL);
  assert_string_equal(text, "old");
  free(text);
  write_journal(journal, sample, COUNT(sample));
  assert_false(report_json(journal, "/nowhere/report.json", error, sizeof error));
  assert_holds(error, "/nowhere/report.json: No such file or directory");
  assert_false(report_json(journal, "/dev/full", error, sizeof error));
  assert_holds(error, "/dev/full: No space left on device");
  assert_true(report_json(journal, "/dev/null", error, sizeof error));
  assert_true(report_json(journal, report, error, sizeof error));
  /* Nothing else is left beside it. */
  int status = scratch_run(said, sizeof said, "ls %s | grep -c kept", scratch);
  assert_int_equal(status, 0);
  assert_string_equal(said, "1\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(junit_has_its_shape),
      cmocka_unit_test(junit_survives_a_hostile_device),
      cmocka_unit_test(junit_takes_the_time_from_the_run),
      cmocka_unit_test(json_has_its_shape),
      cmocka_unit_test(json_survives_a_hostile_device),
      cmocka_unit_test(journals_keep_to_their_schema),
      cmocka_unit_test(a_killed_run_is_reported),
      cmocka_unit_test(the_case_that_was_killed_is_named),
      cmocka_unit_test(what_was_planned_and_not_run_is_named),
      cmocka_unit_test(a_resumed_run_keeps_what_came_before),
      cmocka_unit_test(a_flood_leaves_reports_small),
      cmocka_unit_test(a_report_appears_only_whole),
  };
  return cmocka_run_group_tests_name("report", tests, scratch_begin, scratch_end);
}
