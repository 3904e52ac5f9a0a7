/* node.c: libfyaml's events to a tree of nodes.
 *
 * The tree is built from events and not taken from libfyaml's documents: so depth and
 * width are limited while reading, duplicate keys are all seen, nothing is ever
 * expanded, and what stands before a syntax error is not lost.
 */
#include "case/node.h"

#include <libfyaml.h>
#include <string.h>

/* A list or mapping that is being read. */
struct frame {
  struct node *node;
  const struct node *key; /* MAP: the key whose value comes next */
  bool value;             /* MAP: a value comes next */
  bool drop;              /* MAP: ... and is thrown away */
  bool full;              /* MAP: has been complained of as too big */
};

struct reader {
  const char *file;
  struct arena *arena;
  struct complaints *complaints;
  struct node *root;
  struct frame frames[DEPTH_MAX];
  unsigned depth;
  unsigned documents;
  bool stop;
  bool whole; /* the end of the stream was seen */
};

const char *node_kind_name(const struct node *node) {
  switch (node->kind) {
  case NODE_NULL: return "nothing";
  case NODE_TEXT: return "a single value";
  case NODE_LIST: return "a list";
  case NODE_MAP: return "a mapping";
  }
  return "?";
}

const struct node *node_get(const struct node *map, const char *key) {
  for (const struct node *entry = map->first; entry != NULL; entry = entry->next) {
    if (entry->key != NULL && strcmp(entry->key->text, key) == 0) return entry;
  }
  return NULL;
}

/* ---- into the tree ----------------------------------------------------------- */

static void append(struct node *parent, struct node *node) {
  if (parent->last != NULL)
    parent->last->next = node;
  else
    parent->first = node;
  parent->last = node;
  parent->count++;
}

static bool is_new_key(struct reader *reader, struct frame *frame,
                       const struct node *key) {
  if (key->kind != NODE_TEXT) {
    complain(reader->complaints, &key->place, "a key must be a word, not %s",
             node_kind_name(key));
    return false;
  }
  const struct node *same = node_get(frame->node, key->text);
  if (same != NULL)
    complain(reader->complaints, &key->place,
             "key '%.80s' is given twice, first on line %u", key->text,
             same->key->place.line);
  if (same != NULL || frame->node->count < KEYS_MAX) return same == NULL;
  if (!frame->full)
    complain(reader->complaints, &key->place, "a mapping with more than %u keys",
             KEYS_MAX);
  frame->full = true;
  return false;
}

/* Puts a node where the document has it. */
static void attach(struct reader *reader, struct node *node) {
  if (reader->depth == 0) {
    if (reader->root == NULL) reader->root = node;
    return;
  }
  struct frame *frame = &reader->frames[reader->depth - 1];
  if (frame->node->kind == NODE_LIST) {
    append(frame->node, node);
  } else if (!frame->value) {
    frame->drop = !is_new_key(reader, frame, node);
    frame->key = node;
    frame->value = true;
  } else {
    node->key = frame->key;
    if (!frame->drop) append(frame->node, node);
    frame->value = false;
  }
}

/* Where an event stands. Implicit ones, such as a value left out, stand nowhere: they
 * are shown at their key or at what they are in. */
static struct place place_of(const struct reader *reader, const struct fy_mark *mark) {
  if (mark != NULL)
    return (struct place){reader->file, (unsigned)mark->line + 1,
                          (unsigned)mark->column + 1};
  if (reader->depth == 0) return (struct place){reader->file, 1, 1};
  const struct frame *frame = &reader->frames[reader->depth - 1];
  if (frame->value && frame->key != NULL) return frame->key->place;
  return frame->node->place;
}

static struct node *new_node(struct reader *reader, enum node_kind kind,
                             struct fy_event *event) {
  struct node *node = arena_take(reader->arena, sizeof *node);
  if (node == NULL) {
    reader->stop = true;
    return NULL;
  }
  node->kind = kind;
  node->place = place_of(reader, fy_event_start_mark(event));
  return node;
}

/* ---- scalars ----------------------------------------------------------------- */

static bool is_word(const char *text, const char *const *words) {
  for (; *words != NULL; words++) {
    if (strcmp(text, *words) == 0) return true;
  }
  return false;
}

/* What YAML 1.1 (https://yaml.org/type/bool.html) and the YAML 1.2 core schema resolve
 * to a truth value. */
