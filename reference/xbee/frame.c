/* frame.c: scanning, wrapping and stream decoding of XBee API frames. */
#include "xbee/frame.h"

#include <stdlib.h>
#include <string.h>

#include "xbee/messages.h"

#define XON        0x11
#define XOFF       0x13
#define ESCAPE_BIT 0x20

/* ---- scanning ---------------------------------------------------------------- */

/* Sixteen bytes at a time, in the notation that gcc and clang share: operators work on
 * each element. */
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint16_t lanes8 __attribute__((vector_size(16)));
#define CHUNK      sizeof(bytes16)
#define CHUNKS_MAX 128 /* whose sums fit into lanes of 16 bits */

static inline bytes16 load(const uint8_t *bytes) {
  bytes16 chunk;
  memcpy(&chunk, bytes, sizeof chunk);
  return chunk;
}

/* The sums of the even and of the odd bytes. */
static inline lanes8 pairs(bytes16 chunk) {
  lanes8 lanes = (lanes8)chunk;
  return (lanes & 0xFF) + (lanes >> 8);
}

static inline unsigned fold(lanes8 lanes) {
  unsigned sum = 0;
  for (int i = 0; i < 8; i++)
    sum += lanes[i];
  return sum;
}

static inline uint8_t byte_sum(const uint8_t *bytes, size_t length) {
  unsigned sum = 0;
  while (length >= CHUNK) {
    lanes8 lanes = {0};
    for (int i = 0; i < CHUNKS_MAX && length >= CHUNK; i++) {
      lanes += pairs(load(bytes));
      bytes += CHUNK;
      length -= CHUNK;
    }
    sum += fold(lanes);
  }
  for (size_t i = 0; i < length; i++)
    sum += bytes[i];
  return (uint8_t)sum;
}

uint8_t xbee_checksum(const uint8_t *data, size_t length) {
  return (uint8_t)(0xFF - byte_sum(data, length));
}

/* `looked`: how many bytes, from the delimiter on, the judgement rests on. */
static enum xbee_found broken(struct xbee_span *span, enum wire_status status,
                              size_t fault, size_t looked) {
  span->status = status;
  span->fault = fault;
  span->wire_length = looked;
  return XBEE_BROKEN;
}

static enum xbee_found partial(struct xbee_span *span, size_t wanted) {
  span->wire_length = wanted;
  return XBEE_PARTIAL;
}

static inline enum xbee_found scan_plain(const uint8_t *frame, size_t have,
                                         size_t limit, struct xbee_span *span) {
  if (have < 3) return partial(span, 3);
  size_t length = (size_t)frame[1] << 8 | frame[2];
  if (length == 0 || length > limit) return broken(span, WIRE_LENGTH, 1, 3);
  if (have < length + 4) return partial(span, length + 4);
  if (byte_sum(frame + 3, length + 1) != 0xFF)
    return broken(span, WIRE_CHECKSUM, length + 3, length + 4);
  span->wire_length = length + 4;
  span->data = frame + 3;
  span->length = length;
  return XBEE_COMPLETE;
}

static inline bool is_special(uint8_t byte) {
  return byte == XBEE_DELIMITER || byte == XBEE_ESCAPE || byte == XON || byte == XOFF;
}

/* FF for each byte that is special. XON and XOFF differ in one bit. */
static inline bytes16 specials(bytes16 chunk) {
  return (bytes16)((chunk == XBEE_DELIMITER) | (chunk == XBEE_ESCAPE) |
                   ((chunk & (uint8_t) ~(XON ^ XOFF)) == XON));
}

static inline bool any(bytes16 chunk) {
  uint64_t half[2];
  memcpy(half, &chunk, sizeof half);
  return (half[0] | half[1]) != 0;
}

/* Adds up bytes, of which there are at most CHUNK * CHUNKS_MAX. False if one is
 * special. */
static inline bool plain_sum(const uint8_t *bytes, size_t length, uint8_t *sum) {
  lanes8 lanes = {0};
  bytes16 found = {0};
  size_t at = 0;
  for (; at + CHUNK <= length; at += CHUNK) {
    bytes16 chunk = load(bytes + at);
    lanes += pairs(chunk);
    found |= specials(chunk);
  }
  bool special = any(found);
  unsigned total = fold(lanes);
  for (; at < length; at++) {
    total += bytes[at];
    special |= is_special(bytes[at]);
  }
  *sum = (uint8_t)total;
  return !special;
}

/* How many bytes come before the first special one. */
static inline size_t plain_run(const uint8_t *bytes, size_t length) {
  size_t at = 0;
  while (at + CHUNK <= length && !any(specials(load(bytes + at))))
    at += CHUNK;
  while (at < length && !is_special(bytes[at]))
    at++;
  return at;
}

