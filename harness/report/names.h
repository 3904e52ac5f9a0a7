/* names.h: a set of names, numbered from 0 in the order of their coming. */
#ifndef REPORT_NAMES_H
#define REPORT_NAMES_H

#include <stddef.h>

#define NAMES_NONE ((size_t)-1)

/* Starts as {0}. */
struct names {
  const char **list; /* `count` names */
  size_t count;
  size_t capacity;
  void *tree; /* by name: a journal with very many names stays fast */
};

/* The number of the name `text`, which is added if it is new; NAMES_NONE without
 * memory. */
size_t names_add(struct names *names, const char *text);

void names_free(struct names *names);

/* Room for element `index` of a growing array of `size`-byte elements; new elements are
 * zero. NULL without memory: the old array is then still there. */
void *array_reach(void *array, size_t *capacity, size_t index, size_t size);

#endif
