/* example.c: a documented byte example against the reference codec. The bytes decode to
 * the fields, the fields encode to the bytes; a wrong example is refused as its note
 * says. A difference is a fault of wirecert or of its tables: ERROR, never FAIL. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

/* What the whole of some bytes is: one frame, or the first fault. */
struct reading {
  void *decoder;
  enum protocol_event event;
  struct protocol_frame frame;
};

static bool read_bytes(const struct test_case *test_case, const uint8_t *bytes,
                       size_t length, struct reading *reading,
                       struct outcome *outcome) {
  const struct protocol_framing *framing = test_case->family->framing;
  const struct example *example = test_case->example;
  struct wire_error error;
  reading->decoder = malloc(framing->size);
  if (reading->decoder == NULL) return worsen(outcome, VERDICT_ERROR, "out of memory");
  if (!framing->open(reading->decoder, example->direction, example->settings,
                     example->setting_count, &error))
    return worsen(outcome, VERDICT_ERROR, "framing: %s", error.text);
  framing->feed(reading->decoder, bytes, length, 0);
  framing->finish(reading->decoder);
  reading->event = framing->next(reading->decoder, 0, &reading->frame);
  return true;
}

static void reading_end(struct reading *reading) {
  free(reading->decoder);
}

/* The error that stands for these bytes, framing or layout; WIRE_OK if none. */
static enum wire_status status_of(const struct reading *reading, size_t length) {
  struct wire_message message;
  struct wire_error error = {0};
  if (reading->event == PROTOCOL_IDLE) return WIRE_TRUNCATED;
  if (reading->event == PROTOCOL_FAULT) return reading->frame.error.status;
  if (!wire_decode(reading->frame.type, reading->frame.body, reading->frame.length,
                   &message, &error))
    return error.status;
  return reading->frame.raw_length == length ? WIRE_OK : WIRE_TRAILING;
}

static bool marked_as_said(const struct test_case *test_case,
                           const struct reading *reading, struct outcome *outcome) {
  struct wire_message message;
  const char *name = test_case->example->marked;
  wire_decode(reading->frame.type, reading->frame.body, reading->frame.length, &message,
              NULL);
  const struct wire_value *value = name ? wire_find(&message, name) : NULL;
  if (name == NULL || (value != NULL && wire_marks(&message, value) != 0)) return true;
  return worsen(outcome, VERDICT_ERROR, "'%s' should be marked and is not", name);
}

static bool decodes(struct run *run, const struct test_case *test_case,
                    const uint8_t *bytes, size_t length, struct outcome *outcome) {
  const struct example *example = test_case->example;
  struct reading reading = {0};
  char why[256];
  bool good = read_bytes(test_case, bytes, length, &reading, outcome);
  if (good && status_of(&reading, length) != WIRE_OK) {
    good = worsen(outcome, VERDICT_ERROR, "the bytes are refused: %s",
                  reading.event == PROTOCOL_IDLE
                      ? "truncated"
                      : wire_status_name(status_of(&reading, length)));
  } else if (good) {
    good = match_message(run, &example->message, reading.frame.type, reading.frame.body,
                         reading.frame.length, why, sizeof why);
    if (!good) {
      worsen(outcome, VERDICT_ERROR, "the bytes decode otherwise: %s", why);
      describe_pattern(&example->message, outcome->expected, sizeof outcome->expected);
      if (reading.frame.type != NULL)
        describe(reading.frame.type, reading.frame.body, reading.frame.length,
                 outcome->got, sizeof outcome->got);
    }
    good = good && marked_as_said(test_case, &reading, outcome);
  }
  reading_end(&reading);
  return good;
}

static bool encodes(struct run *run, const struct test_case *test_case,
                    const uint8_t *bytes, size_t length, struct outcome *outcome) {
  const struct example *example = test_case->example;
  enum { ROOM = 4096 };
  uint8_t body[ROOM];
  uint8_t wire[2 * ROOM];
  size_t size = 0;
  struct wire_error error;
  const struct wire_type *type = example->message.type;
  if (!compose_body(run, &example->message, body, ROOM, &size, &error) ||
      !test_case->family->framing->wrap(type, body, size, example->settings,
                                        example->setting_count, wire, sizeof wire,
                                        &size, &error))
    return worsen(outcome, VERDICT_ERROR, "the fields do not encode: %s", error.text);
  if (size == length && memcmp(wire, bytes, length) == 0) return true;
  wire_print_hex(bytes, length, ' ', outcome->expected, sizeof outcome->expected);
  wire_print_hex(wire, size, ' ', outcome->got, sizeof outcome->got);
  return worsen(outcome, VERDICT_ERROR, "the fields encode to other bytes");
}

static bool refused(const struct test_case *test_case, struct outcome *outcome) {
  const struct example *example = test_case->example;
  struct reading reading = {0};
  bool good = read_bytes(test_case, example->bytes, example->length, &reading, outcome);
  if (good) {
    const char *found = wire_status_name(status_of(&reading, example->length));
    good = strcmp(found, example->refused) == 0;
    if (!good)
      worsen(outcome, VERDICT_ERROR, "should be refused for '%s', is: %s",
             example->refused, found);
  }
  reading_end(&reading);
  return good;
}

void do_example(struct run *run, const struct test_case *test_case,
                struct outcome *outcome) {
  const struct example *example = test_case->example;
  const uint8_t *bytes = example->right ? example->right : example->bytes;
  size_t length = example->right ? example->right_length : example->length;
  if (example->refused != NULL && !refused(test_case, outcome)) return;
  if (example->message.type == NULL) return;
  if (example->refused != NULL && example->right == NULL) return;
  if (example->refused == NULL && example->right != NULL) {
    /* A sound frame that does not say what its document says: the bytes decode, to
     * something else; the right bytes decode to the fields. */
    struct reading reading = {0};
    bool read =
        read_bytes(test_case, example->bytes, example->length, &reading, outcome);
    if (read && status_of(&reading, example->length) != WIRE_OK)
      worsen(outcome, VERDICT_ERROR, "the printed bytes are refused");
    if (read && outcome->verdict == VERDICT_PASS)
      marked_as_said(test_case, &reading, outcome);
    char why[256];
    if (read && outcome->verdict == VERDICT_PASS && example->marked == NULL &&
        match_message(run, &example->message, reading.frame.type, reading.frame.body,
                      reading.frame.length, why, sizeof why))
      worsen(outcome, VERDICT_ERROR, "the printed bytes do say what the document says");
    reading_end(&reading);
    if (outcome->verdict != VERDICT_PASS) return;
    struct example right = *example;
    struct test_case copy = *test_case;
    right.marked = NULL;
    copy.example = &right;
    if (decodes(run, &copy, bytes, length, outcome))
      encodes(run, &copy, bytes, length, outcome);
    return;
  }
  if (decodes(run, test_case, bytes, length, outcome))
    encodes(run, test_case, bytes, length, outcome);
}
