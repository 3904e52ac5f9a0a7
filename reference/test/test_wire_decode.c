/* test_wire_decode.c: bytes to values, for every kind and extent of a field. */
#include "test/wire_probe.h"

/* ---- integers ---------------------------------------------------------------- */

static void every_size_of_unsigned_numbers(void **state) {
  (void)state;
  static const uint8_t bytes[8] = {0x81, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88};
  for (uint16_t size = 1; size <= 8; size++) {
    struct wire_field fields[] = {{.name = "n", .kind = WIRE_UINT, .size = size}, {0}};
    uint64_t big = 0;
    uint64_t little = 0;
    for (unsigned i = 0; i < size; i++) {
      big = big * 256 + bytes[i];
      little += (uint64_t)bytes[i] << (8 * i);
    }
    uint8_t *exact = copy_of(bytes, size);
    decode(fields, exact, size);
    assert_true(number_of("n") == big);
    fields[0].flags = WIRE_LE;
    decode(fields, exact, size);
    assert_true(number_of("n") == little);
    free(exact);
  }
}

static void every_size_of_signed_numbers(void **state) {
  (void)state;
  for (uint16_t size = 1; size <= 8; size++) {
    struct wire_field fields[] = {{.name = "n", .kind = WIRE_INT, .size = size}, {0}};
    int64_t least = INT64_MIN >> (64 - 8 * size);
    uint8_t bytes[8];
    memset(bytes, 0xFF, sizeof bytes);
    decode(fields, bytes, size);
    assert_true((int64_t)number_of("n") == -1);
    bytes[0] = 0x7F;
    decode(fields, bytes, size);
    assert_true((int64_t)number_of("n") == -(least + 1));
    memset(bytes, 0, sizeof bytes);
    bytes[0] = 0x80;
    decode(fields, bytes, size);
    assert_true((int64_t)number_of("n") == least);
    fields[0].flags = WIRE_LE;
    decode(fields, bytes, size);
    assert_true((int64_t)number_of("n") == (size == 1 ? -128 : 128));
  }
}

/* ---- octets ------------------------------------------------------------------ */

static void octets_of_every_extent(void **state) {
  (void)state;
  decode_hex(octets, "AABBCC 02 1122 6869 00 DDEE");
  assert_value("fixed", "AA BB CC");
  assert_true(number_of("fixed") == 0xAABBCC); /* short octets are a key too */
  assert_value("count", "02");
  assert_value("counted", "11 22");
  assert_value("to_nul", "68 69");
  assert_value("nul", "00");
  assert_value("rest", "DD EE");
  assert_true(number_of("rest") == 0);
  assert_int_equal(message.count, 6);
}

static void octets_may_be_empty(void **state) {
  (void)state;
  decode_hex(octets, "AABBCC 00 00");
  assert_value("counted", "");
  assert_value("to_nul", "");
  assert_value("nul", "00");
  assert_value("rest", "");
}

/* The terminator is optional: a text may also end with the message. */
static void text_to_nul_may_end_with_the_message(void **state) {
  (void)state;
  decode_hex(octets, "AABBCC 00 6869");
  assert_value("to_nul", "68 69");
  assert_null(wire_find(&message, "nul"));
  assert_value("rest", "");
  decode_hex(octets, "AABBCC 00");
  assert_value("to_nul", "");
  assert_null(wire_find(&message, "nul"));
}

static void addresses(void **state) {
  (void)state;
  decode_hex(internet, "C0A80001 20010DB8000000000000000000000001");
  assert_value("v4", "C0 A8 00 01");
  assert_value("v6", "20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 01");
}

static void count_larger_than_any_memory(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "count", .kind = WIRE_UINT, .size = 8},
      {.name = "data", .kind = WIRE_BYTES, .extent = WIRE_COUNTED, .by = "count"},
      {0}};
  refuse_hex(fields, "FFFFFFFFFFFFFFFF 00", WIRE_TRUNCATED, 8, "data");
}

/* ---- conditions, options, switches ------------------------------------------- */

