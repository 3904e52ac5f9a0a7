/* test_wire_encode.c: named values to bytes, and every way in which that fails. */
#include "test/wire_encode.h"

/* ---- integers ---------------------------------------------------------------- */

static void numbers_of_every_size(void **state) {
  (void)state;
  for (uint16_t size = 1; size <= 8; size++) {
    struct wire_field fields[] = {{.name = "n", .kind = WIRE_UINT, .size = size}, {0}};
    uint64_t most = UINT64_MAX >> (64 - 8 * size);
    struct wire_item item = as_number("n", UINT64_C(0x1122334455667788) & most);
    assert_true(encode(fields, &item, 1));
    assert_int_equal(length, size);
    for (unsigned i = 0; i < size; i++)
      assert_int_equal(out[i], (uint8_t)(item.number >> (8 * (size - 1 - i))));
    fields[0].flags = WIRE_LE;
    assert_true(encode(fields, &item, 1));
    for (unsigned i = 0; i < size; i++)
      assert_int_equal(out[i], (uint8_t)(item.number >> (8 * i)));
    item.number = most;
    assert_true(encode(fields, &item, 1));
    if (size == 8) continue;
    item.number = most + 1;
    assert_refused(fields, &item, 1, WIRE_UNFIT, "n", NULL);
    item.number = UINT64_MAX;
    assert_refused(fields, &item, 1, WIRE_UNFIT, "n", NULL);
  }
}

static void signed_numbers_of_every_size(void **state) {
  (void)state;
  for (uint16_t size = 1; size <= 8; size++) {
    struct wire_field fields[] = {{.name = "n", .kind = WIRE_INT, .size = size}, {0}};
    int64_t least = INT64_MIN >> (64 - 8 * size);
    struct wire_item item = as_number("n", (uint64_t)least);
    assert_true(encode(fields, &item, 1));
    assert_int_equal(out[0], 0x80);
    item.number = (uint64_t)-2;
    assert_true(encode(fields, &item, 1));
    assert_int_equal(out[size - 1], 0xFE);
    if (size == 8) continue;
    item.number = (uint64_t)(least - 1);
    assert_refused(fields, &item, 1, WIRE_UNFIT, "n", NULL);
    item.number = UINT64_C(1) << (8 * size);
    assert_refused(fields, &item, 1, WIRE_UNFIT, "n", NULL);
  }
  static const struct wire_field byte[] = {{.name = "n", .kind = WIRE_INT, .size = 1},
                                           {0}};
  ENCODES(byte, "80", as_number("n", 0x80)); /* the bit pattern fits too */
  REFUSED(byte, WIRE_UNFIT, "n", "-129 does not fit into the 1 bytes of 'n'",
          as_number("n", (uint64_t)-129));
}

static void numbers_as_octets(void **state) {
  (void)state;
  struct wire_item two = as_text("word", "AB");
  assert_encodes(word_fields, &two, 1, "41 42");
  two.length = 1;
  assert_refused(word_fields, &two, 1, WIRE_UNFIT, "word",
                 "field 'word' has 2 bytes, not 1");
}

/* ---- octets ------------------------------------------------------------------ */

static void octets_of_every_extent(void **state) {
  (void)state;
  ENCODES(octets, "61 62 63 02 64 65 66 00 67", as_text("rest", "g"),
          as_text("to_nul", "f"), as_text("counted", "de"), as_number("nul", 0),
          as_text("fixed", "abc"));
  /* what is counted, the text and the rest are empty where nothing is said */
  ENCODES(octets, "61 62 63 00", as_text("fixed", "abc"));
  REFUSED(octets, WIRE_MISSING, "fixed", "field 'fixed' needs a value",
          as_text("counted", "de"));
  REFUSED(octets, WIRE_UNFIT, "fixed", "field 'fixed' has 3 bytes, not 2",
          as_text("fixed", "ab"));
  REFUSED(octets, WIRE_UNFIT, "fixed", "field 'fixed' has 3 bytes, not 4",
          as_text("fixed", "abcd"));
  struct wire_item nul[] = {as_text("fixed", "abc"), as_text("to_nul", "x")};
  nul[1].bytes = (const uint8_t *)"x\0y";
  nul[1].length = 3;
  assert_refused(octets, nul, 2, WIRE_UNFIT, "to_nul",
                 "field 'to_nul' ends at the first 00 and cannot hold one");
}

static void padded_text(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "phone", .kind = WIRE_TEXT, .size = 5, .flags = WIRE_PADDED}, {0}};
  ENCODES(fields, "2B 31 00 00 00", as_text("phone", "+1"));
  ENCODES(fields, "31 32 33 34 35", as_text("phone", "12345"));
  ENCODES(fields, "00 00 00 00 00", as_text("phone", ""));
  REFUSED(fields, WIRE_UNFIT, "phone", "field 'phone' has 5 bytes, not 6",
          as_text("phone", "123456"));
  assert_refused(fields, NULL, 0, WIRE_MISSING, "phone", NULL);
}

