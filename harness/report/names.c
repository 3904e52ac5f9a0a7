/* names.c: see names.h. */
#include "report/names.h"

#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct name {
  size_t index;
  char *text;
};

static int compare(const void *a, const void *b) {
  return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static void free_name(void *node) {
  struct name *name = node;
  free(name->text);
  free(name);
}

void *array_reach(void *array, size_t *capacity, size_t index, size_t size) {
  if (index < *capacity) return array;
  size_t wanted = *capacity ? *capacity * 2 : 16;
  while (wanted <= index)
    wanted *= 2;
  char *grown = reallocarray(array, wanted, size);
  if (grown == NULL) return NULL;
  memset(grown + *capacity * size, 0, (wanted - *capacity) * size);
  *capacity = wanted;
  return grown;
}

static struct name *new_name(const char *text, size_t index) {
  struct name *name = malloc(sizeof *name);
  char *copy = strdup(text);
  if (name == NULL || copy == NULL) {
    free(name);
    free(copy);
    return NULL;
  }
  *name = (struct name){index, copy};
  return name;
}

size_t names_add(struct names *names, const char *text) {
  struct name key = {0, (char *)(uintptr_t)text};
  struct name *const *found = tfind(&key, &names->tree, compare);
  if (found) return (*found)->index;

  const char **list =
      array_reach(names->list, &names->capacity, names->count, sizeof *list);
  if (list) names->list = list;
  struct name *name = list ? new_name(text, names->count) : NULL;
  if (name == NULL) return NAMES_NONE;
  if (tsearch(name, &names->tree, compare) == NULL) {
    free_name(name);
    return NAMES_NONE;
  }
  list[names->count] = name->text;
  return names->count++;
}

void names_free(struct names *names) {
  tdestroy(names->tree, free_name);
  free(names->list);
  *names = (struct names){0};
}
