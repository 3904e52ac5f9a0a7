/* emit.c: records to the journal and to whoever watches. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run/session.h"

uint64_t run_now(const struct run *run) {
  return run->before + (run->hub ? hub_now(run->hub) : 0);
}

void emit(struct run *run, struct record *record) {
  record->time = run_now(run);
  if (!run->broken && !journal_write(run->journal, record)) run->broken = true;
  if (run->options->observer) run->options->observer(run->options->context, record);
}

void emit_note(struct run *run, const char *format, ...) {
  char text[512];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  struct record record = {.kind = RECORD_NOTE, .text = text};
  emit(run, &record);
}

void emit_bytes(struct run *run, const struct station *station, bool sent,
                const uint8_t *bytes, size_t length) {
  struct record record = {
      .kind = RECORD_BYTES,
      .endpoint = station->endpoint->name,
      .sent = sent,
      .bytes = bytes,
      .length = length,
  };
  emit(run, &record);
}

bool worsen(struct outcome *outcome, enum verdict verdict, const char *format, ...) {
  if (verdict <= outcome->verdict) return false;
  outcome->verdict = verdict;
  va_list list;
  va_start(list, format);
  vsnprintf(outcome->reason, sizeof outcome->reason, format, list);
  va_end(list);
  return false;
}

const char *cut_short(const struct run *run) {
  return run->cancelled ? "interrupted" : "the link was lost";
}
