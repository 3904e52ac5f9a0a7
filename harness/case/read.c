/* read.c: nodes to text, lists of text and settings. */
#include <string.h>

#include "case/load.h"

void complain_kind(struct loader *loader, const struct node *node, const char *expected,
                   const char *what) {
  if (node->cut) return; /* a syntax error in it has been told already */
  complain(loader->complaints, &node->place, "expected %s for %s, found %s", expected,
           what, node_kind_name(node));
}

void complain_inside(struct loader *loader, const struct node *node, size_t offset,
                     const char *text) {
  struct place place = node->place;
  if (node->exact) place.column += (unsigned)offset;
  complain(loader->complaints, &place, "%s", text);
}

/* ---- mappings ---------------------------------------------------------------- */

static bool is_key(const char *name, const struct key *keys) {
  for (; keys->name != NULL; keys++) {
    if (strcmp(keys->name, name) == 0) return true;
  }
  return false;
}

static void complain_key(struct loader *loader, const struct node *key,
                         const char *what, const struct key *keys) {
  struct words words = {.arena = loader->scratch};
  for (; keys->name != NULL; keys++)
    words_add(&words, keys->name);
  char kind[80];
  snprintf(kind, sizeof kind, "key of %s", what);
  complain_unknown(loader->complaints, &key->place, kind, key->text, &words);
}

/* True if an unknown key looks like a mistyped `wanted`, which then is not missing. */
static bool is_mistyped(const struct node *node, const char *wanted,
                        const struct key *keys) {
  const char *const words[] = {wanted, NULL};
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
    const char *text = entry->key->text;
    if (!is_key(text, keys) && wire_nearest(text, words) != NULL) return true;
  }
  return false;
}

void complain_missing(struct loader *loader, const struct node *node, const char *what,
                      const char *key, const struct key *keys) {
  if (node->cut || is_mistyped(node, key, keys)) return;
  complain(loader->complaints, &node->place, "%s needs the key '%s'", what, key);
}

bool read_mapping(struct loader *loader, const struct node *node, const char *what,
                  const struct key *keys) {
  if (node == NULL) return false;
  if (node->kind != NODE_MAP) {
    complain_kind(loader, node, "a mapping", what);
    return false;
  }
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
    if (!is_key(entry->key->text, keys)) complain_key(loader, entry->key, what, keys);
  }
  for (const struct key *key = keys; key->name != NULL; key++) {
    if (key->needed && node_get(node, key->name) == NULL)
      complain_missing(loader, node, what, key->name, keys);
  }
  return true;
}

bool read_list(struct loader *loader, const struct node *node, const char *what) {
  if (node == NULL) return false;
  if (node->kind == NODE_LIST) return true;
  complain_kind(loader, node, "a list", what);
  return false;
}

/* ---- text -------------------------------------------------------------------- */

const char *read_text(struct loader *loader, const struct node *node,
                      const char *what) {
  if (node == NULL) return NULL;
  if (node->kind != NODE_TEXT) {
    complain_kind(loader, node, "text", what);
    return NULL;
  }
  size_t length = strlen(node->text);
  while (length > 0 && node->text[length - 1] == '\n')
    length--;
  if (length > 0) return arena_copy_bytes(loader->keep, node->text, length);
  complain(loader->complaints, &node->place, "%s is empty", what);
  return NULL;
}

static bool check_word(struct loader *loader, const struct node *node, const char *what,
                       const char *text) {
  size_t good = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-");
  if (text[good] == 0 && text[0] >= 'a' && text[0] <= 'z') return true;
  complain(loader->complaints, &node->place,
           "%s: a word is made of a-z, 0-9, '-' and '_', not '%.80s'", what, text);
  return false;
}

const char *read_word(struct loader *loader, const struct node *node,
                      const char *what) {
  const char *text = read_text(loader, node, what);
  return text != NULL && check_word(loader, node, what, text) ? text : NULL;
}

static bool add_text(struct loader *loader, const struct node *node, const char *what,
                     struct text_list *texts) {
  const char *text = read_text(loader, node, what);
  if (text == NULL) return false;
  for (size_t i = 0; i < texts->count; i++) {
    if (strcmp(texts->list[i], text) != 0) continue;
    complain(loader->complaints, &node->place, "'%.80s' stands twice in %s", text,
             what);
    return false;
  }
  if (texts->count == KEYS_MAX) {
    complain(loader->complaints, &node->place, "more than %u entries in %s", KEYS_MAX,
             what);
    return false;
  }
  texts->list[texts->count] = text;
  texts->nodes[texts->count] = node;
  texts->count++;
  return true;
}

bool read_texts(struct loader *loader, const struct node *node, const char *what,
                bool one, struct text_list *texts) {
  *texts = (struct text_list){.count = 0};
  if (node == NULL) return false;
  bool single = one && node->kind == NODE_TEXT;
  if (!single && !read_list(loader, node, what)) return false;
  size_t room = single ? 1 : node->count < KEYS_MAX ? node->count : KEYS_MAX;
  texts->list = arena_array(loader->keep, room, sizeof *texts->list);
  texts->nodes = arena_array(loader->scratch, room, sizeof(struct node *));
  if (texts->list == NULL || texts->nodes == NULL) return false;
  if (single) return add_text(loader, node, what, texts);
  for (const struct node *item = node->first; item != NULL; item = item->next) {
    if (complaints_full(loader->complaints)) break;
    add_text(loader, item, what, texts);
  }
  return true;
}

bool read_words(struct loader *loader, const struct node *node, const char *what,
                bool one, struct text_list *words) {
  if (!read_texts(loader, node, what, one, words)) return false;
  for (size_t i = 0; i < words->count; i++)
    check_word(loader, words->nodes[i], what, words->list[i]);
  return true;
}

/* ---- settings ---------------------------------------------------------------- */

bool read_settings(struct loader *loader, const struct node *node, const char *what,
                   struct settings *settings) {
  *settings = (struct settings){.count = 0};
  if (node == NULL) return false;
  if (node->kind != NODE_MAP) {
    complain_kind(loader, node, "a mapping", what);
    return false;
  }
  settings->list = arena_array(loader->keep, node->count, sizeof *settings->list);
  settings->nodes = arena_array(loader->scratch, node->count, sizeof(struct node *));
  if (settings->list == NULL || settings->nodes == NULL) return false;
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
    if (entry->kind != NODE_TEXT) {
      complain_kind(loader, entry, "a single value", entry->key->text);
      continue;
    }
    const char *name = arena_copy(loader->keep, entry->key->text);
    const char *value = arena_copy(loader->keep, entry->text);
    if (name == NULL || value == NULL) return false;
    settings->list[settings->count] = (struct protocol_setting){name, value};
    settings->nodes[settings->count++] = entry;
  }
  return true;
}
