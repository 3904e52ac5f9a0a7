/* xbee_stream_fuzzer.c: frames out of any byte stream.
 *
 * Input: byte 0: bit 0 is AP=2, the others choose how the stream is cut; the rest is
 * the stream. It is decoded in one piece and in pieces. Properties:
 *   - however it is cut, the same frames and faults come out at the same offsets (bytes
 *     outside frames are joined: they come in the pieces that they arrive in);
 *   - the bytes given out are the stream, nothing lost, nothing twice;
 *   - a frame is what wrapping its message again gives. */
#include "fuzz.h"
#include "xbee/frame.h"

struct piece {
  uint64_t offset;
  size_t length;
  enum wire_status status;
  size_t fault;
};

struct run {
  const uint8_t *stream;
  size_t size;
  struct protocol_setting setting;
  struct piece *pieces; /* one for each byte would be enough */
  size_t count;
  size_t given_out;
};

static struct xbee_decoder decoder;

static void check_frame(const struct run *run, const struct protocol_frame *frame) {
  static uint8_t again[XBEE_FRAME_MAX];
  struct wire_type unknown = {.code = frame->body[-1]};
  size_t length = 0;
  struct wire_error error = {.text = ""};
  bool good = xbee_framing.wrap(frame->type ? frame->type : &unknown, frame->body,
                                frame->length, &run->setting, 1, again, sizeof again,
                                &length, &error);
  REQUIRE(good, "a frame cannot be wrapped again: %s", error.text);
  REQUIRE(length == frame->raw_length && memcmp(again, frame->raw, length) == 0,
          "a frame at %zu is not what wrapping it again gives", run->given_out);
}

static void note(struct run *run, const struct protocol_frame *frame) {
  REQUIRE(frame->offset == run->given_out && frame->raw_length > 0 &&
              frame->raw_length <= run->size - run->given_out,
          "%zu bytes at %zu, after %zu", frame->raw_length, (size_t)frame->offset,
          run->given_out);
  REQUIRE(memcmp(frame->raw, run->stream + run->given_out, frame->raw_length) == 0,
          "other bytes at %zu", run->given_out);
  run->given_out += frame->raw_length;
  struct piece *last = run->count > 0 ? &run->pieces[run->count - 1] : NULL;
  bool garbage = frame->error.status == WIRE_DELIMITER;
  if (garbage && last != NULL && last->status == WIRE_DELIMITER) {
    last->length += frame->raw_length;
    return;
  }
  size_t fault = frame->error.status != WIRE_OK ? frame->error.offset : 0;
  run->pieces[run->count++] =
      (struct piece){frame->offset, frame->raw_length, frame->error.status, fault};
}

static void take_all(struct run *run) {
  struct protocol_frame frame;
  enum protocol_event event;
  while ((event = xbee_framing.next(&decoder, 0, &frame)) != PROTOCOL_IDLE) {
    if (frame.body != NULL) check_frame(run, &frame);
    REQUIRE((event == PROTOCOL_FRAME) == (frame.error.status == WIRE_OK),
            "event %d with status %d", (int)event, (int)frame.error.status);
    note(run, &frame);
  }
}

/* Pieces of 1 to 8 bytes, or now and then a long one, as `pattern` says. */
static size_t piece_size(unsigned *pattern) {
  *pattern = *pattern * 1103515245u + 12345u;
  unsigned draw = *pattern >> 16;
  return draw % 16 == 0 ? 1 + draw % 500 : 1 + draw % 8;
}

static void run_pieces(struct run *run, unsigned pattern) {
  struct wire_error error;
  bool good = xbee_framing.open(&decoder, WIRE_ANY_WAY, &run->setting, 1, &error);
  REQUIRE(good, "the decoder does not open");
  for (size_t at = 0; at < run->size;) {
    size_t length = pattern > 0 ? piece_size(&pattern) : run->size;
    if (length > run->size - at) length = run->size - at;
    uint8_t *piece = exact_copy(run->stream + at, length);
    xbee_framing.feed(&decoder, piece, length, 0);
    take_all(run);
    free(piece);
    at += length;
  }
  xbee_framing.finish(&decoder);
  take_all(run);
  REQUIRE(run->given_out == run->size, "%zu of %zu bytes came out", run->given_out,
          run->size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  struct run whole = {data + 1, size - 1, {"ap", data[0] & 1 ? "2" : "1"}, NULL, 0, 0};
  struct run cut = whole;
  whole.pieces = malloc(size * sizeof *whole.pieces);
  cut.pieces = malloc(size * sizeof *cut.pieces);
  REQUIRE(whole.pieces != NULL && cut.pieces != NULL, "no memory");
  run_pieces(&whole, 0);
  run_pieces(&cut, 1 + data[0] / 2u);
  REQUIRE(whole.count == cut.count, "%zu pieces, cut %zu", whole.count, cut.count);
  for (size_t i = 0; i < whole.count; i++) {
    const struct piece *a = &whole.pieces[i];
    const struct piece *b = &cut.pieces[i];
    REQUIRE(a->offset == b->offset && a->length == b->length &&
                a->status == b->status && a->fault == b->fault,
            "at %zu: %zu bytes %s, cut %zu bytes %s", (size_t)a->offset, a->length,
            wire_status_name(a->status), b->length, wire_status_name(b->status));
  }
  free(whole.pieces);
  free(cut.pieces);
  return 0;
}
