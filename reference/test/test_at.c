/* test_at.c: the registry of AT commands, and the verb "at". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "xbee/at.h"
#include "xbee/messages.h"
#include "xbee/xbee.h"

/* ---- the table --------------------------------------------------------------- */

static void check_row(const struct xbee_at *at) {
  struct xbee_at_value value;
  assert_int_equal(strlen(at->name), 2);
  assert_ptr_equal(xbee_at_find((const uint8_t *)at->name), at);
  assert_non_null(at->source);
  assert_non_null(at->about);
  assert_true(at->size <= XBEE_AT_MOST);
  assert_true(at->least <= at->most);
  if (at->kind == XBEE_AT_NUMBER) {
    assert_in_range(at->size, 1, 8);
    assert_true(at->size == 8 || at->most >> (8 * at->size) == 0);
  }
  if (at->access == XBEE_AT_COMMAND) return;
  xbee_at_initial(at, &value);
  struct xbee_at_value again;
  assert_true(xbee_at_accept(at, value.bytes, value.length, &again));
  assert_memory_equal(value.bytes, again.bytes, value.length);
}

static void rows_are_sound(void **state) {
  (void)state;
  for (size_t i = 0; i < XBEE_AT_COUNT; i++)
    check_row(&xbee_at_table[i]);
}

static bool takes(const char *name, const char *hex) {
  uint8_t bytes[40];
  size_t length;
  struct xbee_at_value value;
  assert_true(wire_parse_hex(hex, bytes, sizeof bytes, &length, NULL));
  return xbee_at_accept(xbee_at_named(name, NULL), bytes, length, &value);
}

static void ranges_are_kept(void **state) {
  (void)state;
  assert_true(takes("AP", "02"));
  assert_true(takes("AP", "00 00 00 00 00 00 00 00 00 02"));
  assert_false(takes("AP", "01 00 00 00 00 00 00 00 00"));
  assert_false(takes("AP", "03"));
  assert_false(takes("AP", ""));
  assert_false(takes("CH", "0A"));
  assert_true(takes("CH", "0B"));
  assert_true(takes("CH", "1A"));
  assert_true(takes("BD", "0A"));
  assert_false(takes("BD", "0B"));
  assert_false(takes("BD", "01 2B"));
  assert_true(takes("BD", "01 2C"));
  assert_true(takes("BD", "0E C4 00"));
  assert_false(takes("BD", "0E C4 01"));
  assert_true(takes("IA", "FF FF FF FF FF FF FF FF"));
  assert_false(takes("IA", "01 FF FF FF FF FF FF FF FF"));
  assert_true(takes("NI", "20"));
  assert_false(takes("NI", "20 20"));
  assert_false(takes("NI", "61 7F"));
  assert_false(takes("IS", "01"));
  assert_false(takes("AC", "01"));
}

static void values_from_text(void **state) {
  (void)state;
  struct wire_error error;
  struct xbee_at_value value;
  assert_true(xbee_at_parse(xbee_at_named("ID", NULL), "0x1F", &value, &error));
  assert_int_equal(value.length, 2);
  assert_memory_equal(value.bytes, "\x00\x1F", 2);
  assert_true(xbee_at_parse(xbee_at_named("ID", NULL), "31", &value, &error));
  assert_int_equal(xbee_at_number(&value), 31);
  assert_true(xbee_at_parse(xbee_at_named("NI", NULL), "a\\x20b", &value, &error));
  assert_memory_equal(value.bytes, "a b", 3);
  assert_true(xbee_at_parse(xbee_at_named("CH", NULL), "255", &value, &error));
  assert_false(xbee_at_parse(xbee_at_named("CH", NULL), "256", &value, &error));
  assert_non_null(strstr(error.text, "256 does not fit into the 1 byte of CH"));
  assert_false(xbee_at_parse(xbee_at_named("CH", NULL), "-1", &value, &error));
  assert_false(xbee_at_parse(xbee_at_named("CH", NULL), "many", &value, &error));
  assert_false(xbee_at_parse(xbee_at_named("NI", NULL), "twenty-one characters", &value,
                             &error));
  assert_null(xbee_at_named("NX", &error));
  assert_non_null(strstr(error.text, "no AT command 'NX', did you mean 'NI'?"));
  assert_null(xbee_at_named("", &error));
  assert_non_null(xbee_at_named("ni", &error));
}

/* ---- the verb ---------------------------------------------------------------- */

struct plan {
  uint8_t bytes[64];
  struct wire_scratch scratch;
  struct protocol_exchange exchange;
  struct wire_error error;
};

static struct plan plan;

static bool plan_at(const char *name, const char *value) {
  plan.scratch = (struct wire_scratch){plan.bytes, sizeof plan.bytes, 0};
  return xbee_protocol.verbs[0].plan(name, value, 0x42, &plan.scratch, &plan.exchange,
                                     &plan.error);
}

static bool restore_at(const char *name, const char *octets) {
  plan.scratch = (struct wire_scratch){plan.bytes, sizeof plan.bytes, 0};
  return xbee_protocol.verbs[0].restore(name, (const uint8_t *)octets, strlen(octets),
                                        0x42, &plan.scratch, &plan.exchange,
                                        &plan.error);
}

