/* example.c: documented byte examples and their errata. */
#include <string.h>

#include "case/load.h"

static bool read_direction(struct loader *loader, const struct node *node,
                           enum wire_direction *direction) {
  struct words words = {.arena = loader->scratch};
  const char *text = read_text(loader, node, "'direction'");
  if (text == NULL) return false;
  *direction = strcmp(text, "in") == 0 ? WIRE_IN : WIRE_OUT;
  if (*direction == WIRE_IN || strcmp(text, "out") == 0) return true;
  words_add(&words, "out");
  words_add(&words, "in");
  complain_unknown(loader->complaints, &node->place, "direction", text, &words);
  return false;
}

static bool read_example_bytes(struct loader *loader, const struct node *node,
                               const char *what, const uint8_t **bytes,
                               size_t *length) {
  struct octets octets;
  if (!read_hex(loader, node, what, &octets)) return false;
  if (octets.length == 0)
    complain(loader->complaints, &node->place, "%s is empty", what);
  *bytes = octets.bytes;
  *length = octets.length;
  return octets.length > 0;
}

static void read_refused(struct loader *loader, const struct node *node,
                         struct example *example) {
  struct words words = {.arena = loader->scratch};
  example->refused = read_text(loader, node, "'refused'");
  if (example->refused == NULL) return;
  for (int i = WIRE_OK + 1; strcmp(wire_status_name((enum wire_status)i), "?") != 0;
       i++) {
    const char *name = wire_status_name((enum wire_status)i);
    words_add(&words, name);
    if (strcmp(name, example->refused) == 0) return;
  }
  complain_unknown(loader->complaints, &node->place, "error", example->refused, &words);
}

static void read_marked(struct loader *loader, const struct node *node,
                        struct example *example) {
  const struct wire_type *type = example->message.type;
  example->marked = read_text(loader, node, "'marked'");
  if (example->marked == NULL || type == NULL) return;
  if (wire_field_of(type->fields, example->marked) != NULL) return;
  struct words words = {.arena = loader->scratch};
  for (const struct wire_field *f = type->fields; f->kind != WIRE_END; f++) {
    if (f->kind != WIRE_SWITCH) words_add(&words, f->name);
  }
  complain_unknown(loader->complaints, &node->place, "field", example->marked, &words);
}

static void read_claim(struct scope *scope, const struct node *node,
                       bool direction_known, struct example *example) {
  if (node == NULL) return;
  if (!read_message(scope, node, USE_EXAMPLE, &example->message)) return;
  const struct wire_type *type = example->message.type;
  if (!direction_known || type->direction == WIRE_ANY_WAY ||
      type->direction == example->direction)
    return;
  complain(scope->loader->complaints, &node->place, "%s goes %s the device", type->name,
           type->direction == WIRE_OUT ? "out, to" : "in, from");
}

/* What an example must say depends on what else it says. */
static void check_example(struct loader *loader, const struct node *node) {
  const struct node *message = node_get(node, "message");
  const struct node *refused = node_get(node, "refused");
  const struct node *marked = node_get(node, "marked");
  if (message == NULL && refused == NULL && !node->cut)
    complain(loader->complaints, &node->place,
             "an example needs 'message', or 'refused' if its bytes are wrong");
  if (marked != NULL && message == NULL)
    complain(loader->complaints, &marked->key->place, "'marked' needs 'message'");
}

bool read_example(struct scope *scope, const struct node *node,
                  struct test_case *test_case) {
  static const struct key keys[] = {
      {"direction", true}, {"bytes", true},   {"framing", false}, {"message", false},
      {"refused", false},  {"marked", false}, {"right", false},   {NULL, false}};
  struct loader *loader = scope->loader;
  struct settings settings;
  if (!read_mapping(loader, node, "an example", keys)) return false;
  struct example *example = arena_take(loader->keep, sizeof *example);
  if (example == NULL) return false;
  test_case->example = example;
  bool known = read_direction(loader, node_get(node, "direction"), &example->direction);
  read_example_bytes(loader, node_get(node, "bytes"), "'bytes'", &example->bytes,
                     &example->length);
  read_example_bytes(loader, node_get(node, "right"), "'right'", &example->right,
                     &example->right_length);
  if (read_framing(loader, node_get(node, "framing"), example->direction, &settings)) {
    example->settings = settings.list;
    example->setting_count = settings.count;
  }
  read_claim(scope, node_get(node, "message"), known, example);
  read_refused(loader, node_get(node, "refused"), example);
  read_marked(loader, node_get(node, "marked"), example);
  check_example(loader, node);
  return true;
}

void read_erratum(struct loader *loader, const struct node *node,
                  struct test_case *test_case) {
  static const struct key keys[] = {{"text", true}, {"proof", true}, {NULL, false}};
  if (!read_mapping(loader, node, "an erratum", keys)) return;
  struct erratum *erratum = arena_take(loader->keep, sizeof *erratum);
  if (erratum == NULL) return;
  erratum->text = read_text(loader, node_get(node, "text"), "'text'");
  erratum->proof = read_text(loader, node_get(node, "proof"), "'proof'");
  test_case->erratum = erratum;
}
