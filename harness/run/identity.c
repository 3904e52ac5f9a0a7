/* identity.c: who the devices are, asked first and last. A device that changes or dies
 * halfway makes what follows inconclusive. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

#define VALUE_MAX    256
#define SETTLE_FLOOD 200000 /* microseconds */

/* Reads one name of a device's identity as octets. */
static bool read_name(struct run *run, struct station *station, const char *name,
                      uint8_t *bytes, size_t *length, struct outcome *outcome) {
  const struct profile *profile = station->endpoint->profile;
  uint8_t room[64];
  struct wire_scratch scratch = {room, sizeof room, 0};
  struct protocol_exchange exchange = {0};
  struct wire_error error;
  if (!profile->identity->plan(name, NULL, fresh_id(run), &scratch, &exchange, &error))
    return worsen(outcome, VERDICT_ERROR, "identity: %s: %s", name, error.text);
  return do_exchange(run, station, &exchange, profile->within, outcome, bytes,
                     VALUE_MAX, length);
}

/* Offers an identity value to cases as $ENDPOINT.NAME. */
static void offer(struct run *run, const struct station *station, const char *name,
                  const uint8_t *bytes, size_t length) {
  char full[48];
  uint64_t number = 0;
  for (size_t i = 0; i < length && length <= 8; i++)
    number = number << 8 | bytes[i];
  snprintf(full, sizeof full, "%s.%s", station->endpoint->name, name);
  capture_set(run, full, bytes, length, number);
}

/* $ENDPOINT.address: parts of the identity, joined in the profile's order. */
static void offer_address(struct run *run, const struct station *station) {
  const struct profile *profile = station->endpoint->profile;
  uint8_t address[VALUE_MAX];
  size_t used = 0;
  for (size_t i = 0; i < profile->address_count; i++) {
    char full[48];
    snprintf(full, sizeof full, "%s.%s", station->endpoint->name, profile->address[i]);
    const struct capture *part = capture_find(run, full);
    if (part == NULL || used + part->length > sizeof address) return;
    memcpy(address + used, part->bytes, part->length);
    used += part->length;
  }
  if (used > 0) offer(run, station, "address", address, used);
}

static bool compare(struct station *station, const char *name, const char *value,
                    struct outcome *outcome) {
  for (size_t i = 0; i < station->identity_count; i++) {
    const struct pair *first = &station->identity[i];
    if (strcmp(first->name, name) != 0 || strcmp(first->value, value) == 0) continue;
    return worsen(outcome, VERDICT_INCONCLUSIVE,
                  "the device at '%s' is another one: %s was %s and is %s",
                  station->endpoint->name, name, first->value, value);
  }
  return true;
}

static bool read_station(struct run *run, struct station *station, const char *when,
                         struct outcome *outcome) {
  const struct profile *profile = station->endpoint->profile;
  bool first = when != NULL && strcmp(when, "first") == 0;
  struct pair pairs[IDENTITY_MAX];
  char text[IDENTITY_MAX][2 * VALUE_MAX + 1];
  size_t count = 0;
  bool same = true;
  for (; count < profile->identity_count && count < IDENTITY_MAX; count++) {
    const char *name = profile->identity_names[count];
    uint8_t bytes[VALUE_MAX];
    size_t length = 0;
    if (!read_name(run, station, name, bytes, &length, outcome)) return false;
    wire_print_hex(bytes, length, 0, text[count], sizeof text[count]);
    pairs[count] = (struct pair){name, text[count]};
    if (!first) same = compare(station, name, text[count], outcome) && same;
    if (first) offer(run, station, name, bytes, length);
  }
  if (first) offer_address(run, station);
  struct record record = {
      .kind = RECORD_IDENTITY,
      .endpoint = station->endpoint->name,
      .text = when,
      .pairs = pairs,
      .pair_count = count,
  };
  if (when != NULL) emit(run, &record);
  for (size_t i = 0; first && i < count; i++) {
    station->identity[i] = (struct pair){pairs[i].name, strdup(text[i])};
    if (station->identity[i].value == NULL)
      return worsen(outcome, VERDICT_ERROR, "out of memory");
    station->identity_count = i + 1;
  }
  return same;
}

bool identity_read(struct run *run, const char *when, struct outcome *outcome) {
  bool good = true;
  for (size_t i = 0; i < run->station_count; i++) {
    struct station *station = &run->stations[i];
    if (station->endpoint->profile->identity == NULL) continue;
    good = read_station(run, station, when, outcome) && good;
  }
  return good;
}

bool station_settles(struct run *run, struct station *station) {
  station->flooded = false;
  station->case_bytes = CASE_BYTES_MAX; /* the next byte tells */
  run_wait(run, hub_now(run->hub) + SETTLE_FLOOD);
  station_drain(station);
  if (!station->flooded) station->case_bytes = 0;
  return !station->flooded;
}

bool station_alive(struct run *run, struct station *station) {
  const struct profile *profile = station->endpoint->profile;
  if (station->flooded && !station_settles(run, station)) return false;
  for (int attempt = 0; attempt < 3 && !run->lost && !run->cancelled; attempt++) {
    struct outcome outcome = {0};
    station_drain(station);
    if (do_sentinel(run, station, profile->within, &outcome)) return true;
    if (outcome.got[0] != 0) return true; /* it answers, if wrongly */
  }
  return false;
}