/* One byte of an escaped frame, which may take two on the wire. */
enum taken { TAKEN, TAKE_MORE, TAKE_WRONG };

static enum taken take_escaped(const uint8_t *frame, size_t have, size_t *at,
                               uint8_t *byte, struct xbee_span *span) {
  *byte = frame[*at];
  if (!is_special(*byte)) {
    *at += 1;
    return TAKEN;
  }
  if (*byte == XBEE_ESCAPE && *at + 1 == have) return TAKE_MORE;
  uint8_t escaped = frame[*at + (*byte == XBEE_ESCAPE)];
  if (escaped == XBEE_DELIMITER) {
    size_t end = *at + (*byte == XBEE_ESCAPE);
    broken(span, WIRE_TRUNCATED, end, end);
    return TAKE_WRONG;
  }
  if (*byte != XBEE_ESCAPE || !is_special(escaped ^ ESCAPE_BIT)) {
    broken(span, WIRE_ESCAPE, *at, *at + 1 + (*byte == XBEE_ESCAPE));
    return TAKE_WRONG;
  }
  *byte = escaped ^ ESCAPE_BIT;
  *at += 2;
  return TAKEN;
}

/* Most frames are short, right, and hold nothing to escape: those are not copied. */
static inline bool scan_unescaped(const uint8_t *frame, size_t have, size_t limit,
                                  struct xbee_span *span) {
  uint8_t sum;
  if (have < 3 || is_special(frame[2]) || frame[1] > 1) return false;
  size_t length = (size_t)frame[1] << 8 | frame[2];
  if (length == 0 || length > limit || have < length + 4) return false;
  if (!plain_sum(frame + 3, length + 1, &sum) || sum != 0xFF) return false;
  span->wire_length = length + 4;
  span->data = frame + 3;
  span->length = length;
  return true;
}

static enum xbee_found scan_escaped(const uint8_t *frame, size_t have, size_t limit,
                                    uint8_t *plain, struct xbee_span *span) {
  if (scan_unescaped(frame, have, limit, span)) return XBEE_COMPLETE;
  size_t count = 0; /* plain bytes so far: length, data, checksum */
  size_t need = 2;  /* of them; the true number once the length is known */
  size_t at = 1;
  while (count < need) {
    if (at == have) return partial(span, at + (need - count));
    enum taken taken = take_escaped(frame, have, &at, &plain[count], span);
    if (taken == TAKE_MORE) return partial(span, at + 1 + (need - count));
    if (taken == TAKE_WRONG) return XBEE_BROKEN;
    count++;
    if (count == 2) {
      size_t length = (size_t)plain[0] << 8 | plain[1];
      if (length == 0 || length > limit) return broken(span, WIRE_LENGTH, 1, at);
      need = length + 3;
    }
    if (count < 2) continue;
    size_t most = need - count < have - at ? need - count : have - at;
    size_t run = plain_run(frame + at, most);
    memcpy(plain + count, frame + at, run);
    count += run;
    at += run;
  }
  if (byte_sum(plain + 2, count - 2) != 0xFF)
    return broken(span, WIRE_CHECKSUM, at - 1, at);
  span->wire_length = at;
  span->data = plain + 2;
  span->length = count - 3;
  return XBEE_COMPLETE;
}

static inline enum xbee_found scan(const uint8_t *bytes, size_t length, int ap,
                                   size_t limit, uint8_t *plain,
                                   struct xbee_span *span) {
  const uint8_t *start = bytes;
  if (length == 0) return XBEE_NOTHING;
  if (*bytes != XBEE_DELIMITER) start = memchr(bytes, XBEE_DELIMITER, length);
  if (start == NULL) return XBEE_NOTHING;
  span->start = (size_t)(start - bytes);
  size_t have = length - span->start;
  return ap == 2 ? scan_escaped(start, have, limit, plain, span)
                 : scan_plain(start, have, limit, span);
}

enum xbee_found xbee_scan(const uint8_t *bytes, size_t length, int ap, size_t limit,
                          uint8_t *plain, struct xbee_span *span) {
  return scan(bytes, length, ap, limit, plain, span);
}

/* ---- wrapping ---------------------------------------------------------------- */

/* How to wrap; all but `ap` only to make frames that are wrong on purpose. */
struct wrapping {
  int ap;
  unsigned add_checksum; /* added to the right checksum */
  unsigned add_length;   /* added to the right length */
  enum { ESCAPE_RIGHT, ESCAPE_NONE, ESCAPE_ALL } escape;
};

