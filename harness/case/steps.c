/* steps.c: the steps of a case. */
#include <string.h>

#include "case/load.h"

static const struct {
  const char *name;
  enum step_kind kind;
} actions[] = {
    {"send", STEP_SEND},         {"expect", STEP_EXPECT}, {"silence", STEP_SILENCE},
    {"sentinel", STEP_SENTINEL}, {"wait", STEP_WAIT},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

/* What may stand beside which action. */
#define BIT(kind) (1u << (kind))
#define ANY_STEP  (~0u)
static const struct {
  const char *name;
  unsigned steps;
} parts[] = {
    {"endpoint", ANY_STEP & ~BIT(STEP_WAIT)},
    {"within", BIT(STEP_EXPECT) | BIT(STEP_SENTINEL) | BIT(STEP_VERB)},
    {"as", BIT(STEP_SEND)},
    {"before", BIT(STEP_SEND)},
    {"after", BIT(STEP_SEND)},
    {"cut", BIT(STEP_SEND)},
    {"pieces", BIT(STEP_SEND)},
    {"pause", BIT(STEP_SEND)},
    {"repeat", ANY_STEP},
};
enum { PARTS = sizeof parts / sizeof *parts };

const struct protocol_verb *find_verb(const struct protocol *family, const char *name) {
  const struct protocol_verb *verb = family != NULL ? family->verbs : NULL;
  for (; verb != NULL && verb->name != NULL; verb++) {
    if (strcmp(verb->name, name) == 0) return verb;
  }
  return NULL;
}

/* ---- which action ------------------------------------------------------------ */

static void action_words(const struct loader *loader, struct words *words) {
  for (size_t i = 0; i < ACTIONS; i++)
    words_add(words, actions[i].name);
  const struct protocol_verb *verb = loader->family ? loader->family->verbs : NULL;
  for (; verb != NULL && verb->name != NULL; verb++)
    words_add(words, verb->name);
}

static bool find_action(const struct loader *loader, const char *name,
                        struct step *step) {
  for (size_t i = 0; i < ACTIONS; i++) {
    if (strcmp(actions[i].name, name) != 0) continue;
    step->kind = actions[i].kind;
    return true;
  }
  const struct protocol_verb *verb = find_verb(loader->family, name);
  if (verb == NULL) return false;
  step->kind = STEP_VERB;
  step->verb = verb;
  return true;
}

static bool is_part(const char *name) {
  for (size_t i = 0; i < PARTS; i++) {
    if (strcmp(parts[i].name, name) == 0) return true;
  }
  return false;
}

static void complain_step_key(struct loader *loader, const struct node *key) {
  struct words words = {.arena = loader->scratch};
  action_words(loader, &words);
  for (size_t i = 0; i < PARTS; i++)
    words_add(&words, parts[i].name);
  complain_unknown(loader->complaints, &key->place, "key of a step", key->text, &words);
}

/* The entry that says what the step does, or NULL after a complaint. */
static const struct node *read_action(struct loader *loader, const struct node *node,
                                      struct step *step) {
  const struct node *action = NULL;
  bool unknown = false;
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
    struct step found = {.kind = STEP_SEND};
    if (is_part(entry->key->text)) continue;
    if (!find_action(loader, entry->key->text, &found)) {
      if (loader->family != NULL) complain_step_key(loader, entry->key);
      unknown = true;
    } else if (action != NULL) {
      complain(loader->complaints, &entry->key->place,
               "a step does one thing, this one has '%s' already", action->key->text);
    } else {
      action = entry;
      step->kind = found.kind;
      step->verb = found.verb;
    }
  }
  if (action == NULL && !unknown && !node->cut)
    complain(loader->complaints, &node->place,
             "a step needs an action: send, expect, silence, sentinel, wait or a verb");
  return action;
}

static void check_parts(struct loader *loader, const struct node *node,
                        const struct node *action, const struct step *step) {
  for (size_t i = 0; i < PARTS; i++) {
    const struct node *entry = node_get(node, parts[i].name);
    if (entry == NULL || (parts[i].steps & BIT(step->kind))) continue;
    complain(loader->complaints, &entry->key->place, "'%s' has no meaning beside '%s'",
             parts[i].name, action->key->text);
  }
}

