/* messages_secure.c: secure sessions, BLE unlock and user data relay. */
#include "xbee/messages_fields.h"

/* clang-format off */

/* ---- secure sessions ----------------------------------------------------------- */

/* A password in a log-out: ignored says the guide since 2020, answered with
 * invalid_data said the Zigbee guide of 2019. The printed example names timeout 02B8
 * where its bytes have 0BB8. */
const struct wire_field xbee_fields_secure_session_control[] = {
  HEX(8, "destination",
      .about = "Server, or client whose session is ended; 000000000000FFFF: all"),
  OPTIONS(xbee_names_session_options),
  {.name = "timeout", .kind = WIRE_UINT, .size = 2, .flags = WIRE_DEFAULT | WIRE_RANGE,
   .most = 0x4650, .unit = "s", .over = 10, .about = "0: yielding session, never ends"},
  {.name = "password", .kind = WIRE_TEXT, .extent = WIRE_REST,
   .flags = WIRE_OPTIONAL | WIRE_RANGE, .most = 64, .about = "For a log-in only"},
  {0},
};

/* 02 is missing in the 2019 guides. */
static const struct wire_name response_type[] = {
  VALUE(0x00, "login"),
  VALUE(0x01, "logout"),
  VALUE(0x02, "server_termination", .text = "server termination"),
  {0},
};

const struct wire_field xbee_fields_secure_session_response[] = {
  CODE(response_type, "type"),
  HEX(8, "source", .about = "Device that answers"),
  CODE(xbee_names_session_status, "status"),
  {0},
};

/* ---- BLE unlock ---------------------------------------------------------------- */

/* A request of the wrong length has an answer (invalid_length), so it is no broken
 * frame. */
#define ALL_OF(bytes, ...)                                                             \
  {.kind = WIRE_BYTES, .extent = WIRE_REST, .flags = WIRE_RANGE, .least = (bytes),     \
   .most = (bytes), .name = __VA_ARGS__}

static const struct wire_field client_a[] = {
  ALL_OF(128, "a", .about = "Client's ephemeral public value A"),
  {0},
};

static const struct wire_field client_m1[] = {
  ALL_OF(32, "m1", .about = "Client's proof M1"),
  {0},
};

static const struct wire_field wrong_step[] = {
  OPTIONAL("data", .about = "Steps 1 and 3 only have a meaning"),
  {0},
};

static const struct wire_case request_step[] = {
  CASE(0x01, client_a),
  CASE(0x03, client_m1),
  OTHERWISE(wrong_step),
};

const struct wire_field xbee_fields_ble_unlock_request[] = {
  CODE(xbee_names_unlock_step, "step"),
  SWITCH("step", request_step),
  {0},
};

static const struct wire_field server_b[] = {
  OCTETS(4, "salt"),
  OCTETS(128, "b", .about = "Server's ephemeral public value B"),
  {0},
};

static const struct wire_field server_m2[] = {
  OCTETS(32, "m2", .about = "Server's proof M2"),
  OCTETS(12, "tx_nonce", .about = "For what the client sends"),
  OCTETS(12, "rx_nonce", .about = "For what the client receives"),
  {0},
};

/* Errors have no data; Digi's Java library tells to expect some all the same. */
static const struct wire_field unlock_error[] = {
  OPTIONAL("extra"),
  {0},
};

static const struct wire_case response_step[] = {
  CASE(0x02, server_b),
  CASE(0x04, server_m2),
  OTHERWISE(unlock_error),
};

const struct wire_field xbee_fields_ble_unlock_response[] = {
  CODE(xbee_names_unlock_step, "step"),
  SWITCH("step", response_step),
  {0},
};

/* ---- user data relay ----------------------------------------------------------- */

const struct wire_field xbee_fields_user_data_relay_input[] = {
  FRAME_ID,
  CODE(xbee_names_relay_interface, "interface", .about = "Destination"),
  REST("data"),
  {0},
};

const struct wire_field xbee_fields_user_data_relay_output[] = {
  CODE(xbee_names_relay_interface, "interface", .about = "Source"),
  REST("data"),
  {0},
};

/* clang-format on */
