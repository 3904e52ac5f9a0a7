/* frame.c: scanning and stream decoding of XBee API frames. */
#include <string.h>

#include "xbee/frame_internal.h"
#include "xbee/frame_scan.h"
#include "xbee/messages.h"

/* ---- scanning ---------------------------------------------------------------- */

uint8_t xbee_checksum(const uint8_t *data, size_t length) {
  return (uint8_t)(0xFF - byte_sum(data, length));
}

enum xbee_found xbee_scan(const uint8_t *bytes, size_t length, int ap, size_t limit,
                          uint8_t *plain, struct xbee_span *span) {
  const uint8_t *start = length > 0 ? memchr(bytes, XBEE_DELIMITER, length) : NULL;
  if (start == NULL) return XBEE_NOTHING;
  span->start = (size_t)(start - bytes);
  size_t have = length - span->start;
  if (ap != 2) return scan_plain(start, have, limit, NULL, span);
  struct xbee_unescaped done = {0, 0};
  return scan_escaped(start, have, limit, plain, &done, span);
}

/* ---- stream decoder ---------------------------------------------------------- */

static bool decoder_open(void *memory, enum wire_direction direction,
                         const struct protocol_setting *settings, size_t count,
                         struct wire_error *error) {
  static const char *const known[] = {"ap", "limit", "gap", "product", NULL};
  struct xbee_decoder *decoder = memory;
  memset(decoder, 0, offsetof(struct xbee_decoder, held));
  (void)direction; /* frames of both directions look alike */
  decoder->ap = 1;
  decoder->limit = XBEE_LENGTH_MAX;
  for (size_t i = 0; i < count; i++) {
    const struct protocol_setting *setting = &settings[i];
    long number = 0;
    if (strcmp(setting->name, "ap") == 0) {
      if (!xbee_set_ap(setting, &decoder->ap, error)) return false;
    } else if (strcmp(setting->name, "limit") == 0) {
      if (!xbee_set_number(setting, 1, XBEE_LENGTH_MAX, &number, error)) return false;
      decoder->limit = (size_t)number;
    } else if (strcmp(setting->name, "gap") == 0) {
      if (!xbee_set_number(setting, 0, 60000000, &number, error)) return false;
      decoder->gap = (uint64_t)number;
    } else if (strcmp(setting->name, "product") != 0) {
      return xbee_unknown_setting(setting, known, error);
    }
  }
  return true;
}

static bool gap_over(const struct xbee_decoder *decoder, uint64_t now) {
  return decoder->gap != 0 && decoder->first < decoder->held_length &&
         decoder->input_length == 0 && now - decoder->heard >= decoder->gap;
}

static void decoder_feed(void *memory, const uint8_t *bytes, size_t length,
                         uint64_t now) {
  struct xbee_decoder *decoder = memory;
  if (gap_over(decoder, now)) decoder->stale = true;
  decoder->input = bytes;
  decoder->input_length = length;
  if (length > 0) decoder->heard = now;
}

static void decoder_finish(void *memory) {
  ((struct xbee_decoder *)memory)->finished = true;
}

static uint64_t decoder_deadline(const void *memory) {
  const struct xbee_decoder *decoder = memory;
  if (decoder->gap == 0 || decoder->first == decoder->held_length)
    return PROTOCOL_NEVER;
  return decoder->heard + decoder->gap;
}

/* Makes room behind the held bytes. */
static void drop_given_out(struct xbee_decoder *decoder) {
  size_t first = decoder->first;
  decoder->held_length -= first;
  memmove(decoder->held, decoder->held + first, decoder->held_length);
  if (decoder->doubtful) {
    decoder->summed -= first;
    memmove(decoder->sums, decoder->sums + first, decoder->summed + 1);
  }
  decoder->first = 0;
}

/* Moves bytes from the input behind the held ones, until `wanted` are held in all. */
static void hold(struct xbee_decoder *decoder, size_t wanted) {
  size_t have = decoder->held_length - decoder->first;
  size_t more = wanted - have;
  if (more > decoder->input_length) more = decoder->input_length;
  if (decoder->held_length + more > sizeof decoder->held) drop_given_out(decoder);
  memcpy(decoder->held + decoder->held_length, decoder->input, more);
  decoder->held_length += more;
  decoder->input += more;
  decoder->input_length -= more;
}

/* Takes bytes off the front of what is looked at. Held bytes stay where they are until
 * the next call, as `raw` points there. */
static void give_up(struct xbee_decoder *decoder, size_t length) {
  decoder->offset += length;
  decoder->unescaped = (struct xbee_unescaped){0, 0};
  if (decoder->held_length > 0) {
    decoder->first += length;
  } else {
    decoder->input += length;
    decoder->input_length -= length;
  }
}

static const char *fault_text(enum wire_status status) {
  switch (status) {
  case WIRE_DELIMITER: return "bytes outside a frame";
  case WIRE_LENGTH: return "impossible length";
  case WIRE_CHECKSUM: return "wrong checksum";
  case WIRE_ESCAPE: return "wrong escape: only 7E, 7D, 11 and 13 are escaped, always";
  case WIRE_TRUNCATED: return "frame ends before its checksum";
  default: return "fault";
  }
}

