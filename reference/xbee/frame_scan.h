/* frame_scan.h: one look at the bytes of a frame. A part of frame.c, which has two uses
 * for it: a single look, and the decoder, whose looks at a growing frame go on where
 * the last one ended. */
#ifndef XBEE_FRAME_SCAN_H
#define XBEE_FRAME_SCAN_H

#include <string.h>

#include "xbee/frame_internal.h"

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

/* `sums`, if not NULL, has for each byte the sum of the bytes before it. */
static inline enum xbee_found scan_plain(const uint8_t *frame, size_t have,
                                         size_t limit, const uint8_t *sums,
                                         struct xbee_span *span) {
  if (have < 3) return partial(span, 3);
  size_t length = (size_t)frame[1] << 8 | frame[2];
  if (length == 0 || length > limit) return broken(span, WIRE_LENGTH, 1, 3);
  if (have < length + 4) return partial(span, length + 4);
  uint8_t sum = sums != NULL ? (uint8_t)(sums[length + 4] - sums[3])
                             : byte_sum(frame + 3, length + 1);
  if (sum != 0xFF) return broken(span, WIRE_CHECKSUM, length + 3, length + 4);
  span->wire_length = length + 4;
  span->data = frame + 3;
  span->length = length;
  return XBEE_COMPLETE;
}

/* FF for each byte that is special. XBEE_XON and XBEE_XOFF differ in one bit. */
static inline bytes16 specials(bytes16 chunk) {
  return (bytes16)((chunk == XBEE_DELIMITER) | (chunk == XBEE_ESCAPE) |
                   ((chunk & (uint8_t) ~(XBEE_XON ^ XBEE_XOFF)) == XBEE_XON));
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
    special |= xbee_is_special(bytes[at]);
  }
  *sum = (uint8_t)total;
  return !special;
}

/* How many bytes come before the first special one. */
static inline size_t plain_run(const uint8_t *bytes, size_t length) {
  size_t at = 0;
  while (at + CHUNK <= length && !any(specials(load(bytes + at))))
    at += CHUNK;
  while (at < length && !xbee_is_special(bytes[at]))
    at++;
  return at;
}

/* One byte of an escaped frame, which may take two on the wire. */
enum taken { TAKEN, TAKE_MORE, TAKE_WRONG };

static enum taken take_escaped(const uint8_t *frame, size_t have, size_t *at,
                               uint8_t *byte, struct xbee_span *span) {
  *byte = frame[*at];
  if (!xbee_is_special(*byte)) {
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
  if (*byte != XBEE_ESCAPE || !xbee_is_special(escaped ^ XBEE_ESCAPE_BIT)) {
    broken(span, WIRE_ESCAPE, *at, *at + 1 + (*byte == XBEE_ESCAPE));
    return TAKE_WRONG;
  }
  *byte = escaped ^ XBEE_ESCAPE_BIT;
  *at += 2;
  return TAKEN;
}

/* Most frames are short, right, and hold nothing to escape: those are not copied. */
static inline bool scan_unescaped(const uint8_t *frame, size_t have, size_t limit,
                                  struct xbee_span *span) {
  uint8_t sum;
  if (have < 3 || xbee_is_special(frame[2]) || frame[1] > 1) return false;
  size_t length = (size_t)frame[1] << 8 | frame[2];
  if (length == 0 || length > limit || have < length + 4) return false;
  if (!plain_sum(frame + 3, length + 1, &sum) || sum != 0xFF) return false;
  span->wire_length = length + 4;
  span->data = frame + 3;
  span->length = length;
  return true;
}

/* `done` says where the last look at this frame ended, and is told where this one
 * does if the frame goes on. */
static enum xbee_found scan_escaped(const uint8_t *frame, size_t have, size_t limit,
                                    uint8_t *plain, struct xbee_unescaped *done,
                                    struct xbee_span *span) {
  if (done->at == 0 && scan_unescaped(frame, have, limit, span)) return XBEE_COMPLETE;
  size_t count = done->count; /* plain bytes so far: length, data, checksum */
  size_t need = 2;            /* of them; the true number once the length is known */
  if (count >= 2) need = ((size_t)plain[0] << 8 | plain[1]) + 3;
  size_t at = done->at > 0 ? done->at : 1;
  while (count < need) {
    enum taken taken = TAKE_MORE;
    if (at < have) taken = take_escaped(frame, have, &at, &plain[count], span);
    if (taken == TAKE_MORE) {
      *done = (struct xbee_unescaped){at, count};
      return partial(span, have + (need - count));
    }
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

#endif
