/* test_tap.c: what a run shows while it goes on. prove is asked whether it can read it.
 */
#include <pty.h>
#include <sys/ioctl.h>
#include <time.h>

#include "report/report.h"
#include "report_sample.h"

static char said[1 << 16];

/* ---- TAP --------------------------------------------------------------------- */

/* The TAP of a run; the caller frees it. */
static char *write_tap(const char *path, const struct record *records, size_t count,
                       unsigned planned) {
  FILE *out = fopen(path, "w");
  assert_non_null(out);
  struct tap *tap = tap_new(out, planned);
  assert_non_null(tap);
  for (size_t i = 0; i < count; i++)
    tap_take(tap, &records[i]);
  tap_free(tap);
  fclose(out);
  return scratch_read(path, NULL);
}

static const char sample_tap[] =
    "TAP version 13\n"
    "1..6\n"
    "# tool: wirecert 0.1.0\n"
    "# seed: 1\n"
    "ok 1 - xbee/at/good\n"
    "# tried again\n"
    "not ok 2 - xbee/at/bad\n"
    "  ---\n"
    "  purpose: 'It''s answered'\n"
    "  requirements: ['AT-01', 'AT-02']\n"
    "  level: 'must'\n"
    "  reason: 'status is error, not ok'\n"
    "  step: '2'\n"
    "  expected: ['ok', 'it''s: fine']\n"
    "  got: 'error # 1'\n"
    "  transcript: |\n"
    "    0.001000 iut out 7E 00 04 08\n"
    "    0.002000 iut in  7E 00 05 7E\n"
    "  ...\n"
    "not ok 3 - xbee/io/todo # TODO expected failure: known \\# 7\n"
    "  ---\n"
    "  purpose: 'p'\n"
    "  requirements: ['AT-03']\n"
    "  level: 'should'\n"
    "  reason: 'known # 7'\n"
    "  ...\n"
    "not ok 4 - xbee/io/lost\n"
    "  ---\n"
    "  purpose: 'p'\n"
    "  requirements: ['AT-03']\n"
    "  level: 'should'\n"
    "  reason: 'inconclusive: link lost'\n"
    "  ...\n"
    "ok 5 - xbee/skipped # SKIP no peer\n"
    "not ok 6 - fault\n"
    "  ---\n"
    "  reason: 'error in wirecert: no such message'\n"
    "  ...\n"
    "# the device is still there\n";

static void tap_has_its_shape(void **state) {
  (void)state;
  char *tap = write_tap(scratch_path("shape.tap"), sample, COUNT(sample), 6);
  assert_string_equal(tap, sample_tap);
  free(tap);
}

static void tap_tells_why_a_run_ended(void **state) {
  (void)state;
  const struct record records[] = {sample[0],
                                   {.kind = RECORD_END, .text = "link #1 lost"}};
  char *tap = write_tap(scratch_path("bail.tap"), records, COUNT(records), 6);
  assert_holds(tap, "\nBail out! link #1 lost\n");
  free(tap);
}

static void tap_keeps_the_last_of_a_flood(void **state) {
  (void)state;
  const char *path = scratch_path("flood.tap");
  static uint8_t zeros[1000];
  FILE *out = fopen(path, "w");
  assert_non_null(out);
  struct tap *tap = tap_new(out, 1);
  assert_non_null(tap);
  tap_take(tap, &sample[0]);
  struct record bytes = {.kind = RECORD_BYTES, .endpoint = "iut", .bytes = zeros};
  bytes.length = sizeof zeros;
  for (bytes.time = 0; bytes.time < 10000; bytes.time++)
    tap_take(tap, &bytes);
  tap_take(tap, &(struct record){
                    .kind = RECORD_VERDICT, .case_id = "a", .verdict = VERDICT_FAIL});
  tap_free(tap);
  fclose(out);
  char *text = scratch_read(path, NULL);
  assert_holds(text, "  transcript: |\n    0.009984 iut in  00 00");
  assert_holds(text, "    0.009999 iut in  00 00");
  assert_holds(text, " 00 ... (952 bytes more)\n  ...\n");
  free(text);
}

static int prove(const char *name, const struct record *records, size_t count,
                 unsigned planned) {
  const char *path = scratch_path(name);
  char *tap = write_tap(path, records, count, planned);
  assert_printable(tap);
  free(tap);
  return scratch_run(said, sizeof said, "prove -v -e cat %s 2>&1", path);
}

static void prove_reads_our_tap(void **state) {
  (void)state;
  assert_int_equal(prove("sample.tap", sample, COUNT(sample), 6), 1);
  assert_holds(said, "Failed tests:  2, 4, 6");
  assert_null(strstr(said, "Parse errors"));
  assert_int_equal(prove("hostile.tap", hostile_run, COUNT(hostile_run), 3), 1);
  assert_holds(said, "Failed test:  1");
  assert_null(strstr(said, "Parse errors"));
  /* Without the failure: a skip and an expected failure are no reason to fail. */
  struct record records[COUNT(hostile_run)];
  memcpy(records, hostile_run, sizeof records);
  records[8].expected = true;
  assert_int_equal(prove("todo.tap", records, COUNT(records), 3), 0);
  assert_holds(said, "Result: PASS");
  records[COUNT(records) - 1].text = "interrupted";
  assert_int_not_equal(prove("bail.tap", records, COUNT(records), 4), 0);
  assert_holds(said, "Bailout called.  Further testing stopped:  interrupted");
}

