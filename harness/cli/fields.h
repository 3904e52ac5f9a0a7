/* fields.h: messages as JSON and as text for decode and encode. */
#ifndef CLI_FIELDS_H
#define CLI_FIELDS_H

#include <jansson.h>

#include "protocol.h"

/* {"ok":true,"message":"modem_status","type":"8A","direction":"in","fields":[...]}.
 * A field: {"name","raw" (hex as on the wire),"value","text"}, and "mark" if odd.
 * Values: integers up to 4 bytes are numbers, longer ones hexadecimal strings, as JSON
 * numbers lose digits above 2^53; octets are hexadecimal, text has \xNN for what is not
 * printable, addresses are dotted, lists are arrays of objects. */
json_t *fields_json(const struct wire_message *message);

/* {"ok":false,"error":{"code":"checksum","offset":23,"text":"..."}} */
json_t *fields_error(const struct wire_error *error);

/* Prints an object on a line of its own and releases it. */
void fields_print_json(json_t *object);

/* The message as aligned lines for people. */
void fields_show(const struct wire_message *message);

/* Lists the -o options of a family, or of all. */
void fields_help_options(const struct protocol *family);

/* Items for the encoder, read from text or JSON. */
#define FIELDS_ITEMS 512
struct fields_input {
  const struct wire_type *type;
  struct wire_item items[FIELDS_ITEMS]; /* the message's own come first */
  size_t count;                         /* of the message's own */
  size_t used;
  struct wire_scratch scratch;
};

/* Reads {"message":...,"fields":[{"name":...,"value":...}]}. */
bool fields_from_json(const struct protocol *family, const json_t *object,
                      struct fields_input *input, struct wire_error *error);

/* Reads `message field=value field="value with blanks"`. */
bool fields_from_text(const struct protocol *family, const char *text,
                      struct fields_input *input, struct wire_error *error);

#endif
