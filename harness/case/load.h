/* load.h: what the files of the loader share.
 *
 * Every read_*() complains of what is wrong in its node and goes on with the rest: its
 * result says only whether its own value can be used. A node that is NULL (a key left
 * out) reads as nothing and is no mistake: needed keys are read_mapping()'s affair.
 */
#ifndef CASE_LOAD_H
#define CASE_LOAD_H

#include "case/arena.h"
#include "case/case.h"
#include "case/complain.h"
#include "case/node.h"

#define SUITE_MEMORY (256u << 20)

/* A sanity case is named in a profile before the cases are known. */
struct sanity {
  const char *id;
  struct place place;
};

struct loader {
  struct arena *keep;    /* the suite's */
  struct arena *scratch; /* for one file */
  struct complaints *complaints;
  size_t memory; /* limit of each arena */
  bool spent;    /* some memory or service of a library was not to be had */
  const struct protocol *family; /* of the file; NULL if not known */

  struct requirement *requirements;
  size_t requirement_count;
  const struct requirement **by_id; /* the same, sorted */
  struct profile *profiles;
  size_t profile_count;
  struct sanity *sanity; /* one for each profile */
  struct test_case *cases;
  size_t case_count;

  /* From `scratch`, made when first needed: the ids of the family's requirements, and
   * room for trying things out. */
  struct words ids;
  uint8_t *room; /* ROOM bytes */
  void *decoder;
  size_t decoder_size;
};

/* A message of 64 KiB and the longest frame around it, all bytes escaped. */
#define ROOM_BODY  (64u << 10)
#define ROOM_FRAME (2 * ROOM_BODY + 64)
#define ROOM       (ROOM_BODY + ROOM_FRAME)

/* suite_load() with another limit of memory than SUITE_MEMORY. */
struct suite *suite_load_within(const char *directory, size_t memory, FILE *complaints);

/* ---- nodes to values (read.c) ------------------------------------------------- */

struct key {
  const char *name;
  bool needed;
};

/* True if `node` is a mapping. Complains of keys that are not in `keys` (ended by
 * {NULL}) and of needed ones that are missing. `what`: "a case". */
bool read_mapping(struct loader *loader, const struct node *node, const char *what,
                  const struct key *keys);

/* "a case needs the key 'id'", unless a mistyped key explains that. */
void complain_missing(struct loader *loader, const struct node *node, const char *what,
                      const char *key, const struct key *keys);

/* True if `node` is a list. */
bool read_list(struct loader *loader, const struct node *node, const char *what);

/* Text, not empty; NULL if there is none. Line ends behind it are taken away. */
const char *read_text(struct loader *loader, const struct node *node, const char *what);

/* A word of lower case letters, digits, '-' and '_' that begins with a letter. */
const char *read_word(struct loader *loader, const struct node *node, const char *what);

/* A list of texts, each only once. `one`: a single text may stand for a list. */
struct text_list {
  const char **list;
  const struct node **nodes; /* where each comes from; in `scratch` */
  size_t count;
};
bool read_texts(struct loader *loader, const struct node *node, const char *what,
                bool one, struct text_list *texts);

/* The same for words as of read_word(). */
bool read_words(struct loader *loader, const struct node *node, const char *what,
                bool one, struct text_list *words);

/* A mapping of names to single values. `nodes` as above. */
struct settings {
  struct protocol_setting *list;
  const struct node **nodes;
  size_t count;
};
bool read_settings(struct loader *loader, const struct node *node, const char *what,
                   struct settings *settings);

/* "expected a list for 'covers', found a mapping" */
void complain_kind(struct loader *loader, const struct node *node, const char *expected,
                   const char *what);

/* Complains at a node, or at byte `offset` of its text where that place is known. */
void complain_inside(struct loader *loader, const struct node *node, size_t offset,
                     const char *text);

/* ---- numbers, times, octets (values.c) --------------------------------------- */

#define VALUES_MAX   65536u /* runs of one case */
#define VALUES_TEXT  "65536"
#define DURATION_MAX UINT64_C(604800000000) /* a week, in microseconds */

