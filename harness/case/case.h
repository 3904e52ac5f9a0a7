/* case.h: case, requirement, profile and bench files as checked structures.
 *
 * All text and arrays belong to the `struct suite` they were loaded into and live as
 * long as it does. Loading reports every mistake of every file, each with file, line,
 * column, what was expected and the nearest known name; after any mistake the suite
 * must not be used.
 */
#ifndef CASE_CASE_H
#define CASE_CASE_H

#include <stdio.h>

#include "protocol.h"

/* Where something stands in a file; line and column count from 1. */
struct place {
  const char *file;
  unsigned line;
  unsigned column;
};

enum level { LEVEL_MUST, LEVEL_SHOULD, LEVEL_MAY, LEVEL_PROBE };

const char *level_name(enum level level);

struct requirement {
  const char *id;
  enum level level;
  const char *text;
  const char *source;
  const struct protocol *family;
  struct place place;
};

/* ---- what a field should be -------------------------------------------------- */

enum pattern_kind {
  PATTERN_VALUE, /* `item` */
  PATTERN_ANY,   /* present, any value */
  PATTERN_ABSENT,
  PATTERN_RANGE,  /* low..high, both included (WIRE_INT: as int64_t) */
  PATTERN_SET,    /* any of `parts`; the reference device gives the first */
  PATTERN_MASK,   /* (number & mask) == low */
  PATTERN_NAME,   /* $name: equals an earlier capture, or captures */
  PATTERN_LIST,   /* a list: `parts` are its elements, in order, PATTERN_FIELDS each */
  PATTERN_FIELDS, /* one element: `fields` */
};

struct field_pattern;

struct pattern {
  enum pattern_kind kind;
  struct wire_item item;
  uint64_t low;
  uint64_t high;
  uint64_t mask;
  const char *name; /* PATTERN_NAME, without '$'; "peer.address", "ixit.tls_host" */
  const struct pattern *parts;
  size_t part_count;
  const struct field_pattern *fields;
  size_t field_count;
  struct place place;
};

struct field_pattern {
  const struct wire_field *field;
  struct pattern pattern;
};

/* A message by its fields, or raw bytes (`type` NULL), which can only be sent. */
struct message_pattern {
  const struct wire_type *type;
  const struct field_pattern *fields;
  size_t field_count;
  const uint8_t *bytes;
  size_t length;
  struct place place;
};

/* ---- cases ------------------------------------------------------------------- */

enum step_kind {
  STEP_SEND,     /* send: {message: {...}} or {hex: ...} */
  STEP_EXPECT,   /* expect: {message: {...}}, or a list of which any one may come */
  STEP_SILENCE,  /* silence: 500 ms; nothing may come */
  STEP_SENTINEL, /* sentinel: an exchange that a living device answers; nothing else may
                    come before its answer */
  STEP_WAIT,     /* wait: 20 ms; time passes */
  STEP_VERB,     /* a verb of the family: at: {NI: x, AP: 1} */
};

struct verb_argument {
  const char *name;
  const char *value; /* NULL: read. Begins with '$': a name, "$peer.SH" */
  struct place place;
};

/* A number that may come from a parameter of the case (`each`). */
struct amount {
  uint64_t value;
  const char *name; /* not NULL: of this parameter */
};

struct step {
  enum step_kind kind;
  const char *endpoint; /* "iut" if not named */
  uint64_t within;      /* EXPECT, SENTINEL, VERB: microseconds, 0: the profile's.
                           SILENCE, WAIT: how long */
  const struct message_pattern *messages; /* SEND: one. EXPECT: alternatives */
  size_t message_count;
  const struct protocol_setting *as; /* SEND: extra settings for the framing, to wrap
                                        wrongly on purpose: {checksum: +1}. A value may
                                        be a parameter of the case: "$delta" */
  size_t as_count;
  const uint8_t *before; /* SEND: raw bytes in front, in the same piece */
  size_t before_length;
  const uint8_t *after;
  size_t after_length;
  struct amount cut;    /* SEND: a pause after this many bytes; 0: none */
  struct amount pieces; /* SEND: a pause after every so many bytes; 0: none */
  uint64_t pause;       /* microseconds, for `cut` and `pieces` */
  const struct protocol_verb *verb;
  const struct verb_argument *arguments;
  size_t argument_count;
  struct amount repeat; /* how often the step is done; 0 and 1: once */
  struct place place;
};

