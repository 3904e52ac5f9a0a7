/* test_module_radio.c: module models talking to each other: data, samples, identities.
 */
#include "test/module_bench.h"
#include "xbee/module_packet.h"

static void packet_table_is_sound(void **state) {
  (void)state;
  const char *fault = wire_table_fault(&xbee_packet_type);
  if (fault != NULL) fail_msg("%s", fault);
}

/* ---- addressing -------------------------------------------------------------- */

static void long_address(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  unsigned other = ready_module("AP=1 AO=0");
  unsigned third = ready_module("AP=1 AO=0");
  send_frame(one, "10 01 " ADDRESS_1 "FF FE 00 00 68 69");
  expect_frame(one, "8B 01 FF FE 00 00 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 01 68 69");
  send_frame(one, "00 02 " ADDRESS_1 "00 68 69");
  expect_frame(one, "89 02 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 01 68 69");
  send_frame(one, "00 00 " ADDRESS_1 "00"); /* id 0 and no payload */
  expect_frame(other, "90 " ADDRESS_0 "FF FE 01");
  expect_silence(one);
  expect_silence(third);
}

static void short_address(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 MY=1");
  unsigned other = ready_module("AP=1 AO=0 MY=2");
  send_frame(one, "01 01 00 02 00 61");
  expect_frame(one, "89 01 00");
  expect_frame(other, "90 " ADDRESS_0 "00 01 01 61");
  send_frame(one, "10 02 FF FF FF FF FF FF FF FF 00 02 00 00 62");
  expect_frame(one, "8B 02 00 02 00 00 00");
  expect_frame(other, "90 " ADDRESS_0 "00 01 01 62");
  send_frame(one, "10 03 " ADDRESS_1 "00 07 00 00 63"); /* the long one counts */
  expect_frame(one, "8B 03 00 02 00 00 00");
  expect_frame(other, "90 " ADDRESS_0 "00 01 01 63");
  send_frame(one, "01 04 FF FE 00 64"); /* no address */
  expect_frame(one, "89 04 01");
  set(other, "4D 59 FF FE");
  send_frame(one, "01 05 FF FE 00 65");
  expect_frame(one, "89 05 01");
  expect_silence(other);
}

static void broadcasts(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  unsigned other = ready_module("AP=1 AO=0");
  unsigned third = ready_module("AP=1 AO=2");
  static const char *const requests[] = {
      "10 01 00 00 00 00 00 00 FF FF FF FE 00 00 61",
      "10 01 FF FF FF FF FF FF FF FF FF FF 00 00 61",
      "00 01 00 00 00 00 00 00 FF FF 00 61",
      "01 01 FF FF 00 61",
  };
  for (size_t i = 0; i < 4; i++) {
    send_frame(one, requests[i]);
    expect_frame(one, i < 2 ? "8B 01 FF FE 00 00 00" : "89 01 00");
    expect_frame(other, "90 " ADDRESS_0 "FF FE 02 61");
    expect_frame(third, "80 " ADDRESS_0 "28 02 61");
  }
}

static void channel_and_pan(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  unsigned other = ready_module("AP=1 AO=0 ID=1");
  unsigned third = ready_module("AP=1 AO=0 CH=0x0D");
  send_frame(one, "00 01 " ADDRESS_1 "00 61");
  expect_frame(one, "89 01 01");
  send_frame(one, "00 02 " ADDRESS_2 "04 61"); /* all PANs, but one channel */
  expect_frame(one, "89 02 01");
  expect_silence(other);
  send_frame(one, "00 03 " ADDRESS_1 "04 61");
  expect_frame(one, "89 03 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 05 61");
  send_frame(one, "10 04 00 00 00 00 00 00 FF FF FF FE 00 04 61");
  expect_frame(one, "8B 04 FF FE 00 00 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 06 61");
  set(other, "41 4F 02");
  send_frame(one, "00 05 " ADDRESS_1 "04 61");
  expect_frame(other, "80 " ADDRESS_0 "28 04 61"); /* bit 0 is reserved here */
  expect_silence(third);
}

/* ---- what the host is told --------------------------------------------------- */

