/* cases.c: FAMILY/TOPIC.yaml. */
#include <string.h>

#include "case/load.h"

/* ---- id and requirements ----------------------------------------------------- */

static const char *read_case_id(struct loader *loader, const struct node *node) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-.";
  const char *id = read_text(loader, node, "'id'");
  if (id == NULL || loader->family == NULL) return id;
  size_t family = strlen(loader->family->name);
  bool good = strncmp(id, loader->family->name, family) == 0 && id[family] == '/';
  for (const char *part = id + (good ? family : 0); good && *part == '/';) {
    size_t length = strspn(++part, letters);
    part += length;
    good = length > 0 && (*part == 0 || *part == '/');
  }
  if (good) return id;
  complain(loader->complaints, &node->place,
           "the id of a case is %s/TOPIC/NAME, in a-z, 0-9, '-', '_' and '.', not "
           "'%.80s'",
           loader->family->name, id);
  return NULL;
}

static void complain_requirement(struct loader *loader, const struct node *node,
                                 const char *id) {
  struct words *words = &loader->ids; /* made once: there may be many of both */
  size_t count = words->arena == NULL ? loader->requirement_count : 0;
  words->arena = loader->scratch;
  for (size_t i = 0; i < count; i++) {
    const struct requirement *known = &loader->requirements[i];
    if (known->family == loader->family) words_add(words, known->id);
  }
  complain_unknown(loader->complaints, &node->place, "requirement", id, words);
}

static void read_covers(struct loader *loader, const struct node *node,
                        struct test_case *test_case) {
  struct text_list ids;
  if (!read_texts(loader, node, "'covers'", false, &ids)) return;
  if (ids.count == 0 && !node->cut)
    complain(loader->complaints, &node->place,
             "a case covers at least one requirement");
  test_case->covers =
      arena_array(loader->keep, ids.count, sizeof(struct requirement *));
  if (test_case->covers == NULL) return;
  test_case->level = LEVEL_PROBE;
  for (size_t i = 0; i < ids.count; i++) {
    const struct requirement *found = find_requirement(loader, ids.list[i]);
    if (loader->family == NULL) {
      continue; /* complained of at the top of the file */
    } else if (found == NULL) {
      complain_requirement(loader, ids.nodes[i], ids.list[i]);
    } else if (found->family != loader->family) {
      complain(loader->complaints, &ids.nodes[i]->place,
               "requirement '%s' is of family '%s'", found->id,
               found->family != NULL ? found->family->name : "?");
    } else {
      if (found->level < test_case->level) test_case->level = found->level;
      test_case->covers[test_case->cover_count++] = found;
    }
  }
}

/* ---- needs ------------------------------------------------------------------- */

/* "iut" is always there and not kept. */
static void read_endpoints(struct loader *loader, const struct node *node,
                           struct test_case *test_case) {
  struct text_list names;
  if (!read_words(loader, node, "'endpoints'", false, &names)) return;
  test_case->endpoints = names.list;
  for (size_t i = 0; i < names.count; i++) {
    if (strcmp(names.list[i], "ixit") == 0)
      complain(loader->complaints, &names.nodes[i]->place,
               "an endpoint cannot be called ixit");
    if (strcmp(names.list[i], "iut") != 0)
      test_case->endpoints[test_case->endpoint_count++] = names.list[i];
  }
}

static void check_capability(struct loader *loader, const struct node *node,
                             const char *name) {
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < loader->profile_count; i++) {
    const struct profile *profile = &loader->profiles[i];
    if (profile->family != loader->family) continue;
    for (size_t j = 0; j < profile->capability_count; j++) {
      if (strcmp(profile->capabilities[j], name) == 0) return;
      words_add(&words, profile->capabilities[j]);
    }
  }
  if (words.count == 0)
    complain(loader->complaints, &node->place,
             "no profile of the family claims the capability '%.80s'", name);
  else
    complain_unknown(loader->complaints, &node->place, "capability", name, &words);
}

static void read_needs(struct loader *loader, const struct node *node,
                       struct test_case *test_case) {
  static const struct key keys[] = {
      {"endpoints", false}, {"capability", false}, {"ixit", false}, {NULL, false}};
  struct text_list names;
  if (!read_mapping(loader, node, "'needs'", keys)) return;
  read_endpoints(loader, node_get(node, "endpoints"), test_case);
  if (read_words(loader, node_get(node, "capability"), "'capability'", true, &names)) {
    test_case->capabilities = names.list;
    test_case->capability_count = names.count;
    for (size_t i = 0; i < names.count && loader->family != NULL; i++)
      check_capability(loader, names.nodes[i], names.list[i]);
  }
  if (read_words(loader, node_get(node, "ixit"), "'ixit'", false, &names)) {
    test_case->ixit = names.list;
    test_case->ixit_count = names.count;
  }
}

/* ---- each -------------------------------------------------------------------- */

