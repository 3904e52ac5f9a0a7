/* test_frame_hostile.c: streams that nobody would send who means well. */
#include <time.h>

#include "test/frame_log.h"
#include "test/patience.h"

/* ---- the rule, as plainly as it can be said ---------------------------------- */

/* The length on the wire of the frame that begins here, or 0 if none does. */
static size_t plain_frame(const uint8_t *bytes, size_t length) {
  if (length < 4) return 0;
  size_t said = (size_t)bytes[1] * 256 + bytes[2];
  if (said == 0 || length < said + 4) return 0;
  unsigned sum = 0;
  for (size_t i = 3; i < said + 4; i++)
    sum += bytes[i];
  return sum % 256 == 0xFF ? said + 4 : 0;
}

static size_t escaped_frame(const uint8_t *bytes, size_t length) {
  static uint8_t plain[4 + XBEE_LENGTH_MAX] = {XBEE_DELIMITER};
  size_t count = 1;
  for (size_t at = 1; at < length; at++) {
    uint8_t byte = bytes[at];
    bool escape = byte == 0x7D;
    if (escape && ++at == length) return 0;
    if (escape) byte = bytes[at] ^ 0x20;
    bool special = byte == 0x7E || byte == 0x7D || byte == 0x11 || byte == 0x13;
    if (special != escape) return 0;
    plain[count++] = byte;
    if (count == 3 && plain[1] == 0 && plain[2] == 0) return 0;
    if (count < 3 || count < (size_t)plain[1] * 256 + plain[2] + 4) continue;
    return plain_frame(plain, count) != 0 ? at + 1 : 0;
  }
  return 0;
}

/* The frames of a whole stream: "12+6, 20+7". Nothing else is tried at a place where
 * there is one, everything else is where there is none. */
static void frames_by_the_rule(const uint8_t *bytes, size_t length, int ap, char *out) {
  *out = '\0';
  size_t at = 0;
  while (at < length) {
    size_t found = 0;
    if (bytes[at] == XBEE_DELIMITER)
      found = ap == 2 ? escaped_frame(bytes + at, length - at)
                      : plain_frame(bytes + at, length - at);
    if (found > 0) out += sprintf(out, "%zu+%zu ", at, found);
    at += found > 0 ? found : 1;
  }
}

/* The frames in a log, in the same notation. */
static void frames_in_log(char *log, char *out) {
  *out = '\0';
  for (char *word = strtok(log, ","); word != NULL; word = strtok(NULL, ",")) {
    if (strstr(word, "frame") == NULL && strstr(word, "unknown_type") == NULL) continue;
    while (*word == ' ')
      word++;
    out += sprintf(out, "%.*s ", (int)strcspn(word, " "), word);
  }
}

/* ---- chance ------------------------------------------------------------------ */

enum { STREAM_MAX = 600 };

/* Frames, pieces of frames and bytes that mean something, in any order. */
static size_t make_stream(struct chance *from, int ap, uint8_t *stream) {
  static const uint8_t bytes[] = {0x7E, 0x7E, 0x7D, 0x11, 0x13, 0x00,
                                  0x00, 0x01, 0x5E, 0x5D, 0x31, 0x20};
  size_t length = 0;
  size_t wanted = 1 + chance_below(from, 200);
  while (length < wanted) {
    uint8_t data[20];
    uint8_t frame[64];
    size_t size = 1 + chance_below(from, sizeof data);
    size_t kind = chance_below(from, 8);
    for (size_t i = 0; i < size; i++)
      data[i] =
          kind % 2 ? (uint8_t)chance(from) : bytes[chance_below(from, sizeof bytes)];
    struct wire_error error;
    assert_true(xbee_wrap(data, size, ap, frame, sizeof frame, &size, &error));
    if (kind == 2) size = chance_below(from, size);
    if (kind == 3) frame[chance_below(from, size)] ^= (uint8_t)(1 + chance(from) % 255);
    if (kind < 2) memcpy(frame, data, size = 1 + size / 8);
    memcpy(stream + length, frame, size);
    length += size;
  }
  return length;
}

