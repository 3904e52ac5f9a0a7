/* transcript.h: what went over the wires, as lines for people. */
#ifndef REPORT_TRANSCRIPT_H
#define REPORT_TRANSCRIPT_H

#include "run/journal.h"
#include "run/line.h"

/* Microseconds as seconds with six decimals. */
void transcript_seconds(struct line *line, uint64_t time);

/* One record as a line, without its newline: "0.012000 iut out 7E 00 04 ...". Of more
 * than `most` bytes the rest is counted only. RECORD_BYTES, _STEP and _NOTE. */
void transcript_line(struct line *line, const struct record *record, size_t most,
                     enum quoting quoting);

/* The last lines of a transcript, in fixed memory. Bytes that follow each other closely
 * in one direction share a line. */
#define TRANSCRIPT_LINES 16
#define TRANSCRIPT_BYTES 48

struct transcript_piece {
  uint64_t time; /* of the first byte */
  uint64_t last; /* of the last one */
  char endpoint[32];
  bool sent;
  size_t length; /* of all; at most TRANSCRIPT_BYTES of them are kept */
  uint8_t bytes[TRANSCRIPT_BYTES];
};

/* Starts as {0}. */
struct transcript {
  struct transcript_piece pieces[TRANSCRIPT_LINES];
  uint64_t count; /* of pieces so far; the last TRANSCRIPT_LINES are kept */
};

void transcript_take(struct transcript *transcript, const struct record *record);

/* Line `index` of those kept, oldest first; false if there is none. */
bool transcript_get(const struct transcript *transcript, size_t index,
                    struct record *record);

#endif
