/* test_module_io.c: I/O samples and node identification between module models. */
#include "test/module_bench.h"

/* ---- lines ------------------------------------------------------------------- */

static void samples_on_demand(void **state) {
  (void)state;
  char first[100];
  char again[100];
  unsigned one = ready_module("AP=1 AO=0 D2=5 D3=4 D4=5 P1=5");
  send_frame(one, "08 01 49 53");
  expect_frame(one, "88 01 49 53 00 01 08 1C 00 08 14");
  set(one, "44 31 02"); /* D1 analog, D0 input: both as chance has it */
  set(one, "44 30 03");
  send_frame(one, "08 02 49 53");
  assert_true(next_frame(one, first, sizeof first));
  assert_true(matches(first, "88 02 49 53 00 01 08 1D 02 08 1? 0? ??"));
  assert_true(first[31] == '4' || first[31] == '5');
  send_frame(one, "08 02 49 53");
  expect_frame(one, first);
  set(one, "41 4F 02"); /* legacy: DIO11 has no bit */
  send_frame(one, "08 02 49 53");
  assert_true(next_frame(one, again, sizeof again));
  assert_true(matches(again, "88 02 49 53 00 01 04 1D 00 1? 0? ??"));
  assert_string_equal(again + 27, first + 30); /* the same lines and levels */
}

static void analog_lines_only(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 AO=1 D0=2 D3=2");
  send_frame(one, "08 01 49 53");
  expect_frame(one, "88 01 49 53 00 01 00 00 09 0? ?? 0? ??");
  set(one, "41 4F 02");
  send_frame(one, "08 01 49 53");
  expect_frame(one, "88 01 49 53 00 01 12 00 0? ?? 0? ??");
}

static void legacy_leaves_out_what_it_cannot_say(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 P0=5"); /* AO 2, and DIO10 only */
  send_frame(one, "08 01 49 53");
  expect_frame(one, "88 01 49 53 01");
  set(one, "41 4F 00");
  send_frame(one, "08 01 49 53");
  expect_frame(one, "88 01 49 53 00 01 04 00 00 04 00");
}

static void periodic_samples(void **state) {
  (void)state;
  unsigned one =
      ready_module("AP=1 AO=0 D4=5 D5=4 P0=5 IR=100 DH=0x13A200 DL=0x41000002");
  unsigned other = ready_module("AP=1 AO=0");
  expect_frame(other, "92 " ADDRESS_0 "FF FE 01 01 04 30 00 04 10");
  uint64_t start = world_now(bench.world);
  expect_frame(other, "92 " ADDRESS_0 "FF FE 01 01 04 30 00 04 10");
  assert_int_equal(world_now(bench.world) - start, 100000);
  set(other, "41 4F 02");
  expect_frame(other, "82 " ADDRESS_0 "28 00 01 00 30 00 10");
  set(one, "4D 59 12 34");
  expect_frame(other, "83 12 34 28 00 01 00 30 00 10");
  set(one, "44 4C FF FF"); /* DL, with DH not 0: somebody else */
  wait_for(200000);
  set(one, "44 48 00"); /* DH: now a broadcast */
  bench.length[other] = 0;
  expect_frame(other, "83 12 34 28 02 01 00 30 00 10");
  set(other, "41 4F 01");
  expect_frame(other, "92 " ADDRESS_0 "12 34 02 01 04 30 00 04 10");
  set(one, "49 52 00");
  wait_for(10000);
  collect(other);
  bench.length[other] = 0;
  expect_silence(other);
  expect_silence(one);
}

static void samples_go_to_short_addresses(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 AO=0 D1=2 IR=50 DL=7");
  unsigned other = ready_module("AP=1 AO=0 MY=7");
  expect_frame(other, "92 " ADDRESS_0 "FF FE 01 01 00 00 02 0? ??");
  set(one, "44 31 00"); /* no line: no sample */
  wait_for(100000);
  collect(other);
  bench.length[other] = 0;
  expect_silence(other);
}

static void changes_send_samples(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 AO=0 D4=4 D5=4 IC=0x10 DL=0xFFFF");
  unsigned other = ready_module("AP=1 AO=0");
  set(one, "44 34 05");
  expect_frame(other, "92 " ADDRESS_0 "FF FE 02 01 00 30 00 00 10");
  set(one, "44 35 05"); /* not watched */
  set(one, "44 34 00"); /* no line any more */
  set(one, "44 34 04"); /* and again: no change of level */
  expect_silence(other);
  send_frame(one, "09 01 44 34 05"); /* queued: when applied */
  expect_frame(one, "88 01 44 34 00");
  expect_silence(other);
  set(one, "41 43");
  expect_frame(other, "92 " ADDRESS_0 "FF FE 02 01 00 30 00 00 30");
}

/* ---- identification ---------------------------------------------------------- */

static void button_identifies(void **state) {
  (void)state;
  unsigned one = ready_module("AP=1 MY=0x7D84");
  unsigned other = ready_module("AP=1 AO=0");
  unsigned third = ready_module("AP=1 AO=2");
  set(one, "43 42 01");
  expect_frame(other, "95 " ADDRESS_0 "7D 84 02 7D 84 " ADDRESS_0
                      "20 00 FF FE 01 01 C1 05 10 1E");
  set(one, "4E 49 6E 6F 64 65");
  set(other, "41 4F 01");
  send_frame(one, "09 01 43 42 01"); /* queued: pressed when applied */
  expect_frame(one, "88 01 43 42 00");
  expect_silence(other);
  set(one, "41 43");
  expect_frame(other, "95 " ADDRESS_0 "7D 84 02 7D 84 " ADDRESS_0
                      "6E 6F 64 65 00 FF FE 01 01 C1 05 10 1E");
  expect_silence(third);
  expect_silence(one);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(samples_on_demand),
      TEST(analog_lines_only),
      TEST(legacy_leaves_out_what_it_cannot_say),
      TEST(periodic_samples),
      TEST(samples_go_to_short_addresses),
      TEST(changes_send_samples),
      TEST(button_identifies),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
