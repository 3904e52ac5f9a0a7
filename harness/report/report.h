/* report.h: what people and programs read of a run. All of it is made from records, so
 * that a journal gives the same report again without the device.
 *
 * Texts from devices are escaped by every writer; no report holds a raw device byte.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "run/journal.h"

/* TAP, live: version 13 header, plan first, one point per case, YAML diagnostics for
 * what is not a plain pass, notes as comments. Takes every record. */
struct tap;
struct tap *tap_new(FILE *out, unsigned planned);
void tap_take(struct tap *tap, const struct record *record);
void tap_free(struct tap *tap);

/* Progress on a terminal (one line, rewritten) and the summary on RECORD_END, to
 * stderr. Nothing but the summary in a pipe; colour only on a terminal without
 * NO_COLOR. Where TAP goes to the same terminal, give each record to progress_take()
 * before tap_take(): the progress line is then out of the way when a point is printed.
 */
struct progress;
struct progress *progress_new(FILE *out, unsigned planned);
void progress_take(struct progress *progress, const struct record *record);
void progress_free(struct progress *progress);

/* Whole reports from a journal file to a file that is replaced only when complete.
 * (What is not a regular file, /dev/stdout for example, is written directly.) False
 * with `error` filled on failure. */
bool report_junit(const char *journal, const char *path, char *error, size_t capacity);
bool report_json(const char *journal, const char *path, char *error, size_t capacity);

#endif
