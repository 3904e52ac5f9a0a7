/* messages_network.c: joining, routes and modem status. */
#include "xbee/messages_fields.h"

/* clang-format off */

/* ---- modem status -------------------------------------------------------------- */

const struct wire_field xbee_fields_modem_status[] = {
  CODE(xbee_names_modem_status, "status"),
  {0},
};

/* XBee 3 Zigbee user guide 90001539, 0x98. The 2019 example lacks its status byte. */
static const struct wire_name end_reason[] = {
  VALUE(0x00, "ended_by_other_node", .text = "ended by the other node"),
  VALUE(0x01, "timeout", .text = "timed out"),
  VALUE(0x02, "invalid_counter", .text = "invalid encryption counter"),
  VALUE(0x03, "counter_overflow", .text = "encryption counter overflow"),
  VALUE(0x04, "out_of_memory", .text = "other node is out of memory"),
  {0},
};

static const struct wire_field session_established[] = {
  HEX(8, "source", .about = "Client"),
  BITS(1, xbee_names_session_options, "options", .about = "That the client asked for"),
  UINT(2, "timeout", .unit = "s", .over = 10, .about = "That the client asked for"),
  {0},
};

static const struct wire_field session_ended[] = {
  HEX(8, "source", .about = "Other node"),
  CODE(end_reason, "reason"),
  {0},
};

static const struct wire_field session_refused[] = {
  HEX(8, "source", .about = "Client"),
  CODE(xbee_names_session_status, "error"),
  {0},
};

/* Verbose join output: what the guide's list gives for each code. Units of the
 * single-byte values are not stated there. */
#define CHANNEL UINT(1, "channel")
#define TX_POWER INT(1, "tx_power")
#define PAN_ID HEX(2, "pan_id")
#define EXTENDED_PAN_ID HEX(8, "extended_pan_id")

static const struct wire_field join_network[] = {
  CHANNEL, TX_POWER, PAN_ID, EXTENDED_PAN_ID, {0},
};

static const struct wire_field join_beacon[] = {
  UINT(1, "zs"),
  EXTENDED_PAN_ID,
  UINT(1, "allow_join"),
  CHANNEL,
  PAN_ID,
  UINT(1, "rssi"),
  UINT(1, "lqi"),
  {0},
};

static const struct wire_name scan_mode[] = {
  VALUE(0, "best", .text = "best network"),
  VALUE(1, "ordered", .text = "in order"),
  {0},
};

static const struct wire_field join_pan_id[]     = {PAN_ID, {0}};
static const struct wire_field join_association[] = {HEX(1, "association"), {0}};
static const struct wire_field join_permit[]     = {UINT(1, "permit_join"), {0}};
static const struct wire_field join_mask[]       = {HEX(4, "channel_mask"), {0}};
static const struct wire_field join_scan_error[] = {HEX(1, "scan_error"), {0}};
static const struct wire_field join_lqi[]        = {UINT(1, "lqi"), {0}};
static const struct wire_field join_rssi[]       = {UINT(1, "rssi"), {0}};
static const struct wire_field join_channel[]    = {CHANNEL, {0}};
static const struct wire_field join_scan_mode[]  = {CODE(scan_mode, "scan_mode"), {0}};
static const struct wire_field join_scan_init[]  = {CHANNEL, TX_POWER, {0}};
static const struct wire_field join_energies[]   = {OCTETS(16, "energies"), {0}};
static const struct wire_field other_data[]      = {OPTIONAL("data"), {0}};

/* Codes for which no data is listed (rejections, join request, reset) may have some. */
static const struct wire_case extended_status[] = {
  CASE(0x02, join_network),     /* joining */
  CASE(0x03, join_network),     /* joined */
  CASE(0x04, join_beacon),      /* beacon response */
  CASE(0x08, join_pan_id),      /* PAN id match */
  CASE(0x0A, join_network),     /* beacon saved */
  CASE(0x0B, join_association), /* AI changed */
  CASE(0x0C, join_permit),      /* permit join */
  CASE(0x0D, join_mask),        /* scanning */
  CASE(0x0E, join_scan_error),  /* scan error */
  CASE(0x10, join_lqi),         /* rejected: LQI */
  CASE(0x11, join_rssi),        /* rejected: RSSI */
  CASE(0x18, join_channel),     /* scan channel */
  CASE(0x19, join_scan_mode),   /* scan mode */
  CASE(0x1A, join_scan_init),   /* scan initialised */
  CASE(0x1D, join_mask),        /* energy scan mask */
  CASE(0x1E, join_energies),    /* energies found */
  CASE(0x1F, join_channel),     /* PAN id scan channel */
  CASE(0x3B, session_established),
  CASE(0x3C, session_ended),
  CASE(0x3D, session_refused),
  OTHERWISE(other_data),
};

