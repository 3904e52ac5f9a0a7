/* test_frame_stream.c: frames out of a stream, whatever stands around them. Each line
 * holds for the stream in one piece, in single bytes and in every two pieces. */
#include "test/frame_log.h"

/* A modem status, 6 bytes. It stands behind what is broken. */
#define GOOD "7E00028A066F"

/* ---- good streams ------------------------------------------------------------ */

static void frames_in_a_row(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    const char *ap = i == 0 ? "1" : "2";
    assert_log(ap, "", "");
    assert_log(ap, GOOD, "0+6 frame 8A");
    assert_log(ap, GOOD GOOD GOOD, "0+6 frame 8A, 6+6 frame 8A, 12+6 frame 8A");
    assert_log(ap, "00010203" GOOD "FF" GOOD "04",
               "0+4 delimiter@0, 4+6 frame 8A, 10+1 delimiter@0, 11+6 frame 8A, "
               "17+1 delimiter@0");
  }
  assert_log("1", "7E 00 03 8A 7E 7D 7A", "0+7 frame 8A");
  assert_log("2", "7E 00 03 8A 7D5E 7D5D 7A" GOOD, "0+9 frame 8A, 9+6 frame 8A");
  assert_log("2", "7E 00 02 8A 64 7D31", "0+7 frame 8A");
}

static void unknown_types(void **state) {
  (void)state;
  assert_log("1", "7E 00 01 05 FA" GOOD, "0+5 unknown_type@3, 5+6 frame 8A");
  assert_log("2", "7E 00 01 05 FA" GOOD, "0+5 unknown_type@3, 5+6 frame 8A");
  /* a length that is escaped moves the type */
  assert_log("2", "7E 00 7D33 05 000000000000000000000000000000000000 FA" GOOD,
             "0+24 unknown_type@4, 24+6 frame 8A");
  struct frame_log *log = log_open("1");
  struct protocol_frame frame;
  static const uint8_t bytes[] = {0x7E, 0x00, 0x03, 0x05, 0xAA, 0xBB, 0x95};
  xbee_framing.feed(&log->decoder, bytes, sizeof bytes, 0);
  assert_int_equal(xbee_framing.next(&log->decoder, 0, &frame), PROTOCOL_FAULT);
  assert_null(frame.type);
  assert_bytes(frame.body, frame.length, "AA BB");
  assert_string_equal(frame.error.text, "unknown frame type 0x05");
  log_close(log);
}

/* ---- broken frames, and what stands behind them ------------------------------ */

static void broken_without_escapes(void **state) {
  (void)state;
  assert_log("1", "7E 0000" GOOD, "0+3 length@1, 3+6 frame 8A");
  assert_log("1", "7E 0002 8A06 6E" GOOD, "0+6 checksum@5, 6+6 frame 8A");
  assert_log("1", "7E 0001 0000 0A0B" GOOD,
             "0+5 checksum@4, 5+2 delimiter@0, 7+6 frame 8A");
  /* another delimiter may be the true one */
  assert_log("1", "7E" GOOD, "0+1 truncated@7, 1+6 frame 8A");
  assert_log("1", "7E 00" GOOD, "0+2 truncated@8, 2+6 frame 8A");
  assert_log("1", "7E 00 7E 00 00" GOOD,
             "0+2 truncated@11, 2+3 length@1, 5+6 frame 8A");
}

/* A frame that claims more than it has may have swallowed a good one. */
static void good_frames_inside_what_a_broken_one_claims(void **state) {
  (void)state;
  assert_log("1", "7E 0008 01" GOOD "0203",
             "0+4 checksum@11, 4+6 frame 8A, 10+2 delimiter@0");
  assert_log("1", "7E 0009 01" GOOD "02" GOOD,
             "0+4 checksum@12, 4+6 frame 8A, 10+1 delimiter@0, 11+6 frame 8A");
  assert_log("1", "7E 0010 01" GOOD GOOD "02",
             "0+4 truncated@17, 4+6 frame 8A, 10+6 frame 8A, 16+1 delimiter@0");
  /* the claims of two broken ones overlap */
  assert_log("1", "7E 000A 01 7E 000A" GOOD "0203040506",
             "0+4 checksum@13, 4+3 checksum@13, 7+6 frame 8A, 13+5 delimiter@0");
  /* a frame that holds a frame is one */
  assert_log("1", "7E 0008 90" GOOD "00 F0" GOOD, "0+12 frame 90, 12+6 frame 8A");
}

