/* frame_internal.h: what frame.c and frame_wrap.c share. */
#ifndef XBEE_FRAME_INTERNAL_H
#define XBEE_FRAME_INTERNAL_H

#include "xbee/frame.h"

#define XBEE_XON        0x11
#define XBEE_XOFF       0x13
#define XBEE_ESCAPE_BIT 0x20

/* True for the bytes that AP=2 escapes. */
static inline bool xbee_is_special(uint8_t byte) {
  return byte == XBEE_DELIMITER || byte == XBEE_ESCAPE || byte == XBEE_XON ||
         byte == XBEE_XOFF;
}

/* Readers of settings; false with the reason in `error`. */
bool xbee_set_ap(const struct protocol_setting *setting, int *ap,
                 struct wire_error *error);
bool xbee_set_number(const struct protocol_setting *setting, long least, long most,
                     long *number, struct wire_error *error);

/* Always false: the setting is none of the `known` ones (ended by NULL). */
bool xbee_unknown_setting(const struct protocol_setting *setting,
                          const char *const *known, struct wire_error *error);

/* The framing's `wrap`, see protocol.h. */
bool xbee_framing_wrap(const struct wire_type *type, const uint8_t *body, size_t length,
                       const struct protocol_setting *settings, size_t count,
                       uint8_t *out, size_t capacity, size_t *out_length,
                       struct wire_error *error);

#endif