static bool is_truth_value(const char *text) {
  static const char *const words[] = {"y",    "Y",     "yes",   "Yes",   "YES",  "n",
                                      "N",    "no",    "No",    "NO",    "true", "True",
                                      "TRUE", "false", "False", "FALSE", "on",   "On",
                                      "ON",   "off",   "Off",   "OFF",   NULL};
  return is_word(text, words);
}

static bool is_null(const char *text) {
  static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
  return is_word(text, words);
}

/* Escapes in double quotes can make characters that text_check() kept out. */
static void check_characters(struct reader *reader, const struct node *node,
                             size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)node->text[i];
    if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n') continue;
    complain(reader->complaints, &node->place,
             "control character in text: write '\\x%02X' in single quotes", c);
    return;
  }
}

static void take_scalar(struct reader *reader, struct fy_event *event) {
  struct fy_token *token = event->scalar.value;
  size_t length = 0;
  const char *text = token != NULL ? fy_token_get_text(token, &length) : "";
  struct node *node = new_node(reader, NODE_TEXT, event);
  if (node == NULL) return;
  node->text = arena_copy_bytes(reader->arena, text, text != NULL ? length : 0);
  if (node->text == NULL || text == NULL) {
    reader->stop = true;
    return;
  }
  enum fy_scalar_style style =
      token != NULL ? fy_scalar_token_get_style(token) : FYSS_PLAIN;
  node->quoted = style > FYSS_PLAIN;
  /* The mark of such a token is behind its opening quote. */
  if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) node->place.column--;
  const struct fy_mark *end = token != NULL ? fy_token_end_mark(token) : NULL;
  node->exact =
      !node->quoted && end != NULL && (unsigned)end->line + 1 == node->place.line;
  check_characters(reader, node, length);
  if (!node->quoted && is_null(node->text)) node->kind = NODE_NULL;
  if (!node->quoted && is_truth_value(node->text)) {
    complain(reader->complaints, &node->place,
             "'%s' is a truth value to readers of YAML 1.1: put it in quotes",
             node->text);
    node->quoted = true;
  }
  attach(reader, node);
}

/* Takes "*S" for the word that was probably meant, so that it is complained of once. */
static void take_alias(struct reader *reader, struct fy_event *event) {
  size_t length = 0;
  const char *name = fy_token_get_text(event->alias.anchor, &length);
  struct node *node = new_node(reader, NODE_TEXT, event);
  if (node == NULL) return;
  char *text = arena_take(reader->arena, length + 2);
  if (text == NULL || name == NULL) {
    reader->stop = true;
    return;
  }
  text[0] = '*';
  memcpy(text + 1, name, length);
  node->text = text;
  node->quoted = true;
  node->place.column--; /* the mark is behind the '*' */
  complain(reader->complaints, &node->place,
           "'%.80s' is an alias in YAML, which is not allowed here: put a word that "
           "begins with '*' in quotes",
           node->text);
  attach(reader, node);
}

/* ---- lists and mappings ------------------------------------------------------ */

static void enter(struct reader *reader, enum node_kind kind, struct fy_event *event) {
  struct node *node = new_node(reader, kind, event);
  if (node == NULL) return;
  bool flow = fy_event_get_node_style(event) == FYNS_FLOW;
  if (reader->depth == 0 && (kind != NODE_MAP || flow)) {
    complain(reader->complaints, &node->place,
             "a file is a mapping and begins with its first key");
    reader->stop = true;
    return;
  }
  if (reader->depth == DEPTH_MAX) {
    complain(reader->complaints, &node->place, "nested more than %u deep", DEPTH_MAX);
    reader->stop = true;
    return;
  }
  attach(reader, node);
  reader->frames[reader->depth++] = (struct frame){.node = node};
}

static void refuse_properties(struct reader *reader, struct fy_event *event) {
  struct fy_token *anchor = fy_event_get_anchor_token(event);
  struct fy_token *tag = fy_event_get_tag_token(event);
  if (anchor != NULL && event->type != FYET_ALIAS) {
    struct place place = place_of(reader, fy_token_start_mark(anchor));
    place.column--; /* the mark is behind the '&' */
    complain(reader->complaints, &place,
             "'&' makes an anchor in YAML, which is not allowed here: put a word that "
             "begins with '&' in quotes");
  }
  if (tag != NULL) {
    struct place place = place_of(reader, fy_token_start_mark(tag));
    complain(reader->complaints, &place,
             "'!' makes a tag in YAML, which is not allowed here: put a word that "
             "begins with '!' in quotes");
  }
}

