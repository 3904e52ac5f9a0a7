/* test_wire_parse.c: text to values, and back again for every kind. */
#include "test/wire_probe.h"

static uint8_t memory[64];
static struct wire_scratch scratch;
static struct wire_item item;
static struct wire_error error;

static bool parse(const struct wire_field *field, const char *text) {
  scratch = (struct wire_scratch){memory, sizeof memory, 0};
  error = (struct wire_error){.text = ""};
  return wire_parse(field, text, &scratch, &item, &error);
}

static void assert_number(const struct wire_field *field, const char *text,
                          uint64_t wanted) {
  bool good = parse(field, text);
  assert_string_equal(error.text, "");
  assert_true(good);
  assert_int_equal(item.form, WIRE_NUMBER);
  assert_string_equal(item.name, field->name);
  assert_true(item.number == wanted);
  assert_int_equal(scratch.used, 0);
}

static void assert_octets(const struct wire_field *field, const char *text,
                          const char *hex) {
  bool good = parse(field, text);
  assert_string_equal(error.text, "");
  assert_true(good);
  assert_int_equal(item.form, WIRE_OCTETS);
  assert_bytes(item.bytes, item.length, hex);
  assert_int_equal(scratch.used, item.length);
}

static void assert_refused(const struct wire_field *field, const char *text,
                           enum wire_status status, size_t offset, const char *words) {
  assert_false(parse(field, text));
  assert_string_equal(error.text, words);
  assert_int_equal(error.status, status);
  assert_int_equal(error.offset, offset);
  assert_string_equal(error.field, field->name);
  assert_int_equal(scratch.used, 0);
  assert_false(wire_parse(field, text, &scratch, &item, NULL));
}

/* ---- numbers ----------------------------------------------------------------- */

static void numbers(void **state) {
  (void)state;
  static const struct wire_field field = {.name = "n", .kind = WIRE_UINT, .size = 8};
  assert_number(&field, "0", 0);
  assert_number(&field, "300", 300);
  assert_number(&field, "007", 7);
  assert_number(&field, "0x1F", 0x1F);
  assert_number(&field, "0X1f", 0x1F);
  assert_number(&field, "-4", (uint64_t)-4);
  assert_number(&field, "-0x10", (uint64_t)-16);
  assert_number(&field, "18446744073709551615", UINT64_MAX);
  assert_number(&field, "0xFFFFFFFFFFFFFFFF", UINT64_MAX);
  assert_number(&field, "-9223372036854775808", (uint64_t)INT64_MIN);
  static const char *const wrong[] = {"",
                                      "-",
                                      "x",
                                      "0x",
                                      "1F",
                                      "1A",
                                      "1 ",
                                      " 1",
                                      "+1",
                                      "--1",
                                      "0x-1",
                                      "1.5",
                                      "18446744073709551616",
                                      "0x10000000000000000",
                                      "-9223372036854775809"};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    char words[64];
    strcpy(words, "'");
    strcat(strcat(words, wrong[i]), "' is not a number");
    assert_refused(&field, wrong[i], WIRE_UNFIT, 0, words);
  }
}

static void names(void **state) {
  (void)state;
  const struct wire_field *named = wire_field_of(marked, "named");
  assert_number(named, "yes", 1);
  assert_number(named, "no", 0);
  assert_number(named, "0x77", 0x77); /* a test may want one that nobody documents */
  assert_refused(named, "yess", WIRE_UNKNOWN_NAME, 0,
                 "'yess' is no value of 'named', did you mean 'yes'?");
  assert_refused(named, "Yes!maybe?", WIRE_UNKNOWN_NAME, 0,
                 "'Yes!maybe?' is no value of 'named'");
  assert_refused(named, "", WIRE_UNKNOWN_NAME, 0, "'' is no value of 'named'");
  static const char endless[] = "aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbcccccccccc";
  assert_refused(named, endless, WIRE_UNKNOWN_NAME, 0,
                 "'aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb' is no value of 'named'");
}