struct sink {
  uint8_t *out;
  size_t capacity;
  size_t length;
};

static void put(struct sink *sink, uint8_t byte) {
  if (sink->length < sink->capacity) sink->out[sink->length] = byte;
  sink->length++;
}

static void put_escaped(struct sink *sink, const struct wrapping *how, uint8_t byte) {
  bool escape = how->ap == 2 && (how->escape == ESCAPE_ALL ||
                                 (how->escape == ESCAPE_RIGHT && is_special(byte)));
  if (escape) {
    put(sink, XBEE_ESCAPE);
    byte ^= ESCAPE_BIT;
  }
  put(sink, byte);
}

static bool wrap(const struct wrapping *how, const uint8_t *head, size_t head_length,
                 const uint8_t *data, size_t length, struct sink *sink,
                 struct wire_error *error) {
  size_t total = head_length + length;
  if (total == 0 || total > XBEE_LENGTH_MAX)
    return wire_fail(error, WIRE_LENGTH, 0, NULL,
                     "a frame holds 1 to %d bytes of data, not %zu", XBEE_LENGTH_MAX,
                     total);
  uint8_t sum = (uint8_t)(byte_sum(head, head_length) + byte_sum(data, length));
  unsigned said = (unsigned)total + how->add_length;
  put(sink, XBEE_DELIMITER);
  put_escaped(sink, how, (uint8_t)(said >> 8));
  put_escaped(sink, how, (uint8_t)said);
  for (size_t i = 0; i < head_length; i++)
    put_escaped(sink, how, head[i]);
  for (size_t i = 0; i < length; i++)
    put_escaped(sink, how, data[i]);
  put_escaped(sink, how, (uint8_t)(0xFF - sum + how->add_checksum));
  if (sink->length <= sink->capacity) return true;
  return wire_fail(error, WIRE_SPACE, 0, NULL, "the frame needs %zu bytes, not %zu",
                   sink->length, sink->capacity);
}

bool xbee_wrap(const uint8_t *data, size_t length, int ap, uint8_t *out,
               size_t capacity, size_t *out_length, struct wire_error *error) {
  struct wrapping how = {.ap = ap};
  struct sink sink = {out, capacity, 0};
  if (!wrap(&how, NULL, 0, data, length, &sink, error)) return false;
  *out_length = sink.length;
  return true;
}

/* ---- settings ---------------------------------------------------------------- */

static bool bad_setting(const struct protocol_setting *setting, const char *wanted,
                        struct wire_error *error) {
  return wire_fail(error, WIRE_UNFIT, 0, NULL, "%s=%.40s: %s", setting->name,
                   setting->value, wanted);
}

static bool set_ap(const struct protocol_setting *setting, int *ap,
                   struct wire_error *error) {
  *ap = strcmp(setting->value, "2") == 0 ? 2 : 1;
  return *ap == 2 || strcmp(setting->value, "1") == 0 ||
         bad_setting(setting, "must be 1 (no escapes) or 2 (escapes)", error);
}

static bool set_number(const struct protocol_setting *setting, long least, long most,
                       long *number, struct wire_error *error) {
  char *end;
  *number = strtol(setting->value, &end, 0);
  if (end != setting->value && *end == 0 && *number >= least && *number <= most)
    return true;
  return wire_fail(error, WIRE_UNFIT, 0, NULL, "%s=%.40s: must be %ld to %ld",
                   setting->name, setting->value, least, most);
}