static void start_document(struct reader *reader, struct fy_event *event) {
  if (reader->documents++ == 0) return;
  struct place place = place_of(reader, fy_event_start_mark(event));
  complain(reader->complaints, &place, "a second document: a file holds one");
  reader->stop = true;
  reader->whole = true; /* the first one was read to its end */
}

static void take_event(struct reader *reader, struct fy_event *event) {
  switch (event->type) {
  case FYET_DOCUMENT_START: start_document(reader, event); return;
  case FYET_STREAM_END: reader->whole = true; return;
  case FYET_MAPPING_END:
  case FYET_SEQUENCE_END:
    if (reader->depth > 0) reader->depth--;
    return;
  default: break;
  }
  if (event->type < FYET_MAPPING_START) return;
  refuse_properties(reader, event);
  switch (event->type) {
  case FYET_SCALAR: take_scalar(reader, event); break;
  case FYET_ALIAS: take_alias(reader, event); break;
  case FYET_MAPPING_START: enter(reader, NODE_MAP, event); break;
  case FYET_SEQUENCE_START: enter(reader, NODE_LIST, event); break;
  default: break;
  }
}

/* ---- the parser -------------------------------------------------------------- */

/* A hint where the faulty line holds an alias, the likeliest reason in files that are
 * full of names such as *S. */
static const char *hint(const char *bytes, size_t length, int line) {
  const char *end = bytes + length;
  for (; line > 1 && bytes < end; line--) {
    const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
    if (newline == NULL) return "";
    bytes = newline + 1;
  }
  for (char before = ' '; bytes < end && *bytes != '\n'; before = *bytes++) {
    if (*bytes == '*' && strchr(" {[,", before) != NULL)
      return "; a word that begins with '*' needs quotes";
  }
  return "";
}

static void complain_syntax(struct reader *reader, struct fy_diag *diag,
                            const char *bytes, size_t length) {
  void *walk = NULL;
  struct fy_diag_error *error = fy_diag_errors_iterate(diag, &walk);
  if (error == NULL) {
    struct place place = place_of(reader, NULL);
    complain(reader->complaints, &place, "not YAML from here on");
    return;
  }
  struct place place = {reader->file, (unsigned)error->line, (unsigned)error->column};
  complain(reader->complaints, &place, "not YAML: %s%s", error->msg,
           hint(bytes, length, error->line));
}

static void read_events(struct reader *reader, struct fy_parser *parser) {
  while (!reader->stop) {
    struct fy_event *event = fy_parser_parse(parser);
    if (event == NULL) return;
    take_event(reader, event);
    fy_parser_event_free(parser, event);
  }
}

/* Reads `length` bytes; `truncated`: the file goes on, but not as text. */
static void read_stream(struct reader *reader, const char *bytes, size_t length,
                        bool truncated) {
  struct fy_diag_cfg diag_config;
  fy_diag_cfg_default(&diag_config);
  diag_config.fp = NULL;
  struct fy_diag *diag = fy_diag_create(&diag_config);
  if (diag == NULL) return;
  fy_diag_set_collect_errors(diag, true);
  struct fy_parse_cfg config = {
      .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
               FYPCF_JSON_NONE | FYPCF_DISABLE_MMAP_OPT,
      .diag = diag,
  };
  struct fy_parser *parser = fy_parser_create(&config);
  if (parser != NULL && fy_parser_set_string(parser, bytes, length) == 0)
    read_events(reader, parser);
  if (!reader->whole && !reader->stop && !truncated)
    complain_syntax(reader, diag, bytes, length);
  if (parser != NULL) fy_parser_destroy(parser);
  fy_diag_destroy(diag);
}

/* What came last may go on behind the place where reading stopped. */
static void mark_cut(struct node *root) {
  for (struct node *node = root; node != NULL; node = node->last)
    node->cut = true;
}

const struct node *node_read(const char *file, const char *bytes, size_t length,
                             struct arena *arena, struct complaints *complaints) {
  struct reader reader = {.file = file, .arena = arena, .complaints = complaints};
  size_t good = text_check(file, bytes, length, complaints);
  bool truncated = good < length;
  read_stream(&reader, bytes, good, truncated);
  if (truncated || !reader.whole) mark_cut(reader.root);
  struct place top = {file, 1, 1};
  if (reader.root == NULL && reader.whole && !truncated)
    complain(complaints, &top, "the file is empty");
  if (reader.root != NULL && reader.root->kind != NODE_MAP) {
    complain(complaints, &reader.root->place, "a file is a mapping, not %s",
             node_kind_name(reader.root));
    return NULL;
  }
  return reader.root;
}
