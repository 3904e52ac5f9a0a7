/* test_run.c: cases to verdicts, against the reference device and against devices that
 * die, change, flood or fall silent. This program is those devices, too. */
#include "data/run_device.h"
#include "data/run_trial.h"

static const struct trial_verdict *seen(const struct trial *trial, const char *id) {
  for (size_t i = 0; i < trial->count; i++) {
    if (strcmp(trial->seen[i].id, id) == 0) return &trial->seen[i];
  }
  fail_msg("no verdict of %s", id);
  abort(); /* not reached */
}

static void expect_text(const char *text, const char *part) {
  if (strstr(text, part) == NULL) fail_msg("no '%s' in '%s'", part, text);
}

static void expect_verdict(const struct trial *trial, const char *id,
                           enum verdict verdict, const char *text) {
  const struct trial_verdict *found = seen(trial, id);
  if (found->verdict != verdict)
    fail_msg("%s: %s: %s", id, verdict_name(found->verdict), found->text);
  expect_text(found->text, text);
}

static void expect_totals(const struct trial *trial, unsigned pass,
                          unsigned inconclusive, unsigned failed, unsigned skipped) {
  const unsigned *verdicts = trial->totals.verdicts;
  assert_int_equal(verdicts[VERDICT_PASS], pass);
  assert_int_equal(verdicts[VERDICT_INCONCLUSIVE], inconclusive);
  assert_int_equal(verdicts[VERDICT_FAIL], failed);
  assert_int_equal(verdicts[VERDICT_ERROR], 0);
  assert_int_equal(verdicts[VERDICT_SKIP], skipped);
}

static void must_run(struct trial *trial, const char *kind, const char *names) {
  if (!trial_run(trial, kind, names)) fail_msg("%s", trial->error);
}

/* ---- verdicts ---------------------------------------------------------------- */

static void passes_and_failures(void **state) {
  (void)state;
  struct trial trial = {0};
  must_run(&trial, NULL, "at/query t/odd t/next");
  expect_totals(&trial, 2, 0, 1, 0);
  assert_int_equal(trial.totals.expected, 0);
  assert_true(trial.totals.complete);
  expect_verdict(&trial, "at/query", VERDICT_PASS, "");
  assert_string_equal(seen(&trial, "at/query")->text, "");
  expect_verdict(&trial, "t/odd", VERDICT_FAIL, "status is invalid");
  expect_text(seen(&trial, "t/odd")->wanted, "status: ok");
  expect_text(seen(&trial, "t/odd")->got, "status: invalid_command");
  expect_verdict(&trial, "t/next", VERDICT_PASS, "");
  assert_string_equal(trial.end, "complete");
}

static void levels(void **state) {
  (void)state;
  static const char names[] = "t/odd-should t/odd-may t/odd-probe";
  struct trial trial = {0};
  must_run(&trial, NULL, names);
  expect_totals(&trial, 1, 0, 0, 0);
  assert_int_equal(trial.totals.expected, 2);
  expect_verdict(&trial, "t/odd-should", VERDICT_FAIL, "status is invalid");
  assert_true(seen(&trial, "t/odd-should")->expected);
  assert_true(seen(&trial, "t/odd-may")->expected);
  expect_verdict(&trial, "t/odd-probe", VERDICT_PASS, "status is invalid");
  expect_text(seen(&trial, "t/odd-probe")->got, "status: invalid_command");
  trial.options.strict = true;
  must_run(&trial, NULL, names);
  expect_totals(&trial, 1, 0, 1, 0);
  assert_int_equal(trial.totals.expected, 1);
  assert_false(seen(&trial, "t/odd-should")->expected);
}

static void expected_failures(void **state) {
  (void)state;
  const struct expected entries[] = {
      {trial_case("t/odd"), "status is", "ticket 1", NULL, {"expect.yaml", 2, 5}},
      {trial_case("t/hasty"), "nothing came", "ticket 2", NULL, {"expect.yaml", 5, 5}},
      {trial_case("t/next"), "anything", "ticket 3", NULL, {"expect.yaml", 8, 5}},
  };
  const struct expected_list list = {entries, 3};
  struct trial trial = {.options.expected = &list};
  must_run(&trial, NULL, "t/odd t/hasty t/next t/last");
  expect_totals(&trial, 1, 0, 2, 0);
  assert_int_equal(trial.totals.expected, 1);
  assert_int_equal(trial.totals.rotten, 2);
  expect_verdict(&trial, "t/odd", VERDICT_FAIL, "status is");
  assert_true(seen(&trial, "t/odd")->expected);
  expect_verdict(&trial, "t/hasty", VERDICT_FAIL,
                 "expected to fail with \"nothing came\" (expect.yaml:5), but: status");
  assert_false(seen(&trial, "t/hasty")->expected);
  expect_verdict(&trial, "t/next", VERDICT_FAIL,
                 "expected to fail with \"anything\" (expect.yaml:8), but: it passes");
}

