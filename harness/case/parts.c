/* parts.c: what stands beside the action of a step, and the arguments of verbs. */
#include <string.h>

#include "case/load.h"

#define REPEAT_MAX 1000000u
#define OCTETS_MAX (256u << 10) /* of one step */

bool read_some_time(struct loader *loader, const struct node *node, const char *what,
                    uint64_t *time) {
  if (!read_duration(loader, node, what, time)) return false;
  if (*time > 0) return true;
  complain(loader->complaints, &node->place, "%s must be longer than 0", what);
  return false;
}

/* ---- endpoint, within -------------------------------------------------------- */

static void read_endpoint(struct scope *scope, const struct node *node,
                          struct step *step) {
  struct loader *loader = scope->loader;
  const struct test_case *test_case = scope->test_case;
  const char *name = read_word(loader, node, "'endpoint'");
  if (name == NULL) return;
  step->endpoint = name;
  struct words words = {.arena = loader->scratch};
  words_add(&words, "iut");
  for (size_t i = 0; i < test_case->endpoint_count; i++)
    words_add(&words, test_case->endpoints[i]);
  for (size_t i = 0; i < words.count; i++) {
    if (strcmp(words.list[i], name) == 0) return;
  }
  if (words.count > 1)
    complain_unknown(loader->complaints, &node->place, "endpoint", name, &words);
  else
    complain(loader->complaints, &node->place,
             "endpoint '%s' must be listed under needs: {endpoints: [...]}", name);
}

static void read_within(struct scope *scope, const struct node *node,
                        struct step *step) {
  if (node == NULL) return;
  if (step->within != 0 && step->kind == STEP_SENTINEL)
    complain(scope->loader->complaints, &node->key->place,
             "the sentinel has a time already");
  if (step->kind == STEP_SILENCE || step->kind == STEP_WAIT) return;
  read_some_time(scope->loader, node, "'within'", &step->within);
}

/* ---- parts of send ----------------------------------------------------------- */

static void read_as(struct scope *scope, const struct node *node, struct step *step) {
  struct loader *loader = scope->loader;
  struct settings settings;
  if (!read_settings(loader, node, "'as'", &settings)) return;
  step->as = settings.list;
  step->as_count = settings.count;
  if (step->message_count == 0 || loader->family == NULL) return;
  if (step->messages[0].type == NULL)
    complain(loader->complaints, &node->key->place,
             "'as' has no meaning for raw octets, which are sent as they are");
  else
    try_settings(scope, &step->messages[0], &settings);
}

static void read_around(struct scope *scope, const struct node *node, const char *what,
                        const uint8_t **bytes, size_t *length) {
  struct octets octets;
  if (!read_raw(scope->loader, node, what, &octets)) return;
  *bytes = octets.bytes;
  *length = octets.length;
}

static void read_send_parts(struct scope *scope, const struct node *node,
                            struct step *step) {
  struct loader *loader = scope->loader;
  const struct node *pause = node_get(node, "pause");
  const struct node *cut = node_get(node, "cut");
  const struct node *pieces = node_get(node, "pieces");
  read_as(scope, node_get(node, "as"), step);
  read_around(scope, node_get(node, "before"), "'before'", &step->before,
              &step->before_length);
  read_around(scope, node_get(node, "after"), "'after'", &step->after,
              &step->after_length);
  read_amount(scope, cut, "'cut'", OCTETS_MAX, &step->cut);
  read_amount(scope, pieces, "'pieces'", OCTETS_MAX, &step->pieces);
  read_some_time(loader, pause, "'pause'", &step->pause);
  if (pause != NULL && cut == NULL && pieces == NULL)
    complain(loader->complaints, &pause->key->place,
             "'pause' needs 'cut' or 'pieces', which say where");
}

void read_parts(struct scope *scope, const struct node *node, struct step *step) {
  const struct node *endpoint = node_get(node, "endpoint");
  if (endpoint != NULL) read_endpoint(scope, endpoint, step);
  read_within(scope, node_get(node, "within"), step);
  read_amount(scope, node_get(node, "repeat"), "'repeat'", REPEAT_MAX, &step->repeat);
  if (step->kind == STEP_SEND) read_send_parts(scope, node, step);
}

/* ---- verbs ------------------------------------------------------------------- */

static bool plan(const struct protocol_verb *verb, const char *name, const char *value,
                 struct wire_error *error) {
  uint8_t room[512]; /* as much as the runner has */
  struct wire_scratch scratch = {room, sizeof room, 0};
  struct protocol_exchange exchange = {0};
  *error = (struct wire_error){0};
  return verb->plan(name, value, 1, &scratch, &exchange, error);
}

bool check_argument(struct loader *loader, const struct protocol_verb *verb,
                    const struct node *name, const struct node *value) {
  struct wire_error error;
  bool reads = value == NULL;
  /* Planned without value first: so an unknown name is told from an unfit value. What
   * can only be written fails here too, but with another status. */
  if (!plan(verb, name->text, NULL, &error) &&
      (reads || error.status == WIRE_UNKNOWN_NAME)) {
    complain(loader->complaints, &name->place, "%s", error.text);
    return false;
  }
  if (reads || value->text[0] == '$' || plan(verb, name->text, value->text, &error))
    return true;
  complain_inside(loader, value, error.offset, error.text);
  return false;
}

static void read_argument(struct scope *scope, const struct node *entry,
                          struct step *step, struct verb_argument *argument) {
  struct loader *loader = scope->loader;
  argument->name = arena_copy(loader->keep, entry->key->text);
  argument->place = entry->key->place;
  if (entry->kind != NODE_TEXT && entry->kind != NODE_NULL) {
    complain_kind(loader, entry, "a single value, or ~ to read,", entry->key->text);
    return;
  }
  bool reads = entry->kind == NODE_NULL;
  if (!reads) argument->value = arena_copy(loader->keep, entry->text);
  if (!reads && entry->text[0] == '$') read_name(scope, &entry->place, entry->text);
  check_argument(loader, step->verb, entry->key, reads ? NULL : entry);
}

void read_arguments(struct scope *scope, const struct node *node, struct step *step) {
  struct loader *loader = scope->loader;
  if (node->kind != NODE_MAP || node->count == 0) {
    complain(loader->complaints, &node->place,
             "expected what to set or read, such as {%s: {NAME: value}}, found %s",
             step->verb->name,
             node->kind == NODE_MAP ? "nothing" : node_kind_name(node));
    return;
  }
  struct verb_argument *list = arena_array(loader->keep, node->count, sizeof *list);
  if (list == NULL) return;
  step->arguments = list;
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next)
    read_argument(scope, entry, step, &list[step->argument_count++]);
}