static void output_follows_ao(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 MY=0x1234");
  unsigned other = ready_module("AP=1 AO=1");
  static const char request[] = "11 01 " ADDRESS_1 "FF FE A0 A1 15 54 C1 05 00 00 61";
  send_frame(one, request);
  expect_frame(other, "91 " ADDRESS_0 "12 34 A0 A1 15 54 C1 05 01 61");
  expect_frame(one, "8B 01 FF FE 00 00 00");
  send_frame(one, "10 01 " ADDRESS_1 "FF FE 00 00 61");
  expect_frame(other, "91 " ADDRESS_0 "12 34 E8 E8 00 11 C1 05 01 61");
  set(other, "41 4F 00");
  send_frame(one, request);
  expect_frame(other, "90 " ADDRESS_0 "12 34 01 61");
  set(other, "41 4F 02");
  send_frame(one, request);
  expect_frame(other, "81 12 34 28 00 61");
}

static void strength_is_kept(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  unsigned other = ready_module("AP=1");
  send_frame(other, "08 01 44 42");
  expect_frame(other, "88 01 44 42 00 00");
  send_frame(one, "00 00 00 00 00 00 00 00 FF FF 00 61");
  expect_frame(other, "80 " ADDRESS_0 "28 02 61");
  send_frame(other, "08 01 44 42");
  expect_frame(other, "88 01 44 42 00 28");
}

/* ---- statuses ---------------------------------------------------------------- */

static void absent_node(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  uint64_t start = world_now(bench.world);
  send_frame(one, "10 01 " ADDRESS_2 "FF FE 00 00 61");
  expect_frame(one, "8B 01 FF FE 00 01 00");
  assert_int_equal(world_now(bench.world) - start,
                   XBEE_MODULE_ACK_WAIT + XBEE_MODULE_LATENCY);
  set(one, "52 52 06");
  start = world_now(bench.world);
  send_frame(one, "10 02 " ADDRESS_2 "FF FE 00 00 61");
  expect_frame(one, "8B 02 FF FE 06 01 00");
  assert_int_equal(world_now(bench.world) - start,
                   7 * XBEE_MODULE_ACK_WAIT + XBEE_MODULE_LATENCY);
  send_frame(one, "08 03 45 41");
  expect_frame(one, "88 03 45 41 00 00 02");
  set(one, "45 41 00"); /* counters are cleared by writing 0 */
  send_frame(one, "08 04 45 41");
  expect_frame(one, "88 04 45 41 00 00 00");
  send_frame(one, "10 05 " ADDRESS_2 "FF FE 00 01 61"); /* no ACK wanted */
  expect_frame(one, "8B 05 FF FE 00 00 00");
}

static void unacknowledged_unicast(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 TO=1");
  unsigned other = ready_module("AP=1 AO=0");
  send_frame(one, "00 01 " ADDRESS_1 "01 61");
  expect_frame(one, "89 01 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 00 61");
  send_frame(one, "10 02 " ADDRESS_1 "FF FE 00 00 61"); /* options 0: as TO says */
  expect_frame(one, "8B 02 FF FE 00 00 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 00 61");
  send_frame(one, "00 03 " ADDRESS_1 "00 61"); /* TO is not for the older frames */
  expect_frame(one, "89 03 00");
  expect_frame(other, "90 " ADDRESS_0 "FF FE 01 61");
}

static void send_long(unsigned module, const char *head, size_t bytes) {
  char text[600];
  size_t length = (size_t)snprintf(text, sizeof text, "%s", head);
  for (size_t i = 0; i < bytes; i++)
    length += (size_t)snprintf(text + length, sizeof text - length, " 61");
  send_frame(module, text);
}

static void payload_limit(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  unsigned other = ready_module("AP=1");
  char text[600];
  send_long(one, "00 01 " ADDRESS_1 "00", 116);
  expect_frame(one, "89 01 00");
  assert_true(next_frame(other, text, sizeof text));
  assert_int_equal(strlen(text), 3 * (11 + 116) - 1);
  send_long(one, "00 02 " ADDRESS_1 "00", 117);
  expect_frame(one, "89 02 74");
  send_long(one, "10 03 00 00 00 00 00 00 FF FF FF FE 00 00", 117);
  expect_frame(one, "8B 03 FF FE 00 74 00");
  set(one, "43 38 01"); /* C8 */
  send_frame(one, "08 04 4E 50");
  expect_frame(one, "88 04 4E 50 00 00 5F");
  send_long(one, "01 05 FF FF 00", 96);
  expect_frame(one, "89 05 74");
  send_long(one, "01 06 FF FF 00", 95);
  expect_frame(one, "89 06 00");
  assert_true(next_frame(other, text, sizeof text));
  expect_silence(other);
}

