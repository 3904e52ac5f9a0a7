/* complain.h: the mistakes found in files, collected so that one does not hide the
 * others, and printed in the order of files and lines. */
#ifndef CASE_COMPLAIN_H
#define CASE_COMPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "case/arena.h"
#include "case/case.h"

/* More than this is no help to anyone, and no file may keep us busy for long. */
#define COMPLAINTS_MAX 500

struct complaints;

struct complaints *complaints_new(void); /* NULL if memory is short */
void complaints_free(struct complaints *complaints);

/* Adds a mistake; format as printf. A place with line 0 speaks of the whole file, one
 * with file NULL of no file. Does nothing once there are COMPLAINTS_MAX. */
__attribute__((format(printf, 3, 4))) void complain(struct complaints *complaints,
                                                    const struct place *place,
                                                    const char *format, ...);

bool complaints_any(const struct complaints *complaints);
size_t complaints_count(const struct complaints *complaints);
bool complaints_full(const struct complaints *complaints);

/* Prints one line for each: "FILE:LINE:COLUMN: text". Control characters, that a file
 * could use to deceive a terminal, are shown as \xNN. */
void complaints_print(struct complaints *complaints, FILE *out);

/* A list of words, ended by NULL, as wire_nearest() takes it. */
struct words {
  struct arena *arena;
  const char **list; /* NULL: empty */
  size_t count;
};

void words_add(struct words *words, const char *word);

/* "unknown field 'frameid', did you mean 'frame_id'?" or, when none is near, what is
 * known. `what` is the kind of word: "field". */
void complain_unknown(struct complaints *complaints, const struct place *place,
                      const char *what, const char *word, const struct words *words);

#endif
