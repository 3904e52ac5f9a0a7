/* messages_at.c: AT commands in frames. */
#include "xbee/messages_fields.h"

/* clang-format off */

#define NEW_VALUE OPTIONAL("value", .about = "Absent: query")
#define READ_VALUE OPTIONAL("value", .about = "Only in answer to a query")

/* ---- local --------------------------------------------------------------------- */

/* A value given with 0x08 is set and applied at once, with whatever is queued. */
const struct wire_field xbee_fields_at_command[] = {
  FRAME_ID,
  AT_COMMAND,
  NEW_VALUE,
  {0},
};

/* A value given with 0x09 waits for AC or for a later 0x08; a query does not wait. */
const struct wire_field xbee_fields_at_command_queue[] = {
  FRAME_ID,
  AT_COMMAND,
  NEW_VALUE,
  {0},
};

/* ND and AS answer with several frames; the last has status OK and no value. */
const struct wire_field xbee_fields_at_command_response[] = {
  ANSWER_ID,
  AT_COMMAND,
  AT_STATUS,
  READ_VALUE,
  {0},
};

/* ---- remote -------------------------------------------------------------------- */

/* One text of 2018 for the XBee 3 802.15.4 wants FFFF in the 16-bit address when the
 * 64-bit one is to be used; all other texts say FFFE. */
const struct wire_field xbee_fields_remote_at_command[] = {
  FRAME_ID,
  DESTINATION,
  DESTINATION16,
  OPTIONS(xbee_names_remote_at_options),
  AT_COMMAND,
  NEW_VALUE,
  {0},
};

const struct wire_field xbee_fields_remote_at_command_response[] = {
  ANSWER_ID,
  SOURCE,
  SOURCE16,
  AT_COMMAND,
  AT_STATUS,
  READ_VALUE,
  {0},
};

/* A name in xbee_ansic_library's list of frame types is all that is known. */
const struct wire_field xbee_fields_secured_remote_at_command[] = {
  REST("data"),
  {0},
};

/* ---- Wi-Fi --------------------------------------------------------------------- */

const struct wire_field xbee_fields_remote_at_command_wifi[] = {
  FRAME_ID,
  HEX(8, "destination", .about = "0 and IPv4 address"),
  OPTIONS(xbee_names_apply_options),
  AT_COMMAND,
  NEW_VALUE,
  {0},
};

const struct wire_field xbee_fields_remote_at_command_response_wifi[] = {
  ANSWER_ID,
  HEX(8, "source", .about = "0 and IPv4 address"),
  AT_COMMAND,
  AT_STATUS,
  READ_VALUE,
  {0},
};

/* ---- IPv6 ---------------------------------------------------------------------- */

const struct wire_field xbee_fields_remote_at_command_ipv6[] = {
  FRAME_ID,
  IPV6("destination"),
  OPTIONS(xbee_names_apply_options),
  AT_COMMAND,
  NEW_VALUE,
  {0},
};

/* As the Wi-SUN guide prints it: 3 is not "invalid parameter" here. */
static const struct wire_name at_status_ipv6[] = {
  PART(0x0F, 0x00, "ok", .text = "OK"),
  PART(0x0F, 0x01, "error", .text = "ERROR"),
  PART(0x0F, 0x02, "invalid_command", .text = "invalid command"),
  PART(0x0F, 0x03, "tx_failure", .text = "transmission failed"),
  {0},
};

/* The guide's table puts the value at offset 25; the sizes before it give 24. */
const struct wire_field xbee_fields_remote_at_command_response_ipv6[] = {
  ANSWER_ID,
  IPV6("source"),
  AT_COMMAND,
  BITS(1, at_status_ipv6, "status"),
  READ_VALUE,
  {0},
};

/* clang-format on */
