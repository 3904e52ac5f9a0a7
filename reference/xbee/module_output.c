/* module_output.c: frames to the host, each at its time. */
#include <string.h>

#include "xbee/module_state.h"

/* Frame type and body of the longest answer, a relayed 0xAD. */
#define BODY_MOST (XBEE_MODULE_RELAY + 16)
#define WIRE_MOST (1 + 2 * (2 + BODY_MOST + 1)) /* with every byte escaped */

struct wire_item xbee_number_item(const char *name, uint64_t number) {
  return (struct wire_item){.name = name, .form = WIRE_NUMBER, .number = number};
}

struct wire_item xbee_octets_item(const char *name, const uint8_t *bytes,
                                  size_t length) {
  return (struct wire_item){
      .name = name, .form = WIRE_OCTETS, .bytes = bytes, .length = length};
}

uint64_t xbee_number_of(const struct wire_message *message, const char *name) {
  const struct wire_value *value = wire_find(message, name);
  return value != NULL ? value->number : 0;
}

/* A host that does not read loses the newest frames, as a full UART buffer would; the
 * bytes it does get are always whole frames. */
static void queue(struct xbee_module *module, const uint8_t *bytes, size_t length,
                  uint64_t due) {
  struct xbee_output *output = &module->output;
  size_t room = XBEE_MODULE_OUTPUT - (output->written - output->read);
  if (length > room || output->count == XBEE_MODULE_ANSWERS) return;
  for (size_t i = 0; i < length; i++)
    module->bytes[(output->written + i) % XBEE_MODULE_OUTPUT] = bytes[i];
  output->written += length;
  size_t last = (output->first + output->count++) % XBEE_MODULE_ANSWERS;
  output->due[last] = (struct xbee_due){due, output->written};
}

void xbee_module_answer(struct xbee_module *module, int code,
                        const struct wire_item *items, size_t count, uint64_t now) {
  uint8_t data[BODY_MOST];
  uint8_t wire[WIRE_MOST];
  size_t length;
  if (module->mode == 0) return; /* transparent: no frames */
  const struct wire_type *type = xbee_type((uint8_t)code);
  data[0] = (uint8_t)code;
  if (!wire_encode(type, items, count, data + 1, sizeof data - 1, &length, NULL))
    return;
  if (!xbee_wrap(data, length + 1, module->mode, wire, sizeof wire, &length, NULL))
    return;
  queue(module, wire, length, now + XBEE_MODULE_LATENCY);
}

void xbee_module_release(struct xbee_module *module, uint64_t now) {
  struct xbee_output *output = &module->output;
  while (output->count > 0 && output->due[output->first].due <= now) {
    output->released = output->due[output->first].end;
    output->first = (output->first + 1) % XBEE_MODULE_ANSWERS;
    output->count--;
  }
}

uint64_t xbee_module_release_deadline(const struct xbee_module *module) {
  const struct xbee_output *output = &module->output;
  return output->count > 0 ? output->due[output->first].due : PROTOCOL_NEVER;
}

void xbee_module_drop_output(struct xbee_module *module) {
  struct xbee_output *output = &module->output;
  output->written = output->released;
  output->count = 0;
}

size_t xbee_module_take(struct xbee_module *module, uint8_t *bytes, size_t capacity) {
  struct xbee_output *output = &module->output;
  size_t length = output->released - output->read;
  if (length > capacity) length = capacity;
  for (size_t i = 0; i < length; i++)
    bytes[i] = module->bytes[(output->read + i) % XBEE_MODULE_OUTPUT];
  output->read += length;
  return length;
}
