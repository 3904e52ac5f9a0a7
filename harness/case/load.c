/* load.c: a directory of files as a suite. */
#include "case/load.h"

#include <dirent.h>
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define HASH_SIZE 32

enum file_kind { FILE_REQUIREMENTS, FILE_PROFILE, FILE_CASES, FILE_KINDS };

struct source {
  enum file_kind kind;
  const char *path;      /* as shown: "cases/xbee/at.yaml" */
  const char *relative;  /* "xbee/at.yaml" */
  const char *directory; /* "xbee" */
  const char *stem;      /* "at" */
  unsigned char hash[HASH_SIZE];
};

struct walk {
  struct loader *loader;
  const char *top;
  struct source *sources;
  size_t count;
};

/* ---- the walk ---------------------------------------------------------------- */

static bool ends_with(const char *name, const char *end) {
  size_t length = strlen(name);
  return length > strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

static const char *join(struct arena *arena, const char *front, const char *back) {
  size_t length = strlen(front) + strlen(back) + 2;
  char *path = arena_take(arena, length);
  if (path != NULL) snprintf(path, length, "%s/%s", front, back);
  return path;
}

static int compare_words(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The names in a directory, sorted, without hidden ones. */
static bool list_directory(struct walk *walk, const char *path, struct words *names) {
  struct loader *loader = walk->loader;
  struct place place = {.file = path};
  DIR *directory = opendir(path);
  if (directory == NULL) {
    complain(loader->complaints, &place, "%s", strerror(errno));
    return false;
  }
  *names = (struct words){.arena = loader->keep};
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    const char *name =
        entry->d_name[0] != '.' ? arena_copy(loader->keep, entry->d_name) : NULL;
    if (name != NULL) words_add(names, name);
  }
  closedir(directory);
  if (names->count > 0)
    qsort(names->list, names->count, sizeof *names->list, compare_words);
  return true;
}

static bool is_directory(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Files that look like ours but would not be read: nothing is left out in silence. */
static void complain_stray(struct walk *walk, const char *path, bool top) {
  struct place place = {.file = path};
  bool directory = is_directory(path);
  if (!directory && ends_with(path, ".yml"))
    complain(walk->loader->complaints, &place, "the name must end with .yaml");
  else if (directory && !top)
    complain(walk->loader->complaints, &place, "directories here are not looked into");
  else if (!directory && top && ends_with(path, ".yaml"))
    complain(walk->loader->complaints, &place,
             "cases stand in FAMILY/, profiles in profiles/");
}

static void add_source(struct walk *walk, const char *directory, const char *name,
                       const char *path) {
  struct arena *keep = walk->loader->keep;
  struct source *list = arena_grow(keep, walk->sources, walk->count, sizeof *list);
  struct source source = {
      .kind = FILE_CASES,
      .path = path,
      .relative = join(keep, directory, name),
      .directory = directory,
      .stem = arena_copy_bytes(keep, name, strlen(name) - strlen(".yaml")),
  };
  if (strcmp(directory, "profiles") == 0)
    source.kind = FILE_PROFILE;
  else if (strcmp(name, "requirements.yaml") == 0)
    source.kind = FILE_REQUIREMENTS;
  if (list == NULL || source.relative == NULL || source.stem == NULL) return;
  walk->sources = list;
  list[walk->count++] = source;
}

static void walk_directory(struct walk *walk, const char *directory, const char *path) {
  struct words names;
  if (!list_directory(walk, path, &names)) return;
  for (size_t i = 0; i < names.count; i++) {
    const char *file = join(walk->loader->keep, path, names.list[i]);
    if (file == NULL) return;
    if (ends_with(names.list[i], ".yaml"))
      add_source(walk, directory, names.list[i], file);
    else
      complain_stray(walk, file, false);
  }
}

static void walk_top(struct walk *walk) {
  struct words names;
  struct place place = {.file = walk->top};
  if (!list_directory(walk, walk->top, &names)) return;
  for (size_t i = 0; i < names.count; i++) {
    const char *path = join(walk->loader->keep, walk->top, names.list[i]);
    if (path == NULL) return;
    if (is_directory(path))
      walk_directory(walk, names.list[i], path);
    else
      complain_stray(walk, path, true);
  }
  if (walk->count == 0)
    complain(walk->loader->complaints, &place, "no FAMILY/*.yaml files here");
}

/* ---- reading ----------------------------------------------------------------- */

static void read_root(struct loader *loader, const struct source *source,
                      const struct node *root) {
  bool shared = source->kind == FILE_PROFILE;
  read_family(loader, root, shared ? NULL : source->directory);
  switch (source->kind) {
  case FILE_REQUIREMENTS: read_requirements(loader, root); break;
  case FILE_PROFILE: read_profile(loader, root, source->stem); break;
  case FILE_CASES: read_cases(loader, root); break;
  case FILE_KINDS: break;
  }
}

static void read_source(struct loader *loader, struct source *source) {
  size_t length;
  char *bytes = read_file(loader->complaints, source->path, &length);
  if (bytes == NULL) return;
  if (EVP_Digest(bytes, length, source->hash, NULL, EVP_sha256(), NULL) != 1)
    loader->spent = true;
  if (loader_begin_file(loader)) {
    const struct node *root =
        node_read(source->path, bytes, length, loader->scratch, loader->complaints);
    if (root != NULL) read_root(loader, source, root);
  }
  loader_end_file(loader);
  free(bytes);
}

/* SHA-256 over each file's name below the top, ended by 00, and its SHA-256. */
static void make_digest(struct walk *walk, struct suite *suite) {
  unsigned char hash[HASH_SIZE] = {0};
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  bool good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
  for (size_t i = 0; good && i < walk->count; i++) {
    const struct source *source = &walk->sources[i];
    const char *name = source->relative;
    good = EVP_DigestUpdate(context, name, strlen(name) + 1) == 1 &&
           EVP_DigestUpdate(context, source->hash, HASH_SIZE) == 1;
  }
  if (!good || EVP_DigestFinal_ex(context, hash, NULL) != 1) walk->loader->spent = true;
  EVP_MD_CTX_free(context);
  for (size_t i = 0; i < HASH_SIZE; i++)
    snprintf(suite->digest + 2 * i, 3, "%02x", hash[i]);
}

static void load_sources(struct walk *walk, struct suite *suite) {
  struct loader *loader = walk->loader;
  for (int kind = 0; kind < FILE_KINDS; kind++) {
    for (size_t i = 0; i < walk->count; i++) {
      if (complaints_full(loader->complaints)) return;
      if ((int)walk->sources[i].kind == kind) read_source(loader, &walk->sources[i]);
    }
    if (kind == FILE_REQUIREMENTS) sort_requirements(loader);
  }
  loader_cross_check(loader);
  suite->requirements = loader->requirements;
  suite->requirement_count = loader->requirement_count;
  suite->cases = loader->cases;
  suite->case_count = loader->case_count;
  suite->profiles = loader->profiles;
  suite->profile_count = loader->profile_count;
  make_digest(walk, suite);
}

/* ---- the suite --------------------------------------------------------------- */

/* The directory's name without the slashes behind it, as messages show it. */
static const char *clean_name(struct arena *arena, const char *directory) {
  size_t length = strlen(directory);
  while (length > 1 && directory[length - 1] == '/')
    length--;
  return arena_copy_bytes(arena, directory, length);
}

struct suite *suite_load_within(const char *directory, size_t memory,
                                FILE *complaints) {
  struct loader loader = {.memory = memory, .complaints = complaints_new()};
  struct walk walk = {.loader = &loader};
  struct suite *suite = NULL;
  loader.keep = arena_new(memory);
  if (loader.complaints == NULL || loader.keep == NULL) {
    fprintf(complaints, "out of memory\n");
  } else {
    suite = arena_take(loader.keep, sizeof *suite);
    walk.top = clean_name(loader.keep, directory);
    if (suite != NULL && walk.top != NULL) {
      suite->arena = loader.keep;
      walk_top(&walk);
      load_sources(&walk, suite);
    }
    if (!loader_report(&loader, complaints)) suite = NULL;
  }
  complaints_free(loader.complaints);
  if (suite == NULL) arena_free(loader.keep);
  return suite;
}

struct suite *suite_load(const char *directory, FILE *complaints) {
  return suite_load_within(directory, SUITE_MEMORY, complaints);
}

void suite_free(struct suite *suite) {
  if (suite != NULL) arena_free(suite->arena);
}