/* ---- actions ----------------------------------------------------------------- */

static void read_send(struct scope *scope, const struct node *node, struct step *step) {
  struct message_pattern *message = arena_take(scope->loader->keep, sizeof *message);
  if (message == NULL) return;
  step->messages = message;
  if (read_message(scope, node, USE_SEND, message)) step->message_count = 1;
}

static void read_expect(struct scope *scope, const struct node *node,
                        struct step *step) {
  bool list = node->kind == NODE_LIST;
  size_t count = list ? node->count : 1;
  struct message_pattern *messages =
      arena_array(scope->loader->keep, count, sizeof *messages);
  if (messages == NULL) return;
  if (count == 0)
    complain(scope->loader->complaints, &node->place,
             "no message at all is accepted: silence says that nothing may come");
  step->messages = messages;
  scope_step_begin(scope);
  const struct node *item = list ? node->first : node;
  for (size_t i = 0; i < count; i++, item = item->next) {
    scope->alternative = (unsigned)i + 1;
    if (read_message(scope, item, USE_EXPECT, &messages[step->message_count]))
      step->message_count++;
  }
  scope_step_end(scope, (unsigned)count);
}

/* `sentinel: 1 s`, or nothing for the profile's time. */
static void read_sentinel(struct scope *scope, const struct node *node,
                          struct step *step) {
  struct loader *loader = scope->loader;
  bool plain = node->kind == NODE_NULL || (node->kind == NODE_MAP && node->count == 0);
  bool known = false;
  for (size_t i = 0; i < loader->profile_count; i++) {
    const struct profile *profile = &loader->profiles[i];
    if (profile->family == loader->family && profile->sentinel.type != NULL)
      known = true;
  }
  if (!known && loader->family != NULL)
    complain(loader->complaints, &node->key->place,
             "no profile of family '%s' says what a sentinel is", loader->family->name);
  if (!plain) read_some_time(loader, node, "'sentinel'", &step->within);
}

static void read_step_action(struct scope *scope, const struct node *action,
                             struct step *step) {
  struct loader *loader = scope->loader;
  switch (step->kind) {
  case STEP_SEND: read_send(scope, action, step); break;
  case STEP_EXPECT: read_expect(scope, action, step); break;
  case STEP_SENTINEL: read_sentinel(scope, action, step); break;
  case STEP_SILENCE: read_some_time(loader, action, "'silence'", &step->within); break;
  case STEP_WAIT: read_some_time(loader, action, "'wait'", &step->within); break;
  case STEP_VERB: read_arguments(scope, action, step); break;
  }
}

/* ---- all --------------------------------------------------------------------- */

static bool read_step(struct scope *scope, const struct node *node, struct step *step) {
  struct loader *loader = scope->loader;
  *step = (struct step){.endpoint = "iut", .place = node->place};
  if (node->kind != NODE_MAP) {
    complain_kind(loader, node, "a mapping", "a step");
    return false;
  }
  const struct node *action = read_action(loader, node, step);
  if (action == NULL) return false;
  check_parts(loader, node, action, step);
  read_step_action(scope, action, step);
  read_parts(scope, node, step);
  return true;
}

bool read_steps(struct scope *scope, const struct node *node, const char *what,
                struct step_list *steps) {
  struct loader *loader = scope->loader;
  if (!read_list(loader, node, what)) return false;
  if (node->count == 0 && !node->cut)
    complain(loader->complaints, &node->place, "%s is empty", what);
  struct step *list = arena_array(loader->keep, node->count, sizeof *list);
  if (list == NULL) return false;
  steps->list = list;
  for (const struct node *item = node->first; item != NULL; item = item->next) {
    if (complaints_full(loader->complaints)) return false;
    struct step *step = &list[steps->count];
    bool good = read_step(scope, item, step);
    if (good) steps->count++;
    bool asks = step->kind == STEP_EXPECT || step->kind == STEP_SENTINEL ||
                step->kind == STEP_VERB;
    /* What is not understood may well have been meant as one that observes. */
    if (asks || !good) steps->observes = true;
  }
  return true;
}
