/* messages_ble.c: Bluetooth scans of the XBee 3 BLU. */
#include "xbee/messages_fields.h"

/* clang-format off */

static const struct wire_name scan_switch[] = {
  VALUE(0, "stop"),
  VALUE(1, "start"),
  {0},
};

static const struct wire_name filter_type[] = {
  FLAG(0x01, "local_name", .text = "by local name"),
  {0},
};

#define SCAN_TIME(...)                                                                 \
  {.kind = WIRE_UINT, .size = 4, .flags = WIRE_RANGE, .least = 2500,                   \
   .most = 40959375, .unit = "us", .name = __VA_ARGS__}

const struct wire_field xbee_fields_bluetooth_gap_scan_request[] = {
  CODE(scan_switch, "start"),
  UINT(2, "duration", .unit = "s", .about = "0: until stopped"),
  SCAN_TIME("window"),
  SCAN_TIME("interval", .about = "Not less than the window"),
  {.name = "filter_type", .kind = WIRE_BITS, .size = 1, .flags = WIRE_DEFAULT,
   .names = filter_type},
  {.name = "filter", .kind = WIRE_TEXT, .extent = WIRE_REST,
   .flags = WIRE_OPTIONAL | WIRE_RANGE, .most = 22, .about = "Name to look for"},
  {0},
};

static const struct wire_name address_type[] = {
  VALUE(0, "public"),
  VALUE(1, "random"),
  {0},
};

static const struct wire_name advertisement_flags[] = {
  FLAG(0x01, "connectable"),
  {0},
};

/* No value is stated for the reserved byte. */
#define ADVERTISER                                                                     \
  HEX(6, "address"),                                                                   \
  CODE(address_type, "address_type"),                                                  \
  BITS(1, advertisement_flags, "flags"),                                               \
  INT(1, "rssi", .unit = "dBm"),                                                       \
  INITIALLY(1, 0, "reserved")

/* The guide's table puts the payload at offset 16; the sizes before it give 15. */
const struct wire_field
xbee_fields_bluetooth_gap_scan_legacy_advertisement_response[] = {
  ADVERTISER,
  UINT(1, "payload_length"),
  COUNTED("payload_length", "payload"),
  {0},
};

static const struct wire_name phy[] = {
  VALUE(0x01, "phy_1m", .text = "1M"),
  VALUE(0x02, "phy_2m", .text = "2M"),
  VALUE(0x04, "phy_125k", .text = "coded, 125k"),
  VALUE(0x08, "phy_500k", .text = "coded, 500k"),
  VALUE(0xFF, "phy_any", .text = "any"),
  {0},
};

/* The guide's table gives the interval two bytes at 18 and goes on at 19;
 * xbee_ansic_library (66603bd) goes on at 20. */
const struct wire_field
xbee_fields_bluetooth_gap_scan_extended_advertisement_response[] = {
  ADVERTISER,
  UINT(1, "sid"),
  CODE(phy, "primary_phy"),
  CODE(phy, "secondary_phy"),
  INT(1, "tx_power", .unit = "dBm", .about = "127: not available"),
  UINT(2, "periodic_interval", .unit = "ms", .times = 5, .over = 4, .about = "0: none"),
  UINT(1, "data_complete"),
  UINT(1, "payload_length"),
  COUNTED("payload_length", "payload"),
  {0},
};

static const struct wire_name scan_status[] = {
  VALUE(0, "started"),
  VALUE(1, "running"),
  VALUE(2, "stopped"),
  VALUE(3, "unable", .text = "unable to start"),
  VALUE(4, "invalid_parameters", .text = "invalid parameters"),
  {0},
};

/* xbee-python writes a further 00. */
const struct wire_field xbee_fields_bluetooth_gap_scan_status[] = {
  CODE(scan_status, "status"),
  OPTIONAL("extra"),
  {0},
};

/* clang-format on */
