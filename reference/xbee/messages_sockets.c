/* messages_sockets.c: extended sockets.
 *
 * Socket statuses 01 to 04 mean different things in different frames of the LTE Cat 1
 * guide; Digi's libraries use one table for all of them (xbee_names_socket_status).
 * Here a frame has its own names where the guide gives it some.
 */
#include "xbee/messages_fields.h"

/* clang-format off */

/* ---- statuses ------------------------------------------------------------------ */

/* Codes that do not differ: 85 and 86 are in no page, but in the libraries. */
#define COMMON_STATUSES                                                                \
  VALUE(0x20, "invalid_socket", .text = "no such socket"),                             \
  VALUE(0x22, "not_registered", .text = "not registered with the network"),            \
  VALUE(0x31, "internal_error", .text = "internal error"),                             \
  VALUE(0x32, "resource_error", .text = "no free resource"),                           \
  VALUE(0x7B, "invalid_protocol", .text = "invalid protocol"),                         \
  VALUE(0x7E, "modem_update", .text = "modem update in progress"),                     \
  VALUE(0x85, "unknown_error", .text = "unknown error (85)"),                          \
  VALUE(0x86, "invalid_tls", .text = "invalid TLS configuration")

static const struct wire_name option_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "invalid_parameters", .text = "invalid parameters"),
  VALUE(0x02, "read_failed", .text = "option could not be read"),
  COMMON_STATUSES,
  {0},
};

static const struct wire_name connect_status[] = {
  VALUE(0x00, "success", .text = "connecting"),
  VALUE(0x01, "invalid_address_type", .text = "invalid address type"),
  VALUE(0x02, "invalid_destination", .text = "invalid address or port"),
  VALUE(0x03, "connect_in_progress", .text = "connect already in progress"),
  VALUE(0x04, "already_connected", .text = "already connected"),
  VALUE(0x05, "unknown", .text = "unknown error"),
  COMMON_STATUSES,
  {0},
};

/* A socket that is bound already: 03 in the LTE Cat 1 guide, 04 in the Wi-SUN guide and
 * in the libraries. */
static const struct wire_name listen_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "invalid_port", .text = "invalid port"),
  VALUE(0x02, "error"),
  VALUE(0x03, "already_bound", .text = "already bound or listening"),
  VALUE(0x04, "already_bound_04", .text = "already bound or listening (04)"),
  COMMON_STATUSES,
  {0},
};

/* 0C to 0E: xbee-python and the Wi-SUN guide; 0B: the libraries. All but 00 close the
 * socket and free its id. */
static const struct wire_name socket_state[] = {
  VALUE(0x00, "connected"),
  VALUE(0x01, "dns_failed", .text = "DNS look-up failed"),
  VALUE(0x02, "connection_refused", .text = "connection refused"),
  VALUE(0x03, "transport_closed", .text = "transport closed"),
  VALUE(0x04, "timeout", .text = "timed out"),
  VALUE(0x05, "internal_error", .text = "internal error"),
  VALUE(0x06, "host_unreachable", .text = "host unreachable"),
  VALUE(0x07, "connection_lost", .text = "connection lost or closed by the other side"),
  VALUE(0x08, "unknown_error", .text = "unknown error"),
  VALUE(0x09, "unknown_server", .text = "unknown server"),
  VALUE(0x0A, "resource_error", .text = "no free resource"),
  VALUE(0x0B, "listener_closed", .text = "listener closed"),
  VALUE(0x0C, "reset_by_peer", .text = "reset by the other side"),
  VALUE(0x0D, "inactivity_timeout", .text = "closed after inactivity"),
  VALUE(0x0E, "pdp_deactivated", .text = "PDP context deactivated"),
  {0},
};

/* ---- life of a socket ---------------------------------------------------------- */

/* Answered even if the frame id is 0. The Wi-SUN page leaves the frame id out. */
const struct wire_field xbee_fields_socket_create[] = {
  FRAME_ID,
  CODE(xbee_names_protocol, "protocol"),
  {0},
};

const struct wire_field xbee_fields_socket_create_response[] = {
  ANSWER_ID,
  UINT(1, "socket_id", .about = "255 if there was an error"),
  CODE(xbee_names_socket_status, "status"),
  {0},
};

static const struct wire_name socket_option[] = {
  VALUE(0x00, "tls_profile", .text = "TLS profile"),
  {0},
};

const struct wire_field xbee_fields_socket_option_request[] = {
  FRAME_ID,
  SOCKET_ID,
  CODE(socket_option, "option_id"),
  OPTIONAL("option_data", .about = "TLS profile: one byte, 0 to 2; absent: query"),
  {0},
};

const struct wire_field xbee_fields_socket_option_response[] = {
  ANSWER_ID,
  SOCKET_ID,
  CODE(socket_option, "option_id"),
  CODE(option_status, "status"),
  OPTIONAL("option_data", .about = "Only in answer to a query"),
  {0},
};

