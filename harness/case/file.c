/* file.c: bytes of files, of the suite and outside it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "case/load.h"

/* Why a descriptor cannot be read as a file, or NULL. */
static const char *unfit(int fd) {
  struct stat status;
  if (fstat(fd, &status) != 0) return strerror(errno);
  if (S_ISDIR(status.st_mode)) return "is a directory, not a file";
  if (!S_ISREG(status.st_mode)) return "is not a regular file";
  if (status.st_size > (off_t)FILE_MAX) return "is larger than 1 MiB";
  return NULL;
}

/* Reads to the end; the file may have grown since it was looked at. */
static const char *fill(int fd, char *bytes, size_t capacity, size_t *length) {
  *length = 0;
  while (*length < capacity) {
    ssize_t got = read(fd, bytes + *length, capacity - *length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return strerror(errno);
    if (got == 0) return NULL;
    *length += (size_t)got;
  }
  return "is larger than 1 MiB";
}

char *read_file(struct complaints *complaints, const char *path, size_t *length) {
  struct place place = {.file = path};
  char *bytes = NULL;
  /* A pipe or terminal of this name must not make us wait. */
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  const char *why = fd < 0 ? strerror(errno) : unfit(fd);
  if (why == NULL) {
    bytes = malloc(FILE_MAX + 1);
    why = bytes != NULL ? fill(fd, bytes, FILE_MAX + 1, length) : "out of memory";
  }
  if (fd >= 0) close(fd);
  if (why == NULL) return bytes;
  complain(complaints, &place, "%s", why);
  free(bytes);
  return NULL;
}

/* ---- one file at a time ------------------------------------------------------ */

bool loader_begin_file(struct loader *loader) {
  loader->scratch = arena_new(loader->memory);
  loader->family = NULL;
  loader->ids = (struct words){.count = 0};
  loader->room = NULL;
  loader->decoder = NULL;
  loader->decoder_size = 0;
  if (loader->scratch == NULL) loader->spent = true;
  return loader->scratch != NULL;
}

void loader_end_file(struct loader *loader) {
  if (loader->scratch != NULL && arena_spent(loader->scratch)) loader->spent = true;
  arena_free(loader->scratch);
  loader->scratch = NULL;
}

const struct node *loader_open(struct loader *loader, const char *path) {
  const char *name = arena_copy(loader->keep, path);
  const struct node *root = NULL;
  size_t length;
  if (name == NULL || !loader_begin_file(loader)) return NULL;
  char *bytes = read_file(loader->complaints, name, &length);
  if (bytes != NULL)
    root = node_read(name, bytes, length, loader->scratch, loader->complaints);
  free(bytes);
  return root;
}

bool loader_report(struct loader *loader, FILE *out) {
  if (loader->spent || arena_spent(loader->keep)) {
    /* What was left out for want of memory would be called unknown elsewhere. */
    fprintf(out, "out of memory\n");
    return false;
  }
  complaints_print(loader->complaints, out);
  return !complaints_any(loader->complaints);
}

bool load_beside(struct suite *suite, const char *path, root_reader *read,
                 void *context, FILE *complaints) {
  struct loader loader = {
      .keep = suite->arena,
      .memory = SUITE_MEMORY,
      .complaints = complaints_new(),
  };
  if (loader.complaints == NULL) {
    fprintf(complaints, "out of memory\n");
    return false;
  }
  const struct node *root = loader_open(&loader, path);
  if (root != NULL) read(&loader, root, context);
  loader_end_file(&loader);
  bool good = loader_report(&loader, complaints);
  complaints_free(loader.complaints);
  return good;
}