static void addresses(void **state) {
  (void)state;
  ENCODES(internet, "31 32 33 34 61 61 61 61 62 62 62 62 63 63 63 63 64 64 64 64",
          as_text("v6", "aaaabbbbccccdddd"), as_text("v4", "1234"));
  REFUSED(internet, WIRE_UNFIT, "v4", NULL, as_text("v4", "123"));
  REFUSED(internet, WIRE_MISSING, "v6", NULL, as_text("v4", "1234"));
  REFUSED(internet, WIRE_UNFIT, "v4", "field 'v4' takes octets", as_number("v4", 1));
}

/* Counts are filled in, unless they are given: then right or wrong. */
static void counts(void **state) {
  (void)state;
  ENCODES(octets, "61 61 61 09 62", as_text("fixed", "aaa"), as_text("counted", "b"),
          as_number("count", 9));
  static char long_text[257];
  memset(long_text, 'x', 256);
  REFUSED(octets, WIRE_UNFIT, "count", "256 does not fit into the 1 bytes of 'count'",
          as_text("fixed", "aaa"), as_text("counted", long_text));
}

/* ---- what is filled in ------------------------------------------------------- */

static void constants_and_defaults(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "constant",
       .kind = WIRE_UINT,
       .size = 2,
       .flags = WIRE_CONST,
       .initial = 0xFFFE},
      {.name = "usual",
       .kind = WIRE_UINT,
       .size = 1,
       .flags = WIRE_DEFAULT,
       .initial = 7},
      {.name = "bits", .kind = WIRE_BITS, .size = 1, .flags = WIRE_DEFAULT},
      {0}};
  assert_encodes(fields, NULL, 0, "FF FE 07 00");
  /* tests need what is wrong: it is written as given */
  ENCODES(fields, "12 34 08 FF", as_number("constant", 0x1234), as_number("usual", 8),
          as_number("bits", 0xFF));
}

static void lengths_of_what_follows(void **state) {
  (void)state;
  static const struct wire_field fields[] = {
      {.name = "head", .kind = WIRE_UINT, .size = 1, .flags = WIRE_DEFAULT},
      {.name = "follows", .kind = WIRE_UINT, .size = 1, .flags = WIRE_FOLLOWS},
      {.name = "two",
       .kind = WIRE_UINT,
       .size = 2,
       .flags = WIRE_FOLLOWS | WIRE_LE | WIRE_OPTIONAL},
      {.name = "rest", .kind = WIRE_BYTES, .extent = WIRE_REST},
      {0}};
  ENCODES(fields, "00 03 61 62 63", as_text("rest", "abc"));
  assert_encodes(fields, NULL, 0, "00 00");
  ENCODES(fields, "00 09 61", as_text("rest", "a"), as_number("follows", 9));
  ENCODES(fields, "00 03 09 00 61", as_text("rest", "a"), as_number("two", 9));
  static char long_text[257];
  memset(long_text, 'x', 256);
  static uint8_t large[512];
  struct wire_item item = as_text("rest", long_text);
  assert_false(wire_encode(&probe, &item, 1, large, sizeof large, &length, &error));
  assert_int_equal(error.status, WIRE_UNFIT);
  assert_string_equal(error.field, "follows");
  item.length = 255;
  assert_true(wire_encode(&probe, &item, 1, large, sizeof large, &length, &error));
  assert_int_equal(large[1], 255);
}

static void range_is_for_reading_only(void **state) {
  (void)state;
  ENCODES(marked, "05 07 FF 7F FF FF 01 78", as_number("named", 7),
          as_number("bits", 0xFF), as_number("signed", 127),
          as_number("some_named", 0xFFFF), as_text("text", "x"));
}

/* ---- conditions, options, switches ------------------------------------------- */

static void conditions(void **state) {
  (void)state;
  ENCODES(conditional, "00", as_number("mask", 0));
  ENCODES(conditional, "02 61", as_number("mask", 2), as_text("if_bit_1", "a"));
  ENCODES(conditional, "01 02 09", as_number("if_any", 9), as_number("if_bit_0", 2),
          as_number("mask", 1));
  REFUSED(conditional, WIRE_MISSING, "if_bit_0", NULL, as_number("mask", 1));
  REFUSED(conditional, WIRE_UNFIT, "if_bit_0",
          "field 'if_bit_0' has no place here: 'mask' says it is absent",
          as_number("mask", 2), as_number("if_bit_0", 1), as_text("if_bit_1", "a"));
}

