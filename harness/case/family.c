/* family.c: what every file says about its family, and settings of its framing. */
#include <string.h>

#include "case/load.h"

void read_family(struct loader *loader, const struct node *root,
                 const char *directory) {
  const struct node *node = node_get(root, "family");
  loader->family = NULL;
  const char *name = read_text(loader, node, "'family'");
  if (name == NULL) return;
  loader->family = protocol_find(name);
  if (loader->family == NULL) {
    struct words words = {.arena = loader->scratch};
    for (const struct protocol *const *family = protocol_families; *family; family++)
      words_add(&words, (*family)->name);
    complain_unknown(loader->complaints, &node->place, "family", name, &words);
  } else if (directory != NULL && strcmp(name, directory) != 0) {
    complain(loader->complaints, &node->place,
             "a file of family '%s' must stand in the directory %s, not %s", name, name,
             directory);
  }
}

/* ---- framing ----------------------------------------------------------------- */

static bool check_options(struct loader *loader, const struct settings *settings) {
  bool good = true;
  struct words words = {.arena = loader->scratch};
  const struct protocol_option *option = loader->family->options;
  for (; option != NULL && option->name != NULL; option++)
    words_add(&words, option->name);
  for (size_t i = 0; i < settings->count; i++) {
    bool known = false;
    for (size_t j = 0; j < words.count; j++)
      known = known || strcmp(words.list[j], settings->list[i].name) == 0;
    if (known) continue;
    complain_unknown(loader->complaints, &settings->nodes[i]->key->place,
                     "framing setting", settings->list[i].name, &words);
    good = false;
  }
  return good;
}

bool read_framing(struct loader *loader, const struct node *node,
                  enum wire_direction direction, struct settings *settings) {
  if (!read_settings(loader, node, "'framing'", settings)) return false;
  if (loader->family == NULL || loader->family->framing == NULL) return false;
  if (!check_options(loader, settings)) return false;
  const struct protocol_framing *framing = loader->family->framing;
  struct wire_error error = {0};
  if (loader->decoder == NULL || loader->decoder_size < framing->size) {
    loader->decoder = arena_take(loader->scratch, framing->size);
    loader->decoder_size = framing->size;
  }
  if (loader->decoder == NULL) return false;
  if (framing->open(loader->decoder, direction, settings->list, settings->count,
                    &error))
    return true;
  /* One setting may need another: blame the first with which it goes wrong. */
  size_t blamed = 0;
  while (blamed + 1 < settings->count &&
         framing->open(loader->decoder, direction, settings->list, blamed + 1, &error))
    blamed++;
  const struct place *place =
      settings->count > 0 ? &settings->nodes[blamed]->place : &node->place;
  complain(loader->complaints, place, "%s", error.text);
  return false;
}
