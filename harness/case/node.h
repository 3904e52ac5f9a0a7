/* node.h: a YAML file as a tree that knows where everything stands.
 *
 * The subset of YAML 1.2 that everyone reads the same way: one document, whose root is
 * a block mapping; keys are words, each at most once; no anchors, aliases or tags; no
 * plain scalar that readers of YAML 1.1 or 1.2 take for a truth value. Depth, width and
 * the length of lines are limited, so that a file cannot take all memory or time.
 */
#ifndef CASE_NODE_H
#define CASE_NODE_H

#include "case/arena.h"
#include "case/complain.h"

#define FILE_MAX       (1u << 20) /* bytes of a file */
#define LINE_MAX_BYTES 16384u     /* bytes of a line */
#define DEPTH_MAX      32u        /* nested lists and mappings */
#define KEYS_MAX       256u       /* keys of one mapping */

enum node_kind {
  NODE_NULL, /* nothing, ~ or null */
  NODE_TEXT,
  NODE_LIST,
  NODE_MAP,
};

struct node {
  enum node_kind kind;
  bool quoted; /* TEXT: in quotes or a block; never a word of the notation */
  bool exact;  /* TEXT: byte N of `text` stands in column place.column + N */
  bool cut;    /* what ends here was not seen to its end: do not say what is missing */
  const char *text;       /* TEXT and NULL: as written */
  struct place place;     /* of the value */
  const struct node *key; /* of an entry of a map: its key */
  struct node *first, *last, *next;
  size_t count; /* LIST, MAP: entries */
};

/* Reads a file's bytes into a tree in `arena`. Mistakes are complained of; what could
 * be read is returned even then. NULL: nothing could. `file` must outlive the tree. */
const struct node *node_read(const char *file, const char *bytes, size_t length,
                             struct arena *arena, struct complaints *complaints);

/* The value of a key, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

/* "a list", for mistakes. */
const char *node_kind_name(const struct node *node);

/* Length of the longest front part of `bytes` that can be given to a YAML reader: whole
 * lines of UTF-8 without control characters. What is wrong behind it is complained of.
 */
size_t text_check(const char *file, const char *bytes, size_t length,
                  struct complaints *complaints);

#endif
