/* module_packet.h: packets between module models, as struct and as bytes.
 *
 * Internal to the module model; the layout is described in module.h.
 */
#ifndef XBEE_MODULE_PACKET_H
#define XBEE_MODULE_PACKET_H

#include "wire/wire.h"

#define XBEE_PACKET_MOST  192 /* bytes of a packet */
#define XBEE_PAYLOAD_MOST 116 /* user guide 90001500: the best case of NP */

#define XBEE_BROADCAST    0xFFFF     /* address or PAN */
#define XBEE_NO_SHORT     0xFFFE     /* no 16-bit address */
#define XBEE_USE_SHORT    UINT64_MAX /* as a 64-bit address: see the short one */
#define XBEE_PACKET_ACKED 0x01       /* flag: to be acknowledged */

enum xbee_packet_kind {
  XBEE_PACKET_DATA = 1,
  XBEE_PACKET_SAMPLE,
  XBEE_PACKET_IDENTITY,
  XBEE_PACKET_ACK,
};

struct xbee_sample {
  uint16_t digital_mask; /* bit n: DIOn */
  uint16_t digital;
  uint8_t analog_mask; /* bit n: ADn */
  uint16_t analog[4];  /* 10 bits each; 0 if not in the mask */
};

struct xbee_address {
  uint64_t long_;  /* XBEE_USE_SHORT: `short_` counts */
  uint16_t short_; /* XBEE_NO_SHORT if none */
};

struct xbee_packet {
  enum xbee_packet_kind kind;
  uint16_t sequence;
  uint8_t flags;
  uint16_t pan;
  uint8_t channel;
  struct xbee_address source; /* both are known */
  struct xbee_address destination;
  uint8_t source_endpoint; /* DATA */
  uint8_t destination_endpoint;
  uint16_t cluster;
  uint16_t profile;
  const uint8_t *bytes; /* DATA: payload, IDENTITY: node identifier; a view */
  size_t length;
  struct xbee_sample sample; /* SAMPLE */
};

extern const struct wire_type xbee_packet_type;

/* False if the packet does not fit into `capacity` bytes. */
bool xbee_packet_write(const struct xbee_packet *packet, uint8_t *out, size_t capacity,
                       size_t *length);

/* False for bytes that are no packet of this kind of module: others may share the
 * medium. */
bool xbee_packet_read(const uint8_t *bytes, size_t length, struct xbee_packet *packet);

#endif
