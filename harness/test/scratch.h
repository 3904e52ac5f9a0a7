/* scratch.h: files and programs for tests of what is written to files. */
#ifndef TEST_SCRATCH_H
#define TEST_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs those above */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char scratch[] = "/tmp/wirecert-test-XXXXXX";

static inline int scratch_begin(void **state) {
  (void)state;
  return mkdtemp(scratch) ? 0 : -1;
}

static inline int scratch_end(void **state) {
  (void)state;
  DIR *directory = opendir(scratch);
  if (directory == NULL) return -1;
  for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
    unlinkat(dirfd(directory), entry->d_name, 0);
  closedir(directory);
  return rmdir(scratch);
}

/* The path of a file in the scratch directory; valid to the end. */
static inline const char *scratch_path(const char *name) {
  static char paths[32][128];
  char path[128];
  snprintf(path, sizeof path, "%s/%s", scratch, name);
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    if (paths[i][0] == 0) memcpy(paths[i], path, sizeof path);
    if (strcmp(paths[i], path) == 0) return paths[i];
  }
  fail_msg("too many files");
  return NULL;
}

static inline void scratch_write(const char *path, const char *text, size_t length) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

/* The contents, closed with 00; the caller frees them. */
static inline char *scratch_read(const char *path, size_t *length) {
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  char *text = NULL;
  size_t capacity = 0, got = 0;
  do {
    capacity += 1 << 16;
    text = realloc(text, capacity + 1);
    assert_non_null(text);
    got += fread(text + got, 1, capacity - got, file);
  } while (got == capacity);
  fclose(file);
  text[got] = 0;
  if (length) *length = got;
  return text;
}

/* Runs a shell command, format as printf; its exit status. What it prints is kept in
 * `out`. */
__attribute__((format(printf, 3, 4))) static inline int scratch_run(char *out,
                                                                    size_t capacity,
                                                                    const char *format,
                                                                    ...) {
  char command[1000];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(command, sizeof command, format, arguments);
  va_end(arguments);
  fflush(NULL);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  size_t got = fread(out, 1, capacity - 1, pipe);
  out[got] = 0;
  while (fgetc(pipe) != EOF)
    continue;
  int status = pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
