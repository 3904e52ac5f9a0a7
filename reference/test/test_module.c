/* test_module.c: the module model on its serial port: AT commands, modes, reset,
 * bounds. */
#include "test/module_bench.h"

/* ---- power-up and settings --------------------------------------------------- */

static void power_up_is_reported_in_api_mode(void **state) {
  (void)state;
  unsigned plain = add_module("AP=1");
  unsigned escaped = add_module("AP=2");
  unsigned transparent = add_module("AP=0");
  wait_for(XBEE_MODULE_LATENCY - 1);
  collect(plain);
  assert_int_equal(bench.length[plain], 0);
  expect_frame(plain, "8A 00");
  expect_frame(escaped, "8A 00");
  expect_silence(transparent);
  send_frame(transparent, "08 01 41 50");
  expect_silence(transparent);
}

static void refuse(const char *name, const char *value, const char *part) {
  struct protocol_setting setting = {name, value};
  struct wire_error error;
  unsigned position;
  assert_false(world_add(bench.world, &xbee_module_device, &setting, 1, NULL, &position,
                         &error));
  if (strstr(error.text, part) == NULL) fail_msg("%s: no '%s'", error.text, part);
}

static void settings_are_registers(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1 MY=0x1234 NI=tester NP=95 VR=0x2010 SL=7 RR=3");
  send_frame(module, "08 01 4D 59");
  expect_frame(module, "88 01 4D 59 00 12 34");
  send_frame(module, "08 02 4E 49");
  expect_frame(module, "88 02 4E 49 00 74 65 73 74 65 72");
  send_frame(module, "08 03 4E 50");
  expect_frame(module, "88 03 4E 50 00 00 5F");
  send_frame(module, "08 04 56 52");
  expect_frame(module, "88 04 56 52 00 20 10");
  send_frame(module, "08 05 53 4C");
  expect_frame(module, "88 05 53 4C 00 00 00 00 07");
  refuse("NX", "1", "did you mean 'NI'");
  refuse("AC", "1", "no setting 'AC'");
  refuse("AP", "3", "AP=3: must be 0x0 to 0x2");
  refuse("CH", "channel", "must be 0xB to 0x1A");
  refuse("NI", "a name longer than twenty", "1 to 20 printable");
  refuse("NI", "", "1 to 20 printable");
  refuse("LIMIT", "0", "must be 1 to 65535");
  refuse("LIMITS", "8", "did you mean 'LIMIT'");
  refuse("BD", "0x20", "without 0xB to 0x12B");
}

static void frame_limit_is_kept(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1 LIMIT=6");
  send_frame(module, "08 01 4D 59 12 34");
  expect_frame(module, "88 01 4D 59 00");
  send_frame(module, "08 01 4D 59 00 12 34");
  expect_silence(module);
}

static void factory_values(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  static const char *const values[] = {
      "41 4F 00 02",
      "49 44 00 33 32",
      "43 48 00 0C",
      "4D 59 00 FF FF",
      "44 48 00 00 00 00 00",
      "53 48 00 00 13 A2 00",
      "4E 49 00 20",
      "53 4C 00 41 00 00 01",
      "4E 50 00 00 74",
      "42 44 00 00 00 00 03",
      "49 41 00 FF FF FF FF FF FF FF FF",
  };
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    char frame[60];
    snprintf(frame, sizeof frame, "08 11 %.5s", values[i]);
    send_frame(module, frame);
    snprintf(frame, sizeof frame, "88 11 %s", values[i]);
    expect_frame(module, frame);
  }
}

/* ---- AT commands ------------------------------------------------------------- */

static void values_come_at_register_width(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  set(module, "44 4C 0F FF"); /* DL, shorter than the register */
  send_frame(module, "08 01 44 4C");
  expect_frame(module, "88 01 44 4C 00 00 00 0F FF");
  set(module, "44 4C 00 00 00 00 12 34 56 78"); /* padded */
  send_frame(module, "08 01 44 4C");
  expect_frame(module, "88 01 44 4C 00 12 34 56 78");
  send_frame(module, "08 02 44 4C 01 00 00 00 00"); /* too wide */
  expect_frame(module, "88 02 44 4C 03");
  send_frame(module, "08 02 44 4C 01 00 00 00 00 00 00 00 05"); /* of 64 bits lost */
  expect_frame(module, "88 02 44 4C 03");
  set(module, "4E 49 45 6E 64 20 44 65 76"); /* NI "End Dev" */
  send_frame(module, "08 01 4E 49");
  expect_frame(module, "88 01 4E 49 00 45 6E 64 20 44 65 76");
  set(module, "4E 49 20"); /* the factory value can be put back */
  send_frame(module, "08 01 4E 49");
  expect_frame(module, "88 01 4E 49 00 20");
}

