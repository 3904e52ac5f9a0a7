/* test_hub.c: reference devices under the virtual clock. */
#include "hub_ends.h"

static void half_an_hour_takes_no_time(void **state) {
  (void)state;
  unsigned device = add("sim:");
  assert_true(hub_virtual(hub));
  uint64_t begin = peer_clock();
  send_text(device, "L");
  assert_int_equal(wait_for(UINT64_C(2400000000)), HUB_BYTES);
  assert_string_equal(got, "late");
  assert_int_equal(hub_now(hub), UINT64_C(1800000000));
  assert_int_equal(wait_for(UINT64_C(2400000000)), HUB_DEADLINE);
  assert_int_equal(hub_now(hub), UINT64_C(2400000000));
  assert_true(peer_clock() - begin < 1000 * MS);
}

static void what_comes_at_the_deadline_counts(void **state) {
  (void)state;
  unsigned device = add("sim:");
  send_text(device, "E"); /* due at 20 ms */
  assert_int_equal(wait_for(20 * MS - 1), HUB_DEADLINE);
  assert_int_equal(wait_for(20 * MS), HUB_BYTES);
  assert_int_equal(wait_for(20 * MS), HUB_DEADLINE);
  send_text(device, "abc");
  assert_int_equal(wait_for(20 * MS), HUB_BYTES);
  assert_string_equal(got, "abc");
  assert_int_equal(wait_for(0), HUB_DEADLINE); /* long gone */
  assert_int_equal(hub_now(hub), 20 * MS);
}

static void nothing_to_wait_for(void **state) {
  (void)state;
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_DEADLINE);
  unsigned device = add("sim:");
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_DEADLINE);
  send_text(device, "L");
  expect_text(device, "late", PROTOCOL_NEVER);
}

static void devices_share_a_medium(void **state) {
  (void)state;
  unsigned one = add("sim:"), two = add("sim:");
  send_text(one, "T");
  expect_text(two, "[1000 hi]", 5 * MS);
}

static void same_seed_same_bytes(void **state) {
  (void)state;
  char first[17] = "";
  for (uint64_t run = 0; run < 3; run++) {
    hub_free(hub);
    hub = hub_new(run < 2 ? 1 : 2);
    unsigned device = add("sim:");
    send_text(device, "R");
    assert_int_equal(wait_for(MS), HUB_BYTES);
    if (run == 0) memcpy(first, got, sizeof first);
    if (run == 1) assert_string_equal(got, first);
    if (run == 2) assert_string_not_equal(got, first);
  }
}

static void endless_device_meets_the_deadline(void **state) {
  (void)state;
  unsigned device = add("sim:"), other = add("sim:");
  send_text(device, "F");
  send_text(other, "E");
  size_t heard = 0;
  bool echo = false;
  enum hub_event event;
  while ((event = wait_for(50 * MS)) == HUB_BYTES) {
    if (got_number == other) echo = true;
    heard += got_length;
  }
  assert_int_equal(event, HUB_DEADLINE);
  assert_true(echo);
  assert_true(heard < 8u << 20);
  send_text(other, "x"); /* it can still be talked to */
  do
    assert_int_equal(wait_for(60 * MS), HUB_BYTES);
  while (got_number != other);
  assert_string_equal(got, "x");
}

static void stuck_device_meets_the_deadline(void **state) {
  (void)state;
  unsigned device = add("sim:");
  send_text(device, "SL");
  expect_text(device, "late", PROTOCOL_NEVER);
  assert_int_equal(wait_for(UINT64_C(1900000000)), HUB_DEADLINE);
}

static void adding_fails_with_a_reason(void **state) {
  (void)state;
  struct protocol_setting wrong = {"colour", "red"};
  struct link_error error;
  unsigned number;
  assert_false(hub_add(hub, "sim:", NULL, NULL, 0, NULL, &number, &error));
  assert_non_null(strstr(error.text, "no reference device"));
  assert_false(hub_add(hub, "sim:", &tiny_device, &wrong, 1, NULL, &number, &error));
  assert_string_equal(error.text, "sim: cannot start tiny: no setting 'colour'");
  assert_false(hub_add(hub, "tcp:x", NULL, NULL, 0, NULL, &number, &error));
  assert_false(hub_add(hub, "exec:/nowhere", NULL, NULL, 0, NULL, &number, &error));
  assert_true(hub_virtual(hub));
  for (unsigned i = 0; i < HUB_ENDPOINTS; i++)
    assert_int_equal(add("sim:"), i);
  assert_false(hub_add(hub, "sim:", &tiny_device, NULL, 0, NULL, &number, &error));
  assert_non_null(strstr(error.text, "at most 8 endpoints"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(half_an_hour_takes_no_time),
      TEST(what_comes_at_the_deadline_counts),
      TEST(nothing_to_wait_for),
      TEST(devices_share_a_medium),
      TEST(same_seed_same_bytes),
      TEST(endless_device_meets_the_deadline),
      TEST(stuck_device_meets_the_deadline),
      TEST(adding_fails_with_a_reason),
  };
  alarm(120); /* a test that hangs has failed */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
