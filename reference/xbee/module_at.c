/* module_at.c: AT commands in frames 0x08 and 0x09. */
#include <string.h>

#include "xbee/module_state.h"

/* XBee 3 802.15.4 user guide 90002273, Local AT Command Response 0x88. */
enum at_status {
  AT_OK = 0,
  AT_ERROR = 1,
  AT_INVALID_COMMAND = 2,
  AT_INVALID_PARAMETER = 3,
};

/* What a command answers. */
struct outcome {
  enum at_status status;
  uint8_t value[XBEE_AT_MOST];
  size_t length;
  bool reset; /* after the answer */
};

/* ---- executing --------------------------------------------------------------- */

/* XBee SX 868 user guide, Node Identification Indicator 0x95. That pressing the button
 * broadcasts one is known; that CB 1 is a press is the model's choice. */
static void press_button(struct xbee_module *module, uint64_t now) {
  const struct xbee_at_value *identifier = &module->active[XBEE_AT_NI];
  struct xbee_packet packet = {
      .kind = XBEE_PACKET_IDENTITY,
      .destination = {XBEE_BROADCAST, XBEE_NO_SHORT},
      .bytes = identifier->bytes,
      .length = identifier->length,
  };
  xbee_module_send(module, &packet, XBEE_NO_ANSWER, 0, now);
}

static void apply_queued(struct xbee_module *module, uint64_t now) {
  bool pressed = false;
  for (size_t id = 0; id < XBEE_AT_COUNT; id++) {
    if (!module->is_queued[id]) continue;
    module->is_queued[id] = false;
    if (xbee_at_table[id].access == XBEE_AT_SETTING) {
      module->active[id] = module->queued[id];
    } else if (id == XBEE_AT_CB) {
      pressed = true;
    }
  }
  xbee_module_lines_changed(module, now);
  if (pressed) press_button(module, now);
}

/* Settings that are queued but not applied are written with the rest: they are what the
 * host has set. The guide does not say. */
static void write_settings(struct xbee_module *module) {
  for (size_t id = 0; id < XBEE_AT_COUNT; id++) {
    const struct xbee_at *at = &xbee_at_table[id];
    if (at->access != XBEE_AT_SETTING || at->counter) continue;
    module->stored[id] =
        module->is_queued[id] ? module->queued[id] : module->active[id];
  }
}

/* The defaults hold at once, but last only if WR follows. Values from the profile are
 * overwritten: AP becomes 0 after the answer, as on a real module. */
static void restore_defaults(struct xbee_module *module, uint64_t now) {
  for (size_t id = 0; id < XBEE_AT_COUNT; id++) {
    module->is_queued[id] = false;
    if (xbee_at_table[id].access == XBEE_AT_SETTING)
      xbee_at_initial(&xbee_at_table[id], &module->active[id]);
  }
  xbee_module_lines_changed(module, now);
}

static void execute(struct xbee_module *module, enum xbee_at_id id, uint64_t now,
                    struct outcome *outcome) {
  switch ((int)id) {
  case XBEE_AT_AC: apply_queued(module, now); break;
  case XBEE_AT_WR: write_settings(module); break;
  case XBEE_AT_RE: restore_defaults(module, now); break;
  case XBEE_AT_FR: outcome->reset = true; break;
  case XBEE_AT_IS: /* user guide 90002273, IS: ERROR if no line is configured */
    if (!xbee_module_force_sample(module, outcome->value, sizeof outcome->value,
                                  &outcome->length))
      outcome->status = AT_ERROR;
    break;
  default: break;
  }
}

/* ---- reading and setting ----------------------------------------------------- */

/* 0x08 shows the value in force, 0x09 the newest one. No document says what a query of
 * a register with a queued value answers; so a host can see both. */
static void query(const struct xbee_module *module, enum xbee_at_id id, bool newest,
                  struct outcome *outcome) {
  struct xbee_at_value value = module->active[id];
  if (newest && module->is_queued[id]) value = module->queued[id];
  if (id == XBEE_AT_NP)
    xbee_at_set_number(&xbee_at_table[id], xbee_module_payload(module), &value);
  memcpy(outcome->value, value.bytes, value.length);
  outcome->length = value.length;
}

static void set(struct xbee_module *module, enum xbee_at_id id,
                const struct wire_value *parameter, bool later, uint64_t now,
                struct outcome *outcome) {
  const struct xbee_at *at = &xbee_at_table[id];
  struct xbee_at_value value;
  /* That a read-only register refuses with "invalid parameter" is the model's choice:
   * the guides name no status for it. */
  bool settable = at->access == XBEE_AT_SETTING || at->access == XBEE_AT_ACTION;
  if (!settable || !xbee_at_accept(at, parameter->bytes, parameter->length, &value)) {
    outcome->status = AT_INVALID_PARAMETER;
    return;
  }
  module->queued[id] = value;
  module->is_queued[id] = true;
  if (!later) apply_queued(module, now);
}

static void do_command(struct xbee_module *module, const struct wire_message *request,
                       uint64_t now, struct outcome *outcome) {
  const struct xbee_at *at = xbee_at_find(wire_find(request, "command")->bytes);
  const struct wire_value *parameter = wire_find(request, "value");
  bool later = request->type->code == XBEE_TYPE_at_command_queue;
  if (at == NULL) {
    outcome->status = AT_INVALID_COMMAND;
  } else if (parameter != NULL) {
    set(module, xbee_at_id(at), parameter, later, now, outcome);
  } else if (at->access == XBEE_AT_COMMAND) {
    execute(module, xbee_at_id(at), now, outcome);
  } else if (at->access != XBEE_AT_ACTION) { /* write-only: OK and no value, as KY */
    query(module, xbee_at_id(at), later, outcome);
  }
}

void xbee_module_at(struct xbee_module *module, const struct wire_message *request,
                    uint64_t now) {
  struct outcome outcome = {.status = AT_OK};
  do_command(module, request, now, &outcome);
  const struct wire_value *command = wire_find(request, "command");
  uint64_t frame_id = xbee_number_of(request, "frame_id");
  struct wire_item items[] = {
      xbee_number_item("frame_id", frame_id),
      xbee_octets_item("command", command->bytes, command->length),
      xbee_number_item("status", outcome.status),
      xbee_octets_item("value", outcome.value, outcome.length),
  };
  if (frame_id != 0)
    xbee_module_answer(module, XBEE_TYPE_at_command_response, items,
                       outcome.length > 0 ? 4 : 3, now);
  if (outcome.reset) xbee_module_reset(module, now);
}
