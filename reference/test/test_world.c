/* test_world.c: order, time and bounds of the medium. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "test/tiny_device.h"
#include "world/world.h"

static struct world *world;

static int setup(void **state) {
  (void)state;
  world = world_new(7, 0);
  return world == NULL;
}

static int teardown(void **state) {
  (void)state;
  world_free(world);
  return 0;
}

static unsigned add(const char *greeting) {
  struct protocol_setting setting = {"greeting", greeting};
  struct wire_error error;
  unsigned position;
  assert_true(world_add(world, &tiny_device, &setting, 1, NULL, &position, &error));
  return position;
}

static void tell(unsigned position, const char *text) {
  world_input(world, position, 0, (const uint8_t *)text, strlen(text));
}

static void expect(unsigned position, const char *text) {
  char said[1024];
  size_t length = world_output(world, position, 0, (uint8_t *)said, sizeof said - 1);
  said[length] = '\0';
  assert_string_equal(said, text);
}

static void empty_world_is_never_due(void **state) {
  (void)state;
  assert_true(world_deadline(world) == PROTOCOL_NEVER);
  world_step(world, 5000);
  assert_int_equal(world_now(world), 5000);
  world_step(world, 10); /* the clock does not go back */
  assert_int_equal(world_now(world), 5000);
}

static void device_runs_when_due(void **state) {
  (void)state;
  unsigned device = add("hello");
  expect(device, "hello");
  tell(device, "E");
  assert_int_equal(world_deadline(world), 20000);
  world_step(world, 19999);
  expect(device, "");
  world_step(world, 20000);
  expect(device, "echo");
  assert_true(world_deadline(world) == PROTOCOL_NEVER);
}

static void half_an_hour_in_one_step(void **state) {
  (void)state;
  unsigned device = add("");
  tell(device, "LE");
  world_step(world, UINT64_C(1800000000));
  expect(device, "echolate");
}

static void packet_reaches_all_others(void **state) {
  (void)state;
  unsigned one = add(""), two = add(""), three = add("");
  world_step(world, 500);
  tell(one, "T");
  assert_int_equal(world_deadline(world), 500 + WORLD_DELAY);
  world_step(world, 499 + WORLD_DELAY);
  expect(two, "");
  world_step(world, 1000000);
  expect(one, "");
  expect(two, "[1500 hi]");
  expect(three, "[1500 hi]");
}

static void packets_come_before_devices(void **state) {
  (void)state;
  unsigned one = add(""), two = add("");
  tell(two, "E"); /* due at 20000 */
  world_step(world, 20000 - WORLD_DELAY);
  tell(one, "T"); /* arrives at 20000 */
  world_step(world, 20000);
  expect(two, "[20000 hi]echo");
}

/* A device of its own kind: says packets that are not due in the order it sends them.
 */
static bool talk_create(void *device, const struct protocol_setup *given, uint64_t now,
                        struct wire_error *error) {
  (void)now;
  (void)error;
  memcpy(device, given, sizeof *given);
  return true;
}

static void talk_input(void *device, unsigned port, const uint8_t *bytes, size_t length,
                       uint64_t now) {
  static uint8_t packet[WORLD_PACKET + 1];
  const struct protocol_setup *given = device;
  (void)port;
  if (bytes[0] == '+') { /* one packet for each byte, the later ones due earlier */
    for (size_t i = 1; i < length; i++)
      given->transmit(given->medium, &bytes[i], 1, now + 10 - i);
  } else {
    given->transmit(given->medium, packet, sizeof packet, now);
    given->transmit(given->medium, packet, 0, now);
  }
}

static size_t say_nothing(void *device, unsigned port, uint8_t *bytes,
                          size_t capacity) {
  (void)device, (void)port, (void)bytes, (void)capacity;
  return 0;
}

static void hear_nothing(void *device, const uint8_t *packet, size_t length,
                         uint64_t now) {
  (void)device, (void)packet, (void)length, (void)now;
}

static void run_nothing(void *device, uint64_t now) {
  (void)device, (void)now;
}

static uint64_t never_due(const void *device) {
  (void)device;
  return PROTOCOL_NEVER;
}

static const struct protocol_device talk_device = {
    .name = "talk",
    .size = sizeof(struct protocol_setup),
    .ports = tiny_ports,
    .create = talk_create,
    .input = talk_input,
    .output = say_nothing,
    .hear = hear_nothing,
    .run = run_nothing,
    .deadline = never_due,
};

