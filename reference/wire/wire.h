/* wire.h: one table per message, one codec for all of them.
 *
 * A message is declared once, as a table of fields (`struct wire_field`). From
 * that table this module decodes, encodes, prints, parses and validates it; case
 * files, reports and fuzz targets read the same table for names and limits.
 *
 * Decoding allocates nothing: each decoded value is a view into the caller's
 * bytes, which must outlive the message. What a document does not name (unknown
 * enumeration values, values out of range) is decoded and marked, never lost:
 * encoding a decoded message gives its bytes again.
 *
 * A message here begins behind its type code; the family's framing removes and
 * adds the code, lengths and checksums around it. All functions are pure.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most values a message can hold: a bound of the tables, checked by
 * wire_table_fault(). Elements of a list do not count, a list is one value. */
#define WIRE_VALUES 32

enum wire_kind {
  WIRE_END = 0, /* closes a table: {0} */
  WIRE_UINT,    /* unsigned integer of 1 to 8 bytes */
  WIRE_INT,     /* two's complement integer of 1 to 8 bytes */
  WIRE_BITS,    /* unsigned integer whose bits have names */
  WIRE_BYTES,   /* octets */
  WIRE_TEXT,    /* octets meant to be read: see wire_print_value() */
  WIRE_IP,      /* IPv4 (size 4) or IPv6 (size 16) address */
  WIRE_LIST,    /* elements, each laid out as the table `of` */
  WIRE_SWITCH,  /* goes on with the table that `cases` names for the field `by` */
};

/* Where a WIRE_BYTES, WIRE_TEXT or WIRE_LIST field ends. */
enum wire_extent {
  WIRE_FIXED = 0, /* after `size` bytes */
  WIRE_REST,      /* with the message */
  WIRE_COUNTED,   /* after as many bytes (list: elements) as the field `by` says */
  WIRE_TO_NUL,    /* before the next 00 or with the message; the 00, if the layout
                     has one, is a field of its own */
};

enum wire_flag {
  WIRE_LE = 1 << 0,       /* least significant byte first; else most significant */
  WIRE_OPTIONAL = 1 << 1, /* may be absent: present when enough bytes remain */
  WIRE_PADDED = 1 << 2,   /* text: trailing 00 bytes fill the field up */
  WIRE_HEX = 1 << 3,      /* number shown in hexadecimal, at full width */
  WIRE_CONST = 1 << 4,    /* always `initial`; another value is marked */
  WIRE_DEFAULT = 1 << 5,  /* `initial` is encoded where no value is given */
  WIRE_FOLLOWS = 1 << 6,  /* number of bytes behind this field, to the end */
  WIRE_QUIET = 1 << 7,    /* not shown to people while it has its constant value */
  WIRE_RANGE = 1 << 8,    /* values outside `least`..`most` are marked */
};

/* A name for a value (WIRE_UINT, WIRE_INT) or for bits (WIRE_BITS). A table of
 * names ends with {0}. A row of a WIRE_BITS field speaks of the bits in `mask`
 * (0: of the bits in `value`) and applies when they equal `value`. */
struct wire_name {
  const char *name; /* the word used in cases and JSON: lower case, '_' */
  uint64_t value;
  uint64_t mask;    /* WIRE_BITS only */
  const char *text; /* the same for people; NULL: the name is clear enough */
  unsigned where;   /* product families this row belongs to (bit set, the family's
                       own); 0: all */
  bool number;      /* WIRE_BITS: the bits in `mask` are a number, not a flag */
};

struct wire_field;

/* One arm of a WIRE_SWITCH: the fields that follow when the field `by` has this
 * value. The last arm of every switch has `otherwise` set and takes all other values.
 */
struct wire_case {
  uint64_t value;
  const struct wire_field *fields; /* NULL: nothing follows */
  bool otherwise;
};

struct wire_field {
  const char *name; /* unique in the message; lower case, '_' */
  enum wire_kind kind;
  enum wire_extent extent;
  uint16_t size;      /* bytes: integers 1..8, WIRE_IP 4 or 16, WIRE_FIXED any */
  uint16_t flags;     /* enum wire_flag */
  const char *by;     /* WIRE_COUNTED, WIRE_SWITCH: name of an earlier field */
  const char *when;   /* present only if this earlier field ... */
  uint64_t when_mask; /* ... has one of these bits set; 0: if it is not zero */
  const struct wire_name *names;
  uint64_t initial; /* WIRE_CONST, WIRE_DEFAULT */
  uint64_t least;   /* with WIRE_RANGE: limits of the number (WIRE_INT: as int64_t) */
  uint64_t most;    /* or, for octets and text, of the length in bytes */
  const char *unit; /* of the number times `times` divided by `over` */
  int32_t times;    /* 0 means 1 */
  int32_t over;     /* 0 means 1 */
  const struct wire_field *of;   /* WIRE_LIST: layout of an element */
  const struct wire_case *cases; /* WIRE_SWITCH */
  const char *about;             /* meaning, for the reference page; may be NULL */
};