static void names_of_bits(void **state) {
  (void)state;
  const struct wire_field *bits = wire_field_of(marked, "bits");
  assert_number(bits, "flag_0", 1);
  assert_number(bits, "flag_0|mode_2", 3);
  assert_number(bits, "mode_4|0x80|flag_0", 0x85);
  assert_number(bits, "0x00", 0);
  assert_number(bits, "129", 129);
  assert_refused(bits, "flag_0|mode_3", WIRE_UNKNOWN_NAME, 7,
                 "'mode_3' is no value of 'bits', did you mean 'mode_2'?");
  assert_refused(bits, "", WIRE_UNKNOWN_NAME, 0, "'' is no value of 'bits'");
  assert_refused(bits, "flag_0|", WIRE_UNKNOWN_NAME, 7, "'' is no value of 'bits'");
  assert_refused(bits, "flag_0=1", WIRE_UNFIT, 0, "'flag_0' takes no number");
}

static void numbers_among_bits(void **state) {
  (void)state;
  const struct wire_field *info = wire_field_of(entry_fields, "info");
  assert_number(info, "directory|size=18", 0x80000120);
  assert_number(info, "size=0xFFFFF", 0x00FFFFF0);
  assert_number(info, "size=0", 0);
  assert_refused(info, "directory|size=0x100000", WIRE_UNFIT, 15,
                 "'size' does not hold this number");
  assert_refused(info, "size=", WIRE_UNFIT, 5, "'size' does not hold this number");
  assert_refused(info, "size=-1", WIRE_UNFIT, 5, "'size' does not hold this number");
  assert_refused(info, "size", WIRE_UNFIT, 0, "'size' needs a number: size=...");
}

/* ---- octets ------------------------------------------------------------------ */

static void octets_in_hexadecimal(void **state) {
  (void)state;
  static const struct wire_field field = {
      .name = "data", .kind = WIRE_BYTES, .extent = WIRE_REST};
  assert_octets(&field, "", "");
  assert_octets(&field, "7e00FF", "7E 00 FF");
  assert_octets(&field, "0x7E 00\t04 ", "7E 00 04");
  assert_octets(&field, "  0X01", "01");
  assert_octets(&field, "0x", "");
  assert_refused(&field, "7E 0", WIRE_UNFIT, 3, "a byte needs two hexadecimal digits");
  assert_refused(&field, "7E0 0", WIRE_UNFIT, 2, "a byte needs two hexadecimal digits");
  assert_refused(&field, "7E g0", WIRE_UNFIT, 3, "not a hexadecimal digit");
  assert_refused(&field, "7E 0x00", WIRE_UNFIT, 3,
                 "a byte needs two hexadecimal digits");
  assert_refused(&field, "7E,00", WIRE_UNFIT, 2, "not a hexadecimal digit");
}

static void lists_in_hexadecimal(void **state) {
  (void)state;
  const struct wire_field *hops = wire_field_of(counted_list, "hops");
  assert_octets(hops, "0001FFFE", "00 01 FF FE");
  assert_octets(hops, " 00 01", "00 01");
  assert_octets(hops, "", "");
  assert_refused(hops, "one, two", WIRE_UNFIT, 0,
                 "'hops' is a list of elements, or hexadecimal");
}

static void text_with_escapes(void **state) {
  (void)state;
  static const struct wire_field field = {
      .name = "text", .kind = WIRE_TEXT, .extent = WIRE_REST};
  assert_octets(&field, "", "");
  assert_octets(&field, "ab c", "61 62 20 63");
  assert_octets(&field, "\\\\\\x00\\xfF", "5C 00 FF");
  assert_octets(&field, "\xC3\xA9", "C3 A9"); /* other bytes as they are */
  static const char words[] = "'\\' must be followed by '\\' or by 'x' and two digits";
  assert_refused(&field, "a\\", WIRE_UNFIT, 1, words);
  assert_refused(&field, "ab\\n", WIRE_UNFIT, 2, words);
  assert_refused(&field, "\\x", WIRE_UNFIT, 0, words);
  assert_refused(&field, "\\x1", WIRE_UNFIT, 0, words);
  assert_refused(&field, "\\x1g", WIRE_UNFIT, 0, words);
  assert_refused(&field, "\\\\\\", WIRE_UNFIT, 2, words);
}

/* ---- addresses --------------------------------------------------------------- */