static void other_refusals(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 MY=5");
  send_frame(one, "00 01 " ADDRESS_0 "00 61");
  expect_frame(one, "89 01 23");
  send_frame(one, "01 02 00 05 00 61");
  expect_frame(one, "89 02 23");
  send_frame(one, "10 03 " ADDRESS_1 "FF FE 00 10 61"); /* in a session: none */
  expect_frame(one, "8B 03 FF FE 00 34 00");
}

static void transmissions_wait_in_line(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1");
  unsigned other = ready_module("AP=1 AO=0");
  char text[100];
  for (int i = 1; i <= XBEE_MODULE_PENDING; i++) {
    snprintf(text, sizeof text, "00 %02X %s00 %02X", (unsigned)i,
             i % 2 ? ADDRESS_2 : ADDRESS_1, (unsigned)i);
    send_frame(one, text);
  }
  send_frame(one, "00 70 00 00 00 00 00 00 FF FF 00 61");
  expect_frame(one, "89 70 18");
  for (int i = 1; i <= XBEE_MODULE_PENDING; i++) {
    snprintf(text, sizeof text, "89 %02X %02X", (unsigned)i, i % 2 ? 1u : 0u);
    expect_frame(one, text);
    if (i % 2) continue;
    snprintf(text, sizeof text, "90 " ADDRESS_0 "FF FE 01 %02X", (unsigned)i);
    expect_frame(other, text);
  }
}

static void reset_drops_transmissions(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 RR=6");
  unsigned other = ready_module("AP=1 AO=0");
  send_frame(one, "00 01 " ADDRESS_2 "00 61");
  send_frame(one, "00 02 " ADDRESS_1 "00 61");
  set(one, "46 52");
  send_frame(other, "00 03 " ADDRESS_0 "00 61"); /* deaf meanwhile */
  expect_frame(other, "89 03 01");
  expect_frame(one, "8A 00");
  expect_silence(one);
  expect_silence(other);
}

/* ---- a medium that loses and repeats ----------------------------------------- */

/* One module alone; what it sends is kept. */
static struct {
  union {
    max_align_t align;
    uint8_t bytes[1 << 19];
  } memory;
  unsigned packets;
  uint8_t packet[WORLD_PACKET];
  size_t length;
} alone;

static void keep(void *medium, const uint8_t *packet, size_t length, uint64_t now) {
  (void)medium;
  (void)now;
  alone.packets++;
  memcpy(alone.packet, packet, length);
  alone.length = length;
}

static void start_alone(void) {
  struct protocol_setting settings[] = {{"AP", "1"}, {"RR", "2"}, {"AO", "0"}};
  struct protocol_setup setup = {
      .seed = 1, .settings = settings, .count = 3, .transmit = keep};
  assert_in_range(xbee_module_device.size, 1, sizeof alone.memory);
  alone.packets = 0;
  assert_true(xbee_module_device.create(&alone.memory, &setup, 0, NULL));
  xbee_module_device.run(&alone.memory, 10000);
  uint8_t bytes[10];
  assert_int_equal(xbee_module_device.output(&alone.memory, 0, bytes, 10), 6);
}

static size_t run_alone(uint64_t now, uint8_t *bytes, size_t capacity) {
  xbee_module_device.run(&alone.memory, now);
  return xbee_module_device.output(&alone.memory, 0, bytes, capacity);
}

/* A packet for the module alone, which has the first address. */
static size_t packet_for_alone(uint16_t sequence, uint8_t *bytes, size_t capacity) {
  size_t length;
  struct xbee_packet packet = {
      .kind = XBEE_PACKET_DATA,
      .sequence = sequence,
      .flags = XBEE_PACKET_ACKED,
      .pan = 0x3332,
      .channel = 0x0C,
      .source = {42, 1},
      .destination = {UINT64_C(0x0013A20041000001), XBEE_NO_SHORT},
      .bytes = (const uint8_t *)"x",
      .length = 1,
  };
  assert_true(xbee_packet_write(&packet, bytes, capacity, &length));
  return length;
}

