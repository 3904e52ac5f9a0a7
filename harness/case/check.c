/* check.c: what spans several files. */
#include <stdlib.h>
#include <string.h>

#include "case/load.h"

static int compare_cases(const void *left, const void *right) {
  const struct test_case *a = *(const struct test_case *const *)left;
  const struct test_case *b = *(const struct test_case *const *)right;
  int order = strcmp(a->id, b->id);
  return order != 0 ? order : (a > b) - (a < b); /* as they were read */
}

static void check_ids(struct loader *loader, const struct test_case **sorted) {
  for (size_t i = 1; i < loader->case_count; i++) {
    const struct test_case *first = sorted[i - 1];
    const struct test_case *second = sorted[i];
    if (strcmp(first->id, second->id) != 0) continue;
    complain(loader->complaints, &second->place,
             "case '%s' exists already, on line %u of %s", second->id,
             first->place.line, first->place.file);
  }
}

static const struct test_case *find_case(const struct loader *loader,
                                         const struct test_case **sorted,
                                         const char *id) {
  struct test_case wanted = {.id = id};
  size_t low = 0;
  size_t high = loader->case_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(wanted.id, sorted[middle]->id);
    if (order == 0) return sorted[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

static void check_sanity(struct loader *loader, const struct profile *profile,
                         const struct sanity *sanity, const struct test_case **sorted) {
  if (sanity->id == NULL || profile->family == NULL) return;
  const struct test_case *found = find_case(loader, sorted, sanity->id);
  if (found != NULL && found->family == profile->family) return;
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < loader->case_count; i++) {
    if (loader->cases[i].family == profile->family)
      words_add(&words, loader->cases[i].id);
  }
  complain_unknown(loader->complaints, &sanity->place, "case", sanity->id, &words);
}

static void check_profiles(struct loader *loader, const struct test_case **sorted) {
  for (size_t i = 0; i < loader->profile_count; i++)
    check_sanity(loader, &loader->profiles[i], &loader->sanity[i], sorted);
}

void loader_cross_check(struct loader *loader) {
  if (!loader_begin_file(loader)) return;
  const struct test_case **sorted =
      arena_array(loader->scratch, loader->case_count, sizeof(struct test_case *));
  if (sorted != NULL) {
    for (size_t i = 0; i < loader->case_count; i++)
      sorted[i] = &loader->cases[i];
    qsort(sorted, loader->case_count, sizeof(struct test_case *), compare_cases);
    check_ids(loader, sorted);
    check_profiles(loader, sorted);
  }
  loader_end_file(loader);
}