const struct wire_field xbee_fields_extended_modem_status[] = {
  CODE(xbee_names_extended_modem_status, "status"),
  SWITCH("status", extended_status),
  {0},
};

/* ---- nodes --------------------------------------------------------------------- */

static const struct wire_name device_type[] = {
  VALUE(0, "coordinator"),
  VALUE(1, "router", .text = "router (DigiMesh: normal node)"),
  VALUE(2, "end_device", .text = "end device"),
  {0},
};

static const struct wire_name source_event[] = {
  VALUE(0, "none", .text = "answer to a discovery"),
  VALUE(1, "push_button", .text = "commissioning button"),
  VALUE(2, "joined", .text = "joined the network"),
  VALUE(3, "power_cycle", .text = "power cycle"),
  {0},
};

/* Which of the last two are there depends on NO of the sender and cannot be seen in
 * the frame but by its length. */
const struct wire_field xbee_fields_node_identification_indicator[] = {
  SOURCE,
  SOURCE16,
  RECEIVE_OPTIONS,
  HEX(2, "remote16", .about = "Node that identifies itself; FFFE on DigiMesh"),
  HEX(8, "remote", .about = "Node that identifies itself"),
  {.name = "ni", .kind = WIRE_TEXT, .extent = WIRE_TO_NUL, .flags = WIRE_RANGE,
   .least = 1, .most = 20, .about = "Node identifier"},
  RESERVED(1, 0, "ni_end", .about = "Ends the text"),
  HEX(2, "parent16", .about = "FFFE: none"),
  CODE(device_type, "device_type"),
  CODE(source_event, "source_event"),
  NUMBER(2, xbee_names_profile, "profile_id"),
  HEX(2, "manufacturer_id", .about = "101E: Digi"),
  {.name = "dd", .kind = WIRE_UINT, .size = 4, .flags = WIRE_OPTIONAL | WIRE_HEX,
   .about = "Device type identifier, if NO asks for it"},
  {.name = "rssi", .kind = WIRE_UINT, .size = 1, .flags = WIRE_OPTIONAL, .times = -1,
   .unit = "dBm", .about = "Of the last hop, if NO asks for it"},
  {0},
};

/* Trust centre: registration of a device that is about to join. */
static const struct wire_name registration_options[] = {
  VALUE(0, "link_key", .text = "link key (KY)"),
  VALUE(1, "install_code", .text = "install code"),
  {0},
};

const struct wire_field xbee_fields_register_joining_device[] = {
  FRAME_ID,
  HEX(8, "destination",
      .about = "Device to register; all FF: any, with an install code"),
  RESERVED(2, 0xFFFE, "reserved16"),
  {.name = "options", .kind = WIRE_UINT, .size = 1, .flags = WIRE_DEFAULT,
   .names = registration_options},
  {.name = "key", .kind = WIRE_BYTES, .extent = WIRE_REST,
   .flags = WIRE_OPTIONAL | WIRE_RANGE, .most = 18,
   .about = "Link key (to 16 bytes) or install code with CRC (to 18); absent: remove"},
  {0},
};

/* 18 and BD: xbee-python only. 00 and FF do not occur as keys (B2). */
static const struct wire_name registration_result[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "key_too_long", .text = "key too long"),
  VALUE(0x18, "transient_key_table_full", .text = "transient key table full"),
  VALUE(0xB1, "address_not_in_key_table", .text = "address not in the key table"),
  VALUE(0xB2, "invalid_key", .text = "key invalid (00 and FF are reserved)"),
  VALUE(0xB3, "invalid_address", .text = "invalid address"),
  VALUE(0xB4, "key_table_full", .text = "key table full"),
  VALUE(0xBD, "invalid_install_code", .text = "CRC of the install code is wrong"),
  VALUE(0xFF, "key_not_found", .text = "key not found"),
  {0},
};

const struct wire_field xbee_fields_registration_status[] = {
  ANSWER_ID,
  CODE(registration_result, "status"),
  {0},
};

static const struct wire_name authentication[] = {
  VALUE(0, "authenticated"),
  {0},
};

