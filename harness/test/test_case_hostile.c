/* test_case_hostile.c: case files that no one would write by accident, and memory that
 * runs out at every place. Nothing here may crash, hang, leak or be believed. */
#include "data/case_tree.h"
#include "data/toy_family.h"

#include <time.h>

#define BAD   "cases/toy/bad.yaml"
#define TAKEN (8u << 20) /* bytes of generated text at most */

/* ---- what is no text, no file or no YAML ------------------------------------- */

static const struct {
  const char *bytes;
  size_t length; /* 0: as a string */
  const char *expected;
} rows[] = {
    {"", 0, BAD ":1:1: the file is empty\n"},
    {"# nothing\n\n", 0, BAD ":1:1: the file is empty\n"},
    {"---\n", 0, BAD ":1:1: a file is a mapping, not nothing\n"},
    {"~", 0, BAD ":1:1: a file is a mapping, not nothing\n"},
    {"text", 0, BAD ":1:1: a file is a mapping, not a single value\n"},
    {"- a\n", 0, BAD ":1:1: a file is a mapping and begins with its first key\n"},
    {"{family: toy}", 0,
     BAD ":1:1: a file is a mapping and begins with its first key\n"},
    {"family: toy\0x\n", 14, BAD ":1:12: control character 0x00 in a text file\n"},
    {"a\nfamily: toy\x1b[2J\n", 0,
     BAD ":1:1: a file is a mapping, not a single value\n" BAD
         ":2:12: control character 0x1B in a text file\n"},
    {"\xFF\xFE"
     "f\0",
     4, BAD ":1:1: byte 0xFF is not UTF-8 text\n"},
    {"family: t\xC3\xB6y\n# \xC0\x80\n", 0,
     BAD ":1:9: unknown family 't\xC3\xB6y', did you mean 'toy'?\n" BAD
         ":2:3: byte 0xC0 is not UTF-8 text\n"},
    {"family: toy\n# \xED\xA0\x80\n", 0, BAD ":2:3: byte 0xED is not UTF-8 text\n"},
    {"family: toy\n# \xF4\x90\x80\x80\n", 0, BAD ":2:3: byte 0xF4 is not UTF-8 text\n"},
    {"family: toy\n# \xE2\x82", 0, BAD ":2:3: byte 0xE2 is not UTF-8 text\n"},
    {"family: toy\n# \x7F\n", 0, BAD ":2:3: control character 0x7F in a text file\n"},
    {"family: toy\ncases:\n\t- x\n", 0,
     BAD ":3:1: not YAML: tab character may not be used as indentation\n"},
    {"family: toy\ncases: []\n---\nfamily: toy\n", 0,
     BAD ":2:8: 'cases' is empty\n" BAD ":3:1: a second document: a file holds one\n"},
    {"family: \"t\\x1b[31m\\u009b\"\ncases: ~\n", 0,
     BAD ":1:9: control character in text: write '\\x1B' in single quotes\n" BAD
         ":1:9: unknown family 't\\x1B[31m\\x9B', expected toy or other\n" BAD
         ":2:8: expected a list for 'cases', found nothing\n"},
};

static void odd_files_are_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    size_t length = rows[i].length ? rows[i].length : strlen(rows[i].bytes);
    tree_good();
    tree_write(BAD, rows[i].bytes, length);
    tree_expect(rows[i].expected);
  }
}

static void line_ends_and_marks_do_not_matter(void **state) {
  (void)state;
  tree_good();
  tree_text("cases/other/requirements.yaml",
            "\xEF\xBB\xBF"
            "family: other\r\nrequirements:\r\n"
            "  - {id: OTHER-01, level: may, text: a, source: b}\r\n");
  tree_expect("");
}

/* ---- things of another kind by the name of a file ---------------------------- */

static void odd_things_are_refused(void **state) {
  (void)state;
  tree_good();
  assert_int_equal(mkdir(BAD, 0700), 0);
  tree_expect(BAD ": is a directory, not a file\n");
  tree_good();
  assert_int_equal(mkfifo(BAD, 0600), 0);
  tree_expect(BAD ": is not a regular file\n");
  tree_good();
  assert_int_equal(symlink("nowhere", BAD), 0);
  tree_expect(BAD ": No such file or directory\n");
  tree_good();
  assert_int_equal(symlink("bad.yaml", BAD), 0);
  tree_expect(BAD ": Too many levels of symbolic links\n");
  tree_good();
  assert_int_equal(symlink("/dev/zero", BAD), 0);
  tree_expect(BAD ": is not a regular file\n");
  tree_good();
  tree_text(BAD, "family: toy\n");
  assert_int_equal(chmod(BAD, 0), 0);
  if (geteuid() != 0) tree_expect(BAD ": Permission denied\n");
  tree_good();
  tree_text("cases/toy/a\x1b[2J.yaml", "");
  tree_expect("cases/toy/a\\x1B[2J.yaml:1:1: the file is empty\n");
}

