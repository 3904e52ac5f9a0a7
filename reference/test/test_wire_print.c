/* test_wire_print.c: values for people, and marks. */
#include "test/wire_probe.h"

static void assert_prints(const char *name, const char *wanted) {
  char text[512];
  size_t length =
      wire_print_value(&message, wire_find(&message, name), text, sizeof text);
  assert_string_equal(text, wanted);
  assert_int_equal(length, strlen(wanted));
}

static unsigned marks_of(const char *name) {
  return wire_marks(&message, wire_find(&message, name));
}

static void assert_marks(const char *name, unsigned marks, const char *wanted) {
  char text[512];
  const struct wire_value *value = wire_find(&message, name);
  assert_int_equal(wire_marks(&message, value), marks);
  size_t length = wire_print_marks(&message, value, text, sizeof text);
  assert_string_equal(text, wanted);
  assert_int_equal(length, strlen(wanted));
}

/* ---- values ------------------------------------------------------------------ */

/* One number in a field of its own. */
static void assert_number(struct wire_field field, const char *hex,
                          const char *wanted) {
  const struct wire_field fields[] = {field, {0}};
  decode_hex(fields, hex);
  assert_prints(field.name, wanted);
}

#define NUMBER(number_kind, bytes, ...)                                                \
  ((struct wire_field){                                                                \
      .name = "n", .kind = (number_kind), .size = (bytes), __VA_ARGS__})

static void numbers(void **state) {
  (void)state;
  assert_number(NUMBER(WIRE_UINT, 1, 0), "FF", "255");
  assert_number(NUMBER(WIRE_INT, 1, 0), "FF", "-1");
  assert_number(NUMBER(WIRE_UINT, 8, 0), "FFFFFFFFFFFFFFFF", "18446744073709551615");
  assert_number(NUMBER(WIRE_INT, 8, 0), "8000000000000000", "-9223372036854775808");
  assert_number(NUMBER(WIRE_UINT, 2, .flags = WIRE_HEX), "00AB", "00AB");
  assert_number(NUMBER(WIRE_UINT, 8, .flags = WIRE_HEX), "0013A20012345678",
                "0013A20012345678");
  assert_number(NUMBER(WIRE_INT, 2, .flags = WIRE_HEX), "FFFE", "FFFE");
}

static void units_and_scales(void **state) {
  (void)state;
  assert_number(NUMBER(WIRE_UINT, 2, .unit = "s", .over = 10), "0BB8", "300 s");
  assert_number(NUMBER(WIRE_UINT, 2, .unit = "s", .over = 10), "0BB9", "300.1 s");
  assert_number(NUMBER(WIRE_UINT, 1, .unit = "dBm", .times = -1), "28", "-40 dBm");
  assert_number(NUMBER(WIRE_UINT, 2, .over = 16), "01AB", "26.6875");
  assert_number(NUMBER(WIRE_UINT, 2, .over = 10), "010B", "26.7");
  assert_number(NUMBER(WIRE_UINT, 1, .unit = "ms", .times = 5, .over = 4), "07",
                "8.75 ms");
  assert_number(NUMBER(WIRE_INT, 4, .unit = "deg", .over = 10000000), "E36CCF55",
                "-47.9408299 deg");
  assert_number(NUMBER(WIRE_UINT, 4, .times = INT32_MIN), "FFFFFFFF",
                "-9223372034707292160");
}

/* Products that no 64-bit number holds are shown nearly right, not wrapped. */
static void scaled_numbers_that_are_very_large(void **state) {
  (void)state;
  assert_number(NUMBER(WIRE_UINT, 8, .times = 10), "FFFFFFFFFFFFFFFF",
                "1.84467440737096e+20");
  assert_number(NUMBER(WIRE_INT, 8, .times = 10), "8000000000000000",
                "-9.22337203685478e+19");
  assert_number(NUMBER(WIRE_UINT, 8, .over = 2), "FFFFFFFFFFFFFFFF",
                "9.22337203685478e+18");
  assert_number(NUMBER(WIRE_UINT, 8, .over = 2), "0000000000000005", "2.5");
  assert_number(NUMBER(WIRE_UINT, 8, .over = 1000), "000000CA5C25F014",
                "869129383.956");
  assert_number(NUMBER(WIRE_UINT, 8, .over = 4), "7FFFFFFFFFFFFFFC",
                "2305843009213693951");
}

