/* standalone.c: runs a fuzz target once for each file named on the command line, and
 * for each file in each directory named there. Replays corpora and findings without
 * libFuzzer, under valgrind or a debugger for example. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t run_count;

static bool fail(const char *path) {
  perror(path);
  return false;
}

static bool run_file(const char *path, size_t size) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = malloc(size > 0 ? size : 1);
  bool good = file != NULL && bytes != NULL && fread(bytes, 1, size, file) == size;
  if (good) {
    LLVMFuzzerTestOneInput(bytes, size);
    run_count++;
  }
  if (file != NULL) fclose(file);
  free(bytes);
  return good || fail(path);
}

static bool run_path(const char *path);

static bool run_directory(const char *path) {
  DIR *directory = opendir(path);
  if (directory == NULL) return fail(path);
  bool good = true;
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    char inside[4096];
    if (entry->d_name[0] == '.') continue;
    int length = snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
    good &= length > 0 && (size_t)length < sizeof inside && run_path(inside);
  }
  closedir(directory);
  return good;
}

static bool run_path(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) return fail(path);
  if (S_ISDIR(status.st_mode)) return run_directory(path);
  return run_file(path, (size_t)status.st_size);
}

int main(int count, char **paths) {
  bool good = true;
  for (int i = 1; i < count; i++)
    good &= run_path(paths[i]);
  printf("%zu inputs\n", run_count);
  return good ? 0 : 2;
}
