/* test_messages.c: the tables of all XBee frame types. Thousands of bodies per type,
 * made from its table by chance, are decoded and encoded again; every field of every
 * table must have been there and, if it can be absent, absent. */
#include "test/make_body.h"
#include "test/patience.h"
#include "test/round_trip.h"
#include "xbee/messages_fields.h"

enum { BODY_MAX = 0xFFFE, ROUNDS = 2000 };

static uint8_t body_bytes[BODY_MAX];
static struct wire_message message;
static struct wire_error error;

#define ALL_TYPES(type)                                                                \
  const struct wire_type *type = xbee_types;                                           \
  type < xbee_types + xbee_type_count;                                                 \
  type++

/* ---- the list ---------------------------------------------------------------- */

static void codes_as_listed(void **state) {
  (void)state;
  static const struct {
    uint8_t code;
    const char *name;
    enum wire_direction direction;
    uint32_t least, most;
    unsigned where;
    const struct wire_field *fields;
  } rows[] = {
#define ROW(code, type, direction, least, most, where)                                 \
  {code, #type, direction, least, most, where, xbee_fields_##type},
#define OUT(code, type, title, least, most, where, source)                             \
  ROW(code, type, WIRE_OUT, least, most, where)
#define IN(code, type, title, least, most, where, source)                              \
  ROW(code, type, WIRE_IN, least, most, where)
#include "xbee/messages_list.h"
#undef IN
#undef OUT
  };
  assert_int_equal(COUNT(rows), 95);
  assert_int_equal(xbee_type_count, 95);
  for (size_t i = 0; i < 95; i++) {
    const struct wire_type *type = xbee_type(rows[i].code);
    assert_ptr_equal(type, &xbee_types[i]);
    assert_int_equal(type->code, rows[i].code);
    assert_string_equal(type->name, rows[i].name);
    assert_int_equal(type->direction, rows[i].direction);
    assert_int_equal(type->least, rows[i].least);
    assert_int_equal(type->most, rows[i].most);
    assert_int_equal(type->where, rows[i].where);
    assert_ptr_equal(type->fields, rows[i].fields);
  }
}

/* The sources, each by itself, tell these codes: a slip in the list shows here. */
static void codes_that_documents_print(void **state) {
  (void)state;
  static const struct {
    uint8_t code;
    const char *name;
  } known[] = {
      {0x08, "at_command"},
      {0x10, "transmit_request"},
      {0x17, "remote_at_command"},
      {0x2C, "ble_unlock_request"},
      {0x2D, "user_data_relay_input"},
      {0x2E, "secure_session_control"},
      {0x88, "at_command_response"},
      {0x8A, "modem_status"},
      {0x8B, "extended_transmit_status"},
      {0x90, "receive_packet"},
      {0x97, "remote_at_command_response"},
      {0xAC, "ble_unlock_response"},
      {0xAD, "user_data_relay_output"},
      {0xAE, "secure_session_response"},
      {0xFE, "frame_error"},
  };
  for (size_t i = 0; i < COUNT(known); i++)
    assert_string_equal(xbee_type(known[i].code)->name, known[i].name);
  size_t count = 0;
  for (unsigned code = 0; code < 256; code++)
    count += xbee_type((uint8_t)code) != NULL;
  assert_int_equal(count, 95);
  assert_null(xbee_type(0x05));
  assert_null(xbee_type(0xFF));
}

static void types_are_in_order_and_sound(void **state) {
  (void)state;
  size_t products = 0;
  while (xbee_products[products] != NULL)
    products++;
  for (ALL_TYPES(type)) {
    const char *fault = wire_table_fault(type);
    if (fault != NULL) fail_msg("%s: %s", type->name, fault);
    assert_int_equal(type->direction, type->code < 0x80 ? WIRE_OUT : WIRE_IN);
    assert_int_equal(type->where >> products, 0);
    assert_true(type->most <= BODY_MAX);
    if (type == xbee_types) continue;
    assert_true(type[-1].code < type->code);
    for (const struct wire_type *other = xbee_types; other < type; other++)
      assert_string_not_equal(type->name, other->name);
  }
}

/* ---- there and back ---------------------------------------------------------- */

static void assert_round_trip(const struct wire_message *of) {
  const char *fault = round_trip(of);
  if (fault == NULL) return;
  char hex[512];
  wire_print_hex(of->bytes, of->length, ' ', hex, sizeof hex);
  fail_msg("%s\n%s", fault, hex);
}

/* True if the body decodes; then it must come back from octets and from text. */
static bool try_body(const struct wire_type *type, size_t length, unsigned where) {
  uint8_t *exact = copy_of(body_bytes, length);
  bool good = wire_decode(type, exact, length, &message, &error);
  message.where = where;
  if (good) assert_round_trip(&message);
  free(exact);
  return good;
}

static void bodies_by_chance(void **state) {
  (void)state;
  struct chance from = {1};
  for (ALL_TYPES(type)) {
    size_t good = 0;
    for (int round = 0; round < tries(ROUNDS); round++) {
      size_t length = make_body(type, BODY_ANY, &from, body_bytes, 600);
      good += try_body(type, length, round % 2 ? 0 : 1u << chance_below(&from, 9));
    }
    if (good < (size_t)tries(ROUNDS) / 5)
      fail_msg("%s: only %zu bodies decode", type->name, good);
  }
}

static void bodies_of_bytes_by_chance(void **state) {
  (void)state;
  struct chance from = {2};
  for (ALL_TYPES(type)) {
    for (int round = 0; round < tries(ROUNDS / 4); round++) {
      size_t length = type->least + chance_below(&from, 40);
      for (size_t i = 0; i < length; i++)
        body_bytes[i] = chance_below(&from, 3) ? (uint8_t)chance(&from) : 0;
      try_body(type, length, 0);
    }
  }
}

/* The tables would allow an empty host name and node identifier, the list does not. */
static size_t table_least(const struct wire_type *type) {
  bool text = type->code == 0x42 || type->code == 0x95;
  return text ? type->least - 1 : type->least;
}

/* The limits in the list are those of the table: both can be reached. Where only the
 * frame bounds the length, and the longest part is not the last, half of it will do. */
static void shortest_and_longest_bodies(void **state) {
  (void)state;
  struct chance from = {3};
  if (RUNNING_ON_VALGRIND) return; /* bodies of 64 kB */
  for (ALL_TYPES(type)) {
    size_t least = SIZE_MAX;
    size_t most = 0;
    for (int round = 0; round < 400; round++) {
      size_t length = make_body(type, BODY_SHORTEST, &from, body_bytes, type->most);
      if (length < least) least = length;
      if (length >= type->least) assert_true(try_body(type, length, 0));
    }
    for (int round = 0; round < 100; round++) {
      size_t length = make_body(type, BODY_LONGEST, &from, body_bytes, type->most);
      if (length <= most) continue;
      if (!try_body(type, length, 0)) fail_msg("%s: %s", type->name, error.text);
      most = length;
    }
    if (least != table_least(type))
      fail_msg("%s: shortest is %zu, not %u", type->name, least, type->least);
    bool open = type->most == BODY_MAX && most > BODY_MAX / 2;
    if (most != type->most && !open)
      fail_msg("%s: longest is %zu, not %u", type->name, most, type->most);
  }
}

static void one_byte_less_or_more(void **state) {
  (void)state;
  memset(body_bytes, 0, sizeof body_bytes);
  for (ALL_TYPES(type)) {
    if (type->least > 0) {
      assert_false(wire_decode(type, body_bytes, type->least - 1, &message, &error));
      assert_int_equal(error.status, WIRE_LENGTH);
    }
    if (type->most == BODY_MAX) continue;
    assert_false(wire_decode(type, body_bytes, type->most + 1, &message, &error));
    assert_int_equal(error.status, WIRE_LENGTH);
  }
}

/* ---- names ------------------------------------------------------------------- */

/* Every name parses to its value, and the value has that name for its products. */
static void check_names(const struct wire_field *field) {
  struct wire_scratch none = {NULL, 0, 0};
  for (const struct wire_name *row = field->names; row && row->name; row++) {
    struct wire_item item;
    if (row->number) continue;
    assert_true(wire_parse(field, row->name, &none, &item, &error));
    assert_true(item.number == row->value);
    for (unsigned product = 1; product <= 0x100; product <<= 1) {
      bool here = row->where == 0 || (row->where & product);
      if (field->kind == WIRE_BITS || !here) continue;
      assert_string_equal(wire_name_of(field, row->value, product)->name, row->name);
    }
  }
}

static void for_each_field(const struct wire_field *fields,
                           void (*action)(const struct wire_field *field)) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    action(field);
    if (field->kind == WIRE_LIST) for_each_field(field->of, action);
    if (field->kind != WIRE_SWITCH) continue;
    for (const struct wire_case *arm = field->cases;; arm++) {
      if (arm->fields != NULL) for_each_field(arm->fields, action);
      if (arm->otherwise) break;
    }
  }
}

