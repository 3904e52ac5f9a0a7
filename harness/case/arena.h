/* arena.h: memory that is taken piece by piece and given back all at once. */
#ifndef CASE_ARENA_H
#define CASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* An arena that hands out at most `limit` bytes, so that no input file can take all
 * memory. NULL if there is none now. */
struct arena *arena_new(size_t limit);

void arena_free(struct arena *arena); /* NULL is allowed */

/* Zeroed memory, aligned for any type; it lives until arena_free(). NULL if there is no
 * more: the arena then is spent, and who filled it asks once, at the end. A size of 0
 * gives a pointer that must not be read. */
void *arena_take(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Room for one more behind `count` elements: the array itself, or a bigger copy of it.
 * The capacity follows from `count`, so every growth must go through here. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t size);

/* Copies of text, ended by 00. */
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length);

/* True if arena_take() ever had to refuse. */
bool arena_spent(const struct arena *arena);

#endif