static void broken_with_escapes(void **state) {
  (void)state;
  assert_log("2", "7E 0000" GOOD, "0+3 length@1, 3+6 frame 8A");
  assert_log("2", "7E 0002 8A06 6E" GOOD, "0+6 checksum@5, 6+6 frame 8A");
  assert_log("2", "7E 0002 8A11 64" GOOD,
             "0+5 escape@4, 5+1 delimiter@0, 6+6 frame 8A");
  assert_log("2", "7E 0002 8A13 62" GOOD,
             "0+5 escape@4, 5+1 delimiter@0, 6+6 frame 8A");
  assert_log("2", "7E 0002 8A7D26 6F" GOOD,
             "0+6 escape@4, 6+1 delimiter@0, 7+6 frame 8A");
  /* a delimiter always begins a frame, behind an escape too */
  assert_log("2", "7E" GOOD, "0+1 truncated@1, 1+6 frame 8A");
  assert_log("2", "7E 0020 8A06" GOOD, "0+5 truncated@5, 5+6 frame 8A");
  assert_log("2", "7E 0002 8A7D" GOOD, "0+5 truncated@5, 5+6 frame 8A");
  assert_log("2", "7E 7D" GOOD, "0+2 truncated@2, 2+6 frame 8A");
  assert_log("2", "7D31 7D" GOOD, "0+3 delimiter@0, 3+6 frame 8A");
}

static void texts_of_faults(void **state) {
  (void)state;
  static const struct {
    const char *hex;
    const char *text;
  } faults[] = {
      {"00", "bytes outside a frame"},
      {"7E0000", "impossible length"},
      {"7E00028A066E", "wrong checksum"},
      {"7E0011", "wrong escape: only 7E, 7D, 11 and 13 are escaped, always"},
      {"7E00", "frame ends before its checksum"},
  };
  for (size_t i = 0; i < COUNT(faults); i++) {
    struct frame_log *log = log_open("2");
    struct protocol_frame frame;
    size_t length;
    uint8_t *bytes = bytes_of(faults[i].hex, &length);
    xbee_framing.feed(&log->decoder, bytes, length, 0);
    xbee_framing.finish(&log->decoder);
    assert_int_equal(xbee_framing.next(&log->decoder, 0, &frame), PROTOCOL_FAULT);
    assert_string_equal(frame.error.text, faults[i].text);
    assert_null(frame.type);
    assert_null(frame.body);
    free(bytes);
    log_close(log);
  }
}

/* ---- lengths and limits ------------------------------------------------------ */

static void limits(void **state) {
  (void)state;
  static const uint8_t stream[] = {0x7E, 0x00, 0x03, 0x8A, 0x00, 0x00, 0x75,
                                   0x7E, 0x00, 0x02, 0x8A, 0x06, 0x6F};
  const struct cuts whole = {0};
  for (int ap = 1; ap <= 2; ap++) {
    struct frame_log *log = log_open(ap == 1 ? "1" : "2");
    log_set(log, "limit", "2");
    log_stream(log, stream, sizeof stream, &whole);
    assert_string_equal(log->text, "0+3 length@1, 3+4 delimiter@0, 7+6 frame 8A");
    log_close(log);
    log = log_open(ap == 1 ? "1" : "2");
    log_set(log, "limit", "3");
    log_stream(log, stream, sizeof stream, &whole);
    assert_string_equal(log->text, "0+7 frame 8A, 7+6 frame 8A");
    log_close(log);
  }
}

/* The longest frames, with nothing or with every byte to escape, behind some bytes. */
static void longest_frames(void **state) {
  (void)state;
  static uint8_t data[XBEE_LENGTH_MAX];
  static uint8_t stream[3 + 2 * XBEE_FRAME_MAX];
  for (int i = 0; i < 4; i++) {
    int ap = 1 + i % 2;
    size_t first;
    size_t second;
    char wanted[80];
    struct wire_error error;
    memset(data, i < 2 ? 0x7E : 0x00, sizeof data);
    data[0] = 0x90;
    assert_true(
        xbee_wrap(data, sizeof data, ap, stream + 3, XBEE_FRAME_MAX, &first, &error));
    assert_true(xbee_wrap(data, sizeof data, ap, stream + 3 + first, XBEE_FRAME_MAX,
                          &second, &error));
    snprintf(wanted, sizeof wanted, "0+3 delimiter@0, 3+%zu frame 90, %zu+%zu frame 90",
             first, 3 + first, second);
    const struct cuts ways[] = {{0}, {.piece = 1}, {.piece = 4096}, {.first = 65539}};
    for (size_t way = 0; way < COUNT(ways); way++) {
      char *text = log_of(stream, 3 + first + second, ap == 1 ? "1" : "2", &ways[way]);
      assert_string_equal(text, wanted);
      free(text);
    }
  }
}

