/* exchange.c: verbs, planned by the family and carried out here; what a case changes is
 * put back at its end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

#define BODY_MOST 2048

uint8_t fresh_id(struct run *run) {
  /* The upper half: cases name ids of the lower half more often. 0 asks for silence. */
  run->next_id =
      (uint8_t)(run->next_id < 0x80 || run->next_id == 0xFF ? 0x80 : run->next_id + 1);
  return run->next_id;
}

static bool send_request(struct run *run, struct station *station,
                         const struct protocol_exchange *exchange,
                         struct outcome *outcome) {
  uint8_t body[BODY_MOST];
  uint8_t bytes[2 * BODY_MOST];
  size_t length = 0;
  struct wire_error error;
  const struct protocol_framing *framing = run->family->framing;
  if (!wire_encode(exchange->request, exchange->sent, exchange->sent_count, body,
                   sizeof body, &length, &error) ||
      !framing->wrap(exchange->request, body, length, station->framing,
                     station->framing_count, bytes, sizeof bytes, &length, &error))
    return worsen(outcome, VERDICT_ERROR, "cannot compose the request: %s", error.text);
  if (station_send(run, station, bytes, length)) return true;
  return worsen(outcome, VERDICT_INCONCLUSIVE, "%s", cut_short(run));
}

/* The message pattern of what an exchange expects. */
static struct message_pattern pattern_of(const struct protocol_exchange *exchange,
                                         struct field_pattern *fields) {
  for (size_t i = 0; i < exchange->expected_count; i++) {
    const struct wire_item *item = &exchange->expected[i];
    fields[i] = (struct field_pattern){
        .field = wire_field_of(exchange->answer->fields, item->name),
        .pattern = {.kind = PATTERN_VALUE, .item = *item},
    };
  }
  return (struct message_pattern){.type = exchange->answer,
                                  .fields = fields,
                                  .field_count = exchange->expected_count};
}

static void take_result(const struct arrival *arrival, const char *name,
                        uint8_t *result, size_t capacity, size_t *length) {
  struct wire_message message;
  *length = 0;
  if (name == NULL ||
      !wire_decode(arrival->type, arrival->body, arrival->length, &message, NULL))
    return;
  const struct wire_value *value = wire_find(&message, name);
  if (value == NULL || value->length > capacity) return;
  if (value->length > 0) memcpy(result, value->bytes, value->length);
  *length = value->length;
}

static bool hear_answer(struct run *run, struct station *station,
                        const struct protocol_exchange *exchange, uint64_t within,
                        struct outcome *outcome, struct arrival **answer) {
  struct field_pattern fields[4];
  struct message_pattern pattern = pattern_of(exchange, fields);
  uint64_t deadline = hub_now(run->hub) + within;
  char why[256];
  for (;;) {
    struct arrival *arrival = station_next(run, station, deadline);
    if (arrival == NULL) {
      describe_pattern(&pattern, outcome->expected, sizeof outcome->expected);
      if (run->lost || run->cancelled)
        return worsen(outcome, VERDICT_INCONCLUSIVE, "%s", cut_short(run));
      return worsen(outcome, VERDICT_FAIL, "no answer within %.3g s",
                    (double)within / 1e6);
    }
    if (arrival->type != NULL &&
        match_message(run, &pattern, arrival->type, arrival->body, arrival->length, why,
                      sizeof why)) {
      *answer = arrival;
      return true;
    }
    bool ignored = arrival->type && station_ignores(station, arrival->type);
    if (!ignored) {
      describe_pattern(&pattern, outcome->expected, sizeof outcome->expected);
      describe_arrival(arrival, outcome->got, sizeof outcome->got);
      worsen(outcome, VERDICT_FAIL, "the answer is another one: %s",
             arrival->type ? why : arrival->error.text);
    }
    free(arrival);
    if (!ignored) return false;
  }
}

