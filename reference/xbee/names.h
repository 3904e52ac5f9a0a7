/* names.h: enumerations and bit names that several XBee messages share.
 *
 * Internal to the message tables. Names that only one message uses stand beside that
 * message.
 *
 * Where a number means different things on different products, the rows carry the
 * products they hold for; the row for 802.15.4 modules comes first, so that it is the
 * one taken when no product is chosen.
 */
#ifndef XBEE_NAMES_H
#define XBEE_NAMES_H

#include "xbee/messages.h"

/* Rows of a table of names. Further members may follow the name. */
#define VALUE(number, ...)                                                             \
  { .value = (number), .name = __VA_ARGS__ }
#define FLAG(bits, ...)                                                                \
  { .value = (bits), .name = __VA_ARGS__ }
#define PART(bits, number, ...)                                                        \
  { .mask = (bits), .value = (number), .name = __VA_ARGS__ }

/* Sets of products. The Smart Energy modules are Zigbee modules with frames of their
 * own; the three RF firmwares of the XBee 3 share most of their frames. */
#define ANY_ZIGBEE        (XBEE_ZIGBEE | XBEE_SMART_ENERGY)
#define RF_PRODUCTS       (XBEE_802154 | ANY_ZIGBEE | XBEE_DIGIMESH)
#define XBEE3_RF          (XBEE_802154 | XBEE_ZIGBEE | XBEE_DIGIMESH)
#define ALL_PRODUCTS      0x1FFu
#define ALL_BUT(products) (ALL_PRODUCTS & ~(unsigned)(products))

/* Options. */
extern const struct wire_name xbee_names_transmit_options[];
extern const struct wire_name xbee_names_transmit_options_legacy[];
extern const struct wire_name xbee_names_receive_options[];
extern const struct wire_name xbee_names_receive_options_legacy[];
extern const struct wire_name xbee_names_remote_at_options[];
extern const struct wire_name xbee_names_apply_options[];
extern const struct wire_name xbee_names_close_options[];
extern const struct wire_name xbee_names_session_options[];

/* Statuses. */
extern const struct wire_name xbee_names_at_status[];
extern const struct wire_name xbee_names_delivery_status[];
extern const struct wire_name xbee_names_modem_status[];
extern const struct wire_name xbee_names_extended_modem_status[];
extern const struct wire_name xbee_names_session_status[];
extern const struct wire_name xbee_names_socket_status[];
extern const struct wire_name xbee_names_file_status[];

/* Everything else. */
extern const struct wire_name xbee_names_unlock_step[];
extern const struct wire_name xbee_names_relay_interface[];
extern const struct wire_name xbee_names_protocol[];
extern const struct wire_name xbee_names_protocol_ipv6[];
extern const struct wire_name xbee_names_file_command[];
extern const struct wire_name xbee_names_endpoint[];
extern const struct wire_name xbee_names_profile[];
extern const struct wire_name xbee_names_gnss_request[];

#endif