/* A documented byte example. */
struct example {
  enum wire_direction direction;
  const struct protocol_setting *settings; /* framing: ap */
  size_t setting_count;
  const uint8_t *bytes;
  size_t length;
  struct message_pattern message; /* fields the bytes decode to; type NULL if the bytes
                                     are refused */
  const char *refused;            /* name of the error that decoding gives, or NULL */
  const char *marked;             /* name of a field that decoding marks, or NULL */
  const uint8_t *right;           /* erratum: the bytes as they should be, or NULL */
  size_t right_length;
};

struct erratum {
  const char *text;  /* what is wrong in the document */
  const char *proof; /* what shows it */
};

/* A parameter that a case is repeated over. */
struct parameter {
  const char *name;
  const uint64_t *values;
  size_t count;
};

#define CASE_PARAMETERS 3

struct test_case {
  const char *id;
  const char *purpose;
  const char *source; /* of this case, beside those of its requirements; or NULL */
  const struct protocol *family;
  const struct requirement **covers;
  size_t cover_count;
  enum level level;       /* strictest of what it covers */
  const char **endpoints; /* needed beside "iut" */
  size_t endpoint_count;
  const char **capabilities; /* that the profile must claim */
  size_t capability_count;
  const char **ixit; /* values that the bench must give */
  size_t ixit_count;
  const char **tags;
  size_t tag_count;
  struct parameter each[CASE_PARAMETERS];
  size_t each_count;
  const struct step *steps;
  size_t step_count;
  const struct step *finally; /* done at the end, also after a failure */
  size_t finally_count;
  const struct example *example; /* or NULL */
  const struct erratum *erratum; /* or NULL */
  struct place place;
};

/* ---- profile and bench ------------------------------------------------------- */

struct profile {
  const char *name;
  const char *title;
  const struct protocol *family;
  const struct protocol_device *model; /* its reference device, or NULL */
  const char **capabilities;
  size_t capability_count;
  const struct protocol_setting *framing; /* initial settings: ap=1 */
  size_t framing_count;
  const struct protocol_setting *device; /* settings of the reference device */
  size_t device_count;
  const struct protocol_verb *identity; /* verb that reads the identity */
  const char **identity_names;          /* its arguments: HV, VR, SH, SL */
  size_t identity_count;
  const char **address; /* identity names whose octets, joined, are $ENDPOINT.address */
  size_t address_count;
  const char *sanity;              /* id of the case run before and after; or NULL */
  struct message_pattern sentinel; /* request ... */
  struct message_pattern sentinel_answer; /* ... and its answer; `$id` is filled in */
  const struct wire_type **ignore; /* messages that may come at any time unasked */
  size_t ignore_count;
  uint64_t within; /* microseconds an answer may take */
  struct place place;
};

struct endpoint {
  const char *name;
  const struct profile *profile;
  const char *link; /* URI */
  struct place place;
};

struct bench {
  const char *title;
  const struct endpoint *endpoints;
  size_t endpoint_count;
  const struct protocol_setting *ixit;
  size_t ixit_count;
};

/* ---- the suite --------------------------------------------------------------- */

struct suite {
  const struct requirement *requirements;
  size_t requirement_count;
  const struct test_case *cases; /* in the order of files (by name) and in the files */
  size_t case_count;
  const struct profile *profiles;
  size_t profile_count;
  char digest[65]; /* SHA-256 over names and contents of all files read, in hex */
  struct arena *arena;
};

/* Loads every *.yaml below `directory` (cases/): FAMILY/requirements.yaml,
 * FAMILY/TOPIC.yaml, profiles/NAME.yaml. Mistakes are printed to `complaints`, one per
 * line: "cases/xbee/at.yaml:12:7: unknown field 'frameid', did you mean 'frame_id'?".
 * NULL if there was any. */
struct suite *suite_load(const char *directory, FILE *complaints);

/* Loads a bench file against a suite. NULL if there was any mistake. Lives in the
 * suite. */
const struct bench *bench_load(struct suite *suite, const char *path, FILE *complaints);

void suite_free(struct suite *suite);

const struct profile *suite_profile(const struct suite *suite, const char *name);
const struct test_case *suite_case(const struct suite *suite, const char *id);

/* True if `selector` selects the case: a path prefix ("xbee", "xbee/at"; whole parts
 * only), a glob ("xbee/at/q*"), "@tag", or "covers:REQUIREMENT". */
bool case_selected(const struct test_case *test_case, const char *selector);

/* The nearest known selector part to one that selects nothing, or NULL. */
const char *suite_nearest(const struct suite *suite, const char *selector);

#endif
