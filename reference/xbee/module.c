/* module.c: the module model as a device: power-up, ports, clock. */
#include "xbee/module.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "xbee/module_state.h"

#define HARDWARE_RESET 0x00 /* Modem Status 0x8A: power-up too */

/* ---- registers --------------------------------------------------------------- */

uint64_t xbee_module_number(const struct xbee_module *module, enum xbee_at_id id) {
  return xbee_at_number(&module->active[id]);
}

void xbee_module_count(struct xbee_module *module, enum xbee_at_id id) {
  const struct xbee_at *at = &xbee_at_table[id];
  uint64_t number = xbee_module_number(module, id);
  if (number < at->most) xbee_at_set_number(at, number + 1, &module->active[id]);
}

bool xbee_module_broken(const struct xbee_module *module, const char *mutant) {
  return module->mutant != NULL && strcmp(module->mutant->name, mutant) == 0;
}

/* ---- power ------------------------------------------------------------------- */

/* Prepares the serial port for a mode, with nothing half received. The settings are
 * known to be good, so opening cannot fail. */
static void open_port(struct xbee_module *module) {
  xbee_framing.open(&module->decoder, WIRE_OUT, NULL, 0, NULL);
  module->decoder.limit = module->frame_limit;
  module->mode = (int)xbee_module_number(module, XBEE_AT_AP);
  if (module->mode != 0) module->decoder.ap = module->mode;
}

/* Registers come from non-volatile memory, everything else starts empty. */
static void power_up(struct xbee_module *module, uint64_t now) {
  module->resetting = false;
  module->reset_end = PROTOCOL_NEVER;
  xbee_module_drop_output(module);
  memcpy(module->active, module->stored, sizeof module->active);
  memset(module->is_queued, 0, sizeof module->is_queued);
  memset(&module->radio, 0, offsetof(struct xbee_radio, peers));
  module->radio.deadline = PROTOCOL_NEVER;
  module->radio.peer_count = 0;
  module->radio.peer_next = 0;
  module->sample_period = 0;
  module->next_sample = PROTOCOL_NEVER;
  memset(&module->lines, 0, sizeof module->lines);
  open_port(module);
  xbee_module_lines_changed(module, now);
  struct wire_item status = xbee_number_item("status", HARDWARE_RESET);
  xbee_module_answer(module, XBEE_TYPE_modem_status, &status, 1, now);
}

void xbee_module_reset(struct xbee_module *module, uint64_t now) {
  module->resetting = true;
  module->reset_end = now + XBEE_MODULE_RESET;
  module->next_sample = PROTOCOL_NEVER;
  module->radio.count = 0;
  module->radio.deadline = PROTOCOL_NEVER;
}

/* ---- settings ---------------------------------------------------------------- */

