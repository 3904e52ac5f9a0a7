/* requirements.c: requirements.yaml. */
#include <stdlib.h>
#include <string.h>

#include "case/load.h"

static const char *const levels[] = {
    [LEVEL_MUST] = "must",
    [LEVEL_SHOULD] = "should",
    [LEVEL_MAY] = "may",
    [LEVEL_PROBE] = "probe",
};
enum { LEVELS = sizeof levels / sizeof *levels };

const char *level_name(enum level level) {
  return (size_t)level < LEVELS ? levels[level] : "?";
}

static void read_level(struct loader *loader, const struct node *node,
                       enum level *level) {
  const char *text = read_text(loader, node, "'level'");
  struct words words = {.arena = loader->scratch};
  if (text == NULL) return;
  for (size_t i = 0; i < LEVELS; i++) {
    words_add(&words, levels[i]);
    if (strcmp(levels[i], text) != 0) continue;
    *level = (enum level)i;
    return;
  }
  complain_unknown(loader->complaints, &node->place, "level", text, &words);
}

static const char *read_requirement_id(struct loader *loader, const struct node *node) {
  const char *id = read_text(loader, node, "'id'");
  if (id == NULL) return NULL;
  size_t good = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
  if (id[good] == 0 && id[0] != '-') return id;
  complain(loader->complaints, &node->place,
           "the id of a requirement is made of A-Z, 0-9 and '-', not '%.80s'", id);
  return NULL;
}

static void read_requirement(struct loader *loader, const struct node *node) {
  static const struct key keys[] = {
      {"id", true}, {"level", true}, {"text", true}, {"source", false}, {NULL, false}};
  struct requirement requirement = {.family = loader->family};
  if (!read_mapping(loader, node, "a requirement", keys)) return;
  const struct node *id = node_get(node, "id");
  const struct node *source = node_get(node, "source");
  requirement.place = id != NULL ? id->place : node->place;
  requirement.id = read_requirement_id(loader, id);
  read_level(loader, node_get(node, "level"), &requirement.level);
  requirement.text = read_text(loader, node_get(node, "text"), "'text'");
  requirement.source = read_text(loader, source, "'source'");
  if (source == NULL && requirement.level != LEVEL_PROBE)
    complain_missing(loader, node, "a requirement", "source", keys);
  if (requirement.id == NULL) return;
  struct requirement *list = arena_grow(loader->keep, loader->requirements,
                                        loader->requirement_count, sizeof *list);
  if (list == NULL) return;
  loader->requirements = list;
  list[loader->requirement_count++] = requirement;
}

void read_requirements(struct loader *loader, const struct node *root) {
  static const struct key keys[] = {
      {"family", true}, {"requirements", true}, {NULL, false}};
  if (!read_mapping(loader, root, "a file of requirements", keys)) return;
  const struct node *list = node_get(root, "requirements");
  if (!read_list(loader, list, "'requirements'")) return;
  for (const struct node *item = list->first; item != NULL; item = item->next) {
    if (complaints_full(loader->complaints)) return;
    read_requirement(loader, item);
  }
}

/* ---- by id ------------------------------------------------------------------- */

static int compare_ids(const void *left, const void *right) {
  const struct requirement *a = *(const struct requirement *const *)left;
  const struct requirement *b = *(const struct requirement *const *)right;
  int order = strcmp(a->id, b->id);
  return order != 0 ? order : (a > b) - (a < b); /* as they were read */
}

void sort_requirements(struct loader *loader) {
  size_t count = loader->requirement_count;
  loader->by_id = arena_array(loader->keep, count, sizeof(struct requirement *));
  if (loader->by_id == NULL) return;
  for (size_t i = 0; i < count; i++)
    loader->by_id[i] = &loader->requirements[i];
  qsort(loader->by_id, count, sizeof(struct requirement *), compare_ids);
  for (size_t i = 1; i < count; i++) {
    const struct requirement *first = loader->by_id[i - 1];
    const struct requirement *second = loader->by_id[i];
    if (strcmp(first->id, second->id) != 0) continue;
    complain(loader->complaints, &second->place,
             "requirement '%s' exists already, on line %u of %s", second->id,
             first->place.line, first->place.file);
  }
}

const struct requirement *find_requirement(const struct loader *loader,
                                           const char *id) {
  struct requirement key = {.id = id};
  size_t low = 0;
  size_t high = loader->by_id != NULL ? loader->requirement_count : 0;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(key.id, loader->by_id[middle]->id);
    if (order == 0) return loader->by_id[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}