static void names_of_values(void **state) {
  (void)state;
  decode_hex(marked, "05 01 03 F6 0000 04 61626364");
  assert_prints("constant", "5");
  assert_prints("named", "Yes");
  assert_prints("bits", "flag_0|mode_2");
  assert_prints("signed", "-10");
  assert_prints("some_named", "none");
  assert_prints("text", "\"abcd\"");
  decode_hex(marked, "05 00 00 14 0001 04 61626364");
  assert_prints("named", "no");
  assert_prints("bits", "0x00");
  assert_prints("some_named", "0x0001");
  decode_hex(marked, "05 02 FC 14 FF00 04 61626364");
  assert_prints("named", "0x02");
  assert_prints("bits", "mode_4|0xF8");
  assert_prints("some_named", "nearly_all");
}

static void signed_numbers_without_a_name(void **state) {
  (void)state;
  assert_number(NUMBER(WIRE_INT, 1, .names = answers), "01", "Yes");
  assert_number(NUMBER(WIRE_INT, 1, .names = answers), "FF", "0xFF");
}

static void names_by_product_in_lists(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "list", .kind = WIRE_LIST, .extent = WIRE_REST, .of = by_product}, {0}};
  decode_hex(fields, "0180");
  assert_prints("list", "[{code: for_a, bits: bit_of_all}]");
  message.where = PRODUCT_B;
  assert_prints("list", "[{code: for_b, bits: bit_of_all}]");
}

static void names_by_product(void **state) {
  (void)state;
  decode_hex(by_product, "01 83");
  assert_prints("code", "for_a");
  assert_prints("bits", "bit_of_a|bit_of_all|0x01");
  message.where = PRODUCT_B;
  assert_prints("code", "for_b");
  assert_prints("bits", "bit_of_b|bit_of_all");
  message.where = PRODUCT_C;
  assert_prints("code", "0x01");
  assert_prints("bits", "bit_of_all|0x03");
  message.where = PRODUCT_A | PRODUCT_C;
  assert_prints("code", "for_a");
}

static void octets_and_addresses(void **state) {
  (void)state;
  decode_hex(octets, "414243 02 00FF 5C22C3 00 616263");
  assert_prints("fixed", "414243 \"ABC\"");
  assert_prints("counted", "00FF");
  assert_prints("to_nul", "\"\\\\\"\\xC3\"");
  assert_prints("rest", "616263 \"abc\"");
  decode_hex(octets, "20417E 03 411F42 207F 00");
  assert_prints("fixed", "20417E \" A~\"");
  assert_prints("counted", "411F42");
  assert_prints("to_nul", "\" \\x7F\"");
  decode_hex(octets, "414243 00 00");
  assert_prints("counted", "");
  assert_prints("to_nul", "\"\"");
  decode_hex(internet, "C0A800FF 20010DB8000000000000000000000001");
  assert_prints("v4", "192.168.0.255");
  assert_prints("v6", "2001:db8:0:0:0:0:0:1");
}

static void padding_is_not_shown(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "phone", .kind = WIRE_TEXT, .size = 5, .flags = WIRE_PADDED}, {0}};
  decode_hex(fields, "2B31000000");
  assert_prints("phone", "\"+1\"");
  decode_hex(fields, "2B00310000");
  assert_prints("phone", "\"+\\x001\"");
  decode_hex(fields, "0000000000");
  assert_prints("phone", "\"\"");
}