static void settings(void **state) {
  (void)state;
  static const struct {
    struct protocol_setting setting;
    const char *words;
  } wrong[] = {
      {{"ap", "0"}, "ap=0: must be 1 (no escapes) or 2 (escapes)"},
      {{"limit", "0"}, "limit=0: must be 1 to 65535"},
      {{"limit", "65536"}, "limit=65536: must be 1 to 65535"},
      {{"limit", "many"}, "limit=many: must be 1 to 65535"},
      {{"limit", ""}, "limit=: must be 1 to 65535"},
      {{"gap", "-1"}, "gap=-1: must be 0 to 60000000"},
      {{"gap", "60000001"}, "gap=60000001: must be 0 to 60000000"},
      {{"limt", "1"}, "no framing option 'limt', did you mean 'limit'?"},
      {{"checksum", "1"}, "no framing option 'checksum'"},
  };
  static struct xbee_decoder decoder;
  struct wire_error error;
  for (size_t i = 0; i < COUNT(wrong); i++) {
    assert_false(xbee_framing.open(&decoder, WIRE_IN, &wrong[i].setting, 1, &error));
    assert_string_equal(error.text, wrong[i].words);
    assert_false(xbee_framing.open(&decoder, WIRE_IN, &wrong[i].setting, 1, NULL));
  }
  const struct protocol_setting good[] = {
      {"ap", "2"}, {"limit", "65535"}, {"gap", "60000000"}, {"product", "zigbee"}};
  assert_true(xbee_framing.open(&decoder, WIRE_IN, good, 4, &error));
  assert_int_equal(decoder.ap, 2);
  assert_int_equal(xbee_framing.size, sizeof decoder);
  memset(&decoder, 0xEE, sizeof decoder); /* whatever was there before */
  assert_true(xbee_framing.open(&decoder, WIRE_OUT, NULL, 0, &error));
  assert_int_equal(decoder.ap, 1);
  assert_int_equal(decoder.limit, XBEE_LENGTH_MAX);
  assert_int_equal(decoder.gap, 0);
  struct protocol_frame frame;
  assert_int_equal(xbee_framing.next(&decoder, 0, &frame), PROTOCOL_IDLE);
}

/* ---- time -------------------------------------------------------------------- */

static const uint8_t half[] = {0x7E, 0x00, 0x02, 0x8A};
static const uint8_t rest[] = {0x06, 0x6F};
static const uint8_t both[] = {0x7E, 0x00, 0x02, 0x8A, 0x06, 0x6F};

static struct frame_log *log_with_gap(const char *gap, const uint8_t *stream,
                                      size_t length) {
  struct frame_log *log = log_open("1");
  if (gap != NULL) log_set(log, "gap", gap);
  log->stream = stream;
  log->stream_length = length;
  return log;
}

static void no_gap_unless_asked_for(void **state) {
  (void)state;
  struct frame_log *log = log_with_gap(NULL, both, sizeof both);
  log_feed(log, half, sizeof half, 0);
  assert_true(xbee_framing.deadline(&log->decoder) == PROTOCOL_NEVER);
  log_all(log, UINT64_MAX - 1);
  log_feed(log, rest, sizeof rest, UINT64_MAX - 1);
  assert_string_equal(log->text, "0+6 frame 8A");
  log_close(log);
}

static void gap_ends_a_frame_at_the_deadline(void **state) {
  (void)state;
  struct frame_log *log = log_with_gap("1000", both, sizeof both);
  assert_true(xbee_framing.deadline(&log->decoder) == PROTOCOL_NEVER);
  log_feed(log, half, sizeof half, 5000);
  assert_true(xbee_framing.deadline(&log->decoder) == 6000);
  log_feed(log, half, 0, 5500); /* no bytes: nothing was heard */
  assert_true(xbee_framing.deadline(&log->decoder) == 6000);
  log_all(log, 5999);
  assert_string_equal(log->text, "");
  log_all(log, 6000);
  assert_string_equal(log->text, "0+4 truncated@4");
  assert_true(xbee_framing.deadline(&log->decoder) == PROTOCOL_NEVER);
  log_feed(log, rest, sizeof rest, 6001);
  assert_string_equal(log->text, "0+4 truncated@4, 4+2 delimiter@0");
  log_close(log);
}

