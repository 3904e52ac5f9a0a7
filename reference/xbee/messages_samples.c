/* messages_samples.c: I/O samples and sensors. */
#include "xbee/messages_fields.h"

/* clang-format off */

#define LINES_0_TO_8                                                                   \
  FLAG(0x0001, "dio0"), FLAG(0x0002, "dio1"), FLAG(0x0004, "dio2"),                    \
  FLAG(0x0008, "dio3"), FLAG(0x0010, "dio4"), FLAG(0x0020, "dio5"),                    \
  FLAG(0x0040, "dio6"), FLAG(0x0080, "dio7"), FLAG(0x0100, "dio8")

/* ---- 802.15.4, legacy ---------------------------------------------------------- */

static const struct wire_name legacy_lines[] = {
  LINES_0_TO_8,
  {0},
};

/* Bits 13 and 14 exist on the first generation (v1) only. */
static const struct wire_name legacy_mask[] = {
  LINES_0_TO_8,
  FLAG(0x0200, "ad0"), FLAG(0x0400, "ad1"), FLAG(0x0800, "ad2"),
  FLAG(0x1000, "ad3"), FLAG(0x2000, "ad4"), FLAG(0x4000, "ad5"),
  {0},
};

/* Ten bits, right justified. */
#define LEGACY_ANALOG(bit, line)                                                       \
  {.kind = WIRE_UINT, .size = 2, .flags = WIRE_RANGE, .most = 0x03FF,                  \
   .when = "sample_mask", .when_mask = (bit), .name = (line)}

static const struct wire_field legacy_sample[] = {
  BITS(2, legacy_lines, "digital", .when = "sample_mask", .when_mask = 0x01FF,
       .about = "Disabled lines read 0"),
  LEGACY_ANALOG(0x0200, "ad0"),
  LEGACY_ANALOG(0x0400, "ad1"),
  LEGACY_ANALOG(0x0800, "ad2"),
  LEGACY_ANALOG(0x1000, "ad3"),
  LEGACY_ANALOG(0x2000, "ad4"),
  LEGACY_ANALOG(0x4000, "ad5"),
  {0},
};

/* One mask for all sample sets; only the first generation packs several (IT). */
#define LEGACY_SAMPLES                                                                 \
  RSSI,                                                                                \
  BITS(1, xbee_names_receive_options_legacy, "options"),                               \
  UINT(1, "n_samples", .about = "Sample sets"),                                        \
  BITS(2, legacy_mask, "sample_mask", .about = "Lines that are sampled"),              \
  {.name = "samples", .kind = WIRE_LIST, .extent = WIRE_COUNTED, .by = "n_samples",    \
   .of = legacy_sample}

const struct wire_field xbee_fields_io_sample_64[] = {
  HEX(8, "source"),
  LEGACY_SAMPLES,
  {0},
};

/* The XBee 3 page says that the sender uses 64-bit addresses: a slip, this is the
 * 16-bit form. */
const struct wire_field xbee_fields_io_sample_16[] = {
  HEX(2, "source16"),
  LEGACY_SAMPLES,
  {0},
};

/* ---- all others ---------------------------------------------------------------- */

/* The newer 802.15.4 text stops at 12, its page on the data format goes to 14. */
static const struct wire_name lines[] = {
  LINES_0_TO_8,
  FLAG(0x0200, "dio9"),  FLAG(0x0400, "dio10"), FLAG(0x0800, "dio11"),
  FLAG(0x1000, "dio12"), FLAG(0x2000, "dio13"), FLAG(0x4000, "dio14"),
  {0},
};

static const struct wire_name analog_mask[] = {
  FLAG(0x01, "ad0"),
  FLAG(0x02, "ad1"),
  FLAG(0x04, "ad2"),
  FLAG(0x08, "ad3"),
  FLAG(0x80, "supply_voltage"),
  {0},
};

#define ANALOG(bit, line)                                                              \
  UINT(2, line, .when = "analog_mask", .when_mask = (bit))

#define SAMPLE                                                                         \
  ALWAYS(1, 1, "n_samples"),                                                           \
  BITS(2, lines, "digital_mask", .about = "Digital lines that are sampled"),           \
  BITS(1, analog_mask, "analog_mask", .about = "Analog lines that are sampled"),       \
  BITS(2, lines, "digital", .when = "digital_mask", .about = "Disabled lines read 0"), \
  ANALOG(0x01, "ad0"),                                                                 \
  ANALOG(0x02, "ad1"),                                                                 \
  ANALOG(0x04, "ad2"),                                                                 \
  ANALOG(0x08, "ad3"),                                                                 \
  ANALOG(0x80, "supply_voltage")

const struct wire_field xbee_fields_io_sample_indicator[] = {
  SOURCE,
  SOURCE16,
  RECEIVE_OPTIONS,
  SAMPLE,
  {0},
};

/* The byte called RSSI is a link margin, and no option is defined. */
const struct wire_field xbee_fields_io_sample_indicator_wifi[] = {
  HEX(8, "source", .about = "0 and IPv4 address"),
  UINT(1, "rssi", .about = "Link margin"),
  HEX(1, "options", .about = "None are defined"),
  SAMPLE,
  {0},
};

const struct wire_field xbee_fields_io_sample_indicator_ipv6[] = {
  IPV6("source"),
  SAMPLE,
  {0},
};

/* ---- sensors ------------------------------------------------------------------- */

static const struct wire_name sensors[] = {
  FLAG(0x01, "analog", .text = "A/D sensors read"),
  FLAG(0x02, "temperature", .text = "temperature sensor read"),
  PART(0x60, 0x60, "water", .text = "water present"),
  {0},
};

#define SENSOR(line) HEX(2, line, .about = "FFFF: none")

/* Sixteenths of a degree are stated for values below 0800 only. */
const struct wire_field xbee_fields_sensor_read_indicator[] = {
  SOURCE,
  SOURCE16,
  HEX(1, "options"),
  BITS(1, sensors, "sensors"),
  SENSOR("ad_a"),
  SENSOR("ad_b"),
  SENSOR("ad_c"),
  SENSOR("ad_d"),
  {.name = "temperature", .kind = WIRE_UINT, .size = 2, .flags = WIRE_RANGE,
   .most = 0x07FF, .unit = "degC", .over = 16, .about = "FFFF: none"},
  {0},
};

/* clang-format on */
