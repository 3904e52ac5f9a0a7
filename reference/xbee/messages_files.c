/* messages_files.c: local and remote file systems.
 *
 * The command byte chooses what follows it. Source: XBee Wi-SUN user guide, 0x3B and
 * 0xBB (its page of 0xBB prints 3B as the frame type); xbee-python (cb577cf).
 */
#include "xbee/messages_fields.h"

/* clang-format off */

#define PATH_ID HEX(2, "path_id", .about = "Directory that names start from; 0: root")
#define HANDLE HEX(2, "handle")
#define FILE_COMMAND CODE(xbee_names_file_command, "fs_command")

static const struct wire_name offset[] = {
  VALUE(0xFFFFFFFF, "current", .text = "where the last access ended"),
  {0},
};

static const struct wire_name count[] = {
  VALUE(0xFFFF, "maximum", .text = "as many as fit"),
  {0},
};

static const struct wire_name size[] = {
  VALUE(0xFFFFFFFF, "unknown"),
  {0},
};

/* ---- requests ------------------------------------------------------------------ */

static const struct wire_name open_options[] = {
  FLAG(0x01, "create"),
  FLAG(0x02, "exclusive"),
  FLAG(0x04, "read"),
  FLAG(0x08, "write"),
  FLAG(0x10, "truncate"),
  FLAG(0x20, "append"),
  FLAG(0x80, "secure"),
  {0},
};

static const struct wire_field open_file[] = {
  PATH_ID,
  BITS(1, open_options, "open_options"),
  REST_TEXT("name"),
  {0},
};

static const struct wire_field read_file[] = {
  HANDLE,
  NUMBER(4, offset, "offset"),
  NUMBER(2, count, "count", .about = "Bytes to read"),
  {0},
};

static const struct wire_field write_file[] = {
  HANDLE,
  NUMBER(4, offset, "offset"),
  REST("data"),
  {0},
};

static const struct wire_field by_path[] = {
  PATH_ID,
  REST_TEXT("name", .about = "Empty, where allowed: what the path id stands for"),
  {0},
};

static const struct wire_field two_paths[] = {
  PATH_ID,
  REST_TEXT("names", .about = "Old name, comma, new name"),
  {0},
};

static const struct wire_field by_handle[] = {HANDLE, {0}};
static const struct wire_field by_volume[] = {REST_TEXT("name"), {0}};
static const struct wire_field any_data[] = {OPTIONAL("data"), {0}};

static const struct wire_case request[] = {
  CASE(0x01, open_file),
  CASE(0x02, by_handle),
  CASE(0x03, read_file),
  CASE(0x04, write_file),
  CASE(0x08, by_path),   /* hash */
  CASE(0x10, by_path),   /* create directory */
  CASE(0x11, by_path),   /* open directory */
  CASE(0x12, by_handle), /* close directory */
  CASE(0x13, by_handle), /* read directory */
  CASE(0x1C, by_path),   /* get path id */
  CASE(0x21, two_paths), /* rename */
  CASE(0x2F, by_path),   /* delete */
  CASE(0x40, by_volume), /* volume information */
  CASE(0x4F, by_volume), /* format volume */
  OTHERWISE(any_data),
};

const struct wire_field xbee_fields_local_file_system_request[] = {
  FRAME_ID,
  FILE_COMMAND,
  SWITCH("fs_command", request),
  {0},
};

const struct wire_field xbee_fields_remote_file_system_request[] = {
  FRAME_ID,
  HEX(8, "destination"),
  OPTIONS(xbee_names_transmit_options),
  FILE_COMMAND,
  SWITCH("fs_command", request),
  {0},
};

const struct wire_field xbee_fields_remote_file_system_request_ipv6[] = {
  FRAME_ID,
  IPV6("destination"),
  INITIALLY(1, 0, "options"),
  FILE_COMMAND,
  SWITCH("fs_command", request),
  {0},
};

/* ---- responses ----------------------------------------------------------------- */

static const struct wire_name entry_info[] = {
  FLAG(0x80000000, "directory"),
  FLAG(0x40000000, "secure"),
  FLAG(0x01000000, "last", .text = "last entry, the directory is closed"),
  PART(0x00FFFFFF, 0, "size", .number = true),
  {0},
};

/* The name of the last entry may lack its 00. An empty directory has one entry, with
 * an empty name, that is marked last. */
static const struct wire_field entry[] = {
  BITS(4, entry_info, "info"),
  {.name = "name", .kind = WIRE_TEXT, .extent = WIRE_TO_NUL},
  {.name = "name_end", .kind = WIRE_UINT, .size = 1,
   .flags = WIRE_OPTIONAL | WIRE_CONST | WIRE_QUIET | WIRE_HEX},
  {0},
};

static const struct wire_field opened_file[] = {
  HANDLE,
  NUMBER(4, size, "size", .about = "Bytes"),
  {0},
};

static const struct wire_field bytes_read[] = {
  HANDLE,
  NUMBER(4, offset, "offset"),
  REST("data"),
  {0},
};

static const struct wire_field bytes_written[] = {
  HANDLE,
  NUMBER(4, offset, "offset", .about = "Behind what was written"),
  {0},
};

static const struct wire_field entries[] = {
  HANDLE,
  {.name = "entries", .kind = WIRE_LIST, .extent = WIRE_REST, .flags = WIRE_OPTIONAL,
   .of = entry},
  {0},
};

static const struct wire_field path[] = {
  PATH_ID,
  OPTIONAL_TEXT("path", .about = "Full path, if it fits"),
  {0},
};

static const struct wire_field volume[] = {
  UINT(4, "used", .unit = "bytes"),
  UINT(4, "free", .unit = "bytes"),
  UINT(4, "bad", .unit = "bytes"),
  {0},
};

static const struct wire_field hash[] = {OCTETS(32, "hash", .about = "SHA-256"), {0}};

static const struct wire_case result[] = {
  CASE(0x01, opened_file),
  CASE(0x02, NULL),
  CASE(0x03, bytes_read),
  CASE(0x04, bytes_written),
  CASE(0x08, hash),
  CASE(0x10, NULL),
  CASE(0x11, entries),
  CASE(0x12, NULL),
  CASE(0x13, entries),
  CASE(0x1C, path),
  CASE(0x21, NULL),
  CASE(0x2F, NULL),
  CASE(0x40, volume),
  CASE(0x4F, volume),
  OTHERWISE(any_data),
};

static const struct wire_field done[] = {SWITCH("fs_command", result), {0}};

/* Error answers carry no data. */
static const struct wire_case outcome[] = {
  CASE(0x00, done),
  OTHERWISE(NULL),
};

#define OUTCOME                                                                        \
  FILE_COMMAND,                                                                        \
  CODE(xbee_names_file_status, "status"),                                              \
  SWITCH("status", outcome)

const struct wire_field xbee_fields_local_file_system_response[] = {
  ANSWER_ID,
  OUTCOME,
  {0},
};

const struct wire_field xbee_fields_remote_file_system_response[] = {
  ANSWER_ID,
  HEX(8, "source"),
  RECEIVE_OPTIONS,
  OUTCOME,
  {0},
};

/* The Wi-SUN guide names the frame, no source gives its layout. */
const struct wire_field xbee_fields_remote_file_system_response_ipv6[] = {
  REST("data"),
  {0},
};

/* clang-format on */
