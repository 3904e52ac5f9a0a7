/* error.c: errors as values, and help for mistyped names. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "wire/wire.h"

const char *wire_status_name(enum wire_status status) {
  static const char *const names[] = {
      [WIRE_OK] = "ok",
      [WIRE_TRUNCATED] = "truncated",
      [WIRE_TRAILING] = "trailing",
      [WIRE_LENGTH] = "length",
      [WIRE_DELIMITER] = "delimiter",
      [WIRE_CHECKSUM] = "checksum",
      [WIRE_ESCAPE] = "escape",
      [WIRE_UNKNOWN_TYPE] = "unknown_type",
      [WIRE_UNKNOWN_NAME] = "unknown_name",
      [WIRE_MISSING] = "missing",
      [WIRE_UNFIT] = "unfit",
      [WIRE_SPACE] = "space",
      [WIRE_TABLE] = "table",
  };
  return (size_t)status < sizeof names / sizeof *names ? names[status] : "?";
}

bool wire_fail(struct wire_error *error, enum wire_status status, size_t offset,
               const char *field, const char *format, ...) {
  if (error == NULL) return false;
  error->status = status;
  error->offset = offset;
  error->field = field;
  va_list list;
  va_start(list, format);
  vsnprintf(error->text, sizeof error->text, format, list);
  va_end(list);
  return false;
}

#define WORD_MAX 40

static size_t least_of(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

/* Edit distance (Levenshtein) of two words of at most WORD_MAX letters. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t row[WORD_MAX + 1];
  for (size_t j = 0; j <= b_length; j++)
    row[j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      size_t above = row[j];
      size_t change = diagonal + (a[i - 1] != b[j - 1]);
      row[j] = least_of(above + 1, row[j - 1] + 1, change);
      diagonal = above;
    }
  }
  return row[b_length];
}

const char *wire_nearest(const char *word, const char *const *words) {
  size_t length = strlen(word);
  if (length == 0 || length > WORD_MAX) return NULL;
  const char *nearest = NULL;
  size_t best = length / 3 + 2; /* further away is no help */
  for (; *words != NULL; words++) {
    size_t other = strlen(*words);
    if (other > WORD_MAX) continue;
    size_t found = distance(word, length, *words, other);
    if (found < best) {
      best = found;
      nearest = *words;
    }
  }
  return nearest;
}
