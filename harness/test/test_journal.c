/* test_journal.c: a journal keeps everything that is written to it. */
#include <errno.h>

#include "journal_sample.h"

/* ---- helpers ----------------------------------------------------------------- */

static void same_text(const char *got, const char *wanted) {
  if (got == NULL || wanted == NULL)
    assert_ptr_equal(got, wanted);
  else
    assert_string_equal(got, wanted);
}

static void same_record(const struct record *got, const struct record *wanted) {
  assert_int_equal(got->kind, wanted->kind);
  assert_true(got->time == wanted->time);
  same_text(got->endpoint, wanted->endpoint);
  same_text(got->case_id, wanted->case_id);
  same_text(got->text, wanted->text ? wanted->text : "");
  assert_int_equal(got->sent, wanted->sent);
  assert_int_equal(got->number, wanted->number);
  assert_int_equal(got->verdict, wanted->verdict);
  assert_int_equal(got->expected, wanted->expected);
  assert_int_equal(got->length, wanted->length);
  if (got->length > 0) assert_memory_equal(got->bytes, wanted->bytes, got->length);
  assert_int_equal(got->pair_count, wanted->pair_count);
  for (size_t i = 0; i < got->pair_count; i++) {
    assert_string_equal(got->pairs[i].name, wanted->pairs[i].name);
    assert_string_equal(got->pairs[i].value, wanted->pairs[i].value);
  }
}

static bool compare_next(void *context, const struct record *record) {
  size_t *next = context;
  assert_in_range(*next, 0, record_count - 1);
  same_record(record, &records[(*next)++]);
  return true;
}

static void write_all(const char *path) {
  struct journal *journal = open_new(path);
  for (size_t i = 0; i < record_count; i++)
    assert_true(journal_write(journal, &records[i]));
  assert_true(journal_close(journal));
}

/* ---- what is written is read ------------------------------------------------- */

static void every_kind_comes_back(void **state) {
  (void)state;
  const char *path = scratch_path("round");
  bool cut = true;
  size_t next = 0;
  write_all(path);
  char *text = scratch_read(path, NULL);
  assert_string_equal(text, text_of_records);
  free(text);
  assert_true(journal_read(path, compare_next, &next, &cut, error, sizeof error));
  assert_int_equal(next, record_count);
  assert_false(cut);
}

/* What a device or a case file may say, and how a journal shows it. */
static const struct {
  const char *text;
  const char *shown;
} hostile[] = {
    {"\a\x1B[2Jx\x7F", "\\x07\\x1B[2Jx\\x7F"},
    {"a\nb\r\n\t", "a\\x0Ab\\x0D\\x0A\\x09"},
    {"\xFF\xC0\x80\xED\xA0\x80\xF4\x90\x80\x80",
     "\\xFF\\xC0\\x80\\xED\\xA0\\x80\\xF4\\x90\\x80\\x80"},
    {"cut \xE2\x82", "cut \\xE2\\x82"},
    {"\xC2\x9B"
     "2J \xE2\x80\xAE \xEF\xBB\xBF \xEF\xBF\xBF \xE2\x80\xA8 \xE2\x80\xAC",
     "\\xC2\\x9B2J \\xE2\\x80\\xAE \\xEF\\xBB\\xBF \\xEF\\xBF\\xBF \\xE2\\x80\\xA8 "
     "\\xE2\\x80\\xAC"},
    {"gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80",
     "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC "
     "\xF0\x9F\x98\x80"},
    {"\"}\n{\"t\":0,\"end\":\"complete\"}", "\"}\\x0A{\"t\":0,\"end\":\"complete\"}"},
    {"C:\\path \\x07", "C:\\path \\x07"},
    {"]]></testcase><!-- & ' # SKIP", "]]></testcase><!-- & ' # SKIP"},
    {"", ""},
};

static bool compare_note(void *context, const struct record *record) {
  const char **shown = context;
  if (record->kind == RECORD_NOTE) assert_string_equal(record->text, *shown);
  if (record->kind == RECORD_VERDICT) {
    assert_string_equal(record->case_id, *shown);
    assert_string_equal(record->pairs[0].value, *shown);
  }
  return true;
}

static void hostile_texts_are_shown(void **state) {
  (void)state;
  const char *path = scratch_path("hostile");
  for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
    /* Once as the text is, once more as it was shown: that must not change it. */
    const char *shown = hostile[i].shown, *texts[] = {hostile[i].text, shown};
    for (size_t j = 0; j < 2; j++) {
      struct journal *journal = open_new(path);
      struct pair pair = {"got", texts[j]};
      assert_true(journal_write(journal, &records[0]));
      assert_true(journal_write(
          journal, &(struct record){.kind = RECORD_NOTE, .text = texts[j]}));
      assert_true(journal_write(journal, &(struct record){.kind = RECORD_VERDICT,
                                                          .case_id = texts[j],
                                                          .pairs = &pair,
                                                          .pair_count = 1}));
      assert_true(journal_close(journal));
      assert_true(journal_read(path, compare_note, &shown, NULL, error, sizeof error));
      assert_int_equal(count_records(path, NULL), 3);
    }
  }
}