static void names_mean_their_values(void **state) {
  (void)state;
  for (ALL_TYPES(type))
    for_each_field(type->fields, check_names);
}

/* ---- coverage of the tables -------------------------------------------------- */

/* Fields and arms of one type, and in which ways they were met. */
enum { MET_THERE = 1, MET_ABSENT = 2 };

static struct {
  const void *place; /* struct wire_field or struct wire_case */
  const char *name;
  unsigned met;
} places[256];
static size_t place_count;

static void meet(const void *place, const char *name, unsigned how) {
  size_t i = 0;
  while (i < place_count && places[i].place != place)
    i++;
  if (i == place_count) {
    assert_true(place_count < COUNT(places));
    places[place_count].place = place;
    places[place_count].name = name;
    places[place_count++].met = 0;
  }
  places[i].met |= how;
}

/* Enters every place of a table; what is always there needs not be met absent. */
static void enter(const struct wire_field *field) {
  if (field->kind == WIRE_SWITCH) {
    for (const struct wire_case *arm = field->cases;; arm++) {
      meet(arm, field->by, MET_ABSENT);
      if (arm->otherwise) return;
    }
  }
  bool may_lack = (field->flags & WIRE_OPTIONAL) || field->when != NULL;
  meet(field, field->name, may_lack ? 0 : MET_ABSENT);
}