static void lists(void **state) {
  (void)state;
  decode_hex(counted_list, "02 00AB FFFE 00");
  assert_prints("hops", "[00AB, FFFE]");
  decode_hex(counted_list, "00 00");
  assert_prints("hops", "[]");
  decode_hex(open_list, "80000120 6100 00000000 6263");
  assert_prints("entries", "[{info: directory|size=18, name: \"a\", name_end: 0}, "
                           "{info: size=0, name: \"bc\"}]");
  decode_hex(nested_list, "02 02 0A0B 00");
  assert_prints("rows",
                "[{cell_count: 2, cells: [10, 11]}, {cell_count: 0, cells: []}]");
  decode_hex(samples, "02 05 00AA 00BB 00CC 00DD");
  assert_prints("sets", "[{first: 170, third: 187}, {first: 204, third: 221}]");
}

/* ---- marks ------------------------------------------------------------------- */

static void odd_values_are_marked(void **state) {
  (void)state;
  decode_hex(marked, "05 01 03 F6 0000 04 01020304");
  for (unsigned i = 0; i < message.count; i++)
    assert_marks(message.values[i].field->name, 0, "");
  decode_hex(marked, "04 02 09 F5 0000 03 01020304");
  assert_marks("constant", WIRE_MARK_CONST, "should be 0x05");
  assert_marks("named", WIRE_MARK_UNKNOWN, "no documented value");
  assert_marks("bits", WIRE_MARK_UNKNOWN, "no documented meaning of a bit");
  assert_marks("signed", WIRE_MARK_RANGE, "out of range -10..20");
  assert_marks("follows", WIRE_MARK_FOLLOWS, "4 bytes follow");
  decode_hex(marked, "05 01 00 14 0000 01 01");
  assert_marks("signed", 0, "");
  assert_marks("text", WIRE_MARK_RANGE, "out of range 2..4 bytes");
  decode_hex(marked, "05 01 00 14 0000 02 0102");
  assert_marks("text", 0, "");
  decode_hex(marked, "05 01 00 15 0000 05 0102030405");
  assert_marks("signed", WIRE_MARK_RANGE, "out of range -10..20");
  assert_marks("text", WIRE_MARK_RANGE, "out of range 2..4 bytes");
}

/* A number with names and a range: names for some values, no mark for the others. */
static void names_beside_a_range(void **state) {
  (void)state;
  decode_hex(marked, "05 01 01 F6 1234 04 01020304");
  assert_marks("some_named", 0, "");
  decode_hex(marked, "05 01 01 F6 FF01 04 01020304");
  assert_marks("some_named", WIRE_MARK_RANGE, "out of range 0x0..0xFF00");
}

static void several_marks(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "all",
       .kind = WIRE_BITS,
       .size = 1,
       .flags = WIRE_RANGE | WIRE_CONST | WIRE_FOLLOWS,
       .least = 1,
       .most = 3,
       .initial = 2,
       .names = flags},
      {0}};
  decode_hex(fields, "08");
  assert_marks(
      "all", WIRE_MARK_RANGE | WIRE_MARK_UNKNOWN | WIRE_MARK_CONST | WIRE_MARK_FOLLOWS,
      "out of range 0x1..0x3, no documented meaning of a bit, "
      "should be 0x02, 0 bytes follow");
  decode_hex(fields, "03");
  assert_marks("all", WIRE_MARK_CONST | WIRE_MARK_FOLLOWS,
               "should be 0x02, 0 bytes follow");
}

static void marks_of_an_enumeration(void **state) {
  (void)state;
  static const struct wire_field fields[] = {{.name = "code",
                                              .kind = WIRE_UINT,
                                              .size = 1,
                                              .flags = WIRE_CONST | WIRE_FOLLOWS,
                                              .initial = 1,
                                              .names = answers},
                                             {0}};
  decode_hex(fields, "02");
  assert_marks("code", WIRE_MARK_UNKNOWN | WIRE_MARK_CONST | WIRE_MARK_FOLLOWS,
               "no documented value, should be 0x01, 0 bytes follow");
}