static void lost_acknowledgement(void **state) {
  (void)state;
  uint8_t packet[XBEE_PACKET_MOST];
  uint8_t bytes[200];
  start_alone();
  size_t length = packet_for_alone(7, packet, sizeof packet);
  for (int i = 0; i < 2; i++) /* the same again: acknowledged, not delivered */
    xbee_module_device.hear(&alone.memory, packet, length, 20000);
  assert_int_equal(alone.packets, 2);
  assert_int_equal(run_alone(30000, bytes, sizeof bytes), 4 + 13);
  length = packet_for_alone(8, packet, sizeof packet);
  xbee_module_device.hear(&alone.memory, packet, length, 40000);
  assert_int_equal(run_alone(50000, bytes, sizeof bytes), 4 + 13);
}

static void retries_and_late_acknowledgement(void **state) {
  (void)state;
  static const uint8_t request[] = {0x7E, 0x00, 0x06, 0x01, 0x09,
                                    0x00, 0x02, 0x00, 0x61, 0x92};
  uint8_t bytes[200];
  uint8_t ack_bytes[XBEE_PACKET_MOST];
  size_t length;
  struct xbee_packet sent;
  start_alone();
  xbee_module_device.input(&alone.memory, 0, request, sizeof request, 20000);
  assert_int_equal(alone.packets, 1);
  assert_int_equal(xbee_module_device.deadline(&alone.memory), 25000);
  xbee_module_device.run(&alone.memory, 25000);
  assert_int_equal(alone.packets, 2);
  assert_true(xbee_packet_read(alone.packet, alone.length, &sent));
  struct xbee_packet ack = {.kind = XBEE_PACKET_ACK,
                            .sequence = (uint16_t)(sent.sequence + 1),
                            .pan = sent.pan,
                            .channel = sent.channel,
                            .source = {43, 2},
                            .destination = sent.source};
  for (int i = 0; i < 3; i++) { /* of another packet, the right one, once more */
    assert_true(xbee_packet_write(&ack, ack_bytes, sizeof ack_bytes, &length));
    xbee_module_device.hear(&alone.memory, ack_bytes, length, 26000);
    ack.sequence = sent.sequence;
  }
  assert_int_equal(run_alone(28000, bytes, sizeof bytes), 7);
  assert_memory_equal(bytes + 3, "\x89\x09\x00", 3);
  assert_true(xbee_module_device.deadline(&alone.memory) == PROTOCOL_NEVER);
}

static void hostile_air(void **state) {
  (void)state;
  uint8_t packet[XBEE_PACKET_MOST];
  uint8_t bytes[XBEE_MODULE_OUTPUT];
  uint64_t random = 5;
  start_alone();
  for (unsigned i = 0; i < 100000; i++) {
    size_t length = packet_for_alone((uint16_t)i, packet, sizeof packet);
    for (unsigned n = 0; n < 1 + i % 3; n++) {
      random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
      packet[(random >> 33) % length] = (uint8_t)(random >> 56);
    }
    if (i % 7 == 0) length = (random >> 40) % (length + 1);
    xbee_module_device.hear(&alone.memory, packet, length, 20000 + i);
    length = run_alone(20000 + i, bytes, sizeof bytes);
    struct xbee_span span;
    for (size_t at = 0; at < length; at += span.wire_length) {
      assert_int_equal(xbee_scan(bytes + at, length - at, 1, 300, NULL, &span),
                       XBEE_COMPLETE);
      assert_int_equal(span.start, 0);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(packet_table_is_sound),
      TEST(long_address),
      TEST(short_address),
      TEST(broadcasts),
      TEST(channel_and_pan),
      TEST(output_follows_ao),
      TEST(strength_is_kept),
      TEST(absent_node),
      TEST(unacknowledged_unicast),
      TEST(payload_limit),
      TEST(other_refusals),
      TEST(transmissions_wait_in_line),
      TEST(reset_drops_transmissions),
      TEST(lost_acknowledgement),
      TEST(retries_and_late_acknowledgement),
      TEST(hostile_air),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
