/* messages_rf.c: data over the radio. */
#include "xbee/messages_fields.h"

/* clang-format off */

#define PAYLOAD REST("rf_data", .about = "At most NP bytes")

/* ---- 802.15.4, legacy ---------------------------------------------------------- */

const struct wire_field xbee_fields_tx_request_64[] = {
  FRAME_ID,
  HEX(8, "destination",
      .about = "000000000000FFFF: broadcast; Wi-Fi: 0 and IPv4 address"),
  OPTIONS(xbee_names_transmit_options_legacy),
  PAYLOAD,
  {0},
};

const struct wire_field xbee_fields_tx_request_16[] = {
  FRAME_ID,
  HEX(2, "destination16", .about = "FFFF: broadcast"),
  OPTIONS(xbee_names_transmit_options_legacy),
  PAYLOAD,
  {0},
};

/* Wi-Fi modules send the link margin in place of the RSSI. */
const struct wire_field xbee_fields_receive_packet_64[] = {
  HEX(8, "source", .about = "FFFFFFFFFFFFFFFF: unknown; Wi-Fi: 0 and IPv4 address"),
  RSSI,
  BITS(1, xbee_names_receive_options_legacy, "options"),
  PAYLOAD,
  {0},
};

const struct wire_field xbee_fields_receive_packet_16[] = {
  HEX(2, "source16"),
  RSSI,
  BITS(1, xbee_names_receive_options_legacy, "options"),
  PAYLOAD,
  {0},
};

/* ---- all radios ---------------------------------------------------------------- */

#define EXPLICIT_ADDRESS                                                               \
  NUMBER(1, xbee_names_endpoint, "source_endpoint"),                                   \
  NUMBER(1, xbee_names_endpoint, "destination_endpoint"),                              \
  HEX(2, "cluster_id",                                                                 \
      .about = "For E8: 0011 data, 0012 loopback; for E6: 0014 link test"),            \
  NUMBER(2, xbee_names_profile, "profile_id")

const struct wire_field xbee_fields_transmit_request[] = {
  FRAME_ID,
  DESTINATION,
  DESTINATION16,
  BROADCAST_RADIUS,
  OPTIONS(xbee_names_transmit_options),
  PAYLOAD,
  {0},
};

/* ZDO and ZCL payloads are little-endian inside. */
const struct wire_field xbee_fields_explicit_transmit_request[] = {
  FRAME_ID,
  DESTINATION,
  DESTINATION16,
  EXPLICIT_ADDRESS,
  BROADCAST_RADIUS,
  OPTIONS(xbee_names_transmit_options),
  PAYLOAD,
  {0},
};

/* The DigiMesh 2.4 manual labels the first address byte a frame id: there is none. */
const struct wire_field xbee_fields_receive_packet[] = {
  SOURCE,
  SOURCE16,
  RECEIVE_OPTIONS,
  PAYLOAD,
  {0},
};

const struct wire_field xbee_fields_explicit_receive_indicator[] = {
  SOURCE,
  SOURCE16,
  EXPLICIT_ADDRESS,
  RECEIVE_OPTIONS,
  PAYLOAD,
  {0},
};

/* ---- what became of it --------------------------------------------------------- */

const struct wire_field xbee_fields_transmit_status[] = {
  ANSWER_ID,
  CODE(xbee_names_delivery_status, "status"),
  {0},
};

/* XBee SX 868 and XBee ZB guides. 802.15.4 and BLU modules reserve the byte. */
static const struct wire_name discovery_status[] = {
  VALUE(0x00, "none", .text = "no discovery"),
  VALUE(0x01, "address", .text = "address discovery"),
  VALUE(0x02, "route", .text = "route discovery"),
  VALUE(0x03, "address_and_route", .text = "address and route discovery"),
  VALUE(0x40, "extended_timeout", .text = "extended timeout discovery"),
  {0},
};

const struct wire_field xbee_fields_extended_transmit_status[] = {
  ANSWER_ID,
  HEX(2, "destination16", .about = "Where it was delivered; FFFE, FFFD: unknown"),
  UINT(1, "retries", .about = "Application retries"),
  CODE(xbee_names_delivery_status, "status", .about = "Broadcasts: always success"),
  CODE(discovery_status, "discovery"),
  {0},
};

/* clang-format on */
