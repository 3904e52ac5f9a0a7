/* tiny_device.h: a reference device for tests of what carries devices: the world, the
 * hub and serve(). Every byte it gets is a command:
 *
 *   E  says "echo" 20 ms later          R  says 8 random bytes as hexadecimal digits
 *   L  says "late" 30 minutes later     F  floods: its output never ends from now on
 *   T  transmits "hi"                   S  sticks: wants to run at every instant
 *   N  says its position
 *
 * Any other byte is said again. A packet that it hears is said, with its time:
 * "[1000 hi]". Settings: greeting=TEXT is said at the start; another is refused. A
 * mutant is deaf.
 */
#ifndef TEST_TINY_DEVICE_H
#define TEST_TINY_DEVICE_H

#include <stdio.h>
#include <string.h>

#include "protocol.h"

struct tiny {
  struct protocol_setup setup;
  uint64_t random;
  uint64_t echo; /* when it is due */
  uint64_t late;
  bool flood;
  bool stuck;
  unsigned runs;
  size_t begin;
  size_t end;
  uint8_t said[1024];
};

static inline void tiny_say(struct tiny *tiny, const void *bytes, size_t length) {
  if (tiny->begin == tiny->end) tiny->begin = tiny->end = 0;
  if (length > sizeof tiny->said - tiny->end) return;
  memcpy(tiny->said + tiny->end, bytes, length);
  tiny->end += length;
}

static inline bool tiny_create(void *device, const struct protocol_setup *setup,
                               uint64_t now, struct wire_error *error) {
  struct tiny *tiny = device;
  (void)now;
  *tiny = (struct tiny){.setup = *setup, .random = setup->seed};
  tiny->echo = tiny->late = PROTOCOL_NEVER;
  for (size_t i = 0; i < setup->count; i++) {
    const struct protocol_setting *setting = &setup->settings[i];
    if (strcmp(setting->name, "greeting") != 0)
      return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no setting '%s'",
                       setting->name);
    tiny_say(tiny, setting->value, strlen(setting->value));
  }
  return true;
}

static inline void tiny_say_random(struct tiny *tiny) {
  char text[17];
  tiny->random = tiny->random * UINT64_C(6364136223846793005) + 1442695040888963407;
  snprintf(text, sizeof text, "%016llX", (unsigned long long)tiny->random);
  tiny_say(tiny, text, 16);
}

static inline void tiny_input(void *device, unsigned port, const uint8_t *bytes,
                              size_t length, uint64_t now) {
  struct tiny *tiny = device;
  (void)port;
  for (size_t i = 0; i < length && tiny->setup.mutant == NULL; i++) {
    char position = (char)('0' + tiny->setup.position);
    switch (bytes[i]) {
    case 'E': tiny->echo = now + 20000; break;
    case 'L': tiny->late = now + UINT64_C(1800000000); break;
    case 'T':
      tiny->setup.transmit(tiny->setup.medium, (const uint8_t *)"hi", 2, now);
      break;
    case 'N': tiny_say(tiny, &position, 1); break;
    case 'R': tiny_say_random(tiny); break;
    case 'F': tiny->flood = true; break;
    case 'S': tiny->stuck = true; break;
    default: tiny_say(tiny, &bytes[i], 1); break;
    }
  }
}

static inline size_t tiny_output(void *device, unsigned port, uint8_t *bytes,
                                 size_t capacity) {
  struct tiny *tiny = device;
  (void)port;
  if (tiny->flood) {
    memset(bytes, '#', capacity);
    return capacity;
  }
  size_t length = tiny->end - tiny->begin;
  if (length > capacity) length = capacity;
  memcpy(bytes, tiny->said + tiny->begin, length);
  tiny->begin += length;
  return length;
}

static inline void tiny_hear(void *device, const uint8_t *packet, size_t length,
                             uint64_t now) {
  char text[64];
  int count = snprintf(text, sizeof text, "[%llu %.*s]", (unsigned long long)now,
                       length < 8 ? (int)length : 8, (const char *)packet);
  tiny_say(device, text, (size_t)count);
}

static inline void tiny_run(void *device, uint64_t now) {
  struct tiny *tiny = device;
  tiny->runs++;
  if (tiny->echo <= now) {
    tiny->echo = PROTOCOL_NEVER;
    tiny_say(tiny, "echo", 4);
  }
  if (tiny->late <= now) {
    tiny->late = PROTOCOL_NEVER;
    tiny_say(tiny, "late", 4);
  }
}

static inline uint64_t tiny_deadline(const void *device) {
  const struct tiny *tiny = device;
  if (tiny->stuck) return 0;
  return tiny->echo < tiny->late ? tiny->echo : tiny->late;
}

static const char *const tiny_ports[] = {"host", NULL};

static const struct protocol_device tiny_device = {
    .name = "tiny",
    .about = "for tests",
    .size = sizeof(struct tiny),
    .ports = tiny_ports,
    .create = tiny_create,
    .input = tiny_input,
    .output = tiny_output,
    .hear = tiny_hear,
    .run = tiny_run,
    .deadline = tiny_deadline,
};

static const struct protocol_mutant tiny_mutant = {"deaf", "Hears nothing.", "TINY-01"};

#endif
