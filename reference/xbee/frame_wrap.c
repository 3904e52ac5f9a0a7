/* frame_wrap.c: XBee API frames from messages, right or wrong on purpose. */
#include <stdlib.h>
#include <string.h>

#include "xbee/frame_internal.h"

/* ---- settings ---------------------------------------------------------------- */

static bool bad_setting(const struct protocol_setting *setting, const char *wanted,
                        struct wire_error *error) {
  return wire_fail(error, WIRE_UNFIT, 0, NULL, "%s=%.40s: %s", setting->name,
                   setting->value, wanted);
}

bool xbee_set_ap(const struct protocol_setting *setting, int *ap,
                 struct wire_error *error) {
  *ap = strcmp(setting->value, "2") == 0 ? 2 : 1;
  return *ap == 2 || strcmp(setting->value, "1") == 0 ||
         bad_setting(setting, "must be 1 (no escapes) or 2 (escapes)", error);
}

bool xbee_set_number(const struct protocol_setting *setting, long least, long most,
                     long *number, struct wire_error *error) {
  char *end;
  *number = strtol(setting->value, &end, 0);
  if (end != setting->value && *end == 0 && *number >= least && *number <= most)
    return true;
  return wire_fail(error, WIRE_UNFIT, 0, NULL, "%s=%.40s: must be %ld to %ld",
                   setting->name, setting->value, least, most);
}

bool xbee_unknown_setting(const struct protocol_setting *setting,
                          const char *const *known, struct wire_error *error) {
  const char *near = wire_nearest(setting->name, known);
  return wire_fail(error, WIRE_UNKNOWN_NAME, 0, NULL, "no framing option '%.40s'%s%s%s",
                   setting->name, near ? ", did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

/* ---- wrapping ---------------------------------------------------------------- */

/* How to wrap; all but `ap` only to make frames that are wrong on purpose. */
struct wrapping {
  int ap;
  unsigned add_checksum; /* added to the right checksum */
  unsigned add_length;   /* added to the right length */
  enum { ESCAPE_RIGHT, ESCAPE_NONE, ESCAPE_ALL } escape;
};

struct sink {
  uint8_t *out;
  size_t capacity;
  size_t length;
};

static void put(struct sink *sink, uint8_t byte) {
  if (sink->length < sink->capacity) sink->out[sink->length] = byte;
  sink->length++;
}

static void put_escaped(struct sink *sink, const struct wrapping *how, uint8_t byte) {
  bool escape =
      how->ap == 2 && (how->escape == ESCAPE_ALL ||
                       (how->escape == ESCAPE_RIGHT && xbee_is_special(byte)));
  if (escape) {
    put(sink, XBEE_ESCAPE);
    byte ^= XBEE_ESCAPE_BIT;
  }
  put(sink, byte);
}

static bool wrap(const struct wrapping *how, const uint8_t *head, size_t head_length,
                 const uint8_t *data, size_t length, struct sink *sink,
                 struct wire_error *error) {
  size_t total = head_length + length;
  if (total == 0 || total > XBEE_LENGTH_MAX)
    return wire_fail(error, WIRE_LENGTH, 0, NULL,
                     "a frame holds 1 to %d bytes of data, not %zu", XBEE_LENGTH_MAX,
                     total);
  uint8_t checksum =
      (uint8_t)(xbee_checksum(head, head_length) + xbee_checksum(data, length) - 0xFF);
  unsigned said = (unsigned)total + how->add_length;
  put(sink, XBEE_DELIMITER);
  put_escaped(sink, how, (uint8_t)(said >> 8));
  put_escaped(sink, how, (uint8_t)said);
  for (size_t i = 0; i < head_length; i++)
    put_escaped(sink, how, head[i]);
  for (size_t i = 0; i < length; i++)
    put_escaped(sink, how, data[i]);
  put_escaped(sink, how, (uint8_t)(checksum + how->add_checksum));
  if (sink->length <= sink->capacity) return true;
  return wire_fail(error, WIRE_SPACE, 0, NULL, "the frame needs %zu bytes, not %zu",
                   sink->length, sink->capacity);
}

bool xbee_wrap(const uint8_t *data, size_t length, int ap, uint8_t *out,
               size_t capacity, size_t *out_length, struct wire_error *error) {
  struct wrapping how = {.ap = ap};
  struct sink sink = {out, capacity, 0};
  if (!wrap(&how, NULL, 0, data, length, &sink, error)) return false;
  *out_length = sink.length;
  return true;
}

static bool wrapping_of(const struct protocol_setting *settings, size_t count,
                        struct wrapping *how, struct wire_error *error) {
  static const char *const known[] = {"ap", "checksum", "length", "escape", NULL};
  *how = (struct wrapping){.ap = 1};
  for (size_t i = 0; i < count; i++) {
    const struct protocol_setting *setting = &settings[i];
    long number = 0;
    if (strcmp(setting->name, "ap") == 0) {
      if (!xbee_set_ap(setting, &how->ap, error)) return false;
    } else if (strcmp(setting->name, "checksum") == 0) {
      if (!xbee_set_number(setting, -255, 255, &number, error)) return false;
      how->add_checksum = (unsigned)number;
    } else if (strcmp(setting->name, "length") == 0) {
      if (!xbee_set_number(setting, -65535, 65535, &number, error)) return false;
      how->add_length = (unsigned)number;
    } else if (strcmp(setting->name, "escape") == 0) {
      bool none = strcmp(setting->value, "none") == 0;
      if (!none && strcmp(setting->value, "all") != 0)
        return bad_setting(setting, "must be none or all", error);
      how->escape = none ? ESCAPE_NONE : ESCAPE_ALL;
    } else if (strcmp(setting->name, "limit") != 0 &&
               strcmp(setting->name, "gap") != 0 &&
               strcmp(setting->name, "product") != 0) {
      return xbee_unknown_setting(setting, known, error);
    }
  }
  return true;
}

bool xbee_framing_wrap(const struct wire_type *type, const uint8_t *body, size_t length,
                       const struct protocol_setting *settings, size_t count,
                       uint8_t *out, size_t capacity, size_t *out_length,
                       struct wire_error *error) {
  struct wrapping how;
  if (!wrapping_of(settings, count, &how, error)) return false;
  struct sink sink = {out, capacity, 0};
  uint8_t code = (uint8_t)type->code;
  if (!wrap(&how, &code, 1, body, length, &sink, error)) return false;
  *out_length = sink.length;
  return true;
}