/* 2 and 3: xbee-python only. */
static const struct wire_name address_type[] = {
  VALUE(0, "ipv4", .text = "IPv4 address"),
  VALUE(1, "text", .text = "host name or dotted IPv4 address"),
  VALUE(2, "ipv6", .text = "IPv6 address"),
  VALUE(3, "ipv6_text", .text = "IPv6 address as text"),
  {0},
};

static const struct wire_field address_ipv4[] = {IPV4("destination"), {0}};
static const struct wire_field address_text[] = {REST_TEXT("host"), {0}};
static const struct wire_field address_ipv6[] = {IPV6("destination_ipv6"), {0}};
static const struct wire_field address_data[] = {REST("address"), {0}};

static const struct wire_case address[] = {
  CASE(0, address_ipv4),
  CASE(1, address_text),
  CASE(2, address_ipv6),
  CASE(3, address_text),
  OTHERWISE(address_data),
};

const struct wire_field xbee_fields_socket_connect[] = {
  FRAME_ID,
  SOCKET_ID,
  DESTINATION_PORT,
  CODE(address_type, "address_type"),
  SWITCH("address_type", address),
  {0},
};

/* Only says that connecting has begun; 0xCF tells how it went. */
const struct wire_field xbee_fields_socket_connect_response[] = {
  ANSWER_ID,
  SOCKET_ID,
  CODE(connect_status, "status"),
  {0},
};

/* An example of the guide labels the socket id of 0x43 "Status". */
const struct wire_field xbee_fields_socket_close[] = {
  FRAME_ID,
  UINT(1, "socket_id", .about = "255: all"),
  {0},
};

/* The guide's table for 0xC3 was not at hand: the libraries' one stands in. */
const struct wire_field xbee_fields_socket_close_response[] = {
  ANSWER_ID,
  SOCKET_ID,
  CODE(xbee_names_socket_status, "status"),
  {0},
};

const struct wire_field xbee_fields_socket_bind_listen[] = {
  FRAME_ID,
  SOCKET_ID,
  SOURCE_PORT,
  {0},
};

const struct wire_field xbee_fields_socket_listen_response[] = {
  ANSWER_ID,
  SOCKET_ID,
  CODE(listen_status, "status"),
  {0},
};

#define LISTENER UINT(1, "socket_id", .about = "Listening socket")
#define CLIENT UINT(1, "client_socket_id", .about = "New socket for this client")

const struct wire_field xbee_fields_socket_new_ipv4_client[] = {
  LISTENER,
  CLIENT,
  IPV4("source"),
  SOURCE_PORT,
  {0},
};

const struct wire_field xbee_fields_socket_new_ipv6_client[] = {
  LISTENER,
  CLIENT,
  IPV6("source"),
  SOURCE_PORT,
  {0},
};

const struct wire_field xbee_fields_socket_status[] = {
  SOCKET_ID,
  CODE(socket_state, "state"),
  {0},
};

/* ---- data ---------------------------------------------------------------------- */

const struct wire_field xbee_fields_socket_send[] = {
  FRAME_ID,
  SOCKET_ID,
  RESERVED(1, 0, "options"),
  REST("payload", .about = "At most 1500 bytes"),
  {0},
};

const struct wire_field xbee_fields_socket_send_to_ipv4[] = {
  FRAME_ID,
  SOCKET_ID,
  IPV4("destination"),
  DESTINATION_PORT,
  RESERVED(1, 0, "options"),
  REST("payload", .about = "At most 1500 bytes"),
  {0},
};

const struct wire_field xbee_fields_socket_send_to_ipv6[] = {
  FRAME_ID,
  SOCKET_ID,
  IPV6("destination"),
  DESTINATION_PORT,
  RESERVED(1, 0, "options"),
  REST("payload"),
  {0},
};

/* Data is pushed; another frame id is reserved for reading on request. An example of
 * the guide prints frame id 01 beside bytes that have 00. */
#define UNSOLICITED ALWAYS(1, 0, "frame_id")

const struct wire_field xbee_fields_socket_receive[] = {
  UNSOLICITED,
  SOCKET_ID,
  RESERVED(1, 0, "status"),
  REST("payload"),
  {0},
};

const struct wire_field xbee_fields_socket_receive_from_ipv4[] = {
  UNSOLICITED,
  SOCKET_ID,
  IPV4("source"),
  SOURCE_PORT,
  RESERVED(1, 0, "status"),
  REST("payload"),
  {0},
};

const struct wire_field xbee_fields_socket_receive_from_ipv6[] = {
  UNSOLICITED,
  SOCKET_ID,
  IPV6("source"),
  SOURCE_PORT,
  RESERVED(1, 0, "status"),
  REST("payload"),
  {0},
};

/* clang-format on */