static void parameters_are_named(void **state) {
  (void)state;
  struct trial trial = {0};
  must_run(&trial, NULL, "t/each t/twice t/next");
  expect_totals(&trial, 1, 0, 2, 0);
  expect_verdict(&trial, "t/each", VERDICT_FAIL, "with number=127: frame_id is ");
  expect_verdict(&trial, "t/twice", VERDICT_FAIL,
                 "with number=1 times=2: something came where nothing may come");
  expect_text(trial.notes, "with number=2 times=2: ");
  assert_null(strstr(trial.notes, "times=1"));
}

static void sentinels(void **state) {
  (void)state;
  struct trial trial = {0};
  must_run(&trial, NULL, "t/unanswered t/answered t/next");
  expect_totals(&trial, 2, 0, 1, 0);
  expect_verdict(&trial, "t/answered", VERDICT_FAIL, "");
  expect_text(seen(&trial, "t/answered")->wanted, "command: VR");
  expect_text(seen(&trial, "t/answered")->got, "command: \"NI\"");
}

static void reasons_to_skip(void **state) {
  (void)state;
  static const char *const reset[] = {"slow", "reset", NULL};
  static const char *const all[] = {"all", NULL};
  static const char names[] = "t/peer t/claim t/ixit t/tagged";
  struct trial trial = {0};
  must_run(&trial, "honest", names);
  expect_totals(&trial, 0, 0, 0, 4);
  expect_verdict(&trial, "t/peer", VERDICT_SKIP, "the bench has no endpoint 'peer'");
  expect_verdict(&trial, "t/claim", VERDICT_SKIP,
                 "xbee3-802154 does not claim 'teleport'");
  expect_verdict(&trial, "t/ixit", VERDICT_SKIP,
                 "the bench gives no ixit value 'host'");
  expect_verdict(&trial, "t/tagged", VERDICT_SKIP, "runs only with --allow reset");
  trial.options.allowed = reset;
  must_run(&trial, "honest", "t/tagged");
  expect_totals(&trial, 1, 0, 0, 0);
  trial.options.allowed = all;
  must_run(&trial, "honest", "t/tagged");
  expect_totals(&trial, 1, 0, 0, 0);
  trial.options.allowed = NULL;
  must_run(&trial, "sim", names); /* has the value, and nothing to lose */
  expect_totals(&trial, 2, 0, 0, 2);
  must_run(&trial, NULL, names); /* has a peer as well, but no values */
  expect_totals(&trial, 2, 0, 0, 2);
  expect_verdict(&trial, "t/peer", VERDICT_PASS, "");
}

/* ---- what a case leaves behind ----------------------------------------------- */

static void unasked_answers(void **state) {
  (void)state;
  struct trial trial = {0};
  must_run(&trial, "extra", "t/odd-known t/next");
  expect_totals(&trial, 1, 0, 1, 0);
  expect_verdict(&trial, "t/odd-known", VERDICT_FAIL,
                 "iut sent something that was not asked for");
  expect_text(seen(&trial, "t/odd-known")->got, "command: \"NI\"");
}

static void late_answers(void **state) {
  (void)state;
  struct trial trial = {0};
  must_run(&trial, "late", "t/hasty t/next t/last");
  expect_totals(&trial, 2, 0, 1, 0);
  expect_verdict(&trial, "t/hasty", VERDICT_FAIL, "nothing came within 0.02 s");
  expect_text(trial.notes, "late messages of iut thrown away");
}

/* 08 id NI "old" goes out, however often the case has changed it, as its last setting.
 */
static void settings_are_put_back(void **state) {
  (void)state;
  size_t size;
  struct trial trial = {0};
  must_run(&trial, "honest", "t/old t/back t/old");
  expect_totals(&trial, 2, 0, 1, 0);
  expect_verdict(&trial, "t/back", VERDICT_FAIL, "status is invalid");
  assert_int_equal(trial_journal("4E496F6C64", &size), 1);
}

/* ---- devices that are not what they were ------------------------------------- */

static void device_dies(void **state) {
  (void)state;
  size_t size;
  struct trial trial = {0};
  must_run(&trial, "dies", "t/next t/odd"); /* in the last case, too */
  assert_false(trial.totals.complete);
  must_run(&trial, "dies", "t/next t/odd t/last");
  expect_totals(&trial, 1, 1, 0, 0);
  expect_verdict(&trial, "t/odd", VERDICT_INCONCLUSIVE, "the link was lost");
  assert_int_equal(trial.count, 2);
  assert_false(trial.totals.complete);
  assert_string_equal(trial.end, "link lost");
  /* Another device goes on where it ended. */
  trial.options.resume = true;
  assert_false(trial_run(&trial, "honest", "t/next t/odd"));
  must_run(&trial, "honest", "t/next t/odd t/last");
  expect_totals(&trial, 2, 0, 1, 0);
  assert_true(trial.totals.complete);
  assert_int_equal(trial_journal("\"case\":\"xbee/t/next\",\"number\"", &size), 1);
}

