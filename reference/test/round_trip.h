/* round_trip.h: a decoded message, encoded again, is the same bytes; from its bytes and
 * from its text. For tests and fuzz targets alike: needs no test framework.
 *
 * The functions return NULL, or what went wrong. They are not for use in threads. */
#ifndef TEST_ROUND_TRIP_H
#define TEST_ROUND_TRIP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/wire.h"

enum {
  TRIP_BYTES = 1 << 17,           /* no message of any family is longer */
  TRIP_ITEMS = 1 << 17,           /* fields and elements, at least a byte each or so */
  TRIP_TEXT = 4 * TRIP_BYTES + 64 /* a byte can be \xNN */
};

static struct {
  uint8_t out[TRIP_BYTES];
  uint8_t parsed[TRIP_BYTES];
  struct wire_item items[TRIP_ITEMS];
  char text[TRIP_TEXT];
  char fault[400];
} trip;

static inline const char *trip_fault(const char *what, const char *name,
                                     const char *why) {
  snprintf(trip.fault, sizeof trip.fault, "%s: %s: %s", what, name ? name : "", why);
  return trip.fault;
}

static inline const char *trip_encode(const char *what,
                                      const struct wire_message *message,
                                      const struct wire_item *items, size_t count) {
  struct wire_error error = {.text = ""};
  size_t length;
  if (!wire_encode(message->type, items, count, trip.out, sizeof trip.out, &length,
                   &error))
    return trip_fault(what, message->type->name, error.text);
  if (length != message->length || memcmp(trip.out, message->bytes, length) != 0)
    return trip_fault(what, message->type->name, "other bytes");
  return NULL;
}

/* From the bytes of each value. */
static inline const char *trip_by_octets(const struct wire_message *message) {
  struct wire_item items[WIRE_VALUES];
  for (unsigned i = 0; i < message->count; i++) {
    const struct wire_value *value = &message->values[i];
    items[i] = (struct wire_item){.name = value->field->name,
                                  .form = WIRE_OCTETS,
                                  .bytes = value->bytes,
                                  .length = value->length};
  }
  return trip_encode("by octets", message, items, message->count);
}

/* Items taken from trip.items, and room from trip.parsed. */
struct trip_store {
  size_t items;
  struct wire_scratch scratch;
};

static inline const char *trip_items(const struct wire_message *message,
                                     struct trip_store *store,
                                     const struct wire_item **items);

/* The elements of a list: those of one field as bare values, others field by field. */
static inline const char *trip_list(const struct wire_message *message,
                                    const struct wire_value *list,
                                    struct trip_store *store, struct wire_item *item) {
  struct wire_message element;
  size_t count = 0;
  size_t at = 0;
  while (wire_next_element(message, list, &at, &element))
    count++;
  if (store->items + count > TRIP_ITEMS) return "too many items for this check";
  struct wire_item *elements = &trip.items[store->items];
  store->items += count;
  at = 0;
  for (size_t i = 0; wire_next_element(message, list, &at, &element); i++) {
    const struct wire_item *fields;
    const char *fault = trip_items(&element, store, &fields);
    if (fault != NULL) return fault;
    bool alone = list->field->of[1].kind == WIRE_END && element.count == 1;
    elements[i] = alone ? fields[0]
                        : (struct wire_item){.form = WIRE_ITEMS,
                                             .items = fields,
                                             .count = element.count};
    elements[i].name = NULL;
  }
  *item = (struct wire_item){
      .name = list->field->name, .form = WIRE_ITEMS, .items = elements, .count = count};
  return NULL;
}

static inline const char *trip_value(const struct wire_message *message,
                                     const struct wire_value *value,
                                     struct trip_store *store, struct wire_item *item) {
  struct wire_error error = {.text = ""};
  if (value->field->kind == WIRE_LIST) return trip_list(message, value, store, item);
  size_t length = wire_write_value(message, value, trip.text, sizeof trip.text);
  if (length >= sizeof trip.text || strlen(trip.text) != length)
    return trip_fault("written", value->field->name, "another length than it says");
  if (!wire_parse(value->field, trip.text, &store->scratch, item, &error))
    return trip_fault("parsed", value->field->name, error.text);
  return NULL;
}

static inline const char *trip_items(const struct wire_message *message,
                                     struct trip_store *store,
                                     const struct wire_item **items) {
  if (store->items + message->count > TRIP_ITEMS)
    return "too many items for this check";
  struct wire_item *own = &trip.items[store->items];
  store->items += message->count;
  *items = own;
  for (unsigned i = 0; i < message->count; i++) {
    const char *fault = trip_value(message, &message->values[i], store, &own[i]);
    if (fault != NULL) return fault;
  }
  return NULL;
}

/* From the text of each value; lists element by element. */
static inline const char *trip_by_text(const struct wire_message *message) {
  struct trip_store store = {.scratch = {trip.parsed, sizeof trip.parsed, 0}};
  const struct wire_item *items;
  const char *fault = trip_items(message, &store, &items);
  return fault ? fault : trip_encode("by text", message, items, message->count);
}

/* Prints every value and mark into as much room as it says it needs, and into half. */
static inline const char *trip_prints(const struct wire_message *message) {
  typedef size_t printer(const struct wire_message *, const struct wire_value *, char *,
                         size_t);
  printer *const printers[] = {wire_print_value, wire_write_value, wire_print_marks};
  for (unsigned i = 0; i < 3 * message->count; i++) {
    const struct wire_value *value = &message->values[i / 3];
    size_t length = printers[i % 3](message, value, NULL, 0);
    char *text = malloc(length + 1);
    if (text == NULL) return "no memory";
    bool good = printers[i % 3](message, value, text, length / 2 + 1) == length &&
                strlen(text) == length / 2 &&
                printers[i % 3](message, value, text, length + 1) == length &&
                strlen(text) == length;
    free(text);
    if (!good) return trip_fault("printed", value->field->name, "another length");
  }
  return NULL;
}

static inline const char *round_trip(const struct wire_message *message) {
  const char *fault = trip_by_octets(message);
  if (fault == NULL) fault = trip_by_text(message);
  return fault != NULL ? fault : trip_prints(message);
}

#endif