/* Returns whether there is a frame. */
static bool assert_frames_by_the_rule(const uint8_t *stream, size_t length, int ap,
                                      char *log) {
  char *by_rule = malloc(3 * length + 1); /* "123456+6 " for 6 bytes or more */
  char *by_decoder = malloc(3 * length + 1);
  assert_non_null(by_rule);
  assert_non_null(by_decoder);
  frames_by_the_rule(stream, length, ap, by_rule);
  frames_in_log(log, by_decoder);
  assert_string_equal(by_decoder, by_rule);
  bool found = by_rule[0] != '\0';
  free(by_rule);
  free(by_decoder);
  return found;
}

static void assert_same_log(const uint8_t *stream, size_t length, const char *ap,
                            const struct cuts *cuts, const char *wanted) {
  char *text = log_of(stream, length, ap, cuts);
  assert_string_equal(text, wanted);
  free(text);
}

/* Frames where the rule says, and the same log however the stream is cut. */
static void any_stream_cut_in_any_way(void **state) {
  (void)state;
  struct chance from = {2027};
  size_t found = 0;
  for (int round = 0; round < tries(1500); round++) {
    uint8_t stream[STREAM_MAX];
    int made_for = 1 + round % 2;
    int ap = round % 8 < 6 ? made_for : 3 - made_for;
    const char *setting = ap == 2 ? "2" : "1";
    size_t length = make_stream(&from, made_for, stream);
    struct cuts cuts = {0};
    char *whole = log_of(stream, length, setting, &cuts);
    cuts.piece = 1;
    assert_same_log(stream, length, setting, &cuts, whole);
    cuts = (struct cuts){.piece = 20, .chance = &from};
    assert_same_log(stream, length, setting, &cuts, whole);
    cuts = (struct cuts){.first = chance_below(&from, length)};
    assert_same_log(stream, length, setting, &cuts, whole);
    found += assert_frames_by_the_rule(stream, length, ap, whole);
    free(whole);
  }
  assert_true(found > (size_t)tries(1500) / 2);
}

/* Good frames among claims of the longest one: more of them than the decoder holds, so
 * that what it keeps to judge them by must move with them. */
static void frames_among_false_claims(void **state) {
  (void)state;
  enum { LENGTH = 300000 };
  static const uint8_t claim[] = {0x7E, 0xFF, 0xFF};
  static const uint8_t good[] = {0x7E, 0x00, 0x02, 0x8A, 0x06, 0x6F};
  static uint8_t stream[LENGTH];
  struct chance from = {11};
  for (size_t at = 0; at < LENGTH; at++)
    stream[at] = (uint8_t)(0x80 + chance_below(&from, 0x60));
  for (size_t at = LENGTH - 160; at > 800; at -= 400 + chance_below(&from, 400)) {
    memcpy(stream + at, claim, sizeof claim);
    memcpy(stream + at + 4 + chance_below(&from, 50), good, sizeof good);
    if (plain_frame(stream + at, LENGTH - at) != 0) stream[at + 3] ^= 1; /* false */
  }
  const struct cuts ways[] = {{0}, {.piece = 1000}, {.piece = 7}};
  for (size_t way = 0; way < COUNT(ways); way++) {
    char *log = log_of(stream, LENGTH, "1", &ways[way]);
    assert_true(assert_frames_by_the_rule(stream, LENGTH, 1, log));
    free(log);
  }
}

/* ---- much of it -------------------------------------------------------------- */

enum { MEGABYTE = 1 << 20 };

static uint8_t hostile[MEGABYTE];
static struct xbee_decoder decoder;

static const struct {
  const char *name;
  size_t length; /* of the pattern; 0: chance */
  uint8_t pattern[4];
} kinds[] = {
    {"delimiters", 1, {0x7E}},
    {"longest claims", 3, {0x7E, 0xFF, 0xFF}},
    {"claims of a delimiter", 2, {0x7E, 0x7D}},
    {"escapes", 1, {0x7D}},
    {"empty frames", 3, {0x7E, 0x00, 0x00}},
    {"wrong checksums", 5, {0x7E, 0x00, 0x01, 0x00}},
    {"nothing", 1, {0x00}},
    {"chance", 0, {0}},
};
enum { KINDS = COUNT(kinds) };