static void names_hold_for_products(void **state) {
  (void)state;
  decode_hex(by_product, "01 02");
  assert_int_equal(marks_of("code"), 0);
  assert_int_equal(marks_of("bits"), 0);
  message.where = PRODUCT_B;
  assert_int_equal(marks_of("code"), 0);
  assert_int_equal(marks_of("bits"), WIRE_MARK_UNKNOWN);
  message.where = PRODUCT_C;
  assert_int_equal(marks_of("code"), WIRE_MARK_UNKNOWN);
}

/* ---- room -------------------------------------------------------------------- */

typedef size_t printer(const struct wire_message *of, const struct wire_value *value,
                       char *out, size_t capacity);

/* As snprintf: the same length at every capacity, never a byte too many, and always
 * ended by 00. The memory has exactly the capacity, so that sanitizers watch. */
static void assert_like_snprintf(printer *print, const char *name) {
  const struct wire_value *value = wire_find(&message, name);
  char whole[512];
  size_t length = print(&message, value, whole, sizeof whole);
  assert_int_equal(length, strlen(whole));
  assert_true(length > 0);
  assert_int_equal(print(&message, value, NULL, 0), length);
  for (size_t capacity = 1; capacity < length + 3; capacity++) {
    char *out = malloc(capacity);
    assert_non_null(out);
    assert_int_equal(print(&message, value, out, capacity), length);
    size_t kept = capacity <= length ? capacity - 1 : length;
    assert_memory_equal(out, whole, kept);
    assert_int_equal(out[kept], 0);
    free(out);
  }
}

static void every_capacity(void **state) {
  (void)state;
  decode_hex(marked, "04 02 09 F5 0000 03 01625C04");
  for (unsigned i = 0; i < message.count; i++) {
    const char *name = message.values[i].field->name;
    assert_like_snprintf(wire_print_value, name);
    assert_like_snprintf(wire_write_value, name);
    if (marks_of(name) != 0) assert_like_snprintf(wire_print_marks, name);
  }
  decode_hex(open_list, "80000120 6100 00000000 6263");
  assert_like_snprintf(wire_print_value, "entries");
  decode_hex(internet, "C0A800FF 20010DB8000000000000000000000001");
  assert_like_snprintf(wire_print_value, "v4");
  assert_like_snprintf(wire_print_value, "v6");
}

static void hex_and_text_at_every_capacity(void **state) {
  (void)state;
  static const uint8_t bytes[] = {0x00, 'a', '\\', 0xFF};
  for (size_t capacity = 0; capacity < 16; capacity++) {
    char *out = malloc(capacity > 0 ? capacity : 1);
    assert_non_null(out);
    assert_int_equal(wire_print_hex(bytes, 4, ' ', out, capacity), 11);
    if (capacity > 0) assert_memory_equal(out, "00 61 5C FF", strlen(out));
    if (capacity > 11) assert_string_equal(out, "00 61 5C FF");
    assert_int_equal(wire_print_hex(bytes, 4, 0, out, capacity), 8);
    if (capacity > 8) assert_string_equal(out, "00615CFF");
    assert_int_equal(wire_print_text(bytes, 4, out, capacity), 11);
    if (capacity > 11) assert_string_equal(out, "\\x00a\\\\\\xFF");
    assert_int_equal(wire_print_hex(bytes, 0, ' ', out, capacity), 0);
    if (capacity > 0) assert_string_equal(out, "");
    free(out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers),
      cmocka_unit_test(units_and_scales),
      cmocka_unit_test(scaled_numbers_that_are_very_large),
      cmocka_unit_test(names_of_values),
      cmocka_unit_test(signed_numbers_without_a_name),
      cmocka_unit_test(names_by_product),
      cmocka_unit_test(names_by_product_in_lists),
      cmocka_unit_test(octets_and_addresses),
      cmocka_unit_test(padding_is_not_shown),
      cmocka_unit_test(lists),
      cmocka_unit_test(odd_values_are_marked),
      cmocka_unit_test(names_beside_a_range),
      cmocka_unit_test(several_marks),
      cmocka_unit_test(marks_of_an_enumeration),
      cmocka_unit_test(names_hold_for_products),
      cmocka_unit_test(every_capacity),
      cmocka_unit_test(hex_and_text_at_every_capacity),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
