/* select.c: finding cases, and what a selector that finds none may have meant. */
#include <fnmatch.h>
#include <string.h>

#include "case/complain.h"

#define COVERS "covers:"

const struct profile *suite_profile(const struct suite *suite, const char *name) {
  for (size_t i = 0; i < suite->profile_count; i++) {
    if (strcmp(suite->profiles[i].name, name) == 0) return &suite->profiles[i];
  }
  return NULL;
}

const struct test_case *suite_case(const struct suite *suite, const char *id) {
  for (size_t i = 0; i < suite->case_count; i++) {
    if (strcmp(suite->cases[i].id, id) == 0) return &suite->cases[i];
  }
  return NULL;
}

/* ---- selecting --------------------------------------------------------------- */

static bool has_tag(const struct test_case *test_case, const char *tag) {
  for (size_t i = 0; i < test_case->tag_count; i++) {
    if (strcmp(test_case->tags[i], tag) == 0) return true;
  }
  return false;
}

static bool covers(const struct test_case *test_case, const char *id) {
  for (size_t i = 0; i < test_case->cover_count; i++) {
    if (strcmp(test_case->covers[i]->id, id) == 0) return true;
  }
  return false;
}

/* Whole parts only: "xbee/at" selects "xbee/at/query" but not "xbee/attach". */
static bool begins(const char *id, const char *path) {
  size_t length = strlen(path);
  while (length > 0 && path[length - 1] == '/')
    length--;
  return length > 0 && strncmp(id, path, length) == 0 &&
         (id[length] == 0 || id[length] == '/');
}

static bool is_glob(const char *selector) {
  return strpbrk(selector, "*?[") != NULL;
}

bool case_selected(const struct test_case *test_case, const char *selector) {
  if (selector[0] == '@') return has_tag(test_case, selector + 1);
  if (strncmp(selector, COVERS, strlen(COVERS)) == 0)
    return covers(test_case, selector + strlen(COVERS));
  if (is_glob(selector)) return fnmatch(selector, test_case->id, 0) == 0;
  return begins(test_case->id, selector);
}

/* ---- suggesting -------------------------------------------------------------- */

/* Adds a word unless it is the newest one: ids come sorted, so paths repeat in a row.
 */
static void add_new(struct words *words, const char *word) {
  bool repeated = words->count > 0 && word != NULL &&
                  strcmp(words->list[words->count - 1], word) == 0;
  if (word != NULL && !repeated) words_add(words, word);
}

static void add_tags(const struct suite *suite, struct words *words) {
  for (size_t i = 0; i < suite->case_count; i++) {
    for (size_t j = 0; j < suite->cases[i].tag_count; j++)
      add_new(words, suite->cases[i].tags[j]);
  }
}

static void add_paths(const struct suite *suite, struct words *words, unsigned depth) {
  for (size_t i = 0; i < suite->case_count; i++) {
    const char *id = suite->cases[i].id;
    const char *end = id;
    for (unsigned part = 0; part < depth && *end != 0; part++)
      end += strcspn(end + (part > 0), "/") + (part > 0);
    add_new(words, arena_copy_bytes(words->arena, id, (size_t)(end - id)));
  }
}

static unsigned depth_of(const char *path) {
  unsigned depth = 1;
  for (; *path != 0; path++) {
    if (path[0] == '/' && path[1] != 0) depth++;
  }
  return depth;
}

/* `front` and the nearest word, in memory of the suite. */
static const char *nearest(const struct suite *suite, const char *front,
                           const char *word, const struct words *words) {
  const char *near = words->count > 0 ? wire_nearest(word, words->list) : NULL;
  if (near == NULL) return NULL;
  size_t length = strlen(front) + strlen(near) + 1;
  char *text = arena_take(suite->arena, length);
  if (text != NULL) snprintf(text, length, "%s%s", front, near);
  return text;
}

const char *suite_nearest(const struct suite *suite, const char *selector) {
  struct words words = {.arena = arena_new(64u << 20)};
  const char *found = NULL;
  if (words.arena == NULL || is_glob(selector)) {
    arena_free(words.arena);
    return NULL;
  }
  if (selector[0] == '@') {
    add_tags(suite, &words);
    found = nearest(suite, "@", selector + 1, &words);
  } else if (strncmp(selector, COVERS, strlen(COVERS)) == 0) {
    for (size_t i = 0; i < suite->requirement_count; i++)
      words_add(&words, suite->requirements[i].id);
    found = nearest(suite, COVERS, selector + strlen(COVERS), &words);
  } else {
    add_paths(suite, &words, depth_of(selector));
    found = nearest(suite, "", selector, &words);
  }
  arena_free(words.arena);
  return found;
}
