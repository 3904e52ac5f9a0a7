/* test_journal_damage.c: a journal stays readable whatever happens to the run, and what
 * is no sound journal is told and left alone.
 */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

#include "journal_sample.h"
#include "run/record.h"

/* ---- kills, crashes, full disks ---------------------------------------------- */

/* Lines that are whole among the first `length` bytes. */
static size_t whole_lines(size_t length) {
  size_t lines = 0;
  for (size_t i = 0; i < length; i++)
    lines += text_of_records[i] == '\n';
  return lines;
}

static void a_journal_cut_anywhere_is_read(void **state) {
  (void)state;
  const char *path = scratch_path("cut");
  for (size_t length = 0; length < sizeof text_of_records; length++) {
    bool cut = false, clean = length == 0 || text_of_records[length - 1] == '\n';
    scratch_write(path, text_of_records, length);
    assert_int_equal(count_records(path, &cut), whole_lines(length));
    assert_int_equal(cut, !clean);
  }
}

static void a_journal_cut_anywhere_is_resumed(void **state) {
  (void)state;
  const char *path = scratch_path("resume");
  for (size_t length = 0; length < sizeof text_of_records; length++) {
    bool cut = true;
    scratch_write(path, text_of_records, length);
    struct journal *journal = journal_open(path, true, true, error, sizeof error);
    if (journal == NULL) fail_msg("cut at %zu: %s", length, error);
    assert_true(journal_write(journal, &records[0]));
    assert_true(journal_write(journal, &records[10]));
    assert_true(journal_close(journal));
    assert_int_equal(count_records(path, &cut), whole_lines(length) + 2);
    assert_false(cut);
  }
}

static void a_last_line_of_rubbish_is_a_cut(void **state) {
  (void)state;
  static const char *const tails[] = {"{\"t\":4,\"no\n", "\n", "{\"t\":1}{\n",
                                      "\0\0\0\0"};
  const char *path = scratch_path("tail");
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    size_t tail = i == 3 ? 4 : strlen(tails[i]);
    char text[sizeof text_of_records + 20];
    bool cut = false;
    memcpy(text, text_of_records, sizeof text_of_records - 1);
    memcpy(text + sizeof text_of_records - 1, tails[i], tail);
    scratch_write(path, text, sizeof text_of_records - 1 + tail);
    assert_int_equal(count_records(path, &cut), record_count);
    assert_true(cut);
  }
}

static void a_full_disk_leaves_whole_records(void **state) {
  (void)state;
  const char *path = scratch_path("full");
  struct rlimit before, small;
  struct journal *journal = open_new(path);
  assert_true(journal_write(journal, &records[0]));
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  small = before;
  small.rlim_cur = 200;
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  assert_true(journal_write(journal, &records[8]));
  bool written = journal_write(journal, &records[2]);
  int why = errno;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_DFL);
  assert_false(written);
  assert_int_equal(why, EFBIG);
  /* Nothing may follow a record that is lost. */
  assert_false(journal_write(journal, &records[8]));
  assert_false(journal_close(journal));
  bool cut = true;
  assert_int_equal(count_records(path, &cut), 2);
  assert_false(cut);
}

/* ---- bad journals ------------------------------------------------------------ */

static const struct {
  const char *line;
  const char *complaint;
} bad_lines[] = {
    {"{\"t\":4,\"no", "journal:2: no JSON: "},
    {"[1]", "journal:2: not a JSON object"},
    {"{\"t\":4}", "journal:2: not a record of a journal"},
    {"{\"note\":\"x\"}", "\"t\" is missing"},
    {"{\"t\":-1,\"note\":\"x\"}", "\"t\" must be a whole number, 0 or more"},
    {"{\"t\":1.5,\"note\":\"x\"}", "\"t\" must be a whole number, 0 or more"},
    {"{\"t\":1,\"note\":7}", "\"note\" must be a string"},
    {"{\"t\":1,\"note\":\"x\",\"note\":\"y\"}", "duplicate"},
    {"{\"t\":1,\"note\":\"x\",\"v\\u001B[2J\":1}", "\"v?[2J\" does not belong in this"},
    {"{\"t\":1,\"endpoint\":\"iut\",\"in\":\"7\"}", "pairs of hexadecimal digits"},
    {"{\"t\":1,\"endpoint\":\"iut\",\"in\":\"7E \"}", "pairs of hexadecimal digits"},
    {"{\"t\":1,\"endpoint\":\"iut\",\"in\":\"0x7E\"}", "pairs of hexadecimal digits"},
    {"{\"t\":1,\"endpoint\":\"iut\",\"in\":\"GG\"}", "pairs of hexadecimal digits"},
    {"{\"t\":1,\"endpoint\":\"i\",\"in\":\"\",\"out\":\"\"}",
     "does not belong in this"},
    {"{\"t\":1,\"step\":4294967296,\"text\":\"\"}", "\"step\" is too large"},
    {"{\"t\":1,\"verdict\":\"good\",\"case\":\"a\",\"text\":\"\"}", "is no verdict"},
    {"{\"t\":1,\"verdict\":\"fail\",\"expected\":1,\"case\":\"a\",\"text\":\"\"}",
     "must be a boolean"},
    {"{\"t\":1,\"end\":\"\",\"totals\":[]}", "\"totals\" must be an object"},
    {"{\"t\":1,\"end\":\"\",\"totals\":{\"a\":[1]}}", "must hold strings"},
    {"{\"journal\":2,\"t\":0,\"run\":{}}", "version that this program does not know"},
    {"{\"t\":1,\"note\":\"a\\u0000b\"}", "journal:2: no JSON: "},
};

