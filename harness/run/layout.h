/* layout.h: what a line of each kind of record holds. Internal to record.c, parse.c. */
#ifndef RUN_LAYOUT_H
#define RUN_LAYOUT_H

#include "run/journal.h"

#define LAYOUT_VERSION 1
#define LAYOUT_MEMBERS 6

enum slot {
  SLOT_NONE = 0, /* closes a row */
  SLOT_VERSION,
  SLOT_TIME,
  SLOT_ENDPOINT,
  SLOT_CASE,
  SLOT_NUMBER,
  SLOT_TEXT,
  SLOT_BYTES,
  SLOT_VERDICT,
  SLOT_EXPECTED,
  SLOT_PAIRS,
};

struct member {
  const char *key;
  enum slot slot;
  bool optional;
};

struct layout {
  enum record_kind kind;
  bool sent;          /* RECORD_BYTES: the direction this row is for */
  const char *marker; /* the key that no other kind has */
  struct member members[LAYOUT_MEMBERS];
};

extern const struct layout layouts[];
extern const size_t layout_count;

#endif