/* The request in bytes, with its code. */
static void asks(const char *wanted) {
  uint8_t bytes[64];
  size_t length;
  char text[200];
  const struct protocol_exchange *exchange = &plan.exchange;
  bytes[0] = (uint8_t)exchange->request->code;
  assert_true(wire_encode(exchange->request, exchange->sent, exchange->sent_count,
                          bytes + 1, sizeof bytes - 1, &length, NULL));
  wire_print_hex(bytes, length + 1, ' ', text, sizeof text);
  assert_string_equal(text, wanted);
}

/* The answer that has what is expected, in bytes. */
static void wants(const char *wanted) {
  uint8_t bytes[64];
  size_t length;
  char text[200];
  const struct protocol_exchange *exchange = &plan.exchange;
  bytes[0] = (uint8_t)exchange->answer->code;
  assert_true(wire_encode(exchange->answer, exchange->expected,
                          exchange->expected_count, bytes + 1, sizeof bytes - 1,
                          &length, NULL));
  wire_print_hex(bytes, length + 1, ' ', text, sizeof text);
  assert_string_equal(text, wanted);
}

static void verb_reads(void **state) {
  (void)state;
  assert_true(plan_at("MY", NULL));
  asks("08 42 4D 59");
  wants("88 42 4D 59 00");
  assert_string_equal(plan.exchange.result, "value");
  assert_non_null(wire_field_of(plan.exchange.answer->fields, plan.exchange.result));
  assert_false(plan.exchange.changes);
  assert_null(plan.exchange.then.name);
}

static void verb_sets(void **state) {
  (void)state;
  assert_true(plan_at("MY", "0x1F"));
  asks("08 42 4D 59 00 1F");
  wants("88 42 4D 59 00");
  assert_null(plan.exchange.result);
  assert_true(plan.exchange.changes);
  assert_true(plan_at("NI", "node 1"));
  asks("08 42 4E 49 6E 6F 64 65 20 31");
  assert_true(plan_at("CH", "0")); /* out of range is for the device to refuse */
  asks("08 42 43 48 00");
}

static void verb_executes(void **state) {
  (void)state;
  assert_true(plan_at("WR", NULL));
  asks("08 42 57 52");
  assert_null(plan.exchange.result);
  assert_true(plan_at("IS", NULL));
  assert_string_equal(plan.exchange.result, "value");
  assert_true(plan_at("CB", "1"));
  asks("08 42 43 42 01");
  assert_false(plan.exchange.changes);
}

static void verb_follows_ap(void **state) {
  (void)state;
  assert_true(plan_at("AP", "2"));
  assert_string_equal(plan.exchange.then.name, "ap");
  assert_string_equal(plan.exchange.then.value, "2");
  assert_true(plan_at("AP", "0"));
  assert_null(plan.exchange.then.name);
  assert_true(restore_at("AP", "\x01"));
  asks("08 42 41 50 01");
  assert_string_equal(plan.exchange.then.value, "1");
}

static void verb_puts_back(void **state) {
  (void)state;
  assert_true(restore_at("NI", " "));
  asks("08 42 4E 49 20");
  assert_false(restore_at("SL", "1"));
  assert_non_null(strstr(plan.error.text, "cannot be written back"));
  plan.scratch = (struct wire_scratch){plan.bytes, 1, 0};
  assert_false(xbee_protocol.verbs[0].restore(
      "MY", (const uint8_t *)"ab", 2, 1, &plan.scratch, &plan.exchange, &plan.error));
}

static void verb_refuses(void **state) {
  (void)state;
  assert_false(plan_at("NX", "1"));
  assert_non_null(strstr(plan.error.text, "did you mean"));
  assert_false(plan_at("SL", "1"));
  assert_non_null(strstr(plan.error.text, "SL can only be read"));
  assert_false(plan_at("IS", "1"));
  assert_non_null(strstr(plan.error.text, "IS takes no value"));
  assert_false(plan_at("MY", "0x10000"));
  assert_false(plan_at("MY", ""));
}

/* ---- the family -------------------------------------------------------------- */

static void family_is_whole(void **state) {
  (void)state;
  assert_int_equal(xbee_protocol.type_count, xbee_type_count);
  assert_ptr_equal(protocol_find("xbee"), &xbee_protocol);
  const struct protocol *family;
  assert_non_null(protocol_device_find("xbee3-802154", &family));
  assert_ptr_equal(family, &xbee_protocol);
  struct protocol_setting settings[] = {
      {"ap", "1"}, {"product", "802154"}, {"limit", "65535"}, {"gap", "0"}};
  const struct protocol_option *option = xbee_protocol.options;
  for (size_t i = 0; i < 4; i++, option++) {
    assert_string_equal(option->name, settings[i].name);
    assert_string_equal(option->initial, settings[i].value);
  }
  assert_null(option->name);
  assert_null(xbee_protocol.mutants[0].name);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_sound),   cmocka_unit_test(ranges_are_kept),
      cmocka_unit_test(values_from_text), cmocka_unit_test(verb_reads),
      cmocka_unit_test(verb_sets),        cmocka_unit_test(verb_executes),
      cmocka_unit_test(verb_follows_ap),  cmocka_unit_test(verb_puts_back),
      cmocka_unit_test(verb_refuses),     cmocka_unit_test(family_is_whole),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
