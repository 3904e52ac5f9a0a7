/* messages_ip.c: data over IP, CoAP and SMS. */
#include "xbee/messages_fields.h"

/* clang-format off */

/* ---- IPv4 ---------------------------------------------------------------------- */

#define OWN_PORT                                                                       \
  UINT(2, "source_port", .flags = WIRE_DEFAULT,                                        \
       .about = "0: any socket to this destination; else that of an open socket")

const struct wire_field xbee_fields_transmit_request_ipv4[] = {
  FRAME_ID,
  IPV4("destination", .about = "255.255.255.255 with UDP: broadcast (Wi-Fi)"),
  DESTINATION_PORT,
  OWN_PORT,
  CODE(xbee_names_protocol, "protocol", .about = "TLS: with profile $0"),
  OPTIONS(xbee_names_close_options),
  REST("payload", .about = "At most 1500 bytes; UDP on LTE-M 512; Wi-Fi 1400"),
  {0},
};

const struct wire_field xbee_fields_transmit_request_tls[] = {
  FRAME_ID,
  IPV4("destination"),
  DESTINATION_PORT,
  OWN_PORT,
  UINT(1, "tls_profile", .flags = WIRE_RANGE, .most = 2, .about = "0 to 2: $0 to $2"),
  OPTIONS(xbee_names_close_options),
  REST("payload", .about = "At most 1500 bytes"),
  {0},
};

const struct wire_field xbee_fields_receive_packet_ipv4[] = {
  IPV4("source"),
  UINT(2, "destination_port", .about = "The module's"),
  UINT(2, "source_port", .about = "The sender's"),
  CODE(xbee_names_protocol, "protocol"),
  RESERVED(1, 0, "status"),
  REST("payload"),
  {0},
};

/* ---- IPv6 ---------------------------------------------------------------------- */

const struct wire_field xbee_fields_transmit_request_ipv6[] = {
  FRAME_ID,
  IPV6("destination"),
  DESTINATION_PORT,
  SOURCE_PORT,
  CODE(xbee_names_protocol_ipv6, "protocol"),
  INITIALLY(1, 0, "options", .about = "Wi-SUN: has a meaning for port 0BEE only"),
  REST("payload"),
  {0},
};

/* No value is stated for the reserved status. */
const struct wire_field xbee_fields_receive_packet_ipv6[] = {
  IPV6("destination"),
  IPV6("source"),
  DESTINATION_PORT,
  SOURCE_PORT,
  CODE(xbee_names_protocol_ipv6, "protocol"),
  INITIALLY(1, 0, "status", .about = "Reserved"),
  REST("payload"),
  {0},
};

/* ---- CoAP ---------------------------------------------------------------------- */

const struct wire_field xbee_fields_coap_transmit_request[] = {
  FRAME_ID,
  INITIALLY(1, 0, "options"),
  UINT(1, "method", .about = "REST method"),
  IPV6("destination"),
  UINT(1, "uri_length"),
  COUNTED_TEXT("uri_length", "uri"),
  REST("payload"),
  {0},
};

const struct wire_field xbee_fields_coap_receive_response[] = {
  ANSWER_ID,
  IPV6("destination"),
  IPV6("source"),
  DESTINATION_PORT,
  SOURCE_PORT,
  HEX(1, "options"),
  HEX(2, "rest_status"),
  REST("payload"),
  {0},
};

/* ---- SMS ----------------------------------------------------------------------- */

/* Twenty digits leave no room for a closing 00. */
#define PHONE                                                                          \
  {.name = "phone", .kind = WIRE_TEXT, .size = 20, .flags = WIRE_PADDED,               \
   .about = "Digits, perhaps behind a +"}

const struct wire_field xbee_fields_transmit_sms[] = {
  FRAME_ID,
  RESERVED(1, 0, "options"),
  PHONE,
  {.name = "payload", .kind = WIRE_TEXT, .extent = WIRE_REST, .flags = WIRE_RANGE,
   .most = 160},
  {0},
};

const struct wire_field xbee_fields_receive_sms[] = {
  PHONE,
  REST_TEXT("payload"),
  {0},
};

/* clang-format on */