static void what_is_refused(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  static const char *const refused[] = {
      "08 01 43 48 0A|03",    /* CH below its range */
      "08 01 43 48 1B|03",    /* and above */
      "08 01 44 34 02|03",    /* D4: a value in the gap */
      "08 01 53 4C 01|03",    /* SL is read-only */
      "08 01 57 52 01|03",    /* WR takes no value */
      "08 01 5A 5A|02",       /* no such command */
      "08 01 4E 4A 05|02",    /* one of other products */
      "08 01 4E 49 20 61|03", /* NI with a space in front */
      "08 01 4E 49 61 0D|03", /* NI with what is not printable */
      "08 01 4E 49 61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70 71 72 73 74 75|03",
      "08 01 43 42 02|03", /* CB: no such press */
      "08 01 49 53|01",    /* IS without any line */
  };
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    char request[100];
    char answer[40];
    const char *bar = strchr(refused[i], '|');
    snprintf(request, sizeof request, "%.*s", (int)(bar - refused[i]), refused[i]);
    snprintf(answer, sizeof answer, "88 %.8s %s", request + 3, bar + 1);
    send_frame(module, request);
    expect_frame(module, answer);
  }
  send_frame(module, "08 01 43 48"); /* and nothing has changed */
  expect_frame(module, "88 01 43 48 00 0C");
}

static void commands_execute_and_answer(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  send_frame(module, "08 01 77 72"); /* "wr": the answer repeats the letters */
  expect_frame(module, "88 01 77 72 00");
  send_frame(module, "08 02 41 43");
  expect_frame(module, "88 02 41 43 00");
  send_frame(module, "08 03 43 42"); /* CB cannot be read: OK only */
  expect_frame(module, "88 03 43 42 00");
  send_frame(module, "08 00 4D 59 12 34"); /* id 0: done, not answered */
  expect_silence(module);
  send_frame(module, "08 04 4D 59");
  expect_frame(module, "88 04 4D 59 00 12 34");
}

static void queue_waits(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  send_frame(module, "09 01 4D 59 12 34");
  expect_frame(module, "88 01 4D 59 00");
  send_frame(module, "08 02 4D 59"); /* in force */
  expect_frame(module, "88 02 4D 59 00 FF FF");
  send_frame(module, "09 03 4D 59"); /* newest, at once */
  expect_frame(module, "88 03 4D 59 00 12 34");
  set(module, "41 43"); /* AC */
  send_frame(module, "08 04 4D 59");
  expect_frame(module, "88 04 4D 59 00 12 34");
  send_frame(module, "09 05 49 44 00 01"); /* a later 0x08 applies too */
  expect_frame(module, "88 05 49 44 00");
  set(module, "52 52 02");
  send_frame(module, "08 06 49 44");
  expect_frame(module, "88 06 49 44 00 00 01");
  send_frame(module, "09 07 43 48 FF");
  expect_frame(module, "88 07 43 48 03");
  send_frame(module, "09 08 5A 5A 00");
  expect_frame(module, "88 08 5A 5A 02");
}

static void reset_forgets_what_was_not_written(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1 MY=1");
  set(module, "49 44 12 34");
  set(module, "57 52"); /* WR */
  set(module, "4D 59 00 02");
  send_frame(module, "09 01 52 52 03");
  send_frame(module, "08 02 46 52"); /* FR */
  send_frame(module, "08 03 46 52"); /* too late: the module is going down */
  expect_frame(module, "88 01 52 52 00");
  expect_frame(module, "88 02 46 52 00");
  expect_frame(module, "8A 00");
  expect_silence(module);
  send_frame(module, "08 04 49 44");
  expect_frame(module, "88 04 49 44 00 12 34");
  send_frame(module, "08 05 4D 59");
  expect_frame(module, "88 05 4D 59 00 00 01");
  send_frame(module, "09 06 52 52");
  expect_frame(module, "88 06 52 52 00 00");
}

static void written_values_include_queued_ones(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  send_frame(module, "09 01 4D 59 00 05");
  expect_frame(module, "88 01 4D 59 00");
  set(module, "57 52");
  set(module, "46 52");
  expect_frame(module, "8A 00");
  send_frame(module, "08 02 4D 59");
  expect_frame(module, "88 02 4D 59 00 00 05");
}

/* After RE the module is transparent, so that only its neighbour can tell the rest. */
static void defaults_come_back(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1 MY=1");
  unsigned other = ready_module("AP=1");
  send_frame(other, "01 01 00 01 00 61");
  expect_frame(other, "89 01 00");
  expect_frame(module, "80 " ADDRESS_1 "28 00 61");
  set(module, "52 45"); /* RE: the answer still comes in API mode, then AP is 0 */
  send_frame(module, "08 02 4E 49");
  expect_silence(module);
  send_frame(other, "01 01 00 01 00 61"); /* MY is FFFF */
  expect_frame(other, "89 01 01");
  send_frame(other, "00 01 " ADDRESS_0 "00 61");
  expect_frame(other, "89 01 00");
  expect_silence(module);
}

/* ---- modes ------------------------------------------------------------------- */

static void mode_changes_behind_its_answer(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  /* In one piece: AP 2 without escapes, and behind it MY 7D11 with escapes. */
  send_raw(module, "7E 00 05 08 01 41 50 02 63"
                   "7E 00 06 08 02 4D 59 7D 5D 7D 31 C1"
                   "7E 00 04 08 03 4D 59 4E");
  expect_frame(module, "88 01 41 50 00");
  bench.ap[module] = 2;
  expect_frame(module, "88 02 4D 59 00");
  expect_frame(module, "88 03 4D 59 00 7D 11");
  send_frame(module, "08 04 41 50 01");
  expect_frame(module, "88 04 41 50 00");
  bench.ap[module] = 1;
  send_frame(module, "08 05 4D 59");
  expect_frame(module, "88 05 4D 59 00 7D 11");
}

