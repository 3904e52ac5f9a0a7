/* patience.h: how often a test tries what it makes by chance. valgrind is some fifty
 * times slower and looks for something else: there a fiftieth is enough. */
#ifndef TEST_PATIENCE_H
#define TEST_PATIENCE_H

#include <valgrind/valgrind.h>

static inline int tries(int usually) {
  return RUNNING_ON_VALGRIND ? usually / 50 : usually;
}

#endif
