/* messages_fields.h: the field tables of all frame types, and rows that many share.
 *
 * Internal to the message tables. A row macro gives one field; further members may
 * follow the field's name. The tables keep one field a line by hand, where clang-format
 * would set them in columns.
 */
#ifndef XBEE_MESSAGES_FIELDS_H
#define XBEE_MESSAGES_FIELDS_H

#include "xbee/names.h"

/* One table per frame type: xbee_fields_<name>. */
#define OUT(code, type, title, least, most, where, source)                             \
  extern const struct wire_field xbee_fields_##type[];
#define IN OUT
#include "xbee/messages_list.h"
#undef IN
#undef OUT

/* ---- numbers ------------------------------------------------------------------- */

#define UINT(bytes, ...)                                                               \
  { .kind = WIRE_UINT, .size = (bytes), .name = __VA_ARGS__ }
#define INT(bytes, ...)                                                                \
  { .kind = WIRE_INT, .size = (bytes), .name = __VA_ARGS__ }
#define HEX(bytes, ...)                                                                \
  { .kind = WIRE_UINT, .size = (bytes), .flags = WIRE_HEX, .name = __VA_ARGS__ }
#define BITS(bytes, meaning, ...)                                                      \
  { .kind = WIRE_BITS, .size = (bytes), .names = (meaning), .name = __VA_ARGS__ }

/* One byte whose values have names. */
#define CODE(meaning, ...)                                                             \
  { .kind = WIRE_UINT, .size = 1, .names = (meaning), .name = __VA_ARGS__ }

/* A number of which a few values have names: the range keeps all others unmarked. */
#define NUMBER(bytes, meaning, ...)                                                    \
  {                                                                                    \
    .kind = WIRE_UINT, .size = (bytes), .flags = WIRE_HEX | WIRE_RANGE,                \
    .most = UINT64_MAX >> (64 - 8 * (bytes)), .names = (meaning), .name = __VA_ARGS__  \
  }

/* A number that is encoded as `value` where none is given. */
#define INITIALLY(bytes, value, ...)                                                   \
  {                                                                                    \
    .kind = WIRE_UINT, .size = (bytes), .flags = WIRE_HEX | WIRE_DEFAULT,              \
    .initial = (value), .name = __VA_ARGS__                                            \
  }

/* A number that is always `value`. RESERVED ones are not shown unless they differ. */
#define ALWAYS(bytes, value, ...)                                                      \
  {                                                                                    \
    .kind = WIRE_UINT, .size = (bytes), .flags = WIRE_CONST, .initial = (value),       \
    .name = __VA_ARGS__                                                                \
  }
#define RESERVED(bytes, value, ...)                                                    \
  {                                                                                    \
    .kind = WIRE_UINT, .size = (bytes), .flags = WIRE_HEX | WIRE_CONST | WIRE_QUIET,   \
    .initial = (value), .name = __VA_ARGS__                                            \
  }

/* ---- octets, text, addresses --------------------------------------------------- */

/* To the end of the message, perhaps empty; OPTIONAL ones are absent then. */
#define REST(...)                                                                      \
  { .kind = WIRE_BYTES, .extent = WIRE_REST, .name = __VA_ARGS__ }
#define REST_TEXT(...)                                                                 \
  { .kind = WIRE_TEXT, .extent = WIRE_REST, .name = __VA_ARGS__ }
#define OPTIONAL(...)                                                                  \
  {                                                                                    \
    .kind = WIRE_BYTES, .extent = WIRE_REST, .flags = WIRE_OPTIONAL,                   \
    .name = __VA_ARGS__                                                                \
  }
#define OPTIONAL_TEXT(...)                                                             \
  {                                                                                    \
    .kind = WIRE_TEXT, .extent = WIRE_REST, .flags = WIRE_OPTIONAL,                    \
    .name = __VA_ARGS__                                                                \
  }

/* As long as an earlier field says. */
#define COUNTED(counter, ...)                                                          \
  { .kind = WIRE_BYTES, .extent = WIRE_COUNTED, .by = (counter), .name = __VA_ARGS__ }
#define COUNTED_TEXT(counter, ...)                                                     \
  { .kind = WIRE_TEXT, .extent = WIRE_COUNTED, .by = (counter), .name = __VA_ARGS__ }

#define OCTETS(bytes, ...)                                                             \
  { .kind = WIRE_BYTES, .size = (bytes), .name = __VA_ARGS__ }
#define TEXT(bytes, ...)                                                               \
  { .kind = WIRE_TEXT, .size = (bytes), .name = __VA_ARGS__ }
#define IPV4(...)                                                                      \
  { .kind = WIRE_IP, .size = 4, .name = __VA_ARGS__ }
#define IPV6(...)                                                                      \
  { .kind = WIRE_IP, .size = 16, .name = __VA_ARGS__ }

/* ---- switches ------------------------------------------------------------------ */

#define SWITCH(field, arms)                                                            \
  { .kind = WIRE_SWITCH, .by = (field), .cases = (arms) }
#define CASE(number, table)                                                            \
  { .value = (number), .fields = (table) }
#define OTHERWISE(table)                                                               \
  { .fields = (table), .otherwise = true }

/* ---- fields that many messages have -------------------------------------------- */

/* 1 is what the documents' own examples use. */
#define FRAME_ID                                                                       \
  {                                                                                    \
    .kind = WIRE_UINT, .size = 1, .flags = WIRE_DEFAULT, .initial = 1,                 \
    .name = "frame_id",                                                                \
    .about = "Chosen by the host to match the response; 0: no response"                \
  }
#define ANSWER_ID UINT(1, "frame_id", .about = "Copied from the request")

#define DESTINATION                                                                    \
  HEX(8, "destination",                                                                \
      .about = "000000000000FFFF: broadcast; 0: Zigbee coordinator; "                  \
               "FFFFFFFFFFFFFFFF: see destination16")
#define DESTINATION16                                                                  \
  INITIALLY(2, 0xFFFE, "destination16",                                                \
            .about = "FFFE: unknown, use the 64-bit address (DigiMesh: always)")
#define SOURCE   HEX(8, "source", .about = "FFFFFFFFFFFFFFFF: unknown")
#define SOURCE16 HEX(2, "source16", .about = "FFFE: unknown (DigiMesh: always)")
#define BROADCAST_RADIUS                                                               \
  UINT(1, "broadcast_radius", .flags = WIRE_DEFAULT,                                   \
       .about = "Most hops of a broadcast; 0: as many as NH allows")

#define DESTINATION_PORT UINT(2, "destination_port")
#define SOURCE_PORT      UINT(2, "source_port")
#define SOCKET_ID        UINT(1, "socket_id")

/* Options of a request: none, if not given. */
#define OPTIONS(meaning)                                                               \
  {                                                                                    \
    .kind = WIRE_BITS, .size = 1, .flags = WIRE_DEFAULT, .names = (meaning),           \
    .name = "options"                                                                  \
  }
#define RECEIVE_OPTIONS BITS(1, xbee_names_receive_options, "options")

/* The byte has no sign: 28 is -40 dBm. */
#define RSSI                                                                           \
  { .kind = WIRE_UINT, .size = 1, .times = -1, .unit = "dBm", .name = "rssi" }

#define AT_COMMAND TEXT(2, "command", .about = "Two ASCII characters")
#define AT_STATUS  BITS(1, xbee_names_at_status, "status")

#endif
