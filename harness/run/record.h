/* record.h: a record as a line of a journal, and a journal read line by line. Internal
 * to run/ and report/; everyone else reads with journal_read().
 */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include <jansson.h>
#include <stdint.h>

#include "run/journal.h"
#include "run/line.h"

/* The longest line a journal may have, with its newline. */
#define RECORD_LINE_MOST ((size_t)1 << 20)

/* The most bytes in one RECORD_BYTES line; journal_write() makes several of more. */
#define RECORD_BYTES_MOST ((size_t)16384)

/* Texts longer than this are cut, with a mark, and earlier where a record has very many
 * pairs: a line always fits. */
#define RECORD_TEXT_MOST ((size_t)1 << 16)

/* Appends a record to `line`, with its newline. False for a record that the journal
 * cannot hold (see journal_write()) or without memory. */
bool record_write(struct line *line, const struct record *record);

/* ---- pairs ------------------------------------------------------------------- */

/* Moves *at to the next pair whose name has not come before, beginning with the one at
 * *at itself; false if there is none. */
bool pairs_next(const struct pair *pairs, size_t count, size_t *at);

/* True if another pair behind `at` has its name. */
bool pairs_repeated(const struct pair *pairs, size_t count, size_t at);

/* The value of the first pair called `name`, or NULL. */
const char *pairs_value(const struct pair *pairs, size_t count, const char *name);

/* A JSON object. Values of the same name become an array, in the place of the first;
 * "covers" is always an array. Names in `except` (NULL, or a list ended by NULL) are
 * left out. */
void pairs_write(struct line *line, const struct pair *pairs, size_t count, size_t most,
                 const char *const *except);

/* The values of `name` as a JSON array, empty if there are none. */
void pairs_write_list(struct line *line, const struct pair *pairs, size_t count,
                      const char *name, size_t most);

/* ---- reading ----------------------------------------------------------------- */

/* Memory of a record that was read. Starts as {0}. */
struct record_memory {
  json_t *root;
  struct pair *pairs;
  size_t pair_capacity;
  uint8_t *bytes;
  size_t byte_capacity;
};

enum record_state {
  RECORD_GOOD,
  RECORD_NOT_JSON, /* the line is no JSON object */
  RECORD_WRONG,    /* it is, but not a record as journal.h has it */
};

/* Reads one line (without newline). The record's views live until the memory is used
 * again or freed. `error` says what is wrong. */
enum record_state record_parse(struct record_memory *memory, const char *text,
                               size_t length, struct record *record, char *error,
                               size_t capacity);
void record_free(struct record_memory *memory);

/* A journal read record by record. */
struct reader;

enum reader_state {
  READER_RECORD,
  READER_END,
  READER_CUT, /* the end, and a last line was dropped */
  READER_BAD, /* `error` says where and why */
};

struct reader *reader_open(const char *path, char *error, size_t capacity);
enum reader_state reader_next(struct reader *reader, struct record *record, char *error,
                              size_t capacity);

/* Where the line of the last record begins, and where the next one does. */
uint64_t reader_begin(const struct reader *reader);
uint64_t reader_end(const struct reader *reader);

/* Goes on with the line that begins at `offset`. */
void reader_seek(struct reader *reader, uint64_t offset);

void reader_close(struct reader *reader);

#endif