static void optional_tails(void **state) {
  (void)state;
  ENCODES(tails, "01", as_number("head", 1));
  ENCODES(tails, "01 02", as_number("head", 1), as_number("one", 2));
  ENCODES(tails, "01 00 00 00 02", as_number("head", 1), as_number("four", 2));
  ENCODES(tails, "01 00 00 00 02 03", as_number("one", 3), as_number("four", 2),
          as_number("head", 1));
}

static void switches(void **state) {
  (void)state;
  ENCODES(choice, "01 12 34", as_number("kind", 1), as_number("word", 0x1234));
  ENCODES(choice, "02", as_number("kind", 2));
  ENCODES(choice, "09 78", as_number("kind", 9), as_text("other", "x"));
  ENCODES(choice, "03 01 61 62 63", as_number("kind", 3), as_number("level", 1),
          as_text("triple", "abc"));
  ENCODES(choice, "03 02 03", as_number("kind", 3), as_number("level", 2),
          as_number("single", 3));
  REFUSED(choice, WIRE_UNKNOWN_NAME, NULL, "probe has no field 'word' here",
          as_number("kind", 2), as_number("word", 1));
  ENCODES(by_command, "4E 49 61", as_text("command", "NI"), as_text("identifier", "a"));
  ENCODES(by_command, "43 48 0B", as_text("command", "CH"), as_number("channel", 11));
  ENCODES(by_command, "78 78", as_text("command", "xx"));
  struct wire_item sign = as_text("sign", "\xFE");
  const struct wire_item both[] = {sign, as_number("minus_two", 7)};
  assert_encodes(by_sign, both, 2, "FE 07");
  ENCODES(by_sign, "FE 07", as_number("sign", 0xFE), as_number("minus_two", 7));
  ENCODES(by_sign, "FE 07", as_number("sign", (uint64_t)-2), as_number("minus_two", 7));
}

/* ---- names, limits, room ----------------------------------------------------- */

static void names_that_are_wrong(void **state) {
  (void)state;
  REFUSED(tails, WIRE_UNKNOWN_NAME, NULL, "probe has no field 'haed' here",
          as_number("head", 1), as_number("haed", 1));
  REFUSED(tails, WIRE_UNKNOWN_NAME, NULL, "a field of probe is given twice",
          as_number("head", 1), as_number("head", 2));
  REFUSED(tails, WIRE_UNKNOWN_NAME, NULL, "probe has no field '' here",
          as_number("head", 1), as_number(NULL, 2));
  assert_refused(tails, NULL, 0, WIRE_MISSING, "head", "field 'head' needs a value");
}

static void limits_of_the_length(void **state) {
  (void)state;
  struct wire_type type = type_of(tails);
  type.least = 2;
  type.most = 5;
  const struct wire_item items[] = {as_number("head", 1), as_number("four", 2),
                                    as_number("one", 3)};
  assert_false(wire_encode(&type, items, 1, out, sizeof out, &length, &error));
  assert_int_equal(error.status, WIRE_LENGTH);
  assert_true(wire_encode(&type, items, 2, out, sizeof out, &length, &error));
  assert_false(wire_encode(&type, items, 3, out, sizeof out, &length, &error));
  assert_int_equal(error.status, WIRE_LENGTH);
  assert_string_equal(error.text, "probe has 2 to 5 bytes behind its code, not 6");
}

/* At every capacity nothing is written behind it. */
static void every_capacity(void **state) {
  (void)state;
  const struct wire_item hops[] = {as_number(NULL, 1), as_number(NULL, 2)};
  const struct wire_item items[] = {as_list("hops", hops, 2)};
  struct wire_type type = type_of(counted_list);
  for (size_t capacity = 0; capacity < 10; capacity++) {
    uint8_t *room = malloc(capacity > 0 ? capacity : 1);
    assert_non_null(room);
    bool good = wire_encode(&type, items, 1, room, capacity, &length, &error);
    assert_int_equal(good, capacity >= 6);
    if (!good) {
      assert_int_equal(error.status, WIRE_SPACE);
      assert_true(error.offset <= capacity);
    }
    free(room);
  }
  assert_false(wire_encode(&type, items, 1, NULL, 0, &length, &error));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_of_every_size),
      cmocka_unit_test(signed_numbers_of_every_size),
      cmocka_unit_test(numbers_as_octets),
      cmocka_unit_test(octets_of_every_extent),
      cmocka_unit_test(padded_text),
      cmocka_unit_test(addresses),
      cmocka_unit_test(counts),
      cmocka_unit_test(constants_and_defaults),
      cmocka_unit_test(lengths_of_what_follows),
      cmocka_unit_test(range_is_for_reading_only),
      cmocka_unit_test(conditions),
      cmocka_unit_test(optional_tails),
      cmocka_unit_test(switches),
      cmocka_unit_test(names_that_are_wrong),
      cmocka_unit_test(limits_of_the_length),
      cmocka_unit_test(every_capacity),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
