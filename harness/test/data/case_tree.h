/* case_tree.h: directories of case files for the tests of the loader. */
#ifndef TEST_CASE_TREE_H
#define TEST_CASE_TREE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs those above */

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "case/case.h"
#include "case/load.h"

static char data_path[512]; /* of this directory, from wherever the test runs */

/* Finds the data and goes to a new, empty directory. */
static inline int tree_begin(void **state) {
  (void)state;
  static char scratch[] = "/tmp/wirecert-case-XXXXXX";
  char *found = realpath(__FILE__, NULL);
  if (found == NULL) return -1; /* run from the top of the repository */
  *strrchr(found, '/') = 0;
  snprintf(data_path, sizeof data_path, "%s", found);
  free(found);
  return mkdtemp(scratch) != NULL ? chdir(scratch) : -1;
}

static inline int tree_remove(const char *path, const struct stat *status, int type,
                              struct FTW *walk) {
  (void)status;
  (void)type;
  (void)walk;
  return strcmp(path, ".") != 0 ? remove(path) : 0;
}

static inline void tree_clear(void) {
  nftw(".", tree_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static inline int tree_end(void **state) {
  (void)state;
  char here[256];
  tree_clear();
  return getcwd(here, sizeof here) != NULL && chdir("/") == 0 ? rmdir(here) : -1;
}

/* A file for writing, with the directories above it. */
static inline FILE *tree_open(const char *path) {
  char part[1024];
  snprintf(part, sizeof part, "%s", path);
  for (char *slash = part; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
    *slash = 0;
    mkdir(part, 0700);
  }
  unlink(path);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  return file;
}

static inline void tree_write(const char *path, const char *bytes, size_t length) {
  FILE *file = tree_open(path);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

static inline void tree_text(const char *path, const char *text) {
  tree_write(path, text, strlen(text));
}

/* The good suite, as cases/; files can then be added or replaced. */
static inline void tree_good(void) {
  static const char *const files[] = {"profiles/toy-basic.yaml",
                                      "profiles/toy-plain.yaml",
                                      "toy/requirements.yaml", "toy/cases.yaml"};
  tree_clear();
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char from[640], to[128], bytes[8192];
    snprintf(from, sizeof from, "%s/good/%s", data_path, files[i]);
    snprintf(to, sizeof to, "cases/%s", files[i]);
    FILE *file = fopen(from, "r");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    tree_write(to, bytes, length);
  }
}

static inline struct suite *good_suite(void) {
  tree_good();
  struct suite *suite = suite_load("cases/", stderr);
  assert_non_null(suite);
  return suite;
}

/* What loading `cases` complains of; the caller frees it. It is "" if all is well. */
static inline char *tree_complaints(const char *directory, size_t memory) {
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&text, &length);
  assert_non_null(out);
  struct suite *suite = suite_load_within(directory, memory, out);
  assert_int_equal(fclose(out), 0);
  assert_int_equal(suite == NULL, length > 0);
  suite_free(suite);
  return text;
}

static inline void tree_expect(const char *expected) {
  char *text = tree_complaints("cases", SUITE_MEMORY);
  assert_string_equal(text, expected);
  free(text);
}

/* A file of data/bad is a number of case files, each behind a line "#file PATH", and
 * the messages that are expected, behind a line "#expect". The good suite is around
 * them. */
static inline void tree_bad(const char *path) {
  char line[1024];
  char *expected = NULL;
  size_t length = 0;
  FILE *part = NULL;
  FILE *file = fopen(path, "r");
  bool expecting = false;
  assert_non_null(file);
  tree_good();
  while (fgets(line, sizeof line, file) != NULL) {
    bool begins = strncmp(line, "#file ", 6) == 0;
    bool ends = strcmp(line, "#expect\n") == 0;
    if ((begins || ends) && part != NULL) fclose(part);
    if (begins) {
      line[strcspn(line, "\n")] = 0;
      part = tree_open(line + 6);
      strcat(line, "\n"); /* the line is a comment there: numbers start with it */
    }
    if (ends) part = open_memstream(&expected, &length);
    if (!ends) fputs(expecting ? line + 2 : line, part);
    expecting = expecting || ends;
  }
  fclose(part);
  fclose(file);
  print_message("%s\n", path);
  tree_expect(expected);
  free(expected);
}

#endif
