/* messages_services.c: Device Cloud, GNSS, firmware of cellular components, and what
 * Wi-Fi gateways say about broken frames. */
#include "xbee/messages_fields.h"

/* clang-format off */

/* ---- Device Cloud -------------------------------------------------------------- */

/* xbee-python takes the first byte of the flags for a transport (0). */
static const struct wire_name send_flags[] = {
  FLAG(0x0001, "archive"),
  FLAG(0x0002, "append"),
  {0},
};

const struct wire_field xbee_fields_send_data_request[] = {
  FRAME_ID,
  UINT(1, "path_length"),
  COUNTED_TEXT("path_length", "path"),
  UINT(1, "content_type_length"),
  COUNTED_TEXT("content_type_length", "content_type"),
  {.name = "flags", .kind = WIRE_BITS, .size = 2, .flags = WIRE_DEFAULT,
   .names = send_flags},
  REST("data"),
  {0},
};

static const struct wire_name result_flags[] = {
  FLAG(0x0001, "first", .text = "first part"),
  FLAG(0x0002, "last", .text = "last part"),
  FLAG(0x0010, "not_processed", .text = "not processed"),
  FLAG(0x0100, "success"),
  FLAG(0x0200, "bad_request", .text = "bad request"),
  FLAG(0x0400, "unavailable", .text = "service unavailable"),
  FLAG(0x0800, "server_error", .text = "server error"),
  {0},
};

static const struct wire_name connectivity[] = {
  VALUE(0xFF, "no_error", .text = "no connectivity error"),
  {0},
};

/* xbee-python and xbee-java know a shorter form, frame id and status only. The manual's
 * form, which its example has too, is taken. */
const struct wire_field xbee_fields_send_data_response[] = {
  ANSWER_ID,
  BITS(2, result_flags, "flags"),
  CODE(connectivity, "status"),
  REST_TEXT("data", .about = "What went wrong"),
  {0},
};

/* xbee-python takes the first byte of the flags for a transport. */
static const struct wire_name request_flags[] = {
  FLAG(0x0001, "first", .text = "first part"),
  FLAG(0x0002, "last", .text = "last part"),
  {0},
};

const struct wire_field xbee_fields_device_request[] = {
  HEX(1, "request_id"),
  BITS(2, request_flags, "flags"),
  UINT(1, "target_length"),
  COUNTED_TEXT("target_length", "target"),
  REST("data"),
  {0},
};

/* xbee-python puts a reserved byte before the data; the manual and its example have
 * none. */
const struct wire_field xbee_fields_device_response[] = {
  FRAME_ID,
  HEX(1, "request_id", .about = "Copied from the request"),
  REST("data"),
  {0},
};

/* All but 00: xbee-python. */
static const struct wire_name response_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "bad_request", .text = "bad request"),
  VALUE(0x02, "unavailable", .text = "service unavailable"),
  VALUE(0x03, "cloud_error", .text = "error of the cloud"),
  VALUE(0x20, "cancelled"),
  VALUE(0x21, "timeout", .text = "timed out"),
  VALUE(0x40, "unknown_error", .text = "unknown error"),
  {0},
};

const struct wire_field xbee_fields_device_response_status[] = {
  ANSWER_ID,
  CODE(response_status, "status"),
  {0},
};

/* ---- GNSS ---------------------------------------------------------------------- */

const struct wire_field xbee_fields_gnss_start_stop[] = {
  FRAME_ID,
  CODE(xbee_names_gnss_request, "request"),
  UINT(2, "timeout", .flags = WIRE_DEFAULT, .unit = "s",
       .about = "One-shot only; 0: the cached position"),
  {0},
};

static const struct wire_name gnss_result[] = {
  VALUE(0, "success"),
  VALUE(1, "failed"),
  {0},
};

const struct wire_field xbee_fields_gnss_start_stop_response[] = {
  ANSWER_ID,
  CODE(xbee_names_gnss_request, "request"),
  CODE(gnss_result, "status"),
  {0},
};

const struct wire_field xbee_fields_gnss_raw_nmea[] = {
  ANSWER_ID,
  REST_TEXT("payload", .about = "NMEA 0183 sentence"),
  {0},
};

static const struct wire_name fix[] = {
  VALUE(0, "valid"),
  VALUE(1, "invalid"),
  VALUE(2, "timeout", .text = "timed out"),
  VALUE(3, "cancelled"),
  {0},
};

#define DEGREES(axis) INT(4, axis, .unit = "deg", .over = 10000000)

const struct wire_field xbee_fields_gnss_one_shot[] = {
  CODE(fix, "status"),
  UINT(4, "lock_time", .unit = "s", .about = "Since 2000-01-01"),
  DEGREES("latitude"),
  DEGREES("longitude"),
  UINT(4, "altitude", .unit = "mm"),
  UINT(1, "satellites"),
  {0},
};

/* ---- firmware of a cellular component ------------------------------------------ */

static const struct wire_name update_flags[] = {
  FLAG(0x01, "initial"),
  FLAG(0x02, "final"),
  FLAG(0x04, "cancel"),
  {0},
};

const struct wire_field xbee_fields_firmware_update[] = {
  UINT(1, "id", .about = "One more for each frame, modulo 256"),
  UINT(1, "component", .flags = WIRE_DEFAULT),
  {.name = "flags", .kind = WIRE_BITS, .size = 1, .flags = WIRE_DEFAULT,
   .names = update_flags},
  REST("payload", .about = "Section of the file"),
  {0},
};

/* Values of the status are in no source, nor whether anything follows it. */
const struct wire_field xbee_fields_firmware_update_response[] = {
  UINT(1, "id", .about = "Copied from the request"),
  HEX(1, "status"),
  OPTIONAL("extra"),
  {0},
};

/* ---- broken frames, Wi-Fi ------------------------------------------------------ */

static const struct wire_name frame_error[] = {
  VALUE(0x02, "invalid_type", .text = "invalid frame type"),
  VALUE(0x03, "invalid_length", .text = "invalid length"),
  VALUE(0x04, "bad_checksum", .text = "wrong checksum"),
  VALUE(0x05, "payload_too_big", .text = "payload too big"),
  VALUE(0x06, "string_too_big", .text = "string too big"),
  VALUE(0x07, "wrong_state", .text = "wrong state"),
  VALUE(0x08, "request_id_mismatch", .text = "request id does not match"),
  {0},
};

const struct wire_field xbee_fields_frame_error[] = {
  CODE(frame_error, "error"),
  {0},
};

/* clang-format on */
