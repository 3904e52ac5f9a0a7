/* run_device.h: a tiny XBee on standard input and output for the tests of the runner.
 * It answers VR, HV, SH, SL and NI, and goes wrong in the way its kind says as soon as
 * it is asked for QQ, so that nothing depends on what the runner asks by itself. */
#ifndef TEST_RUN_DEVICE_H
#define TEST_RUN_DEVICE_H

#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "protocol.h"

#define DEVICE_LATE 40 /* milliseconds */

struct run_device {
  const struct protocol *family;
  const char *kind;
  bool mute;
  uint64_t late; /* frame id of the answer that is still to come, 0: none */
  uint16_t version;
  uint8_t name[20];
  size_t name_length;
  uint8_t out[256];
  size_t used;
};

static inline void device_put(struct run_device *device, const char *name,
                              const struct wire_item *items, size_t count) {
  const struct wire_type *type = protocol_type(device->family, name);
  const struct protocol_setting ap = {"ap", "1"};
  uint8_t body[64];
  size_t length = 0;
  struct wire_error error;
  if (!wire_encode(type, items, count, body, sizeof body, &length, &error)) exit(3);
  uint8_t *out = device->out + device->used;
  if (!device->family->framing->wrap(type, body, length, &ap, 1, out,
                                     sizeof device->out - device->used, &length,
                                     &error))
    exit(3);
  device->used += length;
}

static inline void device_flush(struct run_device *device) {
  if (device->used > 0 && write(STDOUT_FILENO, device->out, device->used) < 0) exit(0);
  device->used = 0;
}

static inline void device_answer(struct run_device *device, uint64_t id,
                                 const char *command, uint64_t status,
                                 const uint8_t *value, size_t length) {
  const struct wire_item items[] = {
      {.name = "frame_id", .number = id},
      {.name = "command",
       .form = WIRE_OCTETS,
       .bytes = (const uint8_t *)command,
       .length = 2},
      {.name = "status", .number = status},
      {.name = "value", .form = WIRE_OCTETS, .bytes = value, .length = length},
  };
  if (id != 0) device_put(device, "at_command_response", items, length > 0 ? 4 : 3);
}

/* Asked for QQ: an invalid command to an honest device. */
static inline void device_trigger(struct run_device *device, uint64_t id) {
  const struct wire_item reset = {.name = "status", .number = 0};
  if (strcmp(device->kind, "dies") == 0) exit(0);
  if (strcmp(device->kind, "changes") == 0) device->version = 0x200E;
  device->mute = strcmp(device->kind, "mute") == 0;
  while (strcmp(device->kind, "flood") == 0) {
    device_put(device, "modem_status", &reset, 1); /* may come at any time */
    if (device->used > sizeof device->out / 2) device_flush(device);
  }
  if (strcmp(device->kind, "late") == 0) {
    device->late = id;
  } else if (!device->mute) {
    device_answer(device, id, "QQ", 2, NULL, 0);
  }
  if (strcmp(device->kind, "extra") == 0)
    device_answer(device, 0x77, "NI", 0, device->name, device->name_length);
}

static inline void device_hear(struct run_device *device,
                               const struct protocol_frame *frame) {
  struct wire_message message;
  if (strcmp(frame->type->name, "at_command") != 0 ||
      !wire_decode(frame->type, frame->body, frame->length, &message, NULL))
    return;
  uint64_t id = wire_find(&message, "frame_id")->number;
  const char *command = (const char *)wire_find(&message, "command")->bytes;
  const struct wire_value *value = wire_find(&message, "value");
  uint8_t version[2] = {(uint8_t)(device->version >> 8), (uint8_t)device->version};
  if (device->mute) return;
  if (memcmp(command, "QQ", 2) == 0) {
    device_trigger(device, id);
  } else if (memcmp(command, "NI", 2) != 0) {
    device_answer(device, id, command, 0, version, sizeof version);
  } else if (value == NULL || value->length == 0) {
    device_answer(device, id, command, 0, device->name, device->name_length);
  } else if (value->length > sizeof device->name) {
    device_answer(device, id, command, 3, NULL, 0);
  } else {
    memcpy(device->name, value->bytes, value->length);
    device->name_length = value->length;
    device_answer(device, id, command, 0, NULL, 0);
  }
}

/* Until its input ends. */
static inline int device_main(const char *kind) {
  struct run_device device = {.family = protocol_find("xbee"),
                              .kind = kind,
                              .version = 0x200D,
                              .name = "old",
                              .name_length = 3};
  const struct protocol_framing *framing = device.family->framing;
  const struct protocol_setting ap = {"ap", "1"};
  void *decoder = malloc(framing->size);
  if (decoder == NULL || !framing->open(decoder, WIRE_OUT, &ap, 1, NULL)) return 3;
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  uint8_t bytes[512];
  ssize_t got = 1;
  while (got > 0) {
    if (poll(&input, 1, device.late ? DEVICE_LATE : -1) == 0) {
      device_answer(&device, device.late, "QQ", 2, NULL, 0);
      device.late = 0;
      device_flush(&device);
      continue;
    }
    got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got > 0) framing->feed(decoder, bytes, (size_t)got, 0);
    struct protocol_frame frame;
    enum protocol_event event;
    while (got > 0 && (event = framing->next(decoder, 0, &frame)) != PROTOCOL_IDLE) {
      if (event == PROTOCOL_FRAME) device_hear(&device, &frame);
    }
    device_flush(&device);
  }
  free(decoder);
  return 0;
}

#endif