static void queued_mode_changes_when_applied(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  send_frame(module, "09 01 41 50 02");
  expect_frame(module, "88 01 41 50 00");
  send_frame(module, "08 11 41 50"); /* 11 is not escaped */
  expect_frame(module, "88 11 41 50 00 01");
  send_frame(module, "08 02 41 43");
  expect_frame(module, "88 02 41 43 00");
  bench.ap[module] = 2;
  send_frame(module, "08 11 41 50");
  expect_frame(module, "88 11 41 50 00 02");
}

static void transparent_mode_has_no_frames(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  unsigned other = ready_module("AP=1");
  send_raw(module, "7E 00 05 08 01 41 50 00 65 7E 00 04 08 02 4D 59 4F");
  expect_frame(module, "88 01 41 50 00");
  send_frame(other, "10 01 00 00 00 00 00 00 FF FF FF FE 00 00 61");
  expect_frame(other, "8B 01 FF FE 00 00 00");
  expect_silence(module);
}

/* ---- other requests ---------------------------------------------------------- */

static void user_data_is_relayed(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  send_frame(module, "2D 01 00 61 62");
  expect_frame(module, "AD 00 61 62");
  send_frame(module, "2D 01 00");
  expect_frame(module, "AD 00");
  send_frame(module, "2D 01 01 61");
  expect_frame(module, "89 01 7D");
  send_frame(module, "2D 02 02 61");
  expect_frame(module, "89 02 7D");
  send_frame(module, "2D 03 03 61");
  expect_frame(module, "89 03 7C");
  send_frame(module, "2D 00 03 61");
  expect_silence(module);
}

static void long_user_data(void **state) {
  (void)state;
  unsigned module = ready_module("AP=2");
  uint8_t data[3 + XBEE_MODULE_RELAY + 1] = {0x2D, 0x01, 0x00};
  uint8_t wire[2 * sizeof data + 10];
  size_t length;
  char text[3 * sizeof data];
  memset(data + 3, 0x7E, sizeof data - 3);
  for (size_t more = 0; more < 2; more++) {
    assert_true(
        xbee_wrap(data, sizeof data - 1 + more, 2, wire, sizeof wire, &length, NULL));
    world_input(bench.world, module, 0, wire, length);
  }
  assert_true(next_frame(module, text, sizeof text));
  assert_int_equal(strlen(text), 3 * (2 + XBEE_MODULE_RELAY) - 1);
  expect_frame(module, "89 01 74");
}

static void what_cannot_be_understood_is_dropped(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  send_frame(module, "02 01 00");                /* unassigned */
  send_frame(module, "88 01 4E 49 00");          /* a response */
  send_frame(module, "20 01 01 02 03 04 00 50"); /* of other products */
  send_frame(module, "08 01 4E");                /* too short for their layout */
  send_frame(module, "10 01 00 00 00");
  send_frame(module, "2D 01");
  send_raw(module, "7E 00 04 08 01 4D 59 00"); /* wrong checksum */
  send_raw(module, "00 FF 61 62");
  expect_silence(module);
  send_frame(module, "08 01 4D 59");
  expect_frame(module, "88 01 4D 59 00 FF FF");
}

/* ---- bounds ------------------------------------------------------------------ */

static void output_is_bounded_in_whole_frames(void **state) {
  (void)state;
  unsigned module = ready_module("AP=1");
  char text[100];
  size_t frames = 0;
  for (int i = 0; i < 20000; i++) {
    send_frame(module, "08 01 49 41"); /* IA: a long answer */
    if (i % 100 == 0) wait_for(1000);
  }
  while (next_frame(module, text, sizeof text)) {
    assert_string_equal(text, "88 01 49 41 00 FF FF FF FF FF FF FF FF");
    frames++;
  }
  assert_in_range(frames, 256, XBEE_MODULE_OUTPUT / 17);
  send_frame(module, "08 02 49 41");
  expect_frame(module, "88 02 49 41 00 FF FF FF FF FF FF FF FF");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(power_up_is_reported_in_api_mode),
      TEST(settings_are_registers),
      TEST(frame_limit_is_kept),
      TEST(factory_values),
      TEST(values_come_at_register_width),
      TEST(what_is_refused),
      TEST(commands_execute_and_answer),
      TEST(queue_waits),
      TEST(reset_forgets_what_was_not_written),
      TEST(written_values_include_queued_ones),
      TEST(defaults_come_back),
      TEST(mode_changes_behind_its_answer),
      TEST(queued_mode_changes_when_applied),
      TEST(transparent_mode_has_no_frames),
      TEST(user_data_is_relayed),
      TEST(long_user_data),
      TEST(what_cannot_be_understood_is_dropped),
      TEST(output_is_bounded_in_whole_frames),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
