/* bench.c: bench files. */
#include <string.h>

#include "case/load.h"
#include "link/hub.h"

static const struct profile *read_profile_name(struct loader *loader,
                                               const struct suite *suite,
                                               const struct node *node) {
  const char *name = read_text(loader, node, "'profile'");
  const struct profile *profile = name != NULL ? suite_profile(suite, name) : NULL;
  if (name == NULL || profile != NULL) return profile;
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < suite->profile_count; i++)
    words_add(&words, suite->profiles[i].name);
  complain_unknown(loader->complaints, &node->place, "profile", name, &words);
  return NULL;
}

static void check_link(struct loader *loader, const struct node *node,
                       const struct endpoint *endpoint) {
  struct link_error error = {.text = ""};
  if (endpoint->link == NULL) return;
  if (!link_check(endpoint->link, &error)) {
    complain(loader->complaints, &node->place, "%s", error.text);
    return;
  }
  bool simulated = strncmp(endpoint->link, "sim:", 4) == 0;
  if (simulated && endpoint->profile != NULL && endpoint->profile->model == NULL)
    complain(loader->complaints, &node->place,
             "there is no reference device for profile '%s'", endpoint->profile->name);
}

static void read_bench_endpoint(struct loader *loader, const struct suite *suite,
                                const struct node *entry, struct endpoint *endpoint) {
  static const struct key keys[] = {{"profile", true}, {"link", true}, {NULL, false}};
  endpoint->name = read_word(loader, entry->key, "'endpoints'");
  endpoint->place = entry->key->place;
  if (!read_mapping(loader, entry, "an endpoint", keys)) return;
  const struct node *link = node_get(entry, "link");
  endpoint->profile = read_profile_name(loader, suite, node_get(entry, "profile"));
  endpoint->link = read_text(loader, link, "'link'");
  check_link(loader, link, endpoint);
}

static void read_bench_endpoints(struct loader *loader, const struct suite *suite,
                                 const struct node *node, struct bench *bench) {
  if (node == NULL) return;
  if (node->kind != NODE_MAP) {
    complain_kind(loader, node, "a mapping", "'endpoints'");
    return;
  }
  if (node->count > HUB_ENDPOINTS)
    complain(loader->complaints, &node->place, "more than %d endpoints", HUB_ENDPOINTS);
  if (node_get(node, "iut") == NULL && !node->cut)
    complain(loader->complaints, &node->place,
             "'endpoints' needs the key 'iut', the device under test");
  struct endpoint *list = arena_array(loader->keep, node->count, sizeof *list);
  if (list == NULL) return;
  for (const struct node *entry = node->first; entry != NULL; entry = entry->next)
    read_bench_endpoint(loader, suite, entry, &list[bench->endpoint_count++]);
  bench->endpoints = list;
}

static void read_bench(struct loader *loader, const struct suite *suite,
                       const struct node *root, struct bench *bench) {
  static const struct key keys[] = {
      {"bench", true}, {"endpoints", true}, {"ixit", false}, {NULL, false}};
  struct settings ixit;
  if (!read_mapping(loader, root, "a bench", keys)) return;
  bench->title = read_text(loader, node_get(root, "bench"), "'bench'");
  read_bench_endpoints(loader, suite, node_get(root, "endpoints"), bench);
  if (!read_settings(loader, node_get(root, "ixit"), "'ixit'", &ixit)) return;
  for (size_t i = 0; i < ixit.count; i++)
    read_word(loader, ixit.nodes[i]->key, "'ixit'");
  bench->ixit = ixit.list;
  bench->ixit_count = ixit.count;
}

/* What bench_load() fills. */
struct reading {
  const struct suite *suite;
  struct bench *bench;
};

static void read_root(struct loader *loader, const struct node *root, void *context) {
  const struct reading *reading = context;
  read_bench(loader, reading->suite, root, reading->bench);
}

const struct bench *bench_load(struct suite *suite, const char *path,
                               FILE *complaints) {
  struct bench *bench = arena_take(suite->arena, sizeof *bench);
  struct reading reading = {suite, bench};
  if (bench == NULL) {
    fprintf(complaints, "out of memory\n");
    return NULL;
  }
  return load_beside(suite, path, read_root, &reading, complaints) ? bench : NULL;
}
