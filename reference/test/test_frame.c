/* test_frame.c: single looks at frames, and wrapping. */
#include "test/bytes.h"
#include "xbee/frame.h"

static struct xbee_span span;

/* One look; the bytes and the room for the plain frame are exactly as large as said. */
static enum xbee_found scan(const char *hex, int ap, size_t limit) {
  static uint8_t *bytes;
  static uint8_t *plain;
  size_t length;
  free(bytes);
  free(plain);
  bytes = bytes_of(hex, &length);
  size_t room = length < limit + 3 ? length : limit + 3;
  plain = malloc(room > 0 ? room : 1);
  assert_non_null(plain);
  memset(&span, 0xEE, sizeof span);
  return xbee_scan(bytes, length, ap, limit, ap == 2 ? plain : NULL, &span);
}

static void assert_complete(int ap, const char *hex, size_t start, size_t wire_length,
                            const char *data) {
  assert_int_equal(scan(hex, ap, XBEE_LENGTH_MAX), XBEE_COMPLETE);
  assert_int_equal(span.start, start);
  assert_int_equal(span.wire_length, wire_length);
  assert_bytes(span.data, span.length, data);
}

static void assert_partial(int ap, const char *hex, size_t start, size_t wanted) {
  assert_int_equal(scan(hex, ap, XBEE_LENGTH_MAX), XBEE_PARTIAL);
  assert_int_equal(span.start, start);
  assert_int_equal(span.wire_length, wanted);
}

static void assert_broken(int ap, const char *hex, enum wire_status status,
                          size_t fault, size_t looked) {
  assert_int_equal(scan(hex, ap, 0x1000), XBEE_BROKEN);
  assert_string_equal(wire_status_name(span.status), wire_status_name(status));
  assert_int_equal(span.fault, fault);
  assert_int_equal(span.wire_length, looked);
}

/* ---- scanning ---------------------------------------------------------------- */

static void looks_without_escapes(void **state) {
  (void)state;
  assert_int_equal(scan("", 1, 99), XBEE_NOTHING);
  assert_int_equal(scan("00 01 7D", 1, 99), XBEE_NOTHING);
  assert_complete(1, "7E 00 02 8A 06 6F", 0, 6, "8A 06");
  assert_complete(1, "01 02 7E 00 02 8A 06 6F FF", 2, 6, "8A 06");
  assert_complete(1, "7E 00 01 7E 81", 0, 5, "7E"); /* any byte is plain */
  assert_complete(1, "7E 00 03 8A 11 7D E7", 0, 7, "8A 11 7D");
  assert_partial(1, "7E", 0, 3);
  assert_partial(1, "FF 7E 00", 1, 3);
  assert_partial(1, "7E 00 02", 0, 6);
  assert_partial(1, "7E 00 02 8A 06", 0, 6);
  assert_partial(1, "7E FF FF 00", 0, 65539);
  assert_broken(1, "7E 00 00 FF", WIRE_LENGTH, 1, 3);
  assert_broken(1, "7E 10 01", WIRE_LENGTH, 1, 3);
  assert_broken(1, "7E 00 02 8A 06 6E 00", WIRE_CHECKSUM, 5, 6);
  assert_broken(1, "7E 00 01 00 00", WIRE_CHECKSUM, 4, 5);
}

static void looks_with_escapes(void **state) {
  (void)state;
  assert_int_equal(scan("00 01 7D", 2, 99), XBEE_NOTHING);
  assert_complete(2, "7E 00 02 8A 06 6F", 0, 6, "8A 06");
  assert_complete(2, "7E 00 02 8A 7D 31 64 00", 0, 7, "8A 11");
  assert_complete(2, "7E 00 01 7D 5E 81", 0, 6, "7E");
  assert_complete(2, "7E 00 01 7D 5D 82", 0, 6, "7D");
  assert_complete(2, "7E 00 01 7D 33 EC", 0, 6, "13");
  assert_complete(2, "7E 00 01 EE 7D 31", 0, 6, "EE");    /* checksum 11 */
  assert_complete(2, "7E 00 02 8A 5E 17", 0, 6, "8A 5E"); /* 5E is 7E XOR 20 */
  assert_complete(2,
                  "7E 00 7D 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 FE",
                  0, 22, "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01");
  assert_partial(2, "7E", 0, 3);
  assert_partial(2, "7E 00", 0, 3);
  assert_partial(2, "7E 00 02", 0, 6);
  assert_partial(2, "7E 00 02 8A", 0, 6);
  assert_partial(2, "7E 00 02 8A 7D", 0, 7);
  assert_partial(2, "7E 00 02 8A 7D 31", 0, 7);
  assert_partial(2, "7E 00 02 7D", 0, 7);
}

