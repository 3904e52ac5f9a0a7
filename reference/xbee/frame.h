/* frame.h: XBee API frames on a byte stream (AP=1 and AP=2).
 *
 *   7E | length 2, big endian | frame data | checksum
 *
 * The length counts the frame data: frame type to last payload byte. The checksum is FF
 * minus the low byte of the sum of the frame data. With AP=2 every byte behind the
 * delimiter that equals 7E, 7D, 11 or 13 is sent as 7D and the byte XOR 20; length and
 * checksum are those of the unescaped frame.
 * Source: XBee 3 802.15.4 user guide 90002273, "API frame structure"; XBee S2C 802.15.4
 * user guide 90001500, "Operate in API mode".
 *
 * The decoder is strict, so that what it accepts is what the encoder makes: an escape
 * other than the four above and a raw 11 or 13 inside an AP=2 frame are errors.
 *
 * Nothing valid is lost behind something broken: after a bad frame the search goes on
 * at the byte behind its delimiter. With AP=2 a raw 7E always starts a new frame.
 */
#ifndef XBEE_FRAME_H
#define XBEE_FRAME_H

#include "protocol.h"

#define XBEE_DELIMITER  0x7E
#define XBEE_ESCAPE     0x7D
#define XBEE_LENGTH_MAX 0xFFFF                              /* largest length field */
#define XBEE_FRAME_MAX  (1 + 2 * (2 + XBEE_LENGTH_MAX + 1)) /* on the wire, AP=2 */

enum xbee_found {
  XBEE_NOTHING,  /* no delimiter in these bytes */
  XBEE_COMPLETE, /* a frame with a right checksum */
  XBEE_PARTIAL,  /* a frame begins but does not end here */
  XBEE_BROKEN,   /* a frame begins that cannot be one; see `status` */
};

/* A place in a byte stream. */
struct xbee_span {
  size_t start;        /* of the delimiter */
  size_t wire_length;  /* COMPLETE: bytes from delimiter to checksum, as on the wire.
                          PARTIAL: bytes that must be there before the next look.
                          BROKEN: bytes that the judgement rests on */
  const uint8_t *data; /* COMPLETE: frame data; in `bytes`, or in `plain` with AP=2 */
  size_t length;       /* COMPLETE: of the frame data */
  enum wire_status status; /* BROKEN */
  size_t fault;            /* BROKEN: offset of the fault from the delimiter */
};

/* Looks for the first frame in contiguous bytes. Copies nothing with AP=1. `plain`
 * takes the unescaped frame with AP=2 and needs room for min(length, limit + 3) bytes;
 * may be NULL with AP=1. Frames longer than `limit` bytes of frame data are BROKEN. */
enum xbee_found xbee_scan(const uint8_t *bytes, size_t length, int ap, size_t limit,
                          uint8_t *plain, struct xbee_span *span);

/* Wraps frame data (frame type first). Fails with WIRE_LENGTH if it is empty or longer
 * than XBEE_LENGTH_MAX, with WIRE_SPACE if `capacity` is too small. */
bool xbee_wrap(const uint8_t *data, size_t length, int ap, uint8_t *out,
               size_t capacity, size_t *out_length, struct wire_error *error);

/* The checksum of frame data. */
uint8_t xbee_checksum(const uint8_t *data, size_t length);

/* How far the frame that begins at the first held byte is unescaped. */
struct xbee_unescaped {
  size_t at;    /* bytes looked at; 0: none */
  size_t count; /* bytes of `plain` that they gave */
};

/* A decoder for a stream in any pieces. Settings (protocol.h): `ap` 1 or 2; `limit`,
 * longest frame data accepted (default 65535); `gap`, inter-byte time-out in
 * microseconds (default 0: none, the documents name none).
 *
 * Its work grows with the number of bytes, whatever they are and however they are cut:
 * no byte is unescaped twice, and after a wrong checksum, when frames may overlap, the
 * sums of all held bytes are kept. */
struct xbee_decoder {
  int ap;
  size_t limit;
  uint64_t gap;
  uint64_t heard;       /* when the newest byte came */
  uint64_t offset;      /* in the stream, of the first byte not given out */
  const uint8_t *input; /* not yet looked at; the caller's */
  size_t input_length;
  size_t first; /* held[first] to held[held_length - 1] are not given out */
  size_t held_length;
  bool stale; /* the held bytes are older than `gap` */
  bool finished;
  bool doubtful;                   /* AP=1: a checksum was wrong, `sums` is in use */
  size_t summed;                   /* held bytes that are in `sums` */
  struct xbee_unescaped unescaped; /* AP=2 */
  uint8_t held[XBEE_FRAME_MAX];
  uint8_t sums[XBEE_FRAME_MAX + 1]; /* sums[i]: sum of held[0] to held[i - 1] */
  uint8_t plain[3 + XBEE_LENGTH_MAX];
};

extern const struct protocol_framing xbee_framing;

#endif