/* True for the integers: WIRE_UINT, WIRE_INT and WIRE_BITS. */
static inline bool wire_is_number(const struct wire_field *field) {
  return field->kind == WIRE_UINT || field->kind == WIRE_INT ||
         field->kind == WIRE_BITS;
}

enum wire_direction {
  WIRE_ANY_WAY = 0,
  WIRE_OUT, /* host to device */
  WIRE_IN,  /* device to host */
};

/* A message. `least` and `most` limit its length in bytes, without its code. */
struct wire_type {
  const char *name;  /* the word used in cases and JSON: "modem_status" */
  const char *title; /* as the document calls it: "Modem Status" */
  uint32_t code;     /* what tells it from the family's other messages */
  enum wire_direction direction;
  unsigned where; /* product families (bit set, the family's own); 0: all */
  uint32_t least;
  uint32_t most;
  const struct wire_field *fields;
  const char *source; /* document and section */
};

enum wire_status {
  WIRE_OK = 0,
  WIRE_TRUNCATED, /* bytes end inside something */
  WIRE_TRAILING,  /* bytes remain behind the last field */
  WIRE_LENGTH,    /* a length is impossible here */
  WIRE_DELIMITER, /* bytes that begin nothing */
  WIRE_CHECKSUM,
  WIRE_ESCAPE,
  WIRE_UNKNOWN_TYPE,
  WIRE_UNKNOWN_NAME, /* of a message, field or value given by name */
  WIRE_MISSING,      /* a field without value and without default */
  WIRE_UNFIT,        /* a value that its field cannot hold */
  WIRE_SPACE,        /* the output does not fit */
  WIRE_TABLE,        /* the table itself is wrong: a fault of this program */
};

/* Where and why. `text` is complete enough to show: it names what was wrong; the
 * offset counts from the first byte of what was given to the function that failed. */
struct wire_error {
  enum wire_status status;
  size_t offset;
  const char *field; /* name of the field concerned, or NULL */
  char text[160];
};

/* The word for a status, as reports use it: "checksum", "unknown_type" ... */
const char *wire_status_name(enum wire_status status);

/* Fills an error; format as printf. Always returns false, for `return wire_fail(...)`.
 */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
bool wire_fail(struct wire_error *error, enum wire_status status, size_t offset,
               const char *field, const char *format, ...);

/* ---- decoding ---------------------------------------------------------------- */

struct wire_value {
  const struct wire_field *field;
  const uint8_t *bytes; /* the field's bytes as on the wire; a view */
  size_t length;
  uint64_t
      number; /* integers; WIRE_INT sign-extended; lists: number of elements; octets
                 of a fixed size up to 8: as an integer, first byte highest */
};

struct wire_message {
  const struct wire_type *type;
  const uint8_t *bytes; /* the whole message behind its code; a view */
  size_t length;
  unsigned where; /* product families to choose names for; 0: first that fits */
  unsigned count;
  struct wire_value values[WIRE_VALUES]; /* in wire order, absent fields left out */
};

/* Decodes `length` bytes as a message of `type`. Fails on bytes that the layout
 * cannot hold (WIRE_LENGTH, WIRE_TRUNCATED, WIRE_TRAILING); odd values are no
 * failure, see wire_marks(). `message->where` is set to 0. */
bool wire_decode(const struct wire_type *type, const uint8_t *bytes, size_t length,
                 struct wire_message *message, struct wire_error *error);

/* The value of the field `name`, or NULL if absent. */
const struct wire_value *wire_find(const struct wire_message *message,
                                   const char *name);

enum wire_mark {
  WIRE_MARK_RANGE = 1 << 0,   /* outside the documented range */
  WIRE_MARK_UNKNOWN = 1 << 1, /* value or bit without documented name */
  WIRE_MARK_CONST = 1 << 2,   /* a constant or reserved field with another value */
  WIRE_MARK_FOLLOWS = 1 << 3, /* says another number of bytes than follow */
};

/* What is odd about a value: a set of enum wire_mark. */
unsigned wire_marks(const struct wire_message *message, const struct wire_value *value);

/* A mark in words, with the documented limits: "out of range 0x0..0x4650". Writes at
 * most `capacity` bytes with a final 00; returns the length that the whole text has. */
size_t wire_print_marks(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity);

/* Walks a list. `element` becomes a message of its own (type NULL) with the fields of
 * one element; `*at` starts at 0 and is moved on. False at the end of the list. */