static enum protocol_event fault(struct xbee_decoder *decoder, const uint8_t *raw,
                                 size_t length, enum wire_status status, size_t at,
                                 struct protocol_frame *frame) {
  *frame = (struct protocol_frame){
      .offset = decoder->offset, .raw = raw, .raw_length = length};
  wire_fail(&frame->error, status, at, NULL, "%s", fault_text(status));
  give_up(decoder, length);
  return PROTOCOL_FAULT;
}

static enum protocol_event complete(struct xbee_decoder *decoder, const uint8_t *raw,
                                    const struct xbee_span *span,
                                    struct protocol_frame *frame) {
  frame->offset = decoder->offset;
  frame->raw = raw;
  frame->raw_length = span->wire_length;
  frame->body = span->data + 1;
  frame->length = span->length - 1;
  frame->head = 4;
  frame->type = xbee_type(span->data[0]);
  frame->error.status = WIRE_OK;
  give_up(decoder, span->wire_length);
  if (frame->type != NULL) return PROTOCOL_FRAME;
  size_t at = 1; /* of the frame type: behind two bytes, each perhaps escaped */
  for (int i = 0; i < 2; i++)
    at += decoder->ap == 2 && raw[at] == XBEE_ESCAPE ? 2 : 1;
  wire_fail(&frame->error, WIRE_UNKNOWN_TYPE, at, NULL, "unknown frame type 0x%02X",
            span->data[0]);
  return PROTOCOL_FAULT;
}

/* A frame that cannot be one: given up as far as the next delimiter in it. */
static enum protocol_event give_up_frame(struct xbee_decoder *decoder,
                                         const uint8_t *raw, size_t length,
                                         enum wire_status status, size_t at,
                                         struct protocol_frame *frame) {
  const uint8_t *next = length > 1 ? memchr(raw + 1, XBEE_DELIMITER, length - 1) : NULL;
  size_t lost = next != NULL ? (size_t)(next - raw) : length;
  return fault(decoder, raw, lost, status, at, frame);
}

/* Wrong checksums leave room for frames that overlap. From the first one on, until no
 * bytes are held, the sums of all held bytes are kept, so that no byte is added up for
 * every frame that it could be in. */
static void begin_sums(struct xbee_decoder *decoder, size_t length) {
  if (decoder->doubtful) return;
  if (decoder->held_length == 0) hold(decoder, length);
  decoder->doubtful = true;
  decoder->summed = decoder->first;
  decoder->sums[decoder->summed] = 0;
}

static const uint8_t *held_sums(struct xbee_decoder *decoder) {
  uint8_t sum = decoder->sums[decoder->summed];
  while (decoder->summed < decoder->held_length) {
    sum = (uint8_t)(sum + decoder->held[decoder->summed]);
    decoder->sums[++decoder->summed] = sum;
  }
  return decoder->sums + decoder->first;
}

static inline enum xbee_found look(struct xbee_decoder *decoder, const uint8_t *frame,
                                   size_t have, struct xbee_span *span) {
  if (decoder->ap == 2)
    return scan_escaped(frame, have, decoder->limit, decoder->plain,
                        &decoder->unescaped, span);
  return scan_plain(frame, have, decoder->limit,
                    decoder->doubtful ? held_sums(decoder) : NULL, span);
}

static enum protocol_event garbage(struct xbee_decoder *decoder, const uint8_t *bytes,
                                   size_t have, struct protocol_frame *frame) {
  const uint8_t *end = memchr(bytes, XBEE_DELIMITER, have);
  size_t length = end != NULL ? (size_t)(end - bytes) : have;
  return fault(decoder, bytes, length, WIRE_DELIMITER, 0, frame);
}

static void nothing_held(struct xbee_decoder *decoder) {
  decoder->first = 0;
  decoder->held_length = 0;
  decoder->stale = false;
  decoder->doubtful = false;
}

static enum protocol_event decoder_next(void *memory, uint64_t now,
                                        struct protocol_frame *frame) {
  struct xbee_decoder *decoder = memory;
  struct xbee_span span;
  for (;;) {
    bool held = decoder->first < decoder->held_length;
    if (!held && decoder->first > 0) nothing_held(decoder);
    const uint8_t *bytes = held ? decoder->held + decoder->first : decoder->input;
    size_t have = held ? decoder->held_length - decoder->first : decoder->input_length;
    if (have == 0) return PROTOCOL_IDLE;
    if (*bytes != XBEE_DELIMITER) return garbage(decoder, bytes, have, frame);
    enum xbee_found found = look(decoder, bytes, have, &span);
    if (found == XBEE_COMPLETE) return complete(decoder, bytes, &span, frame);
    if (found == XBEE_BROKEN && span.status == WIRE_CHECKSUM && decoder->ap == 1)
      begin_sums(decoder, span.wire_length);
    if (found == XBEE_BROKEN)
      return give_up_frame(decoder, bytes, span.wire_length, span.status, span.fault,
                           frame);
    if (held && (decoder->input_length == 0 || decoder->stale)) {
      if (!decoder->finished && !decoder->stale && !gap_over(decoder, now))
        return PROTOCOL_IDLE;
      return give_up_frame(decoder, bytes, have, WIRE_TRUNCATED, have, frame);
    }
    hold(decoder, span.wire_length);
  }
}

const struct protocol_framing xbee_framing = {
    .size = sizeof(struct xbee_decoder),
    .open = decoder_open,
    .feed = decoder_feed,
    .next = decoder_next,
    .finish = decoder_finish,
    .deadline = decoder_deadline,
    .wrap = xbee_framing_wrap,
    .most = XBEE_FRAME_MAX,
};