static void conditions(void **state) {
  (void)state;
  decode_hex(conditional, "02 11");
  assert_null(wire_find(&message, "if_bit_0"));
  assert_value("if_bit_1", "11");
  assert_null(wire_find(&message, "if_present_bit_0"));
  decode_hex(conditional, "01 01 22 33");
  assert_value("if_bit_0", "01");
  assert_null(wire_find(&message, "if_bit_1"));
  assert_value("if_present_bit_0", "22");
  assert_value("if_any", "33");
  decode_hex(conditional, "00"); /* a condition on an absent field does not hold */
  assert_int_equal(message.count, 1);
  decode_hex(conditional, "01 00"); /* without mask: if it is not zero */
  assert_int_equal(message.count, 2);
}

/* Which optional fields are there can be seen from the length alone. */
static void optional_tails(void **state) {
  (void)state;
  decode_hex(tails, "AA");
  assert_int_equal(message.count, 1);
  decode_hex(tails, "AA BB");
  assert_null(wire_find(&message, "four"));
  assert_value("one", "BB");
  decode_hex(tails, "AA 01020304");
  assert_value("four", "01 02 03 04");
  assert_null(wire_find(&message, "one"));
  decode_hex(tails, "AA 01020304 05");
  assert_value("four", "01 02 03 04");
  assert_value("one", "05");
  refuse_hex(tails, "AA BBCC", WIRE_TRAILING, 2, NULL);
  refuse_hex(tails, "AA BBCCDD", WIRE_TRAILING, 2, NULL);
  refuse_hex(tails, "AA 01020304 0506", WIRE_TRAILING, 6, NULL);
}

static void switch_by_number(void **state) {
  (void)state;
  decode_hex(choice, "01 1234");
  assert_value("word", "12 34");
  decode_hex(choice, "02");
  assert_int_equal(message.count, 1);
  decode_hex(choice, "63 1234");
  assert_value("other", "12 34");
  refuse_hex(choice, "02 00", WIRE_TRAILING, 1, NULL);
  refuse_hex(choice, "01 12", WIRE_TRUNCATED, 1, "word");
}

static void switch_in_a_switch(void **state) {
  (void)state;
  decode_hex(choice, "03 01 AABBCC");
  assert_value("triple", "AA BB CC");
  decode_hex(choice, "03 07 AA");
  assert_value("level", "07");
  assert_value("single", "AA");
}

static void switch_by_text(void **state) {
  (void)state;
  decode_hex(by_command, "4E49 6869");
  assert_value("identifier", "68 69");
  decode_hex(by_command, "4348 0B");
  assert_value("channel", "0B");
  decode_hex(by_command, "6368 0B"); /* letters in another case are another key */
  assert_value("value", "0B");
}

/* A switch on a field that is absent takes the arm for 0. */
static void switch_by_absent_field(void **state) {
  (void)state;
  static const struct wire_field zero[] = {
      {.name = "zero", .kind = WIRE_UINT, .size = 1}, {0}};
  static const struct wire_case arms[] = {{.value = 0, .fields = zero},
                                          {.otherwise = true}};
  static const struct wire_field fields[] = {
      {.name = "flag", .kind = WIRE_UINT, .size = 1},
      {.name = "by", .kind = WIRE_UINT, .size = 1, .when = "flag"},
      {.kind = WIRE_SWITCH, .by = "by", .cases = arms},
      {0}};
  decode_hex(fields, "00 44");
  assert_value("zero", "44");
  decode_hex(fields, "01 05");
  assert_null(wire_find(&message, "zero"));
}

static void switch_by_signed_number(void **state) {
  (void)state;
  decode_hex(by_sign, "FE 07");
  assert_value("minus_two", "07");
}

/* ---- limits ------------------------------------------------------------------ */