static bool unknown_setting(const struct protocol_setting *setting,
                            const char *const *known, struct wire_error *error) {
  const char *near = wire_nearest(setting->name, known);
  return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no framing option '%.40s'%s%s%s",
                   setting->name, near ? ", did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

static bool wrapping_of(const struct protocol_setting *settings, size_t count,
                        struct wrapping *how, struct wire_error *error) {
  static const char *const known[] = {"ap", "checksum", "length", "escape", NULL};
  *how = (struct wrapping){.ap = 1};
  for (size_t i = 0; i < count; i++) {
    const struct protocol_setting *setting = &settings[i];
    long number = 0;
    if (strcmp(setting->name, "ap") == 0) {
      if (!set_ap(setting, &how->ap, error)) return false;
    } else if (strcmp(setting->name, "checksum") == 0) {
      if (!set_number(setting, -255, 255, &number, error)) return false;
      how->add_checksum = (unsigned)number;
    } else if (strcmp(setting->name, "length") == 0) {
      if (!set_number(setting, -65535, 65535, &number, error)) return false;
      how->add_length = (unsigned)number;
    } else if (strcmp(setting->name, "escape") == 0) {
      bool none = strcmp(setting->value, "none") == 0;
      if (!none && strcmp(setting->value, "all") != 0)
        return bad_setting(setting, "must be none or all", error);
      how->escape = none ? ESCAPE_NONE : ESCAPE_ALL;
    } else if (strcmp(setting->name, "limit") != 0 &&
               strcmp(setting->name, "gap") != 0 &&
               strcmp(setting->name, "product") != 0) {
      return unknown_setting(setting, known, error);
    }
  }
  return true;
}

/* ---- stream decoder ---------------------------------------------------------- */

static bool decoder_open(void *memory, enum wire_direction direction,
                         const struct protocol_setting *settings, size_t count,
                         struct wire_error *error) {
  static const char *const known[] = {"ap", "limit", "gap", "product", NULL};
  struct xbee_decoder *decoder = memory;
  memset(decoder, 0, offsetof(struct xbee_decoder, held));
  decoder->direction = direction;
  decoder->ap = 1;
  decoder->limit = XBEE_LENGTH_MAX;
  for (size_t i = 0; i < count; i++) {
    const struct protocol_setting *setting = &settings[i];
    long number = 0;
    if (strcmp(setting->name, "ap") == 0) {
      if (!set_ap(setting, &decoder->ap, error)) return false;
    } else if (strcmp(setting->name, "limit") == 0) {
      if (!set_number(setting, 1, XBEE_LENGTH_MAX, &number, error)) return false;
      decoder->limit = (size_t)number;
    } else if (strcmp(setting->name, "gap") == 0) {
      if (!set_number(setting, 0, 60000000, &number, error)) return false;
      decoder->gap = (uint64_t)number;
    } else if (strcmp(setting->name, "product") != 0) {
      return unknown_setting(setting, known, error);
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

/* Moves bytes from the input behind the held ones, until `wanted` are held in all. */
static void hold(struct xbee_decoder *decoder, size_t wanted) {
  size_t have = decoder->held_length - decoder->first;
  size_t more = wanted - have;
  if (more > decoder->input_length) more = decoder->input_length;
  if (decoder->held_length + more > sizeof decoder->held) {
    memmove(decoder->held, decoder->held + decoder->first, have);
    decoder->held_length = have;
    decoder->first = 0;
  }
  memcpy(decoder->held + decoder->held_length, decoder->input, more);
  decoder->held_length += more;
  decoder->input += more;
  decoder->input_length -= more;
}

/* Takes bytes off the front of what is looked at. Held bytes stay where they are until
 * the next call, as `raw` points there. */
static void give_up(struct xbee_decoder *decoder, size_t length) {
  decoder->offset += length;
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
  wire_fail(&frame->error, WIRE_UNKNOWN_TYPE, 3, NULL, "unknown frame type 0x%02X",
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

static enum protocol_event decoder_next(void *memory, uint64_t now,
                                        struct protocol_frame *frame) {
  struct xbee_decoder *decoder = memory;
  struct xbee_span span;
  for (;;) {
    if (decoder->first == decoder->held_length) {
      decoder->first = 0;
      decoder->held_length = 0;
      decoder->stale = false;
    }
    bool held = decoder->held_length > 0;
    const uint8_t *bytes = held ? decoder->held + decoder->first : decoder->input;
    size_t have = held ? decoder->held_length - decoder->first : decoder->input_length;
    if (have == 0) return PROTOCOL_IDLE;
    enum xbee_found found =
        scan(bytes, have, decoder->ap, decoder->limit, decoder->plain, &span);
    if (found == XBEE_NOTHING) span.start = have;
    if (span.start > 0)
      return fault(decoder, bytes, span.start, WIRE_DELIMITER, 0, frame);
    if (found == XBEE_COMPLETE) return complete(decoder, bytes, &span, frame);
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

static bool framing_wrap(const struct wire_type *type, const uint8_t *body,
                         size_t length, const struct protocol_setting *settings,
                         size_t count, uint8_t *out, size_t capacity,
                         size_t *out_length, struct wire_error *error) {
  struct wrapping how;
  if (!wrapping_of(settings, count, &how, error)) return false;
  struct sink sink = {out, capacity, 0};
  uint8_t code = (uint8_t)type->code;
  if (!wrap(&how, &code, 1, body, length, &sink, error)) return false;
  *out_length = sink.length;
  return true;
}

const struct protocol_framing xbee_framing = {
    .size = sizeof(struct xbee_decoder),
    .open = decoder_open,
    .feed = decoder_feed,
    .next = decoder_next,
    .finish = decoder_finish,
    .deadline = decoder_deadline,
    .wrap = framing_wrap,
    .most = XBEE_FRAME_MAX,
};
