/* arena.c: a bump allocator over blocks. */
#include "case/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)32 * 1024)

struct block {
  struct block *next;
  size_t size;
  size_t used;
  alignas(max_align_t) unsigned char bytes[];
};

struct arena {
  struct block *blocks; /* the first one is being filled */
  size_t limit;
  size_t used;
  bool spent;
};

struct arena *arena_new(size_t limit) {
  struct arena *arena = calloc(1, sizeof *arena);
  if (arena != NULL) arena->limit = limit;
  return arena;
}

void arena_free(struct arena *arena) {
  if (arena == NULL) return;
  for (struct block *block = arena->blocks; block != NULL;) {
    struct block *next = block->next;
    free(block);
    block = next;
  }
  free(arena);
}

static struct block *add_block(struct arena *arena, size_t least) {
  size_t size = least > BLOCK_SIZE ? least : BLOCK_SIZE;
  struct block *block = calloc(1, sizeof *block + size);
  if (block == NULL) return NULL;
  block->size = size;
  block->next = arena->blocks;
  arena->blocks = block;
  return block;
}

void *arena_take(struct arena *arena, size_t size) {
  const size_t unit = alignof(max_align_t);
  if (size > arena->limit || arena->used > arena->limit - size) {
    arena->spent = true;
    return NULL;
  }
  size_t rounded = size == 0 ? unit : (size + unit - 1) / unit * unit;
  struct block *block = arena->blocks;
  if (block == NULL || block->size - block->used < rounded)
    block = add_block(arena, rounded);
  if (block == NULL) {
    arena->spent = true;
    return NULL;
  }
  void *memory = block->bytes + block->used;
  block->used += rounded;
  arena->used += rounded;
  return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / 2 / size) {
    arena->spent = true;
    return NULL;
  }
  return arena_take(arena, count * size);
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t size) {
  enum { FIRST = 8 };
  if (count == 0) return arena_array(arena, FIRST, size);
  bool full = count >= FIRST && (count & (count - 1)) == 0;
  if (!full) return array;
  void *bigger = arena_array(arena, 2 * count, size);
  if (bigger != NULL) memcpy(bigger, array, count * size);
  return bigger;
}

char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length) {
  char *copy = length < SIZE_MAX ? arena_take(arena, length + 1) : NULL;
  if (copy != NULL && length > 0) memcpy(copy, bytes, length);
  return copy;
}

char *arena_copy(struct arena *arena, const char *text) {
  return arena_copy_bytes(arena, text, strlen(text));
}

bool arena_spent(const struct arena *arena) {
  return arena->spent;
}
