/* station.c: an endpoint's bytes become arrivals, in the order they come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

struct station *station_of(struct run *run, const char *name) {
  for (size_t i = 0; i < run->station_count; i++) {
    if (strcmp(run->stations[i].endpoint->name, name) == 0) return &run->stations[i];
  }
  return NULL;
}

static const struct protocol_framing *framing_of(const struct station *station) {
  return station->endpoint->profile->family->framing;
}

bool station_open(struct station *station, struct wire_error *error) {
  const struct protocol_framing *framing = framing_of(station);
  if (station->decoder == NULL) station->decoder = malloc(framing->size);
  if (station->decoder == NULL)
    return wire_fail(error, WIRE_SPACE, 0, NULL, "out of memory");
  if (station->last == NULL) station->last = &station->first;
  station->undecided = 0;
  return framing->open(station->decoder, WIRE_IN, station->framing,
                       station->framing_count, error);
}

bool station_set(struct station *station, const char *name, const char *value,
                 struct wire_error *error) {
  size_t i = 0;
  while (i < station->framing_count && strcmp(station->framing[i].name, name) != 0)
    i++;
  if (i == SETTINGS_MAX)
    return wire_fail(error, WIRE_SPACE, 0, NULL, "more than %u framing settings",
                     SETTINGS_MAX);
  snprintf(station->framing_value[i], SETTING_SIZE, "%s", value);
  station->framing[i] = (struct protocol_setting){name, station->framing_value[i]};
  if (i == station->framing_count) station->framing_count++;
  return station_open(station, error);
}

size_t station_drain(struct station *station) {
  size_t count = 0;
  while (station->first != NULL) {
    struct arrival *next = station->first->next;
    free(station->first);
    station->first = next;
    count++;
  }
  station->last = &station->first;
  station->waiting = 0;
  station->waiting_bytes = 0;
  return count;
}

void station_close(struct station *station) {
  station_drain(station);
  free(station->decoder);
  station->decoder = NULL;
}

bool station_ignores(const struct station *station, const struct wire_type *type) {
  const struct profile *profile = station->endpoint->profile;
  for (size_t i = 0; i < profile->ignore_count; i++) {
    if (profile->ignore[i] == type) return true;
  }
  return false;
}

static void keep(struct run *run, struct station *station, enum protocol_event event,
                 const struct protocol_frame *frame) {
  const uint8_t *bytes = event == PROTOCOL_FRAME ? frame->body : frame->raw;
  size_t length = event == PROTOCOL_FRAME ? frame->length : frame->raw_length;
  bool full = station->waiting == ARRIVALS_MAX ||
              station->waiting_bytes + length > ARRIVAL_BYTES_MAX;
  /* What may come at any time may also come in a burst that nobody waits for. */
  bool ignored = event == PROTOCOL_FRAME && station_ignores(station, frame->type);
  if (full && ignored) return;
  struct arrival *arrival = full ? NULL : malloc(sizeof *arrival + length);
  if (arrival == NULL) {
    station->flooded = true;
    return;
  }
  *arrival = (struct arrival){
      .time = run_now(run),
      .type = event == PROTOCOL_FRAME ? frame->type : NULL,
      .raw_length = frame->raw_length,
      .length = length,
  };
  if (event == PROTOCOL_FAULT) arrival->error = frame->error;
  memcpy(arrival->body, bytes, length);
  *station->last = arrival;
  station->last = &arrival->next;
  station->waiting++;
  station->waiting_bytes += length;
}

static void decode(struct run *run, struct station *station, const uint8_t *bytes,
                   size_t length) {
  const struct protocol_framing *framing = framing_of(station);
  struct protocol_frame frame;
  enum protocol_event event;
  uint64_t now = hub_now(run->hub);
  framing->feed(station->decoder, bytes, length, now);
  station->undecided += length;
  while ((event = framing->next(station->decoder, now, &frame)) != PROTOCOL_IDLE) {
    station->undecided -= frame.raw_length;
    keep(run, station, event, &frame);
  }
}

/* Takes what one wait brings. False when the time is up or nothing more can come. */
static bool pump(struct run *run, uint64_t deadline) {
  unsigned number;
  size_t length = 0;
  if (run->lost || run->cancelled || run->broken) return false;
  switch (
      hub_wait(run->hub, deadline, &number, run->piece, sizeof run->piece, &length)) {
  case HUB_DEADLINE: return false;
  case HUB_CANCELLED: run->cancelled = true; return false;
  case HUB_LOST:
    run->lost = true;
    emit_note(run, "link lost: %s: %s", run->stations[number].endpoint->name,
              hub_reason(run->hub, number));
    return false;
  case HUB_BYTES: break;
  }
  struct station *station = &run->stations[number];
  emit_bytes(run, station, false, run->piece, length);
  station->case_bytes += length;
  if (station->case_bytes > CASE_BYTES_MAX) {
    station->flooded = true;
  } else {
    decode(run, station, run->piece, length);
  }
  return true;
}

/* One that floods is not read on: its bytes would fill the journal for nothing. */
static bool any_flooded(const struct run *run) {
  for (size_t i = 0; i < run->station_count; i++) {
    if (run->stations[i].flooded) return true;
  }
  return false;
}

void run_wait(struct run *run, uint64_t deadline) {
  while (!any_flooded(run) && pump(run, deadline)) {
  }
}

struct arrival *station_next(struct run *run, struct station *station,
                             uint64_t deadline) {
  while (station->first == NULL && !station->flooded) {
    if (!pump(run, deadline)) break;
  }
  struct arrival *arrival = station->first;
  if (arrival == NULL) return NULL;
  station->first = arrival->next;
  if (station->first == NULL) station->last = &station->first;
  station->waiting--;
  station->waiting_bytes -= arrival->length;
  return arrival;
}

bool station_send(struct run *run, struct station *station, const uint8_t *bytes,
                  size_t length) {
  uint64_t patience = 30 * UINT64_C(1000000);
  emit_bytes(run, station, true, bytes, length);
  if (run->lost || run->cancelled || run->broken) return false;
  if (hub_send(run->hub, station->number, bytes, length, hub_now(run->hub) + patience))
    return true;
  if (!hub_lost(run->hub, station->number) && hub_cancelled(run->hub)) {
    run->cancelled = true;
    return false;
  }
  run->lost = true;
  emit_note(run, "link lost while sending: %s: %s", station->endpoint->name,
            hub_lost(run->hub, station->number) ? hub_reason(run->hub, station->number)
                                                : "the device takes no bytes");
  return false;
}
