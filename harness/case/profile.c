/* profile.c: profiles/NAME.yaml. */
#include <string.h>

#include "case/load.h"

#define IDENTITY_NAMES 8
#define WITHIN         1000000 /* microseconds, where the profile says nothing */

/* ---- identity and address ---------------------------------------------------- */

static void read_identity(struct loader *loader, const struct node *node,
                          struct profile *profile) {
  struct text_list names;
  if (node == NULL || loader->family == NULL) return;
  if (node->kind != NODE_MAP || node->count != 1) {
    complain(loader->complaints, &node->place,
             "expected one verb and its names, such as {at: [SH, SL]}");
    return;
  }
  const struct node *entry = node->first;
  profile->identity = find_verb(loader->family, entry->key->text);
  if (profile->identity == NULL) {
    struct words words = {.arena = loader->scratch};
    const struct protocol_verb *verb = loader->family->verbs;
    for (; verb != NULL && verb->name != NULL; verb++)
      words_add(&words, verb->name);
    complain_unknown(loader->complaints, &entry->key->place, "verb", entry->key->text,
                     &words);
    return;
  }
  if (!read_texts(loader, entry, "'identity'", false, &names)) return;
  if (names.count > IDENTITY_NAMES)
    complain(loader->complaints, &entry->place, "more than %d names in 'identity'",
             IDENTITY_NAMES);
  for (size_t i = 0; i < names.count; i++)
    check_argument(loader, profile->identity, names.nodes[i], NULL);
  profile->identity_names = names.list;
  profile->identity_count = names.count;
}

/* `identity`: there was one, if not a good one. */
static void read_address(struct loader *loader, const struct node *node, bool identity,
                         struct profile *profile) {
  struct text_list names;
  if (!read_texts(loader, node, "'address'", false, &names)) return;
  profile->address = names.list;
  profile->address_count = names.count;
  if (profile->identity_count == 0) {
    if (!identity)
      complain(loader->complaints, &node->place, "'address' needs 'identity'");
    return;
  }
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < profile->identity_count; i++)
    words_add(&words, profile->identity_names[i]);
  for (size_t i = 0; i < names.count; i++) {
    bool known = false;
    for (size_t j = 0; j < words.count; j++)
      known = known || strcmp(words.list[j], names.list[i]) == 0;
    if (!known)
      complain_unknown(loader->complaints, &names.nodes[i]->place, "identity",
                       names.list[i], &words);
  }
}

/* ---- messages ---------------------------------------------------------------- */

static void read_profile_sentinel(struct loader *loader, const struct node *node,
                                  struct profile *profile) {
  static const struct key keys[] = {{"send", true}, {"expect", true}, {NULL, false}};
  struct scope scope = {.loader = loader, .alternative = 1};
  if (!read_mapping(loader, node, "a sentinel", keys)) return;
  const struct node *send = node_get(node, "send");
  const struct node *expect = node_get(node, "expect");
  if (send != NULL) read_message(&scope, send, USE_SEND, &profile->sentinel);
  if (expect != NULL)
    read_message(&scope, expect, USE_EXPECT, &profile->sentinel_answer);
}

static void read_ignore(struct loader *loader, const struct node *node,
                        struct profile *profile) {
  struct text_list names;
  if (loader->family == NULL || !read_texts(loader, node, "'ignore'", false, &names))
    return;
  profile->ignore = arena_array(loader->keep, names.count, sizeof(struct wire_type *));
  if (profile->ignore == NULL) return;
  for (size_t i = 0; i < names.count; i++) {
    const struct wire_type *type = protocol_type(loader->family, names.list[i]);
    if (type != NULL) {
      profile->ignore[profile->ignore_count++] = type;
      continue;
    }
    struct words words = {.arena = loader->scratch};
    for (size_t j = 0; j < loader->family->type_count; j++)
      words_add(&words, loader->family->types[j].name);
    complain_unknown(loader->complaints, &names.nodes[i]->place, "message",
                     names.list[i], &words);
  }
}

/* ---- all --------------------------------------------------------------------- */

static void find_model(struct loader *loader, struct profile *profile) {
  const struct protocol *family = NULL;
  const struct protocol_device *model = protocol_device_find(profile->name, &family);
  if (family == loader->family) profile->model = model;
}

static void read_names(struct loader *loader, const struct node *root, const char *stem,
                       struct profile *profile) {
  const struct node *name = node_get(root, "profile");
  profile->place = name != NULL ? name->place : root->place;
  profile->name = read_word(loader, name, "'profile'");
  profile->title = read_text(loader, node_get(root, "title"), "'title'");
  if (profile->name == NULL) return;
  if (strcmp(profile->name, stem) != 0)
    complain(loader->complaints, &name->place,
             "profile '%s' must stand in the file %s.yaml", profile->name,
             profile->name);
  find_model(loader, profile);
}

/* Checked when the cases are known. */
static void note_sanity(struct loader *loader, const struct node *node,
                        struct profile *profile, struct sanity *sanity) {
  profile->sanity = read_text(loader, node, "'sanity'");
  *sanity = (struct sanity){.id = profile->sanity};
  if (node != NULL) sanity->place = node->place;
}

static void add_profile(struct loader *loader, const struct profile *profile,
                        const struct sanity *sanity) {
  size_t count = loader->profile_count;
  struct profile *list =
      arena_grow(loader->keep, loader->profiles, count, sizeof *list);
  struct sanity *sanities =
      arena_grow(loader->keep, loader->sanity, count, sizeof *sanities);
  if (list == NULL || sanities == NULL) return;
  loader->profiles = list;
  loader->sanity = sanities;
  list[count] = *profile;
  sanities[count] = *sanity;
  loader->profile_count++;
}

void read_profile(struct loader *loader, const struct node *root, const char *stem) {
  static const struct key keys[] = {{"profile", true},   {"title", true},
                                    {"family", true},    {"capabilities", false},
                                    {"framing", false},  {"device", false},
                                    {"identity", false}, {"address", false},
                                    {"sanity", false},   {"sentinel", false},
                                    {"ignore", false},   {"within", false},
                                    {NULL, false}};
  struct profile profile = {.family = loader->family, .within = WITHIN};
  struct sanity sanity;
  struct text_list capabilities;
  struct settings settings;
  if (!read_mapping(loader, root, "a profile", keys)) return;
  read_names(loader, root, stem, &profile);
  if (read_words(loader, node_get(root, "capabilities"), "'capabilities'", false,
                 &capabilities)) {
    profile.capabilities = capabilities.list;
    profile.capability_count = capabilities.count;
  }
  if (read_framing(loader, node_get(root, "framing"), WIRE_IN, &settings)) {
    profile.framing = settings.list;
    profile.framing_count = settings.count;
  }
  if (read_settings(loader, node_get(root, "device"), "'device'", &settings)) {
    profile.device = settings.list;
    profile.device_count = settings.count;
  }
  const struct node *identity = node_get(root, "identity");
  read_identity(loader, identity, &profile);
  read_address(loader, node_get(root, "address"), identity != NULL, &profile);
  read_profile_sentinel(loader, node_get(root, "sentinel"), &profile);
  read_ignore(loader, node_get(root, "ignore"), &profile);
  read_some_time(loader, node_get(root, "within"), "'within'", &profile.within);
  note_sanity(loader, node_get(root, "sanity"), &profile, &sanity);
  if (profile.name != NULL) add_profile(loader, &profile, &sanity);
}