static bool check_long(void *context, const struct record *record) {
  size_t *bytes = context;
  if (record->kind == RECORD_NOTE) {
    size_t length = strlen(record->text);
    assert_in_range(length, 50000, 70000);
    assert_non_null(strstr(record->text + length - 40, "bytes left out)"));
  }
  for (size_t i = 0; record->kind == RECORD_BYTES && i < record->length; i++)
    assert_int_equal(record->bytes[i], (*bytes)++ & 0xFF);
  return true;
}

static void long_texts_are_cut_and_bytes_are_not(void **state) {
  (void)state;
  const char *path = scratch_path("long");
  size_t length = 3000000, bytes = 0;
  char *text = malloc(length + 1);
  assert_non_null(text);
  struct journal *journal = open_new(path);
  assert_true(journal_write(journal, &records[0]));
  memset(text, '\a', length);
  text[length] = 0;
  assert_true(
      journal_write(journal, &(struct record){.kind = RECORD_NOTE, .text = text}));
  for (size_t i = 0; i < length; i++)
    text[i] = (char)(i & 0xFF);
  assert_true(journal_write(journal, &(struct record){.kind = RECORD_BYTES,
                                                      .endpoint = "iut",
                                                      .bytes = (uint8_t *)text,
                                                      .length = length}));
  assert_true(journal_close(journal));
  assert_true(journal_read(path, check_long, &bytes, NULL, error, sizeof error));
  assert_int_equal(bytes, length);
  free(text);
}

/* The worst record there can be still fits a line that can be read. */
static void many_pairs_fit(void **state) {
  (void)state;
  const char *path = scratch_path("many");
  static char names[JOURNAL_PAIRS + 1][JOURNAL_NAME + 1];
  static struct pair pairs[JOURNAL_PAIRS + 1];
  static char value[5000];
  memset(value, '"', sizeof value - 1);
  for (size_t i = 0; i <= JOURNAL_PAIRS; i++) {
    memset(names[i], '"', JOURNAL_NAME);
    snprintf(names[i], JOURNAL_NAME, "%04zu", i);
    names[i][4] = '"';
    pairs[i] = (struct pair){names[i], value};
  }
  struct journal *journal = open_new(path);
  struct record run = {
      .kind = RECORD_RUN, .pairs = pairs, .pair_count = JOURNAL_PAIRS + 1};
  assert_false(journal_write(journal, &run));
  assert_int_equal(errno, EINVAL);
  run.pair_count = JOURNAL_PAIRS;
  assert_true(journal_write(journal, &run));
  assert_true(journal_close(journal));
  assert_int_equal(count_records(path, NULL), 1);
}

static void impossible_records_are_refused(void **state) {
  (void)state;
  static const struct pair none[] = {{NULL, "x"}}, bell[] = {{"\a", "x"}};
  const struct record refused[] = {
      {.kind = RECORD_BYTES, .bytes = octets, .length = 1},
      {.kind = RECORD_BYTES, .endpoint = "iut", .length = 1},
      {.kind = RECORD_CASE, .number = 1},
      {.kind = RECORD_VERDICT, .case_id = "a", .verdict = (enum verdict)9},
      {.kind = RECORD_NOTE, .time = UINT64_MAX},
      {.kind = (enum record_kind)99},
      {.kind = RECORD_END, PAIRS(none)},
      {.kind = RECORD_END, PAIRS(bell)},
  };
  const char *path = scratch_path("refused");
  struct journal *journal = open_new(path);
  assert_false(journal_write(journal, &records[1])); /* the first must be a run */
  assert_int_equal(errno, EINVAL);
  assert_true(journal_write(journal, &records[0]));
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    errno = 0;
    assert_false(journal_write(journal, &refused[i]));
    assert_int_equal(errno, EINVAL);
  }
  assert_true(journal_write(journal, &records[1]));
  assert_true(journal_close(journal));
  assert_int_equal(count_records(path, NULL), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_comes_back),
      cmocka_unit_test(hostile_texts_are_shown),
      cmocka_unit_test(long_texts_are_cut_and_bytes_are_not),
      cmocka_unit_test(many_pairs_fit),
      cmocka_unit_test(impossible_records_are_refused),
  };
  return cmocka_run_group_tests_name("journal", tests, scratch_begin, scratch_end);
}
