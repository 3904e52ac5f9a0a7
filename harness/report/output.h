/* output.h: a report file that appears only when it is whole. */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include <stdio.h>

#include "run/line.h"

struct output {
  FILE *file;
  char *path;
  char *temporary;  /* NULL: written directly, `path` is no regular file */
  struct line line; /* append here, then output_flush() */
};

/* Opens a temporary file beside `path`. False with `error` filled on failure. */
bool output_open(struct output *output, const char *path, char *error, size_t capacity);

/* Writes out and empties `line`. False if it could not; output_close() tells why. */
bool output_flush(struct output *output);

/* If `whole`, gives the file its name, else removes it. Frees everything. False with
 * `error` filled if the file could not be written; `error` stays as it is if not
 * `whole`. */
bool output_close(struct output *output, bool whole, char *error, size_t capacity);

#endif
