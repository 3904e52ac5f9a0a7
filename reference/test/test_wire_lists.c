/* test_wire_lists.c: lists, from bytes and to bytes. */
#include "test/wire_encode.h"

/* ---- decoding ---------------------------------------------------------------- */

static void list_of_numbers(void **state) {
  (void)state;
  decode_hex(counted_list, "03 0001 0002 0003 FF");
  assert_value("hops", "00 01 00 02 00 03");
  assert_true(number_of("hops") == 3);
  assert_value("last", "FF");
  decode_hex(counted_list, "00 FF");
  assert_true(number_of("hops") == 0);
  refuse_hex(counted_list, "02 0001 00", WIRE_TRUNCATED, 3, "hop");
}

static void list_to_the_end(void **state) {
  (void)state;
  decode_hex(open_list, "00000001 6100 80000002 6263");
  const struct wire_value *list = wire_find(&message, "entries");
  assert_true(list->number == 2);
  struct wire_message element;
  size_t at = 0;
  assert_true(wire_next_element(&message, list, &at, &element));
  assert_int_equal(at, 6);
  assert_null(element.type);
  assert_int_equal(element.length, 6);
  assert_ptr_equal(element.bytes, message.bytes);
  assert_int_equal(element.count, 3);
  assert_bytes(wire_find(&element, "name")->bytes, 1, "61");
  assert_true(wire_next_element(&message, list, &at, &element));
  assert_int_equal(element.count, 2); /* the last name has no terminator */
  assert_null(wire_find(&element, "name_end"));
  assert_int_equal(wire_find(&element, "name")->length, 2);
  assert_false(wire_next_element(&message, list, &at, &element));
  refuse_hex(open_list, "00000001 6100 800000", WIRE_TRUNCATED, 6, "info");
}

/* What an element holds can depend on the message around it. */
static void elements_are_read_by_the_message_around_them(void **state) {
  (void)state;
  decode_hex(samples, "02 05 00AA 00BB 00CC 00DD");
  const struct wire_value *list = wire_find(&message, "sets");
  assert_true(list->number == 2);
  struct wire_message element;
  size_t at = 0;
  assert_true(wire_next_element(&message, list, &at, &element));
  assert_true(wire_find(&element, "first")->number == 0xAA);
  assert_null(wire_find(&element, "second"));
  assert_true(wire_find(&element, "third")->number == 0xBB);
  assert_true(wire_next_element(&message, list, &at, &element));
  assert_true(wire_find(&element, "third")->number == 0xDD);
  assert_false(wire_next_element(&message, list, &at, &element));
}

/* Elements may have no bytes. Then there are none to walk, however many are said. */
static void elements_without_bytes(void **state) {
  (void)state;
  decode_hex(samples, "FF 00");
  const struct wire_value *list = wire_find(&message, "sets");
  assert_int_equal(list->length, 0);
  assert_true(list->number == 0);
  struct wire_message element;
  size_t at = 0;
  assert_false(wire_next_element(&message, list, &at, &element));
  static const struct wire_field nothing[] = {{0}};
  static const struct wire_field fields[] = {
      {.name = "list", .kind = WIRE_LIST, .extent = WIRE_REST, .of = nothing}, {0}};
  refuse_hex(fields, "00", WIRE_TRAILING, 0, NULL);
}

static void list_with_the_largest_count(void **state) {
  (void)state;
  static const struct wire_field one[] = {{.name = "one", .kind = WIRE_UINT, .size = 1},
                                          {0}};
  static const struct wire_field fields[] = {
      {.name = "count", .kind = WIRE_UINT, .size = 8},
      {.name = "list",
       .kind = WIRE_LIST,
       .extent = WIRE_COUNTED,
       .by = "count",
       .of = one},
      {0}};
  refuse_hex(fields, "FFFFFFFFFFFFFFFF 01", WIRE_TRUNCATED, 9, "one");
}

static void list_in_a_list(void **state) {
  (void)state;
  decode_hex(nested_list, "02 02 0A0B 01 0C");
  const struct wire_value *rows = wire_find(&message, "rows");
  assert_true(rows->number == 2);
  struct wire_message row;
  struct wire_message cell;
  size_t at = 0;
  size_t inner = 0;
  assert_true(wire_next_element(&message, rows, &at, &row));
  const struct wire_value *cells = wire_find(&row, "cells");
  assert_true(cells->number == 2);
  assert_true(wire_next_element(&row, cells, &inner, &cell));
  assert_true(wire_next_element(&row, cells, &inner, &cell));
  assert_true(wire_find(&cell, "cell")->number == 0x0B);
}

/* A list that was put together by hand may end inside an element. */
static void list_that_ends_in_an_element(void **state) {
  (void)state;
  static const uint8_t bytes[] = {1, 5, 2, 6};
  const struct wire_value list = {&nested_list[1], bytes, sizeof bytes, 2};
  struct wire_message element;
  size_t at = 0;
  assert_true(wire_next_element(&message, &list, &at, &element));
  assert_false(wire_next_element(&message, &list, &at, &element));
  assert_int_equal(at, 2);
}