static void odd_directories_are_refused(void **state) {
  (void)state;
  char *text = tree_complaints("nowhere", SUITE_MEMORY);
  assert_string_equal(text, "nowhere: No such file or directory\n");
  free(text);
  tree_clear();
  assert_int_equal(mkdir("cases", 0700), 0);
  tree_expect("cases: no FAMILY/*.yaml files here\n");
  assert_int_equal(chmod("cases", 0), 0);
  if (geteuid() != 0) tree_expect("cases: Permission denied\n");
  assert_int_equal(chmod("cases", 0700), 0);
}

/* ---- large ------------------------------------------------------------------- */

struct text {
  char *bytes;
  size_t length;
};

static void add(struct text *text, size_t times, const char *more) {
  size_t length = strlen(more);
  if (text->bytes == NULL) assert_non_null(text->bytes = malloc(TAKEN));
  assert_true(text->length + times * length <= TAKEN);
  for (size_t i = 0; i < times; i++) {
    memcpy(text->bytes + text->length, more, length);
    text->length += length;
  }
}

/* Expects that the complaints begin with `expected`; gives their number. */
static unsigned refuse_text(struct text *text, const char *expected) {
  tree_good();
  tree_write(BAD, text->bytes, text->length);
  char *said = tree_complaints("cases", SUITE_MEMORY);
  unsigned lines = 0;
  for (const char *c = said; *c != 0; c++)
    lines += *c == '\n';
  if (strncmp(said, expected, strlen(expected)) != 0)
    fail_msg("expected %s, got %.400s", expected, said);
  free(said);
  free(text->bytes);
  *text = (struct text){0};
  return lines;
}

static void large_files_are_refused(void **state) {
  (void)state;
  struct text text = {0};
  add(&text, FILE_MAX, "#");
  refuse_text(&text, BAD ":1:16385: a line of more than 16384 bytes\n");
  add(&text, FILE_MAX / 2, "#\n");
  refuse_text(&text, BAD ":1:1: the file is empty\n");
  add(&text, FILE_MAX / 2, "#\n");
  add(&text, 1, "#");
  refuse_text(&text, BAD ": is larger than 1 MiB\n");
}

static void nesting_is_limited(void **state) {
  (void)state;
  struct text text = {0};
  add(&text, 1, "family: ");
  add(&text, 10000, "[");
  assert_int_equal(refuse_text(&text, BAD ":1:40: nested more than 32 deep\n"), 1);
  add(&text, 1, "family: toy\ncases: ");
  add(&text, 3000, "{a: ");
  assert_int_equal(refuse_text(&text, BAD ":2:132: nested more than 32 deep\n"), 1);
  add(&text, 1, "family: toy\ncases:\n");
  add(&text, 5000, "- ");
  assert_int_equal(refuse_text(&text, BAD ":3:63: nested more than 32 deep\n"), 1);
}