static unsigned add_talker(void) {
  struct wire_error error;
  unsigned position;
  assert_true(world_add(world, &talk_device, NULL, 0, NULL, &position, &error));
  return position;
}

static void packets_arrive_in_order_of_time(void **state) {
  (void)state;
  unsigned ear = add(""), mouth = add_talker();
  tell(mouth, "+abc"); /* due at 1009, 1008, 1007 */
  world_step(world, 5000);
  expect(ear, "[1007 c][1008 b][1009 a]");
}

static void long_packet_is_lost_and_empty_one_is_not(void **state) {
  (void)state;
  unsigned ear = add(""), mouth = add_talker();
  tell(mouth, "?");
  world_step(world, 5000);
  expect(ear, "[1000 ]");
}

static void full_queue_loses_the_newest(void **state) {
  (void)state;
  unsigned ear = add(""), mouth = add("");
  for (int i = 0; i < WORLD_PACKETS + 5; i++)
    tell(mouth, "T");
  world_step(world, WORLD_DELAY);
  char said[1024];
  size_t length = world_output(world, ear, 0, (uint8_t *)said, sizeof said);
  assert_int_equal(length, WORLD_PACKETS * strlen("[1000 hi]"));
  tell(mouth, "T"); /* there is room again */
  world_step(world, 10000);
  expect(ear, "[2000 hi]");
}

static void stuck_device_cannot_stop_the_clock(void **state) {
  (void)state;
  unsigned stuck = add(""), other = add("");
  tell(stuck, "S");
  tell(other, "L");
  world_step(world, UINT64_C(1800000000));
  expect(other, "late");
  assert_int_equal(world_now(world), UINT64_C(1800000000));
}

static void same_seed_same_bytes(void **state) {
  (void)state;
  char said[3][3][17];
  for (int run = 0; run < 3; run++) {
    struct world *fresh = world_new(run < 2 ? 42 : 43, 0);
    for (unsigned i = 0; i < 3; i++) {
      struct wire_error error;
      unsigned position;
      assert_true(world_add(fresh, &tiny_device, NULL, 0, NULL, &position, &error));
      world_input(fresh, i, 0, (const uint8_t *)"R", 1);
      world_output(fresh, i, 0, (uint8_t *)said[run][i], 16);
      said[run][i][16] = '\0';
    }
    world_free(fresh);
  }
  assert_memory_equal(said[0], said[1], sizeof said[0]);
  assert_string_not_equal(said[0][0], said[0][1]); /* each device its own */
  assert_string_not_equal(said[0][0], said[2][0]);
}

static void refused_device_leaves_the_world_whole(void **state) {
  (void)state;
  struct protocol_setting wrong = {"colour", "red"};
  struct wire_error error;
  unsigned position = 99;
  assert_false(world_add(world, &tiny_device, &wrong, 1, NULL, &position, &error));
  assert_string_equal(error.text, "no setting 'colour'");
  assert_int_equal(position, 99);
  for (unsigned i = 0; i < WORLD_DEVICES; i++)
    assert_int_equal(add("x"), i);
  assert_false(world_add(world, &tiny_device, NULL, 0, NULL, &position, &error));
  assert_non_null(strstr(error.text, "no more than 8"));
}

static void device_knows_position_and_mutant(void **state) {
  (void)state;
  struct wire_error error;
  unsigned deaf;
  add("");
  unsigned second = add("");
  assert_true(world_add(world, &tiny_device, NULL, 0, &tiny_mutant, &deaf, &error));
  tell(second, "N");
  expect(second, "1");
  tell(deaf, "N");
  expect(deaf, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(empty_world_is_never_due),
      TEST(device_runs_when_due),
      TEST(half_an_hour_in_one_step),
      TEST(packet_reaches_all_others),
      TEST(packets_come_before_devices),
      TEST(packets_arrive_in_order_of_time),
      TEST(long_packet_is_lost_and_empty_one_is_not),
      TEST(full_queue_loses_the_newest),
      TEST(stuck_device_cannot_stop_the_clock),
      TEST(same_seed_same_bytes),
      TEST(refused_device_leaves_the_world_whole),
      TEST(device_knows_position_and_mutant),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