static void fill(size_t kind) {
  struct chance from = {7};
  for (size_t i = 0; i < MEGABYTE; i++) {
    size_t at = kinds[kind].length > 0 ? i % kinds[kind].length : 0;
    hostile[i] = at < 4 ? kinds[kind].pattern[at] : 0;
    if (kinds[kind].length == 0) hostile[i] = (uint8_t)chance(&from);
  }
}

/* Every byte comes out once, and no call gives nothing. */
static void nothing_is_lost_and_nothing_comes_twice(void **state) {
  (void)state;
  static const struct cuts ways[] = {{0}, {.piece = 1000}, {.first = 65539}};
  if (RUNNING_ON_VALGRIND) return; /* a megabyte, fifty times */
  for (size_t kind = 0; kind < KINDS; kind++) {
    fill(kind);
    for (size_t i = 0; i < 2 * COUNT(ways); i++) {
      struct frame_log *log = log_open(i % 2 ? "2" : "1");
      log->quiet = true;
      log_stream(log, hostile, MEGABYTE, &ways[i / 2]);
      assert_true(log->pieces <= MEGABYTE);
      log_close(log);
    }
  }
}

/* Processor time for a stream, decoded and nothing else. */
static double time_for(const char *ap, const uint8_t *bytes, size_t length,
                       size_t piece) {
  struct protocol_setting setting = {"ap", ap};
  struct protocol_frame frame;
  struct wire_error error;
  assert_true(xbee_framing.open(&decoder, WIRE_IN, &setting, 1, &error));
  size_t given_out = 0;
  clock_t start = clock();
  for (size_t at = 0; at <= length; at += piece) {
    size_t size = piece < length - at ? piece : length - at;
    if (size == 0) xbee_framing.finish(&decoder);
    xbee_framing.feed(&decoder, bytes + at, size, 0);
    while (xbee_framing.next(&decoder, 0, &frame) != PROTOCOL_IDLE)
      given_out += frame.raw_length;
  }
  assert_true(given_out <= length);
  return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* True if it takes less than `most`; asked three times, as others use the processor
 * too. */
static bool is_quick(const char *ap, const uint8_t *bytes, size_t length, size_t piece,
                     double most) {
  for (int i = 0; i < 3; i++) {
    if (time_for(ap, bytes, length, piece) < most) return true;
  }
  return false;
}

/* A megabyte of whatever it is costs at most some times as much as the worst that the
 * decoder can get rid of with a single look at each byte. When a byte was looked at
 * again for every frame that claims it, it was 28 times as much; and 900 times for the
 * longest escaped frame in single bytes. */
static void work_grows_with_the_stream_only(void **state) {
  (void)state;
  static uint8_t data[XBEE_LENGTH_MAX];
  static uint8_t longest[XBEE_FRAME_MAX];
  size_t length;
  if (RUNNING_ON_VALGRIND) return; /* a megabyte, forty times */
  fill(0);
  double unit = time_for("2", hostile, MEGABYTE, MEGABYTE);
  unit += time_for("2", hostile, MEGABYTE, MEGABYTE);
  for (size_t kind = 0; kind < KINDS; kind++) {
    fill(kind);
    for (size_t piece = 1; piece <= MEGABYTE; piece *= 1024) {
      assert_true(is_quick("1", hostile, MEGABYTE, piece, 5 * unit));
      assert_true(is_quick("2", hostile, MEGABYTE, piece, 5 * unit));
    }
  }
  memset(data, XBEE_ESCAPE, sizeof data);
  struct wire_error error;
  assert_true(
      xbee_wrap(data, sizeof data, 2, longest, sizeof longest, &length, &error));
  assert_true(is_quick("2", longest, length, 1, 5 * unit));
  assert_true(is_quick("2", longest, length - 1, 1, 5 * unit));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(any_stream_cut_in_any_way),
      cmocka_unit_test(frames_among_false_claims),
      cmocka_unit_test(nothing_is_lost_and_nothing_comes_twice),
      cmocka_unit_test(work_grows_with_the_stream_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