static void ipv4(void **state) {
  (void)state;
  const struct wire_field *field = wire_field_of(internet, "v4");
  assert_octets(field, "192.168.0.255", "C0 A8 00 FF");
  assert_octets(field, "0.0.0.0", "00 00 00 00");
  assert_octets(field, "C0A80001", "C0 A8 00 01");
  static const char *const wrong[] = {
      "1.2.3",      "1.2.3.4.5", "1.2.3.256", "1.2.3.",   ".1.2.3",   "1..2.3",
      "1.2.3.4 ",   " 1.2.3.4",  "1.2.3.-4",  "+1.2.3.4", "1. 2.3.4", "1.2.3.0004",
      "1.2.3.0x04", "::1",       "1.2.3.4x",  "999.1.1.1"};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    char words[64];
    strcpy(words, "'");
    strcat(strcat(words, wrong[i]), "' is not an IPv4 address");
    assert_refused(field, wrong[i], WIRE_UNFIT, 0, words);
  }
}

static void ipv6(void **state) {
  (void)state;
  const struct wire_field *field = wire_field_of(internet, "v6");
  assert_octets(field, "2001:db8:0:0:0:0:0:1",
                "20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 01");
  assert_octets(field, "2001:DB8::1",
                "20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 01");
  assert_octets(field, "::", "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
  assert_octets(field, "::1", "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01");
  assert_octets(field, "fe80::", "FE 80 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
  assert_octets(field,
                "1:2:3:4:5:6:7::", "00 01 00 02 00 03 00 04 00 05 00 06 00 07 00 00");
  assert_octets(field, "::2:3:4:5:6:7:8",
                "00 00 00 02 00 03 00 04 00 05 00 06 00 07 00 08");
  static const char *const wrong[] = {"1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "::1:2:3:4:5:6:7:8",
                                      "1::2::3",
                                      "::1::2",
                                      ":::",
                                      "1:::2",
                                      ":1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:",
                                      "12345::",
                                      "g::",
                                      "1: :2",
                                      "1.2.3.4"};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    char words[64];
    strcpy(words, "'");
    strcat(strcat(words, wrong[i]), "' is not an IPv6 address");
    assert_refused(field, wrong[i], WIRE_UNFIT, 0, words);
  }
}

/* ---- room -------------------------------------------------------------------- */

static void every_room(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t need;
    size_t offset; /* of the byte that does not fit into one byte less */
  } texts[] = {{"ab\\x41", 3, 2}, {"\\\\a\\\\", 3, 3}};
  for (size_t i = 0; i < COUNT(texts); i++) {
    for (size_t room = 0; room < 5; room++) {
      uint8_t *out = malloc(room > 0 ? room : 1);
      assert_non_null(out);
      size_t length = 99;
      bool good = wire_parse_text(texts[i].text, out, room, &length, &error);
      assert_int_equal(good, room >= texts[i].need);
      assert_int_equal(length, good ? texts[i].need : 99);
      if (!good) assert_int_equal(error.status, WIRE_SPACE);
      if (room + 1 == texts[i].need) assert_int_equal(error.offset, texts[i].offset);
      good = wire_parse_hex("41 4243", out, room, &length, &error);
      assert_int_equal(good, room >= 3);
      if (room == 1) assert_int_equal(error.offset, 3);
      free(out);
    }
  }
}

static void scratch_is_shared(void **state) {
  (void)state;
  uint8_t *room = malloc(7);
  assert_non_null(room);
  struct wire_scratch small = {room, 7, 0};
  const struct wire_field *fixed = wire_field_of(octets, "fixed");
  const struct wire_field *v4 = wire_field_of(internet, "v4");
  struct wire_item first;
  assert_true(wire_parse(fixed, "010203", &small, &first, &error));
  assert_true(wire_parse(v4, "1.2.3.4", &small, &item, &error));
  assert_int_equal(small.used, 7);
  assert_bytes(first.bytes, first.length, "01 02 03");
  assert_bytes(item.bytes, item.length, "01 02 03 04");
  assert_true(wire_parse(fixed, "", &small, &item, &error));
  assert_false(wire_parse(fixed, "04", &small, &item, &error));
  assert_int_equal(error.status, WIRE_SPACE);
  assert_string_equal(error.field, "fixed");
  small.used = 4;
  assert_false(wire_parse(v4, "1.2.3.4", &small, &item, &error));
  assert_int_equal(error.status, WIRE_SPACE);
  assert_string_equal(error.field, "v4");
  assert_int_equal(small.used, 4);
  free(room);
}

/* ---- there and back ---------------------------------------------------------- */