static void wrong_escapes(void **state) {
  (void)state;
  assert_broken(2, "7E 00 00 FF", WIRE_LENGTH, 1, 3);
  assert_broken(2, "7E 10 01", WIRE_LENGTH, 1, 3);
  assert_broken(2, "7E 7D 31 00", WIRE_LENGTH, 1, 4);
  assert_broken(2, "7E 00 02 8A 06 6E", WIRE_CHECKSUM, 5, 6);
  assert_broken(2, "7E 00 01 EE 7D 33", WIRE_CHECKSUM, 5, 6);
  assert_broken(2, "7E 00 02 8A 11 64", WIRE_ESCAPE, 4, 5);    /* raw XON */
  assert_broken(2, "7E 00 02 8A 13 62", WIRE_ESCAPE, 4, 5);    /* raw XOFF */
  assert_broken(2, "7E 00 11", WIRE_ESCAPE, 2, 3);             /* in the length */
  assert_broken(2, "7E 00 01 EE 11", WIRE_ESCAPE, 4, 5);       /* as the checksum */
  assert_broken(2, "7E 00 02 8A 7D 26 6F", WIRE_ESCAPE, 4, 6); /* 06 needs none */
  assert_broken(2, "7E 00 02 8A 7D 7D 00", WIRE_ESCAPE, 4, 6);
  assert_broken(2, "7E 00 02 8A 7D 11 00", WIRE_ESCAPE, 4, 6);
  assert_broken(2, "7E 00 02 8A 7E", WIRE_TRUNCATED, 4, 4);
  assert_broken(2, "7E 00 02 8A 7D 7E", WIRE_TRUNCATED, 5, 5);
  assert_broken(2, "7E 7E", WIRE_TRUNCATED, 1, 1);
}

static void limit_of_one_look(void **state) {
  (void)state;
  for (int ap = 1; ap <= 2; ap++) {
    assert_int_equal(scan("7E 00 02 8A 06 6F", ap, 2), XBEE_COMPLETE);
    assert_int_equal(scan("7E 00 02 8A 06 6F", ap, 1), XBEE_BROKEN);
    assert_int_equal(span.status, WIRE_LENGTH);
  }
}

static void checksums(void **state) {
  (void)state;
  static const uint8_t data[] = {0x8A, 0x06};
  static uint8_t many[70000];
  memset(many, 0xFF, sizeof many);
  assert_int_equal(xbee_checksum(data, 2), 0x6F);
  assert_int_equal(xbee_checksum(data, 0), 0xFF);
  unsigned sum = 0;
  for (size_t length = 0; length < sizeof many; length++) {
    if (length < 100 || length % 4099 == 0)
      assert_int_equal(xbee_checksum(many, length), (uint8_t)(0xFF - sum));
    sum += 0xFF;
  }
}

/* ---- wrapping ---------------------------------------------------------------- */

static uint8_t out[64];
static size_t out_length;
static struct wire_error error;
static const struct wire_type type = {.name = "probe", .code = 0x8A};

static bool wrap(const char *body_hex, const struct protocol_setting *settings,
                 size_t count) {
  size_t length;
  uint8_t *body = bytes_of(body_hex, &length);
  out_length = 999;
  error = (struct wire_error){.text = ""};
  bool good = xbee_framing.wrap(&type, body, length, settings, count, out, sizeof out,
                                &out_length, &error);
  free(body);
  return good;
}

#define WRAPS(body, hex, ...)                                                          \
  do {                                                                                 \
    const struct protocol_setting settings_[] = {__VA_ARGS__};                         \
    bool good_ = wrap(body, settings_, COUNT(settings_));                              \
    assert_string_equal(error.text, "");                                               \
    assert_true(good_);                                                                \
    assert_bytes(out, out_length, hex);                                                \
  } while (0)
#define REFUSED(words, ...)                                                            \
  do {                                                                                 \
    const struct protocol_setting settings_[] = {__VA_ARGS__};                         \
    assert_false(wrap("06", settings_, COUNT(settings_)));                             \
    assert_string_equal(error.text, words);                                            \
    assert_int_equal(out_length, 999);                                                 \
  } while (0)

static void wraps(void **state) {
  (void)state;
  assert_true(wrap("06", NULL, 0));
  assert_bytes(out, out_length, "7E 00 02 8A 06 6F");
  WRAPS("", "7E 00 01 8A 75", {"ap", "1"});
  WRAPS("11", "7E 00 02 8A 11 64", {"ap", "1"});
  WRAPS("11", "7E 00 02 8A 7D 31 64", {"ap", "2"});
  WRAPS("7E 7D 13", "7E 00 04 8A 7D 5E 7D 5D 7D 33 67", {"ap", "2"});
  WRAPS("11", "7E 00 02 8A 11 64", {"ap", "2"}, {"ap", "1"}); /* the last one wins */
  WRAPS("06", "7E 00 02 8A 06 6F", {"limit", "1"}, {"gap", "1"}, {"product", "x"});
}

