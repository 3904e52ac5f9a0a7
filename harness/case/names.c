/* names.c: what "$name" may stand for at a place in a case.
 *
 * In this order: `id` (the number of the exchange); a parameter of `each`; with a dot,
 * a value of the bench (`ixit.NAME`), an endpoint's identity or address (`peer.SH`,
 * `peer.address`); else what an earlier message captured.
 */
#include <string.h>

#include "case/load.h"

bool is_name(const struct node *node) {
  return node->kind == NODE_TEXT && !node->quoted && node->text[0] == '$';
}

/* ---- parameters -------------------------------------------------------------- */

const struct parameter *scope_parameter(struct scope *scope, const struct place *place,
                                        const char *name, bool complaint) {
  const struct test_case *test_case = scope->test_case;
  size_t count = test_case != NULL ? test_case->each_count : 0;
  struct words words = {.arena = scope->loader->scratch};
  for (size_t i = 0; i < count; i++) {
    words_add(&words, test_case->each[i].name);
    if (strcmp(test_case->each[i].name, name) != 0) continue;
    scope->parameter_used[i] = true;
    return &test_case->each[i];
  }
  if (complaint)
    complain_unknown(scope->loader->complaints, place, "parameter", name, &words);
  return NULL;
}

/* ---- names with a dot -------------------------------------------------------- */

static bool is_among(const char *name, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(list[i], name) == 0) return true;
  }
  return false;
}

static bool good_ixit(struct scope *scope, const struct place *place,
                      const char *name) {
  const struct test_case *test_case = scope->test_case;
  struct words words = {.arena = scope->loader->scratch};
  if (is_among(name, test_case->ixit, test_case->ixit_count)) return true;
  for (size_t i = 0; i < test_case->ixit_count; i++)
    words_add(&words, test_case->ixit[i]);
  if (words.count == 0)
    complain(scope->loader->complaints, place,
             "'$ixit.%.80s' must be listed under needs: {ixit: [...]}", name);
  else
    complain_unknown(scope->loader->complaints, place, "ixit value", name, &words);
  return false;
}

static bool good_identity(struct scope *scope, const struct place *place,
                          const char *name) {
  struct loader *loader = scope->loader;
  struct words words = {.arena = loader->scratch};
  bool address = strcmp(name, "address") == 0;
  for (size_t i = 0; i < loader->profile_count; i++) {
    const struct profile *profile = &loader->profiles[i];
    if (profile->family != loader->family) continue;
    if (address && profile->address_count > 0) return true;
    if (is_among(name, profile->identity_names, profile->identity_count)) return true;
    for (size_t j = 0; j < profile->identity_count; j++)
      words_add(&words, profile->identity_names[j]);
    if (profile->address_count > 0) words_add(&words, "address");
  }
  complain_unknown(loader->complaints, place, "identity", name, &words);
  return false;
}

static bool good_dotted(struct scope *scope, const struct place *place,
                        const char *name, const char *dot) {
  struct loader *loader = scope->loader;
  const struct test_case *test_case = scope->test_case;
  const char *first = arena_copy_bytes(loader->scratch, name, (size_t)(dot - name));
  if (first == NULL) return false;
  if (strcmp(first, "ixit") == 0) return good_ixit(scope, place, dot + 1);
  if (strcmp(first, "iut") == 0 ||
      is_among(first, test_case->endpoints, test_case->endpoint_count))
    return good_identity(scope, place, dot + 1);
  struct words words = {.arena = loader->scratch};
  words_add(&words, "iut");
  words_add(&words, "ixit");
  for (size_t i = 0; i < test_case->endpoint_count; i++)
    words_add(&words, test_case->endpoints[i]);
  complain_unknown(loader->complaints, place, "endpoint", first, &words);
  return false;
}

/* ---- captures ---------------------------------------------------------------- */

static struct capture *find_capture(struct scope *scope, const char *name) {
  for (size_t i = 0; i < scope->capture_count; i++) {
    if (strcmp(scope->captures[i].name, name) == 0) return &scope->captures[i];
  }
  return NULL;
}

void scope_step_begin(struct scope *scope) {
  for (size_t i = 0; i < scope->capture_count; i++) {
    scope->captures[i].last = 0;
    scope->captures[i].count = 0;
  }
  scope->alternative = 1;
}

void scope_step_end(struct scope *scope, unsigned alternatives) {
  for (size_t i = 0; i < scope->capture_count; i++) {
    if (scope->captures[i].count == alternatives) scope->captures[i].sure = true;
  }
}

