/* wire_text_fuzzer.c: text that people write for values.
 *
 * Input: two bytes that choose a field of the XBee messages, then the text. Properties:
 * what parses and fits its field is written as text that parses to the same bytes; a
 * refusal has a reason and an offset inside the text. The parsers of plain octets get
 * the text too. */
#include "fuzz.h"
#include "xbee/messages.h"

enum { FIELDS_MAX = 1024 };

static const struct wire_field *all_fields[FIELDS_MAX];
static size_t field_count;

static void add_fields(const struct wire_field *fields) {
  for (const struct wire_field *field = fields; field->kind != WIRE_END; field++) {
    if (field->kind == WIRE_LIST) add_fields(field->of);
    if (field->kind != WIRE_SWITCH) {
      REQUIRE(field_count < FIELDS_MAX, "too many fields");
      all_fields[field_count++] = field;
      continue;
    }
    for (const struct wire_case *arm = field->cases;; arm++) {
      if (arm->fields != NULL) add_fields(arm->fields);
      if (arm->otherwise) break;
    }
  }
}

/* The field as the only one of a message. */
struct alone {
  struct wire_field fields[2];
  struct wire_type type;
  uint8_t *bytes;
  size_t capacity;
  size_t length;
};

static bool parse_and_encode(struct alone *alone, const char *text,
                             struct wire_error *error) {
  struct wire_scratch scratch = {malloc(alone->capacity), alone->capacity, 0};
  struct wire_item item;
  REQUIRE(scratch.bytes != NULL, "no memory");
  bool good = wire_parse(&alone->fields[0], text, &scratch, &item, error) &&
              wire_encode(&alone->type, &item, 1, alone->bytes, alone->capacity,
                          &alone->length, error);
  free(scratch.bytes);
  return good;
}

static void there_and_back(struct alone *alone) {
  struct wire_message message;
  struct wire_error error = {.text = ""};
  uint8_t *first = exact_copy(alone->bytes, alone->length);
  size_t length = alone->length;
  if (wire_decode(&alone->type, first, length, &message, &error) && message.count > 0) {
    size_t size = wire_write_value(&message, &message.values[0], NULL, 0);
    char *text = malloc(size + 1);
    REQUIRE(text != NULL, "no memory");
    wire_write_value(&message, &message.values[0], text, size + 1);
    REQUIRE(parse_and_encode(alone, text, &error), "'%s': %s", text, error.text);
    REQUIRE(alone->length == length && memcmp(alone->bytes, first, length) == 0,
            "'%s' gives other bytes", text);
    free(text);
  } else {
    REQUIRE(alone->fields[0].kind == WIRE_LIST || length == 0,
            "what was encoded does not decode: %s", error.text);
  }
  free(first);
}

static void field_text(const struct wire_field *field, const char *text) {
  struct alone alone = {.fields = {*field, {0}}, .capacity = strlen(text) + 64};
  alone.fields[0].when = NULL;
  if (alone.fields[0].extent == WIRE_COUNTED) alone.fields[0].extent = WIRE_REST;
  alone.type = (struct wire_type){.name = "alone", .most = UINT32_MAX};
  alone.type.fields = alone.fields;
  alone.bytes = malloc(alone.capacity);
  REQUIRE(alone.bytes != NULL, "no memory");
  struct wire_error error = {.text = ""};
  if (parse_and_encode(&alone, text, &error)) {
    there_and_back(&alone);
  } else {
    REQUIRE(error.status != WIRE_OK && error.text[0] != 0, "refused without a reason");
    REQUIRE(error.offset <= strlen(text), "offset %zu", error.offset);
  }
  free(alone.bytes);
}

/* Into just as much room as there is need, and into less. */
static void octets_text(const char *text) {
  size_t most = strlen(text) + 1;
  bool (*const parsers[])(const char *, uint8_t *, size_t, size_t *,
                          struct wire_error *) = {wire_parse_text, wire_parse_hex};
  for (int i = 0; i < 2; i++) {
    struct wire_error error = {.text = ""};
    size_t length;
    uint8_t *out = malloc(most);
    REQUIRE(out != NULL, "no memory");
    bool good = parsers[i](text, out, most, &length, &error);
    free(out);
    if (!good) {
      REQUIRE(error.offset < most, "offset %zu", error.offset);
      continue;
    }
    out = malloc(length > 0 ? length : 1);
    REQUIRE(out != NULL, "no memory");
    REQUIRE(parsers[i](text, out, length, &length, &error), "%s", error.text);
    if (length > 0)
      REQUIRE(!parsers[i](text, out, length - 1, &length, &error), "no bounds");
    free(out);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  if (field_count == 0) {
    for (size_t i = 0; i < xbee_type_count; i++)
      add_fields(xbee_types[i].fields);
  }
  char *text = malloc(size - 1);
  REQUIRE(text != NULL, "no memory");
  memcpy(text, data + 2, size - 2);
  text[size - 2] = 0;
  field_text(all_fields[(data[0] * 256u + data[1]) % field_count], text);
  octets_text(text);
  free(text);
  return 0;
}