static void read_each(struct loader *loader, const struct node *node,
                      struct test_case *test_case) {
  size_t runs = 1;
  if (node == NULL) return;
  if (node->kind != NODE_MAP) {
    complain_kind(loader, node, "a mapping", "'each'");
    return;
  }
  if (node->count > CASE_PARAMETERS)
    complain(loader->complaints, &node->place, "more than %d parameters",
             CASE_PARAMETERS);
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
    struct parameter *parameter = &test_case->each[test_case->each_count];
    const char *name = read_word(loader, entry->key, "'each'");
    if (name == NULL || test_case->each_count == CASE_PARAMETERS) continue;
    if (strcmp(name, "id") == 0 || strlen(name) > NAME_MAX_BYTES)
      complain(loader->complaints, &entry->key->place,
               "a parameter cannot be called '%.80s'", name);
    parameter->name = name;
    test_case->each_count++;
    /* What cannot be read still counts as a parameter, or its uses would be called
     * unknown. */
    if (read_parameter(loader, entry, name, parameter)) runs *= parameter->count;
  }
  if (runs > VALUES_MAX)
    complain(loader->complaints, &node->place,
             "%zu combinations, more than " VALUES_TEXT, runs);
}

/* ---- all --------------------------------------------------------------------- */

static void check_proves(struct loader *loader, const struct node *node,
                         bool observes) {
  const struct node *steps = node_get(node, "steps");
  if (node->cut || node_get(node, "example") != NULL) return;
  if (steps == NULL)
    complain(loader->complaints, &node->place, "a case needs 'steps' or an 'example'");
  else if (!observes && steps->kind == NODE_LIST && steps->count > 0)
    complain(
        loader->complaints, &node->place,
        "nothing in this case needs an answer; silence alone proves nothing: add a "
        "sentinel");
}

static void check_erratum(struct loader *loader, const struct node *node) {
  const struct node *example = node_get(node, "example");
  const struct node *right =
      example != NULL && example->kind == NODE_MAP ? node_get(example, "right") : NULL;
  if (right != NULL && node_get(node, "erratum") == NULL && !node->cut)
    complain(loader->complaints, &right->key->place,
             "'right' corrects a document: the case needs an 'erratum'");
}

static void read_actions(struct loader *loader, const struct node *node,
                         struct test_case *test_case) {
  struct scope scope = {.loader = loader, .test_case = test_case, .alternative = 1};
  struct step_list steps = {.count = 0};
  struct step_list finally = {.count = 0};
  size_t before = complaints_count(loader->complaints);
  const struct node *example = node_get(node, "example");
  if (example != NULL) read_example(&scope, example, test_case);
  read_steps(&scope, node_get(node, "steps"), "'steps'", &steps);
  read_steps(&scope, node_get(node, "finally"), "'finally'", &finally);
  test_case->steps = steps.list;
  test_case->step_count = steps.count;
  test_case->finally = finally.list;
  test_case->finally_count = finally.count;
  check_proves(loader, node, steps.observes);
  check_erratum(loader, node);
  bool clean = complaints_count(loader->complaints) == before && !node->cut &&
               loader->family != NULL;
  scope_check_used(&scope, node, clean);
}

static void read_case(struct loader *loader, const struct node *node) {
  static const struct key keys[] = {
      {"id", true},       {"purpose", true}, {"covers", true},   {"source", false},
      {"needs", false},   {"tags", false},   {"each", false},    {"example", false},
      {"erratum", false}, {"steps", false},  {"finally", false}, {NULL, false}};
  struct test_case test_case = {.family = loader->family};
  struct text_list tags;
  if (!read_mapping(loader, node, "a case", keys)) return;
  const struct node *id = node_get(node, "id");
  test_case.place = id != NULL ? id->place : node->place;
  test_case.id = read_case_id(loader, id);
  test_case.purpose = read_text(loader, node_get(node, "purpose"), "'purpose'");
  test_case.source = read_text(loader, node_get(node, "source"), "'source'");
  read_covers(loader, node_get(node, "covers"), &test_case);
  read_needs(loader, node_get(node, "needs"), &test_case);
  if (read_words(loader, node_get(node, "tags"), "'tags'", false, &tags)) {
    test_case.tags = tags.list;
    test_case.tag_count = tags.count;
  }
  read_each(loader, node_get(node, "each"), &test_case);
  read_erratum(loader, node_get(node, "erratum"), &test_case);
  read_actions(loader, node, &test_case);
  if (test_case.id == NULL) return;
  struct test_case *list =
      arena_grow(loader->keep, loader->cases, loader->case_count, sizeof *list);
  if (list == NULL) return;
  loader->cases = list;
  list[loader->case_count++] = test_case;
}

void read_cases(struct loader *loader, const struct node *root) {
  static const struct key keys[] = {{"family", true}, {"cases", true}, {NULL, false}};
  if (!read_mapping(loader, root, "a file of cases", keys)) return;
  const struct node *list = node_get(root, "cases");
  if (!read_list(loader, list, "'cases'")) return;
  if (list->count == 0 && !list->cut)
    complain(loader->complaints, &list->place, "'cases' is empty");
  for (const struct node *item = list->first; item != NULL; item = item->next) {
    if (complaints_full(loader->complaints)) return;
    read_case(loader, item);
  }
}