/* ---- encoding ---------------------------------------------------------------- */

static void lists(void **state) {
  (void)state;
  const struct wire_item hops[] = {as_number(NULL, 1), as_number(NULL, 0xFFFE)};
  ENCODES(counted_list, "02 00 01 FF FE 00", as_list("hops", hops, 2));
  assert_encodes(counted_list, NULL, 0, "00 00");
  ENCODES(counted_list, "05 00 01 09", as_list("hops", hops, 1),
          as_number("hop_count", 5), as_number("last", 9));
  /* all its bytes at once: nobody counts the elements then */
  REFUSED(counted_list, WIRE_MISSING, "hop_count", NULL, as_text("hops", "ab"));
  ENCODES(counted_list, "01 61 62 00", as_text("hops", "ab"),
          as_number("hop_count", 1));
  REFUSED(counted_list, WIRE_UNFIT, "hops", "field 'hops' takes a list",
          as_number("hops", 1), as_number("hop_count", 0));
  REFUSED(counted_list, WIRE_UNFIT, "last", "field 'last' takes a number",
          as_list("last", hops, 1));
}

static void lists_of_structures(void **state) {
  (void)state;
  const struct wire_item file[] = {as_text("name", "a"), as_number("info", 1),
                                   as_number("name_end", 0)};
  const struct wire_item last[] = {as_number("info", 0x80000000),
                                   as_text("name", "bc")};
  const struct wire_item both[] = {as_list(NULL, file, 3), as_list(NULL, last, 2)};
  ENCODES(open_list, "00 00 00 01 61 00 80 00 00 00 62 63",
          as_list("entries", both, 2));
  const struct wire_item lacking[] = {as_list(NULL, last, 2), as_list(NULL, file, 1)};
  REFUSED(open_list, WIRE_MISSING, "info", "field 'info' needs a value",
          as_list("entries", lacking, 2));
  const struct wire_item strange[] = {as_number("info", 1), as_number("size", 2)};
  const struct wire_item with_strange[] = {as_list(NULL, strange, 2)};
  REFUSED(open_list, WIRE_UNKNOWN_NAME, "entries",
          "an element of 'entries' has a field that does not belong there",
          as_list("entries", with_strange, 1));
  const struct wire_item twice[] = {as_number("info", 1), as_number("info", 2)};
  const struct wire_item with_twice[] = {as_list(NULL, twice, 2)};
  REFUSED(open_list, WIRE_UNKNOWN_NAME, "entries", NULL,
          as_list("entries", with_twice, 1));
}

static void elements_are_written_by_the_message_around_them(void **state) {
  (void)state;
  const struct wire_item set[] = {as_number("third", 3), as_number("first", 1)};
  const struct wire_item sets[] = {as_list(NULL, set, 2), as_list(NULL, set, 2)};
  ENCODES(samples, "02 05 00 01 00 03 00 01 00 03", as_number("lines", 5),
          as_list("sets", sets, 2));
  REFUSED(samples, WIRE_UNFIT, "third",
          "field 'third' has no place here: 'lines' says it is absent",
          as_number("lines", 1), as_list("sets", sets, 2));
  REFUSED(samples, WIRE_MISSING, "second", NULL, as_number("lines", 7),
          as_list("sets", sets, 2));
}

static void lists_in_lists(void **state) {
  (void)state;
  const struct wire_item cells[] = {as_number(NULL, 10), as_number(NULL, 11)};
  const struct wire_item two[] = {as_list("cells", cells, 2)};
  const struct wire_item one[] = {as_list("cells", cells, 1)};
  const struct wire_item rows[] = {as_list(NULL, two, 1), as_list(NULL, one, 1)};
  ENCODES(nested_list, "02 02 0A 0B 01 0A", as_list("rows", rows, 2));
}

static void lengths_inside_an_element(void **state) {
  (void)state;
  static const struct wire_field part[] = {
      {.name = "follows", .kind = WIRE_UINT, .size = 1, .flags = WIRE_FOLLOWS},
      {.name = "data", .kind = WIRE_BYTES, .size = 2},
      {0}};
  static const struct wire_field fields[] = {
      {.name = "parts", .kind = WIRE_LIST, .extent = WIRE_REST, .of = part}, {0}};
  const struct wire_item inside[] = {as_text("data", "ab")};
  const struct wire_item parts[] = {as_list(NULL, inside, 1), as_list(NULL, inside, 1)};
  ENCODES(fields, "02 61 62 02 61 62", as_list("parts", parts, 2));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(list_of_numbers),
      cmocka_unit_test(list_to_the_end),
      cmocka_unit_test(elements_are_read_by_the_message_around_them),
      cmocka_unit_test(elements_without_bytes),
      cmocka_unit_test(list_with_the_largest_count),
      cmocka_unit_test(list_in_a_list),
      cmocka_unit_test(list_that_ends_in_an_element),
      cmocka_unit_test(lists),
      cmocka_unit_test(lists_of_structures),
      cmocka_unit_test(elements_are_written_by_the_message_around_them),
      cmocka_unit_test(lists_in_lists),
      cmocka_unit_test(lengths_inside_an_element),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
