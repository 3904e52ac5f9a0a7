/* expected.c: lists of failures that are known. */
#include "case/expected.h"

#include <string.h>

#include "case/load.h"

/* A day as "YYYY-MM-DD", so that days compare as text. */
static bool is_day(const char *text) {
  static const char form[] = "dddd-dd-dd";
  for (size_t i = 0; i < sizeof form; i++) {
    bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  return true;
}

static void read_until(struct loader *loader, const struct node *node,
                       const char *today, struct expected *entry) {
  entry->until = read_text(loader, node, "'until'");
  if (entry->until == NULL) return;
  if (!is_day(entry->until)) {
    complain(loader->complaints, &node->place,
             "'until' must be a day as YYYY-MM-DD, not '%.40s'", entry->until);
  } else if (strcmp(today, entry->until) >= 0) {
    complain(loader->complaints, &node->place,
             "the entry was good until %s: mend the case or renew the entry",
             entry->until);
  }
}

static void read_expected_case(struct loader *loader, const struct suite *suite,
                               const struct node *node, struct expected *entry) {
  const char *id = read_text(loader, node, "'case'");
  if (id == NULL) return;
  entry->test_case = suite_case(suite, id);
  if (entry->test_case != NULL) return;
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < suite->case_count; i++)
    words_add(&words, suite->cases[i].id);
  complain_unknown(loader->complaints, &node->place, "case", id, &words);
}

static void read_entry(struct loader *loader, const struct suite *suite,
                       const struct node *node, const char *today,
                       struct expected *entry) {
  static const struct key keys[] = {{"case", true},
                                    {"message", true},
                                    {"reason", true},
                                    {"until", false},
                                    {NULL, false}};
  entry->place = node->place;
  if (!read_mapping(loader, node, "an expected failure", keys)) return;
  read_expected_case(loader, suite, node_get(node, "case"), entry);
  entry->message = read_text(loader, node_get(node, "message"), "'message'");
  entry->reason = read_text(loader, node_get(node, "reason"), "'reason'");
  read_until(loader, node_get(node, "until"), today, entry);
}

static void refuse_second(struct loader *loader, const struct expected *entries,
                          size_t count) {
  const struct expected *newest = &entries[count - 1];
  for (size_t i = 0; newest->test_case != NULL && i + 1 < count; i++) {
    if (entries[i].test_case == newest->test_case)
      complain(loader->complaints, &newest->place, "a second entry for '%s'",
               newest->test_case->id);
  }
}

static void read_expected(struct loader *loader, const struct suite *suite,
                          const struct node *root, const char *today,
                          struct expected_list *list) {
  static const struct key keys[] = {{"expected", true}, {NULL, false}};
  if (!read_mapping(loader, root, "a list of expected failures", keys)) return;
  const struct node *node = node_get(root, "expected");
  if (node == NULL || !read_list(loader, node, "'expected'")) return;
  struct expected *entries = arena_array(loader->keep, node->count, sizeof *entries);
  if (entries == NULL) return;
  for (const struct node *one = node->first; one != NULL; one = one->next) {
    read_entry(loader, suite, one, today, &entries[list->count++]);
    refuse_second(loader, entries, list->count);
  }
  list->entries = entries;
}

/* What expected_load() fills. */
struct reading {
  const struct suite *suite;
  const char *today;
  struct expected_list *list;
};

static void read_root(struct loader *loader, const struct node *root, void *context) {
  const struct reading *reading = context;
  read_expected(loader, reading->suite, root, reading->today, reading->list);
}

const struct expected_list *expected_load(struct suite *suite, const char *path,
                                          const char *today, FILE *complaints) {
  struct expected_list *list = arena_take(suite->arena, sizeof *list);
  struct reading reading = {suite, today, list};
  if (list == NULL) {
    fprintf(complaints, "out of memory\n");
    return NULL;
  }
  return load_beside(suite, path, read_root, &reading, complaints) ? list : NULL;
}
