/* output.c: see output.h. */
#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pipes, terminals and links to them (/dev/stdout) cannot be replaced by a file. */
static bool replaceable(const char *path) {
  struct stat status;
  return lstat(path, &status) != 0 || S_ISREG(status.st_mode);
}

/* A temporary file is private; the report gets the permissions any file would get. */
static FILE *open_temporary(char *name) {
  int fd = mkostemp(name, O_CLOEXEC);
  if (fd < 0) return NULL;
  mode_t mask = umask(0);
  umask(mask);
  FILE *file = fchmod(fd, 0666 & ~mask) == 0 ? fdopen(fd, "w") : NULL;
  if (file) return file;
  close(fd);
  unlink(name);
  return NULL;
}

bool output_open(struct output *output, const char *path, char *error,
                 size_t capacity) {
  *output = (struct output){.path = strdup(path)};
  if (output->path && !replaceable(path)) {
    output->file = fopen(path, "we");
  } else if (output->path) {
    if (asprintf(&output->temporary, "%s.XXXXXX", path) < 0) output->temporary = NULL;
    if (output->temporary) output->file = open_temporary(output->temporary);
  }
  if (output->file) return true;
  snprintf(error, capacity, "%s: %s", path, strerror(errno));
  free(output->temporary);
  free(output->path);
  return false;
}

bool output_flush(struct output *output) {
  struct line *line = &output->line;
  bool written = !line->failed;
  if (written && line->length > 0)
    written = fwrite(line->text, 1, line->length, output->file) == line->length;
  if (!written) return false;
  line_reset(line);
  return true;
}

bool output_close(struct output *output, bool whole, char *error, size_t capacity) {
  bool written = whole && output_flush(output);
  /* Order matters: the file must be closed in any case. */
  written = fflush(output->file) == 0 && !ferror(output->file) && written;
  int why = errno;
  if (fclose(output->file) != 0 && written) {
    written = false;
    why = errno;
  }
  if (written && output->temporary && rename(output->temporary, output->path) != 0) {
    written = false;
    why = errno;
  }
  if (!written && output->temporary) unlink(output->temporary);
  if (whole && !written)
    snprintf(error, capacity, "%s: %s", output->path,
             output->line.failed ? "out of memory" : strerror(why));
  line_free(&output->line);
  free(output->temporary);
  free(output->path);
  return written;
}