/* What is written parses to the same bytes; and in these words. */
static void assert_round_trip(const char *name, const char *wanted) {
  const struct wire_value *value = wire_find(&message, name);
  char text[256];
  size_t length = wire_write_value(&message, value, text, sizeof text);
  assert_int_equal(length, strlen(text));
  assert_string_equal(text, wanted);
  assert_true(parse(value->field, text));
  struct wire_field alone[] = {*value->field, {0}};
  alone[0].when = NULL;
  if (alone[0].extent == WIRE_COUNTED) alone[0].extent = WIRE_REST;
  struct wire_type type = type_of(alone);
  uint8_t out[64];
  assert_true(wire_encode(&type, &item, 1, out, sizeof out, &length, &error));
  assert_int_equal(length, value->length);
  assert_memory_equal(out, value->bytes, length);
}

static void there_and_back(void **state) {
  (void)state;
  decode_hex(marked, "05 01 0B F6 0000 04 6162FF5C");
  assert_round_trip("constant", "5");
  assert_round_trip("named", "yes");
  assert_round_trip("bits", "flag_0|mode_2|0x08");
  assert_round_trip("signed", "-10");
  assert_round_trip("some_named", "none");
  assert_round_trip("text", "ab\\xFF\\\\");
  decode_hex(marked, "05 05 00 7F 0102 04 6162FF5C");
  assert_round_trip("named", "0x05");
  assert_round_trip("bits", "0x00");
  assert_round_trip("some_named", "0x0102");
  decode_hex(octets, "4142FF 02 0001 6869 00 FF");
  assert_round_trip("fixed", "4142FF");
  assert_round_trip("counted", "0001");
  assert_round_trip("to_nul", "hi");
  assert_round_trip("rest", "FF");
  decode_hex(internet, "C0A800FF 20010DB80000000000000000000000FF");
  assert_round_trip("v4", "192.168.0.255");
  assert_round_trip("v6", "2001:db8:0:0:0:0:0:ff");
  decode_hex(counted_list, "02 0001 FFFE 00");
  assert_round_trip("hops", "0001FFFE");
}

/* Every number of a byte, in fields of every sort. */
static void every_byte_there_and_back(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "plain", .kind = WIRE_UINT, .size = 1, .times = -1, .unit = "dBm"},
      {.name = "signed", .kind = WIRE_INT, .size = 1},
      {.name = "signed_hex", .kind = WIRE_INT, .size = 1, .flags = WIRE_HEX},
      {.name = "signed_names", .kind = WIRE_INT, .size = 1, .names = answers},
      {.name = "hex", .kind = WIRE_UINT, .size = 1, .flags = WIRE_HEX},
      {.name = "names", .kind = WIRE_UINT, .size = 1, .names = answers},
      {.name = "bits", .kind = WIRE_BITS, .size = 1, .names = flags},
      {.name = "no_names", .kind = WIRE_BITS, .size = 1},
      {.name = "octet", .kind = WIRE_BYTES, .size = 1},
      {.name = "letter", .kind = WIRE_TEXT, .size = 1},
      {.name = "padded", .kind = WIRE_TEXT, .size = 1, .flags = WIRE_PADDED},
      {0}};
  for (unsigned byte = 0; byte < 256; byte++) {
    uint8_t bytes[COUNT(fields) - 1];
    memset(bytes, (int)byte, sizeof bytes);
    decode(fields, bytes, sizeof bytes);
    assert_int_equal(message.count, COUNT(fields) - 1);
    for (unsigned i = 0; i < message.count; i++) {
      char text[64];
      wire_write_value(&message, &message.values[i], text, sizeof text);
      assert_round_trip(message.values[i].field->name, text);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers),
      cmocka_unit_test(names),
      cmocka_unit_test(names_of_bits),
      cmocka_unit_test(numbers_among_bits),
      cmocka_unit_test(octets_in_hexadecimal),
      cmocka_unit_test(lists_in_hexadecimal),
      cmocka_unit_test(text_with_escapes),
      cmocka_unit_test(ipv4),
      cmocka_unit_test(ipv6),
      cmocka_unit_test(every_room),
      cmocka_unit_test(scratch_is_shared),
      cmocka_unit_test(there_and_back),
      cmocka_unit_test(every_byte_there_and_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
