/* xbee_message_fuzzer.c: the body of any XBee frame.
 *
 * Input: the frame type, then what stands behind it in a frame. Properties: what
 * decodes encodes to the same bytes, from the octets of its values and from their text;
 * values and marks print into as much room as they say. */
#include "fuzz.h"
#include "test/round_trip.h"
#include "xbee/messages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const struct wire_type *type = size > 0 ? xbee_type(data[0]) : NULL;
  if (type == NULL) return 0;
  struct wire_message message;
  struct wire_error error = {.text = ""};
  uint8_t *body = exact_copy(data + 1, size - 1);
  if (wire_decode(type, body, size - 1, &message, &error)) {
    const char *fault = round_trip(&message);
    REQUIRE(fault == NULL, "%s", fault);
    message.where = 1u << size % 9; /* the names of one product */
    fault = round_trip(&message);
    REQUIRE(fault == NULL, "%s", fault);
  } else {
    REQUIRE(error.status != WIRE_OK && error.status != WIRE_TABLE && error.text[0] != 0,
            "%s is refused without a reason", type->name);
    REQUIRE(error.offset <= size, "%s: offset %zu", error.text, error.offset);
  }
  free(body);
  return 0;
}