static bool unknown_setting(const struct protocol_setting *setting,
                            struct wire_error *error) {
  const char *names[XBEE_AT_COUNT + 2];
  size_t count = 0;
  for (size_t id = 0; id < XBEE_AT_COUNT; id++)
    names[count++] = xbee_at_table[id].name;
  names[count++] = "LIMIT";
  names[count] = NULL;
  const char *near = wire_nearest(setting->name, names);
  return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL,
                   "the module has no setting '%.40s'%s%s%s", setting->name,
                   near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool set_register(struct xbee_module *module,
                         const struct protocol_setting *setting,
                         struct wire_error *error) {
  char limits[80];
  const struct xbee_at *at = NULL;
  if (strlen(setting->name) == 2) at = xbee_at_find((const uint8_t *)setting->name);
  bool is_register =
      at != NULL && (at->access == XBEE_AT_SETTING || at->access == XBEE_AT_READING);
  if (!is_register) return unknown_setting(setting, error);
  struct xbee_at_value value;
  if (xbee_at_parse(at, setting->value, &value, NULL) &&
      xbee_at_accept(at, value.bytes, value.length, &module->stored[xbee_at_id(at)]))
    return true;
  xbee_at_print_limits(at, limits, sizeof limits);
  return wire_fail(error, WIRE_UNFIT, 0, at->name, "%s=%.40s: must be %s", at->name,
                   setting->value, limits);
}

static bool set_frame_limit(struct xbee_module *module, const char *value,
                            struct wire_error *error) {
  char *end;
  long number = strtol(value, &end, 0);
  if (end == value || *end != 0 || number < 1 || number > XBEE_LENGTH_MAX)
    return wire_fail(error, WIRE_UNFIT, 0, NULL, "LIMIT=%.40s: must be 1 to %d", value,
                     XBEE_LENGTH_MAX);
  module->frame_limit = (size_t)number;
  return true;
}

static bool apply_settings(struct xbee_module *module,
                           const struct protocol_setup *setup,
                           struct wire_error *error) {
  for (size_t i = 0; i < setup->count; i++) {
    const struct protocol_setting *setting = &setup->settings[i];
    bool good = strcmp(setting->name, "LIMIT") == 0
                    ? set_frame_limit(module, setting->value, error)
                    : set_register(module, setting, error);
    if (!good) return false;
  }
  return true;
}

static void set_factory_values(struct xbee_module *module, unsigned position) {
  for (size_t id = 0; id < XBEE_AT_COUNT; id++)
    xbee_at_initial(&xbee_at_table[id], &module->stored[id]);
  const struct xbee_at *low = &xbee_at_table[XBEE_AT_SL];
  xbee_at_set_number(low, low->initial + position, &module->stored[XBEE_AT_SL]);
}

/* ---- the host's frames ------------------------------------------------------- */

typedef void handler(struct xbee_module *module, const struct wire_message *request,
                     uint64_t now);

/* Remote AT commands, sessions, unlocking and files have their place here as well. */
static const struct {
  uint8_t code;
  handler *handle;
} handlers[] = {
    {XBEE_TYPE_tx_request_64, xbee_module_transmit},
    {XBEE_TYPE_tx_request_16, xbee_module_transmit},
    {XBEE_TYPE_at_command, xbee_module_at},
    {XBEE_TYPE_at_command_queue, xbee_module_at},
    {XBEE_TYPE_transmit_request, xbee_module_transmit},
    {XBEE_TYPE_explicit_transmit_request, xbee_module_transmit},
    {XBEE_TYPE_user_data_relay_input, xbee_module_relay},
};

/* Frames without handler and bodies that do not fit their layout are dropped without an
 * answer: no document says what an RF module does with them. */
static void handle(struct xbee_module *module, const struct protocol_frame *frame,
                   uint64_t now) {
  struct wire_message request;
  for (size_t i = 0; i < sizeof handlers / sizeof handlers[0]; i++) {
    if (handlers[i].code != frame->type->code) continue;
    if (wire_decode(frame->type, frame->body, frame->length, &request, NULL))
      handlers[i].handle(module, &request, now);
    return;
  }
}

/* AP took effect: bytes behind the request are in the new mode already. What the
 * decoder still holds is raw, so it is simply looked at again. */
static void follow_mode(struct xbee_module *module) {
  int mode = (int)xbee_module_number(module, XBEE_AT_AP);
  if (mode != module->mode && mode != 0) module->decoder.ap = mode;
  module->mode = mode;
}

static bool is_listening(const struct xbee_module *module) {
  return !module->resetting && module->mode != 0;
}

/* ---- the device -------------------------------------------------------------- */

static bool module_create(void *device, const struct protocol_setup *setup,
                          uint64_t now, struct wire_error *error) {
  struct xbee_module *module = device;
  memset(module, 0, offsetof(struct xbee_module, bytes));
  module->medium = setup->medium;
  module->transmit = setup->transmit;
  module->mutant = setup->mutant;
  module->seed = setup->seed;
  module->sequence = (uint16_t)setup->seed;
  module->frame_limit = XBEE_LENGTH_MAX;
  set_factory_values(module, setup->position);
  if (!apply_settings(module, setup, error)) return false;
  power_up(module, now);
  return true;
}

static void module_input(void *device, unsigned port, const uint8_t *bytes,
                         size_t length, uint64_t now) {
  struct xbee_module *module = device;
  struct protocol_frame frame;
  (void)port;
  if (!is_listening(module)) return;
  xbee_framing.feed(&module->decoder, bytes, length, now);
  for (;;) {
    enum protocol_event event = xbee_framing.next(&module->decoder, now, &frame);
    if (event == PROTOCOL_IDLE) return;
    if (event == PROTOCOL_FRAME) handle(module, &frame, now);
    follow_mode(module);
    if (is_listening(module)) continue;
    open_port(module); /* forgets the bytes behind */
    return;
  }
}

static size_t module_output(void *device, unsigned port, uint8_t *bytes,
                            size_t capacity) {
  (void)port;
  return xbee_module_take(device, bytes, capacity);
}

static void module_hear(void *device, const uint8_t *packet, size_t length,
                        uint64_t now) {
  struct xbee_module *module = device;
  if (!module->resetting) xbee_module_hear(module, packet, length, now);
}

static void module_run(void *device, uint64_t now) {
  struct xbee_module *module = device;
  xbee_module_release(module, now);
  if (now >= module->reset_end) power_up(module, now);
  xbee_module_run_radio(module, now);
  xbee_module_run_samples(module, now);
}

static uint64_t earlier(uint64_t one, uint64_t other) {
  return one < other ? one : other;
}

static uint64_t module_deadline(const void *device) {
  const struct xbee_module *module = device;
  uint64_t next = xbee_module_release_deadline(module);
  next = earlier(next, module->reset_end);
  next = earlier(next, module->radio.deadline);
  return earlier(next, module->next_sample);
}

static const char *const ports[] = {"serial", NULL};

const struct protocol_device xbee_module_device = {
    .name = "xbee3-802154",
    .about = "Digi XBee 3 with 802.15.4 firmware",
    .size = sizeof(struct xbee_module),
    .ports = ports,
    .create = module_create,
    .input = module_input,
    .output = module_output,
    .hear = module_hear,
    .run = module_run,
    .deadline = module_deadline,
};