/* 10 or 0x0A; false if the text is anything else. */
bool value_number(const char *text, uint64_t *number);

/* "500 ms" to microseconds. */
bool read_duration(struct loader *loader, const struct node *node, const char *what,
                   uint64_t *duration);

/* "1..8" or a list of numbers; the name is left alone. */
bool read_parameter(struct loader *loader, const struct node *node, const char *what,
                    struct parameter *parameter);

uint64_t parameter_most(const struct parameter *parameter);

struct octets {
  const uint8_t *bytes;
  size_t length;
};

/* wire_parse_hex() or wire_parse_text(). */
typedef bool octets_parser(const char *text, uint8_t *out, size_t capacity,
                           size_t *length, struct wire_error *error);

bool read_octets(struct loader *loader, const struct node *node, const char *what,
                 octets_parser *parse, struct octets *octets);

bool read_hex(struct loader *loader, const struct node *node, const char *what,
              struct octets *octets);

/* {hex: 00 11} or {text: abc}. */
bool read_raw(struct loader *loader, const struct node *node, const char *what,
              struct octets *octets);

/* True if a mapping is meant as raw octets: its first key is `hex` or `text`. */
bool is_raw(const struct node *node);

/* ---- names with '$' (names.c) ------------------------------------------------ */

#define CAPTURES_MAX   64
#define NAME_MAX_BYTES 40u

struct capture {
  const char *name;
  struct place place;
  bool used;
  unsigned last;  /* alternative of the present step that captured it, from 1 */
  unsigned count; /* how many of them did */
  bool sure;      /* captured whichever alternative came */
};

/* The names that a case, or the sentinel of a profile, can use at some point. */
struct scope {
  struct loader *loader;
  const struct test_case *test_case; /* NULL: a sentinel, that knows only $id */
  bool parameter_used[CASE_PARAMETERS];
  struct capture captures[CAPTURES_MAX];
  size_t capture_count;
  unsigned alternative; /* being read, from 1 */
};

/* True if a node is a name: an unquoted word that begins with '$'. */
bool is_name(const struct node *node);

/* The name in a text that begins with '$', without it. NULL, after a complaint, if no
 * such name is known here. */
const char *read_name(struct scope *scope, const struct place *place, const char *text);

/* The same where a message is expected: an unknown name is captured. */
const char *read_capture(struct scope *scope, const struct place *place,
                         const char *text);

/* The parameter `name`, marked as used, or NULL; `complaint`: say so. */
const struct parameter *scope_parameter(struct scope *scope, const struct place *place,
                                        const char *name, bool complaint);

/* To be called around the alternatives of a step that expects; see `sure`. */
void scope_step_begin(struct scope *scope);
void scope_step_end(struct scope *scope, unsigned alternatives);

/* Complains of parameters and captures that nothing uses: mistyped, as a rule. `clean`:
 * the case in `node` has no other mistake; else what was not understood may use them.
 */
void scope_check_used(struct scope *scope, const struct node *node, bool clean);

/* A number, or $name of a parameter; at most `most`. */
bool read_amount(struct scope *scope, const struct node *node, const char *what,
                 uint64_t most, struct amount *amount);

/* ---- messages (message.c, fields.c, patterns.c, trial.c)
 * --------------------------------- */

enum pattern_use {
  USE_SEND,    /* values and names that are known */
  USE_EXPECT,  /* everything */
  USE_EXAMPLE, /* values */
};

/* One message: {name: {field: pattern}}, {name: ~}, {hex: ...} or {text: ...}. What is
 * sent is tried out on the encoder, so that missing fields are found here. */
bool read_message(struct scope *scope, const struct node *node, enum pattern_use use,
                  struct message_pattern *message);

/* What a mapping of fields is read against. */
struct layout {
  struct scope *scope;
  enum pattern_use use;
  const struct wire_field *table;
  const struct node *entries;
  const struct layout *outer;       /* of the message around a list element, or NULL */
  const char *name;                 /* of the message or list */
  const struct wire_field **fields; /* filled in by collect_fields() */
  size_t field_count;
};