static void anchors_do_not_multiply(void **state) {
  (void)state;
  struct text text = {0};
  char line[160];
  add(&text, 1, "a0: &a0 [x, x, x, x, x, x, x, x]\n");
  for (int i = 1; i < 60; i++) {
    snprintf(line, sizeof line,
             "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1,
             i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    add(&text, 1, line);
  }
  /* Seven aliases and an anchor in each line: more than are shown. */
  assert_int_equal(refuse_text(&text, BAD ":1:1: unknown key of a file of cases 'a0'"),
                   COMPLAINTS_MAX + 1);
}

static void width_is_limited(void **state) {
  (void)state;
  struct text text = {0};
  char line[64];
  add(&text, 1, "family: toy\ncases: []\n");
  for (int i = 0; i < 20000; i++) {
    snprintf(line, sizeof line, "k%d: 1\n", i);
    add(&text, 1, line);
  }
  assert_int_equal(refuse_text(&text, BAD ":2:8: 'cases' is empty\n"), 256);
  add(&text, 1, "family: toy\ncases:\n");
  add(&text, 100000, "- 1\n");
  assert_int_equal(
      refuse_text(&text, BAD ":3:3: expected a mapping for a case, found a single"),
      COMPLAINTS_MAX + 1);
}

/* Parameters are arrays of numbers: many cases with long ones must not take all memory,
 * and the limit must be told as what it is. */
static void memory_is_limited(void **state) {
  (void)state;
  struct text text = {0};
  char line[256];
  add(&text, 1, "family: toy\ncases:\n");
  for (int i = 0; i < 600; i++) {
    snprintf(line, sizeof line,
             "- id: toy/x/%d\n  purpose: p\n  covers: [ASK-01]\n"
             "  each: {a: 1..65536}\n  steps: [{set: {AP: $a}}]\n",
             i);
    add(&text, 1, line);
  }
  refuse_text(&text, "out of memory\n");
}

/* ---- no memory at every place ------------------------------------------------ */

static void every_shortage_is_told(void **state) {
  (void)state;
  tree_good();
  size_t enough = 0;
  for (size_t memory = 0; enough < 3; memory += memory < 60000 ? 80 : 20000) {
    char *text = tree_complaints("cases", memory);
    if (*text == 0)
      enough++;
    else if (strstr(text, "out of memory\n") == NULL)
      fail_msg("%zu bytes: %s", memory, text);
    free(text);
    assert_true(memory < (2u << 20));
  }
}

/* ---- noise ------------------------------------------------------------------- */

static uint32_t noise(uint32_t *state) { /* xorshift32, Marsaglia 2003 */
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static void mutate(char *bytes, size_t *length, uint32_t *random) {
  static const char letters[] = "{}[]:,\"'*&!|>%@`#-?$~. \t\n\rax0\\\xC3\xFF";
  for (unsigned times = noise(random) % 8 + 1; times > 0; times--) {
    size_t at = noise(random) % *length;
    size_t span = noise(random) % 40;
    size_t to = noise(random) % *length;
    if (at + span > *length) span = *length - at;
    if (to + span > *length) span = *length - to;
    switch (noise(random) % 4) {
    case 0: bytes[at] = letters[noise(random) % (sizeof letters - 1)]; break;
    case 1: bytes[at] = (char)noise(random); break;
    case 2: memmove(bytes + to, bytes + at, span); break;
    default:
      memmove(bytes + at, bytes + at + span, *length - at - span);
      *length -= span < *length - 1 ? span : 0;
    }
  }
}

static void noise_does_no_harm(void **state) {
  (void)state;
  static const char *const paths[] = {"cases/toy/cases.yaml",
                                      "cases/profiles/toy-basic.yaml",
                                      "cases/toy/requirements.yaml"};
  const char *given = getenv("NOISE"); /* more of it, by hand */
  uint32_t random = given != NULL ? (uint32_t)time(NULL) | 1 : 2463534242u;
  unsigned rounds = given != NULL ? (unsigned)atoi(given) : 300;
  char original[8192], bytes[8192];
  for (unsigned i = 0; i < rounds; i++) {
    const char *path = paths[i % 3];
    tree_good();
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(original, 1, sizeof original, file);
    fclose(file);
    memcpy(bytes, original, length);
    mutate(bytes, &length, &random);
    tree_write(path, bytes, length);
    char *text = tree_complaints("cases", SUITE_MEMORY);
    for (const char *c = text; *c != 0; c++) {
      if (((unsigned char)*c < 0x20 && *c != '\n') || *c == 0x7F)
        fail_msg("control character in: %s", text);
    }
    free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(odd_files_are_refused),
      cmocka_unit_test(line_ends_and_marks_do_not_matter),
      cmocka_unit_test(odd_things_are_refused),
      cmocka_unit_test(odd_directories_are_refused),
      cmocka_unit_test(large_files_are_refused),
      cmocka_unit_test(nesting_is_limited),
      cmocka_unit_test(anchors_do_not_multiply),
      cmocka_unit_test(width_is_limited),
      cmocka_unit_test(memory_is_limited),
      cmocka_unit_test(every_shortage_is_told),
      cmocka_unit_test(noise_does_no_harm),
  };
  alarm(300); /* nothing may hang */
  return cmocka_run_group_tests(tests, tree_begin, tree_end);
}