const struct wire_field xbee_fields_device_authenticated_indicator[] = {
  SOURCE,
  SOURCE16,
  CODE(authentication, "status"),
  {0},
};

static const struct wire_name join_kind[] = {
  VALUE(0, "standard_secured_rejoin", .text = "secured rejoin, standard security"),
  VALUE(1, "standard_unsecured_join", .text = "unsecured join, standard security"),
  VALUE(2, "device_left", .text = "device left"),
  VALUE(3, "standard_unsecured_rejoin", .text = "unsecured rejoin, standard security"),
  VALUE(4, "high_secured_rejoin", .text = "secured rejoin, high security"),
  VALUE(5, "high_unsecured_join", .text = "unsecured join, high security"),
  VALUE(7, "high_unsecured_rejoin", .text = "unsecured rejoin, high security"),
  {0},
};

const struct wire_field xbee_fields_join_notification_status[] = {
  HEX(2, "parent16"),
  HEX(2, "joined16", .about = "Device that joined or left"),
  HEX(8, "joined", .about = "Device that joined or left"),
  CODE(join_kind, "status"),
  {0},
};

/* ---- routes -------------------------------------------------------------------- */

static const struct wire_field hop[] = {
  HEX(2, "address16"),
  {0},
};

#define HOPS(meaning)                                                                  \
  UINT(1, "address_count"),                                                            \
  {.name = "addresses", .kind = WIRE_LIST, .extent = WIRE_COUNTED,                     \
   .by = "address_count", .of = hop, .about = (meaning)}

/* The module ignores the frame id; only the Smart Energy manual has one that is not 0.
 * A frame whose length does not fit the count is dropped without an answer. */
const struct wire_field xbee_fields_create_source_route[] = {
  UINT(1, "frame_id", .flags = WIRE_DEFAULT, .about = "Ignored, there is no response"),
  HEX(8, "destination"),
  HEX(2, "destination16"),
  ALWAYS(1, 0, "options"),
  HOPS("Neighbour of the destination first"),
  {0},
};

const struct wire_field xbee_fields_route_record_indicator[] = {
  SOURCE,
  SOURCE16,
  HEX(1, "options"),
  HOPS("Neighbour of the sender first"),
  {0},
};

const struct wire_field xbee_fields_many_to_one_route_request_indicator[] = {
  SOURCE,
  SOURCE16,
  RESERVED(1, 0, "reserved"),
  {0},
};

static const struct wire_name route_event[] = {
  VALUE(0x11, "nack", .text = "hop without acknowledgement"),
  VALUE(0x12, "trace_route", .text = "trace route"),
  {0},
};

/* The table of the SX guide starts the destination at offset 14: 13 is right. The frame
 * may grow, hence the length byte; the 868LP example has that wrong. */
const struct wire_field xbee_fields_route_information[] = {
  CODE(route_event, "event"),
  UINT(1, "data_length", .flags = WIRE_FOLLOWS, .about = "Bytes that follow"),
  UINT(4, "timestamp", .unit = "us", .about = "Wraps about once an hour"),
  UINT(1, "ack_timeouts"),
  UINT(1, "tx_blocked"),
  RESERVED(1, 0, "reserved"),
  HEX(8, "destination"),
  HEX(8, "source"),
  HEX(8, "responder"),
  HEX(8, "receiver"),
  OPTIONAL("extra", .about = "Items of later firmware"),
  {0},
};

const struct wire_field xbee_fields_aggregate_addressing_update[] = {
  ALWAYS(1, 0, "format"),
  HEX(8, "new_destination", .about = "DH and DL from now on"),
  HEX(8, "old_destination", .about = "DH and DL until now"),
  {0},
};

/* ---- update over the air, ZB --------------------------------------------------- */

static const struct wire_name bootload_message[] = {
  VALUE(0x06, "ack", .text = "ACK"),
  VALUE(0x15, "nack", .text = "NACK"),
  VALUE(0x40, "no_mac_ack", .text = "no MAC acknowledgement"),
  VALUE(0x51, "query"),
  VALUE(0x52, "query_response", .text = "query response"),
  {0},
};

const struct wire_field xbee_fields_ota_firmware_update_status[] = {
  SOURCE,
  HEX(2, "destination16", .about = "Updater"),
  HEX(1, "options"),
  CODE(bootload_message, "message_type"),
  UINT(1, "block", .about = "Block number"),
  HEX(8, "target", .about = "Node that is updated"),
  {0},
};

/* clang-format on */