static void a_bad_line_is_named(void **state) {
  (void)state;
  const char *path = scratch_path("journal");
  char text[400];
  for (size_t i = 0; i < sizeof bad_lines / sizeof *bad_lines; i++) {
    size_t count = 0;
    int length = snprintf(text, sizeof text, "%s\n%s\n%s\n",
                          "{\"journal\":1,\"t\":0,\"run\":{}}", bad_lines[i].line,
                          "{\"t\":5,\"end\":\"complete\"}");
    scratch_write(path, text, (size_t)length);
    assert_false(journal_read(path, count_record, &count, NULL, error, sizeof error));
    assert_int_equal(count, 1);
    if (strstr(error, bad_lines[i].complaint) == NULL || !strstr(error, "journal:2: "))
      fail_msg("%s\ngives: %s", bad_lines[i].line, error);
    for (const char *c = error; *c != 0; c++)
      assert_true(*c >= ' ' && *c <= '~');
    assert_null(journal_open(path, true, false, error, sizeof error));
  }
}

static void an_endless_line_is_refused(void **state) {
  (void)state;
  const char *path = scratch_path("endless");
  size_t length = RECORD_LINE_MOST + 100, count = 0;
  char *text = malloc(length);
  assert_non_null(text);
  memset(text, ' ', length);
  memcpy(text, text_of_records, 30);
  scratch_write(path, text, length);
  free(text);
  assert_false(journal_read(path, count_record, &count, NULL, error, sizeof error));
  assert_non_null(strstr(error, "endless:1: the line is too long"));
}

/* A file that was never a journal is not touched, and above all not cut to nothing. */
static void other_files_are_left_alone(void **state) {
  (void)state;
  static const char *const others[] = {"hello", "hello\n",
                                       "{\"t\":0,\"end\":\"complete\"}\n"};
  const char *path = scratch_path("other");
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    scratch_write(path, others[i], strlen(others[i]));
    assert_null(journal_open(path, true, false, error, sizeof error));
    assert_non_null(strstr(error, "other:1: this is not a journal of wirecert"));
    assert_null(journal_open(path, false, false, error, sizeof error));
    assert_non_null(strstr(error, "use --resume to go on with it, or another --out"));
    char *text = scratch_read(path, NULL);
    assert_string_equal(text, others[i]);
    free(text);
  }
  assert_null(journal_open("/dev/null", true, false, error, sizeof error));
  assert_non_null(strstr(error, "not a regular file"));
  assert_false(journal_read(scratch_path("absent"), count_record, NULL, NULL, error,
                            sizeof error));
  assert_false(journal_read(scratch, count_record, NULL, NULL, error, sizeof error));
}

static void two_runs_cannot_write_one_journal(void **state) {
  (void)state;
  const char *path = scratch_path("locked");
  struct journal *journal = open_new(path);
  assert_null(journal_open(path, true, false, error, sizeof error));
  assert_non_null(strstr(error, "another run is writing it"));
  assert_true(journal_close(journal));
  journal = journal_open(path, true, false, error, sizeof error);
  assert_non_null(journal);
  assert_true(journal_close(journal));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_journal_cut_anywhere_is_read),
      cmocka_unit_test(a_journal_cut_anywhere_is_resumed),
      cmocka_unit_test(a_last_line_of_rubbish_is_a_cut),
      cmocka_unit_test(a_full_disk_leaves_whole_records),
      cmocka_unit_test(a_bad_line_is_named),
      cmocka_unit_test(an_endless_line_is_refused),
      cmocka_unit_test(other_files_are_left_alone),
      cmocka_unit_test(two_runs_cannot_write_one_journal),
  };
  return cmocka_run_group_tests_name("journal_damage", tests, scratch_begin,
                                     scratch_end);
}
