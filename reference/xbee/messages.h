/* messages.h: every XBee API frame type as a field table.
 *
 * The order of the fields, their sizes and the meaning of their values are in the
 * tables (messages_*.c, names.c), each with its source. Where sources disagree the
 * table takes the reading given there and says so.
 */
#ifndef XBEE_MESSAGES_H
#define XBEE_MESSAGES_H

#include "wire/wire.h"

/* Product families, as bits of wire_type.where and wire_name.where. */
enum xbee_product {
  XBEE_802154 = 1 << 0, /* XBee 3, S2C and v1 802.15.4 */
  XBEE_ZIGBEE = 1 << 1,
  XBEE_DIGIMESH = 1 << 2,
  XBEE_CELLULAR = 1 << 3,
  XBEE_WIFI = 1 << 4,
  XBEE_BLU = 1 << 5,
  XBEE_WISUN = 1 << 6,
  XBEE_THREAD = 1 << 7,
  XBEE_SMART_ENERGY = 1 << 8,
};

extern const char *const xbee_products[]; /* names of the bits, ended by NULL */

/* All frame types, in the order of their codes. */
extern const struct wire_type xbee_types[];
extern const size_t xbee_type_count;

/* The frame type with this code, or NULL. Constant time. */
const struct wire_type *xbee_type(uint8_t code);

#endif
