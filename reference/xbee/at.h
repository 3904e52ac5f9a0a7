/* at.h: the AT commands of an XBee 3 802.15.4 module and their values.
 *
 * at_list.h has one row per command; everything else about a command (how wide its
 * register is, what it accepts, what it starts with) is read from that row. Values are
 * kept as octets at register width, first byte highest, as a query answers them. The
 * module model, the `at` step of cases and profiles share this registry.
 */
#ifndef XBEE_AT_H
#define XBEE_AT_H

#include "wire/wire.h"

#define XBEE_AT_MOST 20 /* bytes of the longest value */

enum xbee_at_id {
#define AT(id, ...) XBEE_AT_##id,
#include "xbee/at_list.h"
#undef AT
  XBEE_AT_COUNT
};

enum xbee_at_access {
  XBEE_AT_SETTING, /* set and query */
  XBEE_AT_READING, /* query only */
  XBEE_AT_ACTION,  /* set only; setting it does something */
  XBEE_AT_COMMAND, /* takes no value; asking for it executes it */
};

enum xbee_at_kind {
  XBEE_AT_NOTHING, /* no value either way */
  XBEE_AT_NUMBER,
  XBEE_AT_TEXT,
  XBEE_AT_OCTETS,
};

struct xbee_at {
  const char *name; /* two letters, as in frames */
  enum xbee_at_access access;
  enum xbee_at_kind kind;
  uint8_t size;       /* numbers: width of the register in bytes; else: most bytes */
  bool counter;       /* changes by itself: neither stored by WR nor kept by a reset */
  uint64_t least;     /* of the number, or of the text's length */
  uint64_t most;      /* the same */
  uint64_t gap_least; /* numbers: values from here ... */
  uint64_t gap_most;  /* ... to here are refused as well; 0: no gap */
  uint64_t initial;   /* numbers */
  const char *text;   /* text: initial value */
  const char *source; /* document and command */
  const char *about;
};

extern const struct xbee_at xbee_at_table[XBEE_AT_COUNT]; /* by enum xbee_at_id */

struct xbee_at_value {
  uint8_t length;
  uint8_t bytes[XBEE_AT_MOST];
};

/* The command with these two letters, in either case (frames with "wr" are in Digi's
 * own examples: Smart Energy manual 2012), or NULL. */
const struct xbee_at *xbee_at_find(const uint8_t command[2]);

/* The same by a text that ends with 00; the error names the nearest command. */
const struct xbee_at *xbee_at_named(const char *name, struct wire_error *error);

enum xbee_at_id xbee_at_id(const struct xbee_at *at);

/* The value that a register has when it leaves the factory. */
void xbee_at_initial(const struct xbee_at *at, struct xbee_at_value *value);

uint64_t xbee_at_number(const struct xbee_at_value *value);
void xbee_at_set_number(const struct xbee_at *at, uint64_t number,
                        struct xbee_at_value *value);

/* Brings the parameter of a set request to register width. False if the register does
 * not take it. Numbers may be shorter than the register or have zero bytes in front. */
bool xbee_at_accept(const struct xbee_at *at, const uint8_t *bytes, size_t length,
                    struct xbee_at_value *value);

/* A value from text: numbers as 31 or 0x1F, text with \xNN, octets in hexadecimal. Of
 * any number that the register can hold: a test may want one out of range. */
bool xbee_at_parse(const struct xbee_at *at, const char *text,
                   struct xbee_at_value *value, struct wire_error *error);

/* What xbee_at_accept() takes, in words: "0x0 to 0x2". Writes at most `capacity` bytes
 * with a final 00; returns the length that the whole text has. */
size_t xbee_at_print_limits(const struct xbee_at *at, char *out, size_t capacity);

#endif
