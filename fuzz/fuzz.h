/* fuzz.h: what the fuzz targets share. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The entry point that libFuzzer, AFL++ and standalone.c call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property of the target does not hold: says which, and stops as a crash does. */
#define REQUIRE(holds, ...)                                                            \
  do {                                                                                 \
    if (!(holds)) {                                                                    \
      fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                  \
      fprintf(stderr, __VA_ARGS__);                                                    \
      fputc('\n', stderr);                                                             \
      abort();                                                                         \
    }                                                                                  \
  } while (0)

/* A copy in memory of exactly its length (at least one byte), so that sanitizers see
 * any step over the end. */
static inline void *exact_copy(const void *bytes, size_t length) {
  void *copy = malloc(length > 0 ? length : 1);
  REQUIRE(copy != NULL, "no memory");
  if (length > 0) memcpy(copy, bytes, length);
  return copy;
}

#endif