/* Nobody asked at the deadline: the bytes that come later do not complete the frame. */
static void gap_ends_a_frame_when_bytes_come_late(void **state) {
  (void)state;
  struct frame_log *log = log_with_gap("1000", both, sizeof both);
  log_feed(log, half, sizeof half, 0);
  log_feed(log, rest, sizeof rest, 1000);
  assert_string_equal(log->text, "0+4 truncated@4, 4+2 delimiter@0");
  log_close(log);
  log = log_with_gap("1000", both, sizeof both);
  log_feed(log, half, sizeof half, 0);
  log_feed(log, rest, 1, 999); /* in time, and the next byte has the gap from here */
  assert_true(xbee_framing.deadline(&log->decoder) == 1999);
  log_feed(log, rest + 1, 1, 1998);
  assert_string_equal(log->text, "0+6 frame 8A");
  log_close(log);
}

/* Being late is forgotten with the bytes that it was about. */
static void gap_ends_one_frame_only(void **state) {
  (void)state;
  static const uint8_t stream[] = {0x7E, 0x00, 0x02, 0x8A, 0x06, 0x6F,
                                   0x7E, 0x00, 0x02, 0x8A, 0x06, 0x6F};
  struct frame_log *log = log_with_gap("1000", stream, sizeof stream);
  log_feed(log, half, sizeof half, 0);
  log_feed(log, rest, sizeof rest, 5000);
  log_feed(log, half, sizeof half, 5001);
  log_feed(log, rest, sizeof rest, 5002);
  assert_string_equal(log->text, "0+4 truncated@4, 4+2 delimiter@0, 6+6 frame 8A");
  log_close(log);
}

/* What is given up is searched for frames, with what came in time only. */
static void gap_and_a_good_frame_in_what_is_given_up(void **state) {
  (void)state;
  static const uint8_t stream[] = {0x7E, 0x00, 0x20, 0x7E, 0x00, 0x02,
                                   0x8A, 0x06, 0x6F, 0x7E, 0x00, 0x7E,
                                   0x00, 0x02, 0x8A, 0x06, 0x6F, 0x11};
  struct frame_log *log = log_with_gap("1000", stream, sizeof stream);
  log_feed(log, stream, 11, 0);
  log_feed(log, stream + 11, 7, 5000);
  assert_string_equal(log->text, "0+3 truncated@11, 3+6 frame 8A, 9+2 truncated@2, "
                                 "11+6 frame 8A, 17+1 delimiter@0");
  assert_int_equal(log->given_out, sizeof stream);
  log_close(log);
}

/* ---- the end ----------------------------------------------------------------- */

static void end_of_the_stream(void **state) {
  (void)state;
  assert_log("1", "7E", "0+1 truncated@1");
  assert_log("2", "7E 00 02 8A 7D", "0+5 truncated@5");
  assert_log("1", GOOD "7E 00 02 8A", "0+6 frame 8A, 6+4 truncated@4");
  assert_log("1", "7E FFFF 00 7E FFFF", "0+4 truncated@7, 4+3 truncated@3");
}

static void nothing_is_given_up_before_the_end(void **state) {
  (void)state;
  struct frame_log *log = log_with_gap(NULL, both, sizeof both);
  log_feed(log, half, sizeof half, 0);
  log_all(log, 0);
  assert_string_equal(log->text, "");
  xbee_framing.finish(&log->decoder);
  log_all(log, 0);
  assert_string_equal(log->text, "0+4 truncated@4");
  log_close(log);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(frames_in_a_row),
      cmocka_unit_test(unknown_types),
      cmocka_unit_test(broken_without_escapes),
      cmocka_unit_test(good_frames_inside_what_a_broken_one_claims),
      cmocka_unit_test(broken_with_escapes),
      cmocka_unit_test(texts_of_faults),
      cmocka_unit_test(limits),
      cmocka_unit_test(longest_frames),
      cmocka_unit_test(settings),
      cmocka_unit_test(no_gap_unless_asked_for),
      cmocka_unit_test(gap_ends_a_frame_at_the_deadline),
      cmocka_unit_test(gap_ends_a_frame_when_bytes_come_late),
      cmocka_unit_test(gap_ends_one_frame_only),
      cmocka_unit_test(gap_and_a_good_frame_in_what_is_given_up),
      cmocka_unit_test(end_of_the_stream),
      cmocka_unit_test(nothing_is_given_up_before_the_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