/* ---- progress ---------------------------------------------------------------- */

static const char sample_summary[] =
    "cases: 6 of 6 run: 1 pass, 1 fail, 1 inconclusive, 1 skip, 1 error, 1 expected "
    "failure\n"
    "fail xbee/at/bad: status is error, not ok\n"
    "inconclusive xbee/io/lost: link lost\n"
    "error fault: no such message\n"
    "requirements: 0 of 4 covered by passed cases\n"
    "1 passed, 1 failed, 1 inconclusive, 1 skipped, 1 errors, 1 expected failures\n";

static void feed(FILE *out, const struct record *records, size_t count,
                 unsigned planned) {
  struct progress *progress = progress_new(out, planned);
  assert_non_null(progress);
  for (size_t i = 0; i < count; i++)
    progress_take(progress, &records[i]);
  progress_free(progress);
}

static void a_pipe_gets_the_summary_only(void **state) {
  (void)state;
  const char *path = scratch_path("summary");
  FILE *out = fopen(path, "w");
  assert_non_null(out);
  feed(out, sample, COUNT(sample), 6);
  fclose(out);
  char *text = scratch_read(path, NULL);
  assert_string_equal(text, sample_summary);
  free(text);
}

/* What a terminal of 20 columns is sent. */
static void terminal_shows(const struct record *records, size_t count, char *text,
                           size_t capacity) {
  struct winsize size = {.ws_row = 24, .ws_col = 20};
  int master, slave;
  size_t length = 0;
  setenv("TERM", "xterm", 1);
  assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
  FILE *out = fdopen(slave, "w");
  assert_non_null(out);
  feed(out, records, count, 3);
  fclose(out);
  /* Nobody has the other end open any more: reading ends with an error. */
  for (ssize_t got; length < capacity - 1 &&
                    (got = read(master, text + length, capacity - 1 - length)) > 0;)
    length += (size_t)got;
  text[length] = 0;
  close(master);
}

static void a_terminal_gets_one_line_rewritten(void **state) {
  (void)state;
  char text[1000];
  const struct record records[] = {short_run[0], short_run[1], short_run[2],
                                   short_run[COUNT(short_run) - 1]};
  setenv("NO_COLOR", "1", 1);
  terminal_shows(records, COUNT(records), text, sizeof text);
  assert_string_equal(text,
                      "\r[  0/3] 0% a/b/c\033[K\r\033[K"
                      "cases: 1 of 3 run: 1 pass, 0 fail, 0 inconclusive, 0 skip, "
                      "0 error, 0 expected failure\r\n"
                      "requirements: 2 of 2 covered by passed cases\r\n"
                      "not complete: stopped\\x1B[2J\r\n"
                      "1 passed, 0 failed\r\n");
  setenv("NO_COLOR", "", 1);
  terminal_shows(records, COUNT(records), text, sizeof text);
  unsetenv("NO_COLOR");
  assert_holds(text, "\033[32m1 passed, 0 failed\033[0m\r\n");
}

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void a_terminal_is_not_flooded(void **state) {
  (void)state;
  static struct record records[500];
  static char text[1 << 16];
  for (size_t i = 0; i < COUNT(records); i++)
    records[i] = short_run[1 + i % 2];
  int64_t begun = milliseconds(), drawn = 0;
  terminal_shows(records, COUNT(records), text, sizeof text);
  for (const char *at = text; (at = strstr(at, "\r[")) != NULL; at++)
    drawn++;
  assert_in_range(drawn, 1, 2 + (milliseconds() - begun) / 100);
}

static void the_list_of_failures_is_bounded(void **state) {
  (void)state;
  const char *path = scratch_path("bounded");
  FILE *out = fopen(path, "w");
  struct record verdict = {.kind = RECORD_VERDICT, .verdict = VERDICT_FAIL};
  char id[20];
  assert_non_null(out);
  struct progress *progress = progress_new(out, 500);
  for (int i = 0; i < 500; i++) {
    snprintf(id, sizeof id, "a/b/%d", i);
    verdict.case_id = id;
    verdict.text = hostile;
    progress_take(progress, &verdict);
  }
  progress_take(progress, &(struct record){.kind = RECORD_END, .text = "complete"});
  progress_free(progress);
  fclose(out);
  char *text = scratch_read(path, NULL);
  assert_printable(text);
  assert_in_range(strlen(text), 1000, 6000);
  assert_holds(text, "\n... and 480 more\n");
  assert_holds(text, "\n0 passed, 500 failed\n");
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tap_has_its_shape),
      cmocka_unit_test(tap_tells_why_a_run_ended),
      cmocka_unit_test(tap_keeps_the_last_of_a_flood),
      cmocka_unit_test(prove_reads_our_tap),
      cmocka_unit_test(a_pipe_gets_the_summary_only),
      cmocka_unit_test(a_terminal_gets_one_line_rewritten),
      cmocka_unit_test(a_terminal_is_not_flooded),
      cmocka_unit_test(the_list_of_failures_is_bounded),
  };
  return cmocka_run_group_tests_name("tap", tests, scratch_begin, scratch_end);
}
