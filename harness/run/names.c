/* names.c: what $names stand for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/session.h"

const struct capture *capture_find(const struct run *run, const char *name) {
  for (size_t i = run->capture_count; i-- > 0;) {
    if (strcmp(run->captures[i].name, name) == 0) return &run->captures[i];
  }
  return NULL;
}

bool capture_set(struct run *run, const char *name, const uint8_t *bytes, size_t length,
                 uint64_t number) {
  struct capture *capture = NULL;
  for (size_t i = run->capture_kept; i < run->capture_count; i++) {
    if (strcmp(run->captures[i].name, name) == 0) capture = &run->captures[i];
  }
  if (capture == NULL) {
    if (run->capture_count == CAPTURES_MAX) return false;
    capture = &run->captures[run->capture_count++];
    *capture = (struct capture){0};
    snprintf(capture->name, sizeof capture->name, "%s", name);
  }
  uint8_t *copy = malloc(length ? length : 1);
  if (copy == NULL) return false;
  if (length > 0) memcpy(copy, bytes, length);
  free(capture->bytes);
  capture->bytes = copy;
  capture->length = length;
  capture->number = number;
  return true;
}

void captures_forget(struct run *run, size_t keep) {
  while (run->capture_count > keep)
    free(run->captures[--run->capture_count].bytes);
}

uint64_t amount_of(const struct run *run, struct amount amount) {
  if (amount.name == NULL) return amount.value;
  const struct capture *capture = capture_find(run, amount.name);
  return capture ? capture->number : 0;
}
