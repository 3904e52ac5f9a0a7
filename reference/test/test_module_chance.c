/* test_module_chance.c: the module model under random bytes, and run twice. */
#include "test/module_bench.h"
#include "xbee/messages.h"
#include "xbee/module_state.h"

static uint64_t state_of_chance;

static uint32_t chance(void) {
  state_of_chance =
      state_of_chance * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (uint32_t)(state_of_chance >> 33);
}

/* What the module sends must be frames that its own decoder and tables accept. Returns
 * how many there are. */
static size_t must_be_frames(unsigned module, int ap, uint64_t wait) {
  static struct xbee_decoder decoder;
  struct protocol_setting setting = {"ap", ap == 2 ? "2" : "1"};
  struct protocol_frame frame;
  struct wire_message message;
  static uint8_t bytes[XBEE_MODULE_OUTPUT];
  wait_for(wait);
  size_t length = world_output(bench.world, module, 0, bytes, sizeof bytes);
  assert_true(xbee_framing.open(&decoder, WIRE_IN, &setting, 1, NULL));
  xbee_framing.feed(&decoder, bytes, length, 0);
  xbee_framing.finish(&decoder);
  for (size_t count = 0;; count++) {
    enum protocol_event event = xbee_framing.next(&decoder, 0, &frame);
    if (event == PROTOCOL_IDLE) return count;
    assert_int_equal(event, PROTOCOL_FRAME);
    assert_int_equal(frame.type->direction, WIRE_IN);
    assert_true(wire_decode(frame.type, frame.body, frame.length, &message, NULL));
  }
}

/* Random bytes: bare, or as the data of a frame of a type the module has a handler for.
 */
static size_t random_input(int ap, uint8_t *out, size_t capacity) {
  static const uint8_t types[] = {0x00, 0x01, 0x08, 0x09, 0x10, 0x11, 0x2D, 0x17};
  static const char *const names[] = {"AP", "AO", "NI", "MY", "ID", "IR", "IC", "IS",
                                      "D0", "D4", "P0", "CB", "AC", "RE", "WR", "FR",
                                      "RR", "TO", "NP", "EA", "DH", "DL"};
  static const uint8_t broadcast[] = {0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  uint8_t data[160];
  size_t length = 2 + chance() % (chance() % 4 == 0 ? 150 : 20);
  for (size_t i = 0; i < length; i++)
    data[i] = (uint8_t)chance();
  if (chance() % 4 == 0) {
    memcpy(out, data, length);
    return length;
  }
  data[0] = types[chance() % sizeof types];
  if ((data[0] & 0xFE) == 0x08 && length >= 4) {
    const char *name = names[chance() % (sizeof names / sizeof names[0])];
    data[2] = (uint8_t)name[0];
    data[3] = (uint8_t)name[1];
  }
  if (length > 9 && chance() % 2) memcpy(data + 2, broadcast, sizeof broadcast);
  assert_true(xbee_wrap(data, length, ap, out, capacity, &length, NULL));
  if (chance() % 8 == 0) out[chance() % length] = (uint8_t)chance();
  return length;
}

/* A module whose inside the test can see. */
static struct xbee_module *newest;

static bool create_seen(void *device, const struct protocol_setup *setup, uint64_t now,
                        struct wire_error *error) {
  newest = device;
  return xbee_module_device.create(device, setup, now, error);
}

static void hostile_bytes_make_no_bad_frame(void **state) {
  (void)state;
  static struct protocol_device seen; /* outlives the world */
  seen = xbee_module_device;
  seen.create = create_seen;
  struct protocol_setting settings[] = {{"AP", "1"}, {"LIMIT", "200"}};
  uint8_t bytes[400];
  size_t frames = 0;
  state_of_chance = 1;
  for (size_t total = 0; total < 1000000;) {
    unsigned module;
    bench_close(NULL);
    assert_int_equal(bench_open(NULL), 0);
    settings[0].value = chance() % 2 ? "1" : "2";
    assert_true(world_add(bench.world, &seen, settings, 2, NULL, &module, NULL));
    unsigned witness = add_module(chance() % 2 ? "AP=1 AO=0" : "AP=1 AO=1");
    for (int round = 0; round < 500 && newest->mode != 0; round++) {
      int mode = newest->mode;
      size_t length = random_input(mode, bytes, sizeof bytes);
      total += length;
      world_input(bench.world, module, 0, bytes, length);
      frames += must_be_frames(module, mode, XBEE_MODULE_LATENCY);
      frames += must_be_frames(module, newest->mode, XBEE_MODULE_RESET);
      frames += must_be_frames(witness, 1, 0);
    }
  }
  assert_in_range(frames, 10000, 1000000);
}

static void same_seed_same_bytes(void **state) {
  (void)state;
  static uint8_t bytes[2][1 << 16];
  size_t length[2] = {0, 0};
  for (int run = 0; run < 2; run++) {
    bench_close(NULL);
    assert_int_equal(bench_open(NULL), 0);
    state_of_chance = 99;
    unsigned one = add_module("AP=1 D0=2 D1=3 IR=30 DL=0xFFFF LIMIT=200");
    unsigned other = add_module("AP=1 AO=0");
    for (int i = 0; i < 300; i++) {
      uint8_t input[400];
      size_t size = random_input(1, input, sizeof input);
      world_input(bench.world, i % 2 ? one : other, 0, input, size);
      wait_for(chance() % 5000);
      size_t *have = &length[run];
      *have += world_output(bench.world, one, 0, bytes[run] + *have, 500);
      *have += world_output(bench.world, other, 0, bytes[run] + *have, 500);
      assert_in_range(*have, 0, sizeof bytes[run] - 1000);
    }
  }
  assert_in_range(length[0], 1000, sizeof bytes[0]);
  assert_int_equal(length[0], length[1]);
  assert_memory_equal(bytes[0], bytes[1], length[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(hostile_bytes_make_no_bad_frame),
      TEST(same_seed_same_bytes),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