/* Finds the fields that can be given: those of the table and of the arms that the
 * entries choose; of all arms where that cannot be told. */
void collect_fields(struct layout *layout);

/* The field that the key of an entry names, or NULL after a complaint. */
const struct wire_field *find_field(const struct layout *layout,
                                    const struct node *entry);

bool read_fields(struct layout *layout, const struct field_pattern **fields,
                 size_t *count);

/* Parses a literal for a field. */
bool read_literal(struct loader *loader, const struct wire_field *field,
                  const struct node *node, struct wire_item *item);

/* Tries to encode what a step sends; with `settings`, to wrap it: complains of what the
 * runner would find out later. */
void try_message(struct scope *scope, const struct message_pattern *message);
void try_settings(struct scope *scope, const struct message_pattern *message,
                  const struct settings *settings);

/* ---- steps (steps.c, parts.c) ------------------------------------------------ */

struct step_list {
  const struct step *list;
  size_t count;
  bool observes; /* something in them needs an answer of the device */
};

bool read_steps(struct scope *scope, const struct node *node, const char *what,
                struct step_list *steps);

/* What stands beside the action of a step: `within`, `as`, `cut` ... */
void read_parts(struct scope *scope, const struct node *node, struct step *step);

/* {NI: x, AP: ~} */
void read_arguments(struct scope *scope, const struct node *node, struct step *step);

/* False, after a complaint, if the verb does not know the argument or its value.
 * `value` NULL: read. */
bool check_argument(struct loader *loader, const struct protocol_verb *verb,
                    const struct node *name, const struct node *value);

/* A time that is not 0. */
bool read_some_time(struct loader *loader, const struct node *node, const char *what,
                    uint64_t *time);

const struct protocol_verb *find_verb(const struct protocol *family, const char *name);

/* ---- files ------------------------------------------------------------------- */

/* The family of a file under `family:`; it must be that of its directory, if one is
 * given. (family.c) */
void read_family(struct loader *loader, const struct node *root, const char *directory);

/* Settings of a family's framing, proven by opening a decoder with them. */
bool read_framing(struct loader *loader, const struct node *node,
                  enum wire_direction direction, struct settings *settings);

void read_requirements(struct loader *loader, const struct node *root);
void sort_requirements(struct loader *loader); /* when all are read */
const struct requirement *find_requirement(const struct loader *loader, const char *id);

/* `stem`: the file's name without ".yaml". */
void read_profile(struct loader *loader, const struct node *root, const char *stem);

void read_cases(struct loader *loader, const struct node *root);
bool read_example(struct scope *scope, const struct node *node,
                  struct test_case *test_case);
void read_erratum(struct loader *loader, const struct node *node,
                  struct test_case *test_case);

/* What can only be checked when everything is read: ids of cases, sanity cases.
 * (check.c) */
void loader_cross_check(struct loader *loader);

/* Reads a file whole into memory of malloc(), to be freed by the caller. NULL after a
 * complaint: not there, not a regular file, larger than FILE_MAX. (file.c) */
char *read_file(struct complaints *complaints, const char *path, size_t *length);

/* Sets up what one file needs; false if memory is short. */
bool loader_begin_file(struct loader *loader);
void loader_end_file(struct loader *loader);

/* Reads a file outside the suite: bench, list of expected failures. The tree lives
 * until loader_end_file(). NULL after a complaint. */
const struct node *loader_open(struct loader *loader, const char *path);

/* Reads a file beside the suite into the suite's memory: `read` takes the root. True if
 * there was no mistake. */
typedef void root_reader(struct loader *loader, const struct node *root, void *context);
bool load_beside(struct suite *suite, const char *path, root_reader *read,
                 void *context, FILE *complaints);

/* Prints all complaints, or that memory was short. True if there were none. */
bool loader_report(struct loader *loader, FILE *out);

#endif
