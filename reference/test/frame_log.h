/* frame_log.h: what an XBee decoder makes of a stream, as a line of text:
 *
 *   "0+6 frame 8A, 6+2 delimiter@0, 8+5 unknown_type@3"
 *
 * that is OFFSET+LENGTH of each piece given out and what it is; of a fault also where
 * in the piece it is. While it writes the line, it checks what must hold for any
 * stream: the pieces follow each other without gap or overlap and are the bytes that
 * came in, a frame is what wrapping its message gives, and the decoder stays within its
 * memory. */
#ifndef TEST_FRAME_LOG_H
#define TEST_FRAME_LOG_H

#include <stdio.h>

#include "test/bytes.h"
#include "xbee/frame.h"

/* How a stream is cut: a first piece of `first` bytes (0: none), then pieces of `piece`
 * bytes (0: all the rest) or, with `chance`, of 1 to `piece` bytes. */
struct cuts {
  size_t first;
  size_t piece;
  struct chance *chance;
};

struct frame_log {
  struct xbee_decoder decoder;
  struct protocol_setting settings[4];
  size_t setting_count;
  const uint8_t *stream; /* all of it */
  size_t stream_length;
  size_t given_out;
  size_t garbage; /* where the bytes outside frames began that were logged last */
  size_t pieces;  /* how many were given out */
  bool quiet;     /* no text wanted */
  char *text;
  size_t text_length;
  size_t text_capacity;
};

static inline void log_add(struct frame_log *log, const char *text) {
  size_t length = strlen(text);
  if (log->text_length + length + 1 > log->text_capacity) {
    log->text_capacity = 2 * log->text_capacity + length + 1;
    log->text = realloc(log->text, log->text_capacity);
    assert_non_null(log->text);
  }
  memcpy(log->text + log->text_length, text, length + 1);
  log->text_length += length;
}

static inline struct frame_log *log_open(const char *ap) {
  struct frame_log *log = calloc(1, sizeof *log);
  struct wire_error error;
  assert_non_null(log);
  log->settings[log->setting_count++] = (struct protocol_setting){"ap", ap};
  assert_true(xbee_framing.open(&log->decoder, WIRE_IN, log->settings, 1, &error));
  log->garbage = SIZE_MAX;
  log_add(log, "");
  return log;
}

static inline void log_set(struct frame_log *log, const char *name, const char *value) {
  struct wire_error error;
  log->settings[log->setting_count++] = (struct protocol_setting){name, value};
  assert_true(xbee_framing.open(&log->decoder, WIRE_IN, log->settings,
                                log->setting_count, &error));
}

static inline void log_close(struct frame_log *log) {
  free(log->text);
  free(log);
}

/* A frame is what the encoder makes of its message, byte for byte. */
static inline void check_frame(const struct frame_log *log,
                               const struct protocol_frame *frame) {
  static uint8_t again[XBEE_FRAME_MAX];
  struct wire_type unknown = {.code = frame->body[-1]};
  const struct wire_type *type = frame->type ? frame->type : &unknown;
  size_t length;
  struct wire_error error;
  assert_true(xbee_framing.wrap(type, frame->body, frame->length, log->settings, 1,
                                again, sizeof again, &length, &error));
  assert_int_equal(length, frame->raw_length);
  assert_memory_equal(again, frame->raw, length);
  assert_int_equal(frame->head, 4);
}

static inline void check_piece(struct frame_log *log,
                               const struct protocol_frame *frame) {
  const struct xbee_decoder *decoder = &log->decoder;
  assert_true(decoder->held_length <= sizeof decoder->held);
  assert_true(decoder->first <= decoder->held_length);
  assert_true(frame->raw_length > 0);
  assert_int_equal(frame->offset, log->given_out);
  assert_true(frame->raw_length <= log->stream_length - log->given_out);
  assert_memory_equal(frame->raw, log->stream + log->given_out, frame->raw_length);
  log->given_out += frame->raw_length;
}

/* Bytes outside frames come in the pieces that they arrived in: those are joined. */
static inline void log_event(struct frame_log *log, enum protocol_event event,
                             const struct protocol_frame *frame) {
  char text[80];
  size_t start = (size_t)frame->offset;
  const char *comma = log->text_length > 0 ? ", " : "";
  enum wire_status status = frame->error.status;
  if (event == PROTOCOL_FRAME) {
    snprintf(text, sizeof text, "%s%zu+%zu frame %02X", comma, start, frame->raw_length,
             (unsigned)frame->type->code);
  } else if (status == WIRE_DELIMITER && log->garbage != SIZE_MAX) {
    start = log->garbage;
    log->text_length = (size_t)(strrchr(log->text, '+') - log->text);
    snprintf(text, sizeof text, "+%zu delimiter@0", log->given_out - start);
  } else {
    snprintf(text, sizeof text, "%s%zu+%zu %s@%zu", comma, start, frame->raw_length,
             wire_status_name(status), frame->error.offset);
  }
  bool fault = event == PROTOCOL_FAULT;
  log->garbage = fault && status == WIRE_DELIMITER ? start : SIZE_MAX;
  log_add(log, text);
}

static inline void log_all(struct frame_log *log, uint64_t now) {
  struct protocol_frame frame;
  enum protocol_event event;
  while ((event = xbee_framing.next(&log->decoder, now, &frame)) != PROTOCOL_IDLE) {
    log->pieces++;
    check_piece(log, &frame);
    if (event == PROTOCOL_FRAME || frame.error.status == WIRE_UNKNOWN_TYPE)
      check_frame(log, &frame);
    if (!log->quiet) log_event(log, event, &frame);
  }
}

/* Pieces lie in memory of their own that is gone after the call. */
static inline void log_feed(struct frame_log *log, const uint8_t *bytes, size_t length,
                            uint64_t now) {
  uint8_t *piece = copy_of(bytes, length);
  xbee_framing.feed(&log->decoder, piece, length, now);
  log_all(log, now);
  free(piece);
}

static inline void log_stream(struct frame_log *log, const uint8_t *bytes,
                              size_t length, const struct cuts *cuts) {
  log->stream = bytes;
  log->stream_length = length;
  size_t piece = cuts->first;
  for (size_t at = 0; at < length; at += piece) {
    if (at > 0 || piece == 0) {
      piece = cuts->piece > 0 ? cuts->piece : length;
      if (cuts->chance != NULL) piece = 1 + chance_below(cuts->chance, piece);
    }
    if (piece > length - at) piece = length - at;
    log_feed(log, bytes + at, piece, 0);
  }
  xbee_framing.finish(&log->decoder);
  log_all(log, 0);
  assert_int_equal(log->given_out, length);
}

/* The log of a stream. Release with free(). */
static inline char *log_of(const uint8_t *bytes, size_t length, const char *ap,
                           const struct cuts *cuts) {
  struct frame_log *log = log_open(ap);
  log_stream(log, bytes, length, cuts);
  char *text = log->text;
  log->text = NULL;
  log_close(log);
  return text;
}

/* The log of a stream in one piece, in single bytes, and in every two pieces. */
static inline void assert_log(const char *ap, const char *hex, const char *wanted) {
  size_t length;
  uint8_t *bytes = bytes_of(hex, &length);
  for (size_t first = 0; first < length; first++) {
    struct cuts cuts = {.first = first};
    char *text = log_of(bytes, length, ap, &cuts);
    assert_string_equal(text, wanted);
    free(text);
  }
  struct cuts single = {.piece = 1};
  char *text = log_of(bytes, length, ap, &single);
  assert_string_equal(text, wanted);
  free(text);
  free(bytes);
}

#endif
