/* transcript.c: see transcript.h. */
#include "report/transcript.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Bytes this close together, in microseconds, are shown on one line. */
#define TOGETHER 5000

/* Longer texts of steps and notes are cut here; the journal has them. */
#define TEXT_MOST 1000

void transcript_seconds(struct line *line, uint64_t time) {
  line_print(line, "%" PRIu64 ".%06" PRIu64, time / 1000000, time % 1000000);
}

static void add_bytes(struct line *line, const struct record *record, size_t most) {
  size_t shown = record->length < most ? record->length : most;
  line_string(line, record->sent ? " out " : " in  ");
  /* Not all bytes may be at hand: see transcript_get(). */
  line_hex(line, record->bytes, shown, ' ');
  if (shown < record->length)
    line_print(line, " ... (%zu bytes more)", record->length - shown);
}

void transcript_line(struct line *line, const struct record *record, size_t most,
                     enum quoting quoting) {
  transcript_seconds(line, record->time);
  if (record->endpoint) {
    line_string(line, " ");
    line_text(line, record->endpoint, quoting,
              sizeof((struct transcript_piece *)0)->endpoint);
  }
  if (record->kind == RECORD_BYTES) {
    add_bytes(line, record, most);
    return;
  }
  if (record->kind == RECORD_STEP)
    line_print(line, " step %u: ", record->number);
  else
    line_string(line, " note: ");
  line_text(line, record->text, quoting, TEXT_MOST);
}

static struct transcript_piece *piece_at(struct transcript *transcript,
                                         uint64_t count) {
  return &transcript->pieces[count % TRANSCRIPT_LINES];
}

/* True if the record goes on with what the piece began, and fits in it. */
static bool goes_on(const struct transcript_piece *piece, const struct record *record) {
  return piece->sent == record->sent && record->time - piece->last <= TOGETHER &&
         record->length <= TRANSCRIPT_BYTES &&
         piece->length + record->length <= TRANSCRIPT_BYTES &&
         strncmp(piece->endpoint, record->endpoint, sizeof piece->endpoint - 1) == 0;
}

void transcript_take(struct transcript *transcript, const struct record *record) {
  struct transcript_piece *piece = NULL;
  if (transcript->count > 0) piece = piece_at(transcript, transcript->count - 1);
  if (piece == NULL || !goes_on(piece, record)) {
    piece = piece_at(transcript, transcript->count++);
    *piece = (struct transcript_piece){.time = record->time, .sent = record->sent};
    snprintf(piece->endpoint, sizeof piece->endpoint, "%s", record->endpoint);
  }
  if (piece->length < TRANSCRIPT_BYTES && record->length > 0) {
    size_t room = TRANSCRIPT_BYTES - piece->length;
    size_t more = record->length < room ? record->length : room;
    memcpy(piece->bytes + piece->length, record->bytes, more);
  }
  piece->length += record->length;
  piece->last = record->time;
}

bool transcript_get(const struct transcript *transcript, size_t index,
                    struct record *record) {
  uint64_t kept =
      transcript->count < TRANSCRIPT_LINES ? transcript->count : TRANSCRIPT_LINES;
  if (index >= kept) return false;
  uint64_t at = transcript->count - kept + index;
  const struct transcript_piece *piece = &transcript->pieces[at % TRANSCRIPT_LINES];
  *record = (struct record){.kind = RECORD_BYTES,
                            .time = piece->time,
                            .endpoint = piece->endpoint,
                            .sent = piece->sent,
                            .bytes = piece->bytes,
                            .length = piece->length};
  return true;
}