static void wraps_wrong_on_purpose(void **state) {
  (void)state;
  WRAPS("06", "7E 00 02 8A 06 70", {"checksum", "1"});
  WRAPS("06", "7E 00 02 8A 06 6E", {"checksum", "-1"});
  WRAPS("06", "7E 00 02 8A 06 6E", {"checksum", "255"});
  WRAPS("06", "7E 00 02 8A 06 70", {"checksum", "-255"});
  WRAPS("06", "7E 00 03 8A 06 6F", {"length", "1"});
  WRAPS("06", "7E 00 00 8A 06 6F", {"length", "-2"});
  WRAPS("06", "7E 01 02 8A 06 6F", {"length", "0x100"});
  WRAPS("06", "7E 00 01 8A 06 6F", {"length", "65535"});
  WRAPS("11", "7E 00 02 8A 11 64", {"ap", "2"}, {"escape", "none"});
  WRAPS("06", "7E 7D 20 7D 22 7D AA 7D 26 7D 4F", {"ap", "2"}, {"escape", "all"});
  WRAPS("06", "7E 00 02 8A 06 6F", {"ap", "1"}, {"escape", "all"});
  WRAPS("06", "7E 00 7D 31 8A 06 6F", {"ap", "2"}, {"length", "15"});
}

static void refuses_settings(void **state) {
  (void)state;
  REFUSED("ap=3: must be 1 (no escapes) or 2 (escapes)", {"ap", "3"});
  REFUSED("ap=: must be 1 (no escapes) or 2 (escapes)", {"ap", ""});
  REFUSED("escape=some: must be none or all", {"escape", "some"});
  REFUSED("checksum=256: must be -255 to 255", {"checksum", "256"});
  REFUSED("checksum=-256: must be -255 to 255", {"checksum", "-256"});
  REFUSED("checksum=1x: must be -255 to 255", {"checksum", "1x"});
  REFUSED("checksum=: must be -255 to 255", {"checksum", ""});
  REFUSED("length=65536: must be -65535 to 65535", {"length", "65536"});
  REFUSED("length=99999999999999999999: must be -65535 to 65535",
          {"length", "99999999999999999999"});
  REFUSED("no framing option 'chekcsum', did you mean 'checksum'?", {"chekcsum", "1"});
  REFUSED("no framing option 'colour'", {"colour", "red"});
}

static void wraps_at_every_capacity(void **state) {
  (void)state;
  static const uint8_t data[] = {0x8A, 0x11};
  for (size_t capacity = 0; capacity < 10; capacity++) {
    uint8_t *room = malloc(capacity > 0 ? capacity : 1);
    assert_non_null(room);
    assert_int_equal(xbee_wrap(data, 2, 2, room, capacity, &out_length, &error),
                     capacity >= 7);
    if (capacity < 7) assert_int_equal(error.status, WIRE_SPACE);
    free(room);
  }
  assert_string_equal(error.text, "the frame needs 7 bytes, not 6");
  assert_int_equal(out_length, 7);
}

static void wraps_every_length(void **state) {
  (void)state;
  static uint8_t data[XBEE_LENGTH_MAX + 1];
  static uint8_t frame[XBEE_FRAME_MAX];
  memset(data, 0x13, sizeof data);
  assert_false(xbee_wrap(data, 0, 1, frame, sizeof frame, &out_length, &error));
  assert_int_equal(error.status, WIRE_LENGTH);
  assert_true(
      xbee_wrap(data, XBEE_LENGTH_MAX, 2, frame, sizeof frame, &out_length, &error));
  assert_int_equal(out_length, 1 + 2 + 2 * XBEE_LENGTH_MAX + 1); /* FFFF, checksum 12 */
  assert_true(out_length <= xbee_framing.most);
  assert_false(xbee_wrap(data, XBEE_LENGTH_MAX + 1, 1, frame, sizeof frame, &out_length,
                         &error));
  assert_int_equal(error.status, WIRE_LENGTH);
  assert_string_equal(error.text, "a frame holds 1 to 65535 bytes of data, not 65536");
  assert_false(xbee_framing.wrap(&type, data, XBEE_LENGTH_MAX, NULL, 0, frame,
                                 sizeof frame, &out_length, &error));
  assert_true(xbee_framing.wrap(&type, data, XBEE_LENGTH_MAX - 1, NULL, 0, frame,
                                sizeof frame, &out_length, &error));
  assert_int_equal(out_length, 4 + XBEE_LENGTH_MAX);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(looks_without_escapes),
      cmocka_unit_test(looks_with_escapes),
      cmocka_unit_test(wrong_escapes),
      cmocka_unit_test(limit_of_one_look),
      cmocka_unit_test(checksums),
      cmocka_unit_test(wraps),
      cmocka_unit_test(wraps_wrong_on_purpose),
      cmocka_unit_test(refuses_settings),
      cmocka_unit_test(wraps_at_every_capacity),
      cmocka_unit_test(wraps_every_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
