/* complain.c: collecting and printing mistakes. */
#include "case/complain.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX   512
#define MEMORY_MAX (4u << 20)

struct complaint {
  struct place place;
  const char *text;
  size_t number; /* in the order found: keeps sorting stable */
};

struct complaints {
  struct arena *arena;
  size_t count;
  struct complaint list[COMPLAINTS_MAX];
};

struct complaints *complaints_new(void) {
  struct complaints *complaints = calloc(1, sizeof *complaints);
  if (complaints == NULL) return NULL;
  complaints->arena = arena_new(MEMORY_MAX);
  if (complaints->arena != NULL) return complaints;
  free(complaints);
  return NULL;
}

void complaints_free(struct complaints *complaints) {
  if (complaints == NULL) return;
  arena_free(complaints->arena);
  free(complaints);
}

void complain(struct complaints *complaints, const struct place *place,
              const char *format, ...) {
  if (complaints_full(complaints)) return;
  char text[TEXT_MAX];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  const char *copy = arena_copy(complaints->arena, text);
  const char *file =
      place->file != NULL ? arena_copy(complaints->arena, place->file) : NULL;
  complaints->list[complaints->count] = (struct complaint){
      .place = {file, place->line, place->column},
      .text = copy != NULL ? copy : "out of memory",
      .number = complaints->count,
  };
  complaints->count++;
}

bool complaints_any(const struct complaints *complaints) {
  return complaints->count > 0;
}

size_t complaints_count(const struct complaints *complaints) {
  return complaints->count;
}

bool complaints_full(const struct complaints *complaints) {
  return complaints->count == COMPLAINTS_MAX;
}

/* ---- printing ---------------------------------------------------------------- */

static int compare_numbers(size_t a, size_t b) {
  return (a > b) - (a < b);
}

/* By place; what speaks of no file comes last. */
static int compare(const void *left, const void *right) {
  const struct complaint *a = left;
  const struct complaint *b = right;
  if ((a->place.file == NULL) != (b->place.file == NULL))
    return a->place.file == NULL ? 1 : -1;
  int order = a->place.file != NULL ? strcmp(a->place.file, b->place.file) : 0;
  if (order == 0) order = compare_numbers(a->place.line, b->place.line);
  if (order == 0) order = compare_numbers(a->place.column, b->place.column);
  return order != 0 ? order : compare_numbers(a->number, b->number);
}

/* Text from a file, made harmless: C0 and C1 control characters are spelled out. */
static void print_harmless(const char *text, FILE *out) {
  for (const unsigned char *c = (const unsigned char *)text; *c != 0; c++) {
    bool c1 = c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0;
    if (*c < 0x20 || *c == 0x7F || c1)
      fprintf(out, "\\x%02X", c1 ? *++c : *c);
    else
      fputc(*c, out);
  }
}

static bool same(const struct complaint *a, const struct complaint *b) {
  return strcmp(a->text, b->text) == 0 && a->place.line == b->place.line &&
         a->place.column == b->place.column && a->place.file != NULL &&
         b->place.file != NULL && strcmp(a->place.file, b->place.file) == 0;
}

void complaints_print(struct complaints *complaints, FILE *out) {
  struct complaint *list = complaints->list;
  qsort(list, complaints->count, sizeof *list, compare);
  for (size_t i = 0; i < complaints->count; i++) {
    if (i > 0 && same(&list[i - 1], &list[i])) continue;
    if (list[i].place.file != NULL) {
      print_harmless(list[i].place.file, out);
      fputc(':', out);
      if (list[i].place.line > 0)
        fprintf(out, "%u:%u:", list[i].place.line, list[i].place.column);
      fputc(' ', out);
    }
    print_harmless(list[i].text, out);
    fputc('\n', out);
  }
  if (complaints_full(complaints))
    fprintf(out, "these are %d mistakes: there may be more\n", COMPLAINTS_MAX);
}

/* ---- unknown words ----------------------------------------------------------- */

void words_add(struct words *words, const char *word) {
  size_t held = words->list == NULL ? 0 : words->count + 1; /* with the NULL */
  const char **list = arena_grow(words->arena, words->list, held, sizeof *list);
  if (list == NULL) return;
  words->list = list;
  list[words->count++] = word;
  list[words->count] = NULL;
}

/* Appends to `text` if it fits whole. */
static bool append(char *text, size_t capacity, const char *more) {
  size_t length = strlen(text);
  size_t added = strlen(more);
  if (length + added + 1 > capacity) return false;
  memcpy(text + length, more, added + 1);
  return true;
}

static bool is_repeated(const struct words *words, size_t index) {
  for (size_t i = 0; i < index; i++) {
    if (strcmp(words->list[i], words->list[index]) == 0) return true;
  }
  return false;
}

/* The next word from `index` on that did not come before. */
static size_t next_new(const struct words *words, size_t index) {
  while (index < words->count && is_repeated(words, index))
    index++;
  return index;
}

static void list_known(const struct words *words, char *text, size_t capacity) {
  for (size_t i = 0; i < words->count;) {
    size_t next = next_new(words, i + 1);
    bool last = next == words->count;
    const char *gap = i == 0 ? ", expected " : last ? " or " : ", ";
    size_t length = strlen(text);
    /* "..." must always fit behind what is listed */
    if (!append(text, capacity - 5, gap) ||
        !append(text, capacity - 5, words->list[i])) {
      text[length] = 0;
      append(text, capacity, " ...");
      return;
    }
    i = next;
  }
}

void complain_unknown(struct complaints *complaints, const struct place *place,
                      const char *what, const char *word, const struct words *words) {
  if (complaints_full(complaints)) return; /* looking for near words takes time */
  const char *near = words->count > 0 ? wire_nearest(word, words->list) : NULL;
  char known[160] = "";
  if (near == NULL) list_known(words, known, sizeof known);
  complain(complaints, place, "unknown %s '%.80s'%s%s%s%s", what, word,
           near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
           near != NULL ? "'?" : "", known);
}