static void limits_of_the_length(void **state) {
  (void)state;
  struct wire_type type = type_of(tails);
  struct wire_error error;
  static const uint8_t bytes[8] = {0};
  type.least = 2;
  type.most = 5;
  assert_false(wire_decode(&type, bytes, 1, &message, &error));
  assert_int_equal(error.status, WIRE_LENGTH);
  assert_int_equal(error.offset, 1);
  assert_string_equal(error.text,
                      "probe needs at least 2 bytes behind its code, has 1");
  assert_false(wire_decode(&type, bytes, 6, &message, &error));
  assert_int_equal(error.status, WIRE_LENGTH);
  assert_int_equal(error.offset, 5);
  assert_string_equal(error.text, "probe has at most 5 bytes behind its code, not 6");
  assert_true(wire_decode(&type, bytes, 2, &message, &error));
  assert_true(wire_decode(&type, bytes, 5, &message, &error));
  assert_false(wire_decode(&type, bytes, 1, &message, NULL));
}

/* A whole message cut at every length: the field at the cut is named, and nothing
 * behind the cut is looked at. */
static void cut_at_every_length(void **state) {
  (void)state;
  static const char whole[] = "01020304 05 AABB 02 1122 01 00AA 4348 0B";
  static const char *const field[] = {
      "number", "number", "number", "number", "small", "fixed", "fixed", "count",
      "data",   "data",   "flag",   "more",   "more",  "key",   "key",   "channel",
  };
  static const size_t offset[] = {0, 0, 0, 0, 4, 5, 5, 7, 8, 8, 10, 11, 11, 13, 13, 15};
  size_t length;
  uint8_t *bytes = bytes_of(whole, &length);
  struct wire_type type = type_of(all_sorts);
  struct wire_error error;
  assert_true(wire_decode(&type, bytes, length, &message, &error));
  assert_int_equal(length, sizeof offset / sizeof *offset);
  for (size_t cut = 0; cut < length; cut++) {
    uint8_t *exact = copy_of(bytes, cut);
    assert_false(wire_decode(&type, exact, cut, &message, &error));
    assert_int_equal(error.status, WIRE_TRUNCATED);
    assert_string_equal(error.field, field[cut]);
    assert_int_equal(error.offset, offset[cut]);
    free(exact);
  }
  free(bytes);
}

static void more_values_than_a_message_holds(void **state) {
  (void)state;
  static const struct wire_field last[] = {
      {.name = "n", .kind = WIRE_UINT, .size = 1},
      {.name = "n", .kind = WIRE_BYTES, .size = 1},
      {.name = "n", .kind = WIRE_LIST, .extent = WIRE_REST, .of = cell_fields}};
  struct wire_field fields[WIRE_VALUES + 2] = {{0}};
  for (int i = 0; i < WIRE_VALUES; i++)
    fields[i] = last[0];
  static const uint8_t bytes[WIRE_VALUES + 1] = {0};
  struct wire_type type = type_of(fields);
  struct wire_error error;
  for (size_t i = 0; i < COUNT(last); i++) {
    fields[WIRE_VALUES] = last[i];
    assert_false(wire_decode(&type, bytes, sizeof bytes, &message, &error));
    assert_int_equal(error.status, WIRE_TABLE);
  }
  fields[WIRE_VALUES] = (struct wire_field){0};
  assert_true(wire_decode(&type, bytes, WIRE_VALUES, &message, &error));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_size_of_unsigned_numbers),
      cmocka_unit_test(every_size_of_signed_numbers),
      cmocka_unit_test(octets_of_every_extent),
      cmocka_unit_test(octets_may_be_empty),
      cmocka_unit_test(text_to_nul_may_end_with_the_message),
      cmocka_unit_test(addresses),
      cmocka_unit_test(count_larger_than_any_memory),
      cmocka_unit_test(conditions),
      cmocka_unit_test(optional_tails),
      cmocka_unit_test(switch_by_number),
      cmocka_unit_test(switch_in_a_switch),
      cmocka_unit_test(switch_by_text),
      cmocka_unit_test(switch_by_absent_field),
      cmocka_unit_test(switch_by_signed_number),
      cmocka_unit_test(limits_of_the_length),
      cmocka_unit_test(cut_at_every_length),
      cmocka_unit_test(more_values_than_a_message_holds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
