/* report.c: what all reports made from a journal have in common. */
#include "report/report.h"

#include "report/outline.h"

bool report_write(const char *journal, const char *path,
                  bool (*write)(struct outline *outline, struct output *output),
                  char *error, size_t capacity) {
  struct outline *outline = outline_read(journal, error, capacity);
  if (outline == NULL) return false;
  struct output output;
  bool whole = output_open(&output, path, error, capacity);
  if (whole) {
    bool written = write(outline, &output);
    bool readable = outline->error[0] == 0;
    if (!readable) snprintf(error, capacity, "%s", outline->error);
    /* What could not be written is told by closing. */
    whole = output_close(&output, readable, error, capacity) && written;
  }
  outline_free(outline);
  return whole;
}