static void visit(const struct wire_message *of, const struct wire_field *fields) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->kind == WIRE_SWITCH) {
      const struct wire_case *arm = field->cases;
      while (!arm->otherwise && arm->value != wire_find(of, field->by)->number)
        arm++;
      meet(arm, field->by, MET_THERE);
      if (arm->fields != NULL) visit(of, arm->fields);
      return;
    }
    const struct wire_value *value = wire_find(of, field->name);
    meet(field, field->name, value != NULL ? MET_THERE : MET_ABSENT);
    struct wire_message element;
    size_t at = 0;
    while (value != NULL && field->kind == WIRE_LIST &&
           wire_next_element(of, value, &at, &element))
      visit(&element, field->of);
  }
}

static void every_field_there_and_absent(void **state) {
  (void)state;
  struct chance from = {4};
  if (RUNNING_ON_VALGRIND)
    return; /* it needs its many rounds, and is not about memory */
  for (ALL_TYPES(type)) {
    place_count = 0;
    for_each_field(type->fields, enter);
    for (int round = 0; round < 4 * ROUNDS; round++) {
      size_t length = make_body(type, BODY_ANY, &from, body_bytes, 600);
      if (wire_decode(type, body_bytes, length, &message, &error))
        visit(&message, type->fields);
    }
    for (size_t i = 0; i < place_count; i++) {
      if (places[i].met != (MET_THERE | MET_ABSENT))
        fail_msg("%s: '%s' was never %s", type->name, places[i].name,
                 places[i].met & MET_THERE ? "absent" : "there");
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(codes_as_listed),
      cmocka_unit_test(codes_that_documents_print),
      cmocka_unit_test(types_are_in_order_and_sound),
      cmocka_unit_test(bodies_by_chance),
      cmocka_unit_test(bodies_of_bytes_by_chance),
      cmocka_unit_test(shortest_and_longest_bodies),
      cmocka_unit_test(one_byte_less_or_more),
      cmocka_unit_test(names_mean_their_values),
      cmocka_unit_test(every_field_there_and_absent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
