/* messages.c: the list of all XBee API frame types, and look-up by code. */
#include "xbee/messages.h"

#include "xbee/messages_fields.h"

const char *const xbee_products[] = {
    "802154", "zigbee", "digimesh", "cellular",     "wifi",
    "blu",    "wisun",  "thread",   "smart_energy", NULL,
};

#define TYPE(number, way, type, name_of_it, shortest, longest, products, document)     \
  {                                                                                    \
      .name = #type,                                                                   \
      .title = (name_of_it),                                                           \
      .code = (number),                                                                \
      .direction = (way),                                                              \
      .where = (products),                                                             \
      .least = (shortest),                                                             \
      .most = (longest),                                                               \
      .fields = xbee_fields_##type,                                                    \
      .source = (document),                                                            \
  },

const struct wire_type xbee_types[] = {
#define OUT(code, ...) TYPE(code, WIRE_OUT, __VA_ARGS__)
#define IN(code, ...)  TYPE(code, WIRE_IN, __VA_ARGS__)
#include "xbee/messages_list.h"
#undef IN
#undef OUT
};

const size_t xbee_type_count = sizeof xbee_types / sizeof xbee_types[0];

/* Position of each code in xbee_types, counted from 1; a code listed twice does not
 * compile. */
enum place {
  NOWHERE,
#define OUT(code, ...) PLACE_##code,
#define IN             OUT
#include "xbee/messages_list.h"
#undef IN
#undef OUT
};

static const uint8_t places[256] = {
#define OUT(code, ...) [code] = PLACE_##code,
#define IN             OUT
#include "xbee/messages_list.h"
#undef IN
#undef OUT
};

const struct wire_type *xbee_type(uint8_t code) {
  return places[code] != NOWHERE ? &xbee_types[places[code] - 1] : NULL;
}