static void device_falls_silent(void **state) {
  (void)state;
  struct trial trial = {0};
  must_run(&trial, "mute", "t/next t/hasty t/last t/old");
  expect_totals(&trial, 1, 2, 1, 0);
  expect_verdict(&trial, "t/hasty", VERDICT_FAIL, "nothing came within 0.02 s");
  expect_verdict(&trial, "t/last", VERDICT_INCONCLUSIVE, "does not answer any more");
  expect_verdict(&trial, "t/old", VERDICT_INCONCLUSIVE, "does not answer any more");
  expect_text(trial.notes, "the device has stopped answering in this case");
}

static void device_changes(void **state) {
  (void)state;
  static const char why[] =
      "the device at 'iut' is another one: HV was 200D and is 200E";
  struct trial trial = {0};
  must_run(&trial, "changes", "t/next t/odd");
  expect_totals(&trial, 1, 1, 0, 0);
  expect_verdict(&trial, "t/odd", VERDICT_INCONCLUSIVE, why);
  assert_false(trial.totals.complete);
  /* Seen at the end, though no case has failed. */
  must_run(&trial, "changes", "t/next t/odd-known");
  expect_totals(&trial, 2, 0, 0, 0);
  assert_false(trial.totals.complete);
  expect_text(trial.end, why);
}

static void device_floods(void **state) {
  (void)state;
  size_t size;
  struct trial trial = {0};
  must_run(&trial, "flood", "t/next t/odd t/last");
  expect_totals(&trial, 1, 1, 1, 0);
  expect_verdict(&trial, "t/odd", VERDICT_FAIL, "the device does not stop sending");
  expect_verdict(&trial, "t/last", VERDICT_INCONCLUSIVE,
                 "the device does not stop sending");
  trial_journal("", &size);
  assert_in_range(size, 1000, 20 << 20);
}

/* ---- interrupted, resumed ---------------------------------------------------- */

static void resumes_where_it_ended(void **state) {
  (void)state;
  static const char names[] = "at/query t/odd t/next t/last";
  size_t size;
  struct trial trial = {.options.seed = 5, .cancel_case = "xbee/t/next"};
  must_run(&trial, NULL, names);
  expect_totals(&trial, 1, 1, 1, 0);
  expect_verdict(&trial, "t/next", VERDICT_INCONCLUSIVE, "interrupted");
  assert_int_equal(trial.count, 3);
  assert_false(trial.totals.complete);
  assert_string_equal(trial.end, "interrupted");

  trial.cancel_case = NULL;
  trial.options.resume = true;
  trial.options.seed = 6;
  assert_false(trial_run(&trial, NULL, names));
  assert_true(trial.usage);
  expect_text(trial.error, "another run: its seed was '5', now it is '6'");
  assert_int_equal(trial.count, 0);

  trial.options.seed = 5;
  must_run(&trial, NULL, names);
  expect_totals(&trial, 3, 0, 1, 0);
  assert_int_equal(trial.count, 4); /* two of them as they were */
  assert_true(trial.totals.complete);
  assert_string_equal(trial.end, "complete");
  assert_int_equal(trial_journal("\"case\":\"xbee/t/odd\",\"number\"", &size), 1);
  assert_int_equal(trial_journal("\"case\":\"xbee/t/next\",\"number\"", &size), 2);
  assert_int_equal(trial_journal("\"case\":\"xbee/t/last\",\"number\"", &size), 1);
}

static void interrupted_before_sending(void **state) {
  (void)state;
  size_t size;
  struct trial trial = {.cancel_case = "xbee/t/back", .cancel_step = 3};
  must_run(&trial, "honest", "t/back t/next");
  expect_totals(&trial, 0, 1, 0, 0);
  expect_verdict(&trial, "t/back", VERDICT_INCONCLUSIVE, "interrupted");
  assert_string_equal(trial.end, "interrupted");
  assert_int_equal(trial_journal("4E496F6C64", &size), 1);
  assert_null(strstr(trial.notes, "could not be put back")); /* it was answered */
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "--device") == 0) return device_main(argv[2]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(passes_and_failures),
      cmocka_unit_test(levels),
      cmocka_unit_test(expected_failures),
      cmocka_unit_test(parameters_are_named),
      cmocka_unit_test(sentinels),
      cmocka_unit_test(reasons_to_skip),
      cmocka_unit_test(unasked_answers),
      cmocka_unit_test(late_answers),
      cmocka_unit_test(settings_are_put_back),
      cmocka_unit_test(device_dies),
      cmocka_unit_test(device_falls_silent),
      cmocka_unit_test(device_changes),
      cmocka_unit_test(device_floods),
      cmocka_unit_test(resumes_where_it_ended),
      cmocka_unit_test(interrupted_before_sending),
  };
  return cmocka_run_group_tests(tests, trial_begin, trial_end);
}
