/* xbee.c: what the XBee family offers to everything above it. */
#include "xbee/xbee.h"

#include <string.h>

#include "xbee/at.h"
#include "xbee/frame.h"
#include "xbee/messages.h"
#include "xbee/module.h"

/* ---- options ----------------------------------------------------------------- */

static const struct protocol_option options[] = {
    {"ap", "1|2", "1", "API mode: 1 without escapes, 2 with escapes"},
    {"product", "802154|zigbee|...", "802154",
     "product family, where the meaning of a value depends on it"},
    {"limit", "1..65535", "65535", "longest frame data accepted, in bytes"},
    {"gap", "0..60000000", "0", "longest pause inside a frame, in us; 0: any"},
    {NULL, NULL, NULL, NULL},
};

/* ---- the verb "at" ----------------------------------------------------------- */

/* Frame 0x08 and its answer: user guide 90001500, Local AT Command. */
static void exchange_for(const struct xbee_at *at, uint8_t id,
                         struct protocol_exchange *exchange) {
  const struct wire_item frame_id = {
      .name = "frame_id", .form = WIRE_NUMBER, .number = id};
  const struct wire_item command = {.name = "command",
                                    .form = WIRE_OCTETS,
                                    .bytes = (const uint8_t *)at->name,
                                    .length = 2};
  const struct wire_item status = {.name = "status", .form = WIRE_NUMBER, .number = 0};
  memset(exchange, 0, sizeof *exchange);
  exchange->request = xbee_type(0x08);
  exchange->sent[0] = frame_id;
  exchange->sent[1] = command;
  exchange->sent_count = 2;
  exchange->answer = xbee_type(0x88);
  exchange->expected[0] = frame_id;
  exchange->expected[1] = command;
  exchange->expected[2] = status;
  exchange->expected_count = 3;
}

/* The answer to a new AP still comes in the old mode. 0 is no mode of the framing. */
static void follow_ap(struct protocol_exchange *exchange, const uint8_t *bytes,
                      size_t length) {
  uint8_t mode = length > 0 ? bytes[length - 1] : 0;
  if (mode != 1 && mode != 2) return;
  exchange->then_value[0] = (char)('0' + mode);
  exchange->then_value[1] = 0;
  exchange->then = (struct protocol_setting){"ap", exchange->then_value};
}

static bool send_value(const struct xbee_at *at, const uint8_t *bytes, size_t length,
                       struct wire_scratch *scratch, struct protocol_exchange *exchange,
                       struct wire_error *error) {
  if (length > scratch->capacity - scratch->used)
    return wire_fail(error, WIRE_SPACE, 0, at->name, "value of %s is too long",
                     at->name);
  uint8_t *copy = scratch->bytes + scratch->used;
  if (length > 0) memcpy(copy, bytes, length);
  scratch->used += length;
  exchange->sent[exchange->sent_count++] = (struct wire_item){
      .name = "value", .form = WIRE_OCTETS, .bytes = copy, .length = length};
  if (xbee_at_id(at) == XBEE_AT_AP) follow_ap(exchange, bytes, length);
  return true;
}

static bool at_plan(const char *name, const char *value, uint8_t id,
                    struct wire_scratch *scratch, struct protocol_exchange *exchange,
                    struct wire_error *error) {
  const struct xbee_at *at = xbee_at_named(name, error);
  if (at == NULL) return false;
  exchange_for(at, id, exchange);
  if (value == NULL) {
    bool answers = at->access != XBEE_AT_ACTION && at->kind != XBEE_AT_NOTHING;
    exchange->result = answers ? "value" : NULL;
    return true;
  }
  if (at->access == XBEE_AT_READING || at->access == XBEE_AT_COMMAND)
    return wire_fail(error, WIRE_UNFIT, 0, at->name, "%s %s", at->name,
                     at->access == XBEE_AT_READING ? "can only be read"
                                                   : "takes no value");
  struct xbee_at_value octets;
  if (!xbee_at_parse(at, value, &octets, error)) return false;
  exchange->changes = at->access == XBEE_AT_SETTING;
  return send_value(at, octets.bytes, octets.length, scratch, exchange, error);
}

static bool at_restore(const char *name, const uint8_t *bytes, size_t length,
                       uint8_t id, struct wire_scratch *scratch,
                       struct protocol_exchange *exchange, struct wire_error *error) {
  const struct xbee_at *at = xbee_at_named(name, error);
  if (at == NULL) return false;
  if (at->access != XBEE_AT_SETTING)
    return wire_fail(error, WIRE_UNFIT, 0, at->name, "%s cannot be written back",
                     at->name);
  exchange_for(at, id, exchange);
  return send_value(at, bytes, length, scratch, exchange, error);
}

static const struct protocol_verb verbs[] = {
    {"at", "sets, reads or executes AT commands by frame 0x08", at_plan, at_restore},
    {NULL, NULL, NULL, NULL},
};

/* ---- the family -------------------------------------------------------------- */

static const struct protocol_device *const devices[] = {&xbee_module_device, NULL};

static const struct protocol_mutant mutants[] = {{NULL, NULL, NULL}};

/* The same list that xbee_types is made from. */
enum {
#define OUT(code, type, ...) TYPE_##type,
#define IN                   OUT
#include "xbee/messages_list.h"
#undef IN
#undef OUT
  TYPE_COUNT
};

const struct protocol xbee_protocol = {
    .name = "xbee",
    .title = "Digi XBee API mode",
    .types = xbee_types,
    .type_count = TYPE_COUNT,
    .products = xbee_products,
    .options = options,
    .framing = &xbee_framing,
    .verbs = verbs,
    .devices = devices,
    .mutants = mutants,
};