/* A name that an expected message gives: compared if it was captured before, in an
 * earlier step or earlier in this message, else captured. */
static bool capture(struct scope *scope, const struct place *place, const char *name) {
  struct capture *known = find_capture(scope, name);
  if (known == NULL && scope->capture_count == CAPTURES_MAX) {
    complain(scope->loader->complaints, place, "more than %d captured names",
             CAPTURES_MAX);
    return false;
  }
  if (known == NULL) {
    known = &scope->captures[scope->capture_count++];
    *known = (struct capture){.name = name, .place = *place};
  } else if (known->sure || known->last == scope->alternative) {
    known->used = true;
  }
  if (known->last != scope->alternative) known->count++;
  known->last = scope->alternative;
  return true;
}

static bool good_capture(struct scope *scope, const struct place *place,
                         const char *name) {
  struct complaints *complaints = scope->loader->complaints;
  struct capture *known = find_capture(scope, name);
  if (known != NULL && known->sure) {
    known->used = true;
    return true;
  }
  if (known != NULL) {
    known->used = true;
    complain(complaints, place,
             "'$%.80s' is captured only by some of the alternatives on line %u", name,
             known->place.line);
    return false;
  }
  struct words words = {.arena = scope->loader->scratch};
  for (size_t i = 0; i < scope->capture_count; i++)
    words_add(&words, scope->captures[i].name);
  for (size_t i = 0; scope->test_case && i < scope->test_case->each_count; i++)
    words_add(&words, scope->test_case->each[i].name);
  words_add(&words, "id");
  complain_unknown(complaints, place, "name", name, &words);
  return false;
}

/* ---- all together ------------------------------------------------------------ */

static bool is_well_formed(const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  static const char others[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
                               "0123456789-";
  size_t length = strspn(name, others);
  if (strspn(name, letters) == 0 || strlen(name) > NAME_MAX_BYTES) return false;
  if (name[length] == '.' && name[length + 1] != 0)
    length += 1 + strcspn(name + length + 1, " .$");
  return name[length] == 0;
}

static const char *resolve(struct scope *scope, const struct place *place,
                           const char *text, bool expected) {
  const char *name = arena_copy(scope->loader->keep, text + 1);
  if (name == NULL) return NULL;
  if (!is_well_formed(name)) {
    complain(scope->loader->complaints, place,
             "'%.80s' is no name: write $name or $endpoint.NAME, or quote the text",
             text);
    return NULL;
  }
  if (strcmp(name, "id") == 0) return name;
  if (scope_parameter(scope, place, name, false) != NULL) return name;
  const char *dot = strchr(name, '.');
  bool good;
  if (dot != NULL && scope->test_case != NULL)
    good = good_dotted(scope, place, name, dot);
  else if (expected && dot == NULL && scope->test_case != NULL)
    good = capture(scope, place, name);
  else
    good = good_capture(scope, place, name);
  return good ? name : NULL;
}

const char *read_name(struct scope *scope, const struct place *place,
                      const char *text) {
  return resolve(scope, place, text, false);
}

const char *read_capture(struct scope *scope, const struct place *place,
                         const char *text) {
  return resolve(scope, place, text, true);
}

/* How often "$name" stands in a part of a file, whatever that part means. */
static unsigned count_mentions(const struct node *node, const char *name) {
  unsigned count = 0;
  if (is_name(node) && strcmp(node->text + 1, name) == 0) count++;
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next)
    count += count_mentions(entry, name);
  return count;
}

void scope_check_used(struct scope *scope, const struct node *node, bool clean) {
  struct complaints *complaints = scope->loader->complaints;
  const struct node *each = node_get(node, "each");
  for (size_t i = 0; i < scope->test_case->each_count; i++) {
    const char *name = scope->test_case->each[i].name;
    const struct node *entry = each != NULL ? node_get(each, name) : NULL;
    if (scope->parameter_used[i] || entry == NULL) continue;
    if (!clean && count_mentions(node, name) > 0) continue;
    complain(complaints, &entry->key->place, "parameter '%s' is not used", name);
  }
  for (size_t i = 0; i < scope->capture_count; i++) {
    const struct capture *known = &scope->captures[i];
    if (known->used || (!clean && count_mentions(node, known->name) > 1)) continue;
    complain(complaints, &known->place,
             "'$%.80s' is captured but never used: mistyped? Write any to accept any "
             "value",
             known->name);
  }
}