bool do_exchange(struct run *run, struct station *station,
                 const struct protocol_exchange *exchange, uint64_t within,
                 struct outcome *outcome, uint8_t *result, size_t capacity,
                 size_t *result_length) {
  struct arrival *answer = NULL;
  if (!send_request(run, station, exchange, outcome) ||
      !hear_answer(run, station, exchange, within, outcome, &answer))
    return false;
  if (result != NULL)
    take_result(answer, exchange->result, result, capacity, result_length);
  free(answer);
  if (exchange->then.name == NULL) return true;
  struct wire_error error;
  if (station_set(station, exchange->then.name, exchange->then.value, &error))
    return true;
  return worsen(outcome, VERDICT_ERROR, "framing: %s", error.text);
}

/* Reads a setting before its first change, so that it can be put back. */
static bool remember(struct run *run, struct station *station, const struct step *step,
                     const struct verb_argument *argument, uint64_t within,
                     struct outcome *outcome) {
  for (size_t i = 0; i < run->changed_count; i++) {
    const struct changed *changed = &run->changed[i];
    if (changed->station == station && strcmp(changed->name, argument->name) == 0)
      return true;
  }
  if (run->changed_count == CHANGED_MAX)
    return worsen(outcome, VERDICT_ERROR, "a case changes at most %d settings",
                  CHANGED_MAX);
  uint8_t room[64];
  struct wire_scratch scratch = {room, sizeof room, 0};
  struct protocol_exchange exchange = {0};
  struct wire_error error;
  struct changed *changed = &run->changed[run->changed_count];
  if (!step->verb->plan(argument->name, NULL, fresh_id(run), &scratch, &exchange,
                        &error))
    return worsen(outcome, VERDICT_ERROR, "%s: %s", argument->name, error.text);
  if (!do_exchange(run, station, &exchange, within, outcome, changed->bytes,
                   sizeof changed->bytes, &changed->length))
    return false;
  changed->station = station;
  changed->verb = step->verb;
  changed->name = argument->name;
  run->changed_count++;
  return true;
}

/* The value an argument stands for: itself, or a $name as hexadecimal. */
static const char *value_of(const struct run *run, const char *value, char *out,
                            size_t capacity) {
  if (value == NULL || value[0] != '$') return value;
  const struct capture *capture = capture_find(run, value + 1);
  if (capture == NULL) return value;
  snprintf(out, capacity, "0x");
  if (capture->length > 0)
    wire_print_hex(capture->bytes, capture->length, 0, out + 2, capacity - 2);
  return out;
}

bool do_verb(struct run *run, struct station *station, const struct step *step,
             struct outcome *outcome) {
  uint64_t within = step->within ? step->within : station->endpoint->profile->within;
  for (size_t i = 0; i < step->argument_count; i++) {
    const struct verb_argument *argument = &step->arguments[i];
    uint8_t room[512];
    char text[2 + 2 * 256 + 1];
    struct wire_scratch scratch = {room, sizeof room, 0};
    struct protocol_exchange exchange = {0};
    struct wire_error error;
    const char *value = value_of(run, argument->value, text, sizeof text);
    if (!step->verb->plan(argument->name, value, fresh_id(run), &scratch, &exchange,
                          &error))
      return worsen(outcome, VERDICT_ERROR, "%s: %s", argument->name, error.text);
    if (exchange.changes && !remember(run, station, step, argument, within, outcome))
      return false;
    if (!do_exchange(run, station, &exchange, within, outcome, NULL, 0, NULL))
      return false;
  }
  return true;
}

void put_back(struct run *run, struct outcome *outcome) {
  while (run->changed_count > 0) {
    struct changed *changed = &run->changed[--run->changed_count];
    uint8_t room[512];
    struct wire_scratch scratch = {room, sizeof room, 0};
    struct protocol_exchange exchange = {0};
    struct wire_error error;
    struct outcome restoring = {0};
    station_drain(changed->station);
    bool good = changed->verb->restore(changed->name, changed->bytes, changed->length,
                                       fresh_id(run), &scratch, &exchange, &error) &&
                do_exchange(run, changed->station, &exchange,
                            changed->station->endpoint->profile->within, &restoring,
                            NULL, 0, NULL);
    if (good) continue;
    emit_note(run, "%s of %s could not be put back", changed->name,
              changed->station->endpoint->name);
    worsen(outcome, VERDICT_INCONCLUSIVE, "%s of %s could not be put back",
           changed->name, changed->station->endpoint->name);
  }
}