bool wire_next_element(const struct wire_message *message,
                       const struct wire_value *list, size_t *at,
                       struct wire_message *element);

/* ---- encoding ---------------------------------------------------------------- */

enum wire_form {
  WIRE_NUMBER, /* `number` (WIRE_INT: its two's complement) */
  WIRE_OCTETS, /* `bytes`: the field's bytes, as on the wire */
  WIRE_ITEMS,  /* `items`: the elements of a list, or the fields of one element */
};

/* A value for a field, by name. */
struct wire_item {
  const char *name; /* NULL for an element of a list */
  enum wire_form form;
  uint64_t number;
  const uint8_t *bytes;
  size_t length;
  const struct wire_item *items;
  size_t count;
};

/* Encodes a message from its named values, in any order. Omitted: optional fields
 * stay absent; constants, defaults, counts and lengths are filled in; anything else is
 * WIRE_MISSING. A count or length that is given is written as given, right or wrong,
 * and so is a number outside the documented range: tests need them. `*length` is set on
 * success. */
bool wire_encode(const struct wire_type *type, const struct wire_item *items,
                 size_t count, uint8_t *out, size_t capacity, size_t *length,
                 struct wire_error *error);

/* ---- text -------------------------------------------------------------------- */

/* Value for people: names, units, quoted text. "3000" with unit 0.1 s: "300 s".
 * Unknown enumeration values print as hexadecimal numbers. Return as
 * wire_print_marks(). */
size_t wire_print_value(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity);

/* Value in the notation that wire_parse() reads back to the same bytes: names or
 * numbers for integers, hexadecimal for octets, text with \xNN for what is not
 * printable ASCII and \\ for the backslash. Not for lists. Return as above. */
size_t wire_write_value(const struct wire_message *message,
                        const struct wire_value *value, char *out, size_t capacity);

/* Scratch memory for parsed values, supplied by the caller. */
struct wire_scratch {
  uint8_t *bytes;
  size_t capacity;
  size_t used;
};

/* Parses one value for `field` from text, as written by wire_write_value():
 * integers: 300, 0x1F, -4, an enumeration name, bit names joined by '|';
 * octets: hexadecimal with optional blanks and 0x; text: see above; addresses: dotted
 * or colon form, or hexadecimal. The bytes of the item live in `scratch`. */
bool wire_parse(const struct wire_field *field, const char *text,
                struct wire_scratch *scratch, struct wire_item *item,
                struct wire_error *error);

/* Parses text with \xNN and \\ escapes, or hexadecimal digits with optional blanks and
 * 0x, into bytes; `*length` is at most `capacity`. */
bool wire_parse_text(const char *text, uint8_t *out, size_t capacity, size_t *length,
                     struct wire_error *error);
bool wire_parse_hex(const char *text, uint8_t *out, size_t capacity, size_t *length,
                    struct wire_error *error);

/* Bytes as "7E 00 04" (separator ' ') or "7E0004" (separator 0). Return as above. */
size_t wire_print_hex(const uint8_t *bytes, size_t length, char separator, char *out,
                      size_t capacity);

/* Text with what is not printable ASCII as \xNN and '\' doubled. Return as above. */
size_t wire_print_text(const uint8_t *bytes, size_t length, char *out, size_t capacity);

/* The row that names this value (WIRE_UINT, WIRE_INT), or NULL. */
const struct wire_name *wire_name_of(const struct wire_field *field, uint64_t number,
                                     unsigned where);

/* ---- tables ------------------------------------------------------------------ */

/* The field `name` of a table, inside its switches too (not inside lists), or NULL.
 * A name may stand in several arms of a switch: the first is found. */
const struct wire_field *wire_field_of(const struct wire_field *fields,
                                       const char *name);

/* The same, but where the table switches by a number that `items` holds, only the arm
 * for that number is looked into. */
const struct wire_field *wire_field_for(const struct wire_field *fields,
                                        const struct wire_item *items, size_t count,
                                        const char *name);

/* Collects the names of a table's fields, switches included, for error texts. At most
 * `capacity - 1`, then NULL. Returns how many. */
size_t wire_field_names(const struct wire_field *fields, const char **names,
                        size_t capacity);

/* The word in `words` (ended by NULL) nearest to `word` by edit distance, or NULL if
 * none is near. For error texts: "did you mean ...?". */
const char *wire_nearest(const char *word, const char *const *words);

/* Checks a message's table: names are words and mean one thing, references lead to
 * earlier fields of the message or of the one around an element, values fit, switches
 * and what takes the rest come last, sizes, value count. NULL if sound, else what is
 * wrong, in words. */
const char *wire_table_fault(const struct wire_type *type);

#endif
