/* journal.h: everything a run observes, in the order it happened.
 *
 * A journal is a file of JSON lines. It is written record by record, each with one
 * write(), before the record is judged: a killed run leaves a readable journal, at
 * worst with a last line cut short, which reading drops. Reports are made from the
 * journal alone. On real links the file is synced to disk with each verdict; with
 * virtual time only at the end, as nothing outside this machine can be lost.
 *
 *   {"journal":1,"t":0,"run":{"tool":"wirecert 0.1.0", ...}}           RECORD_RUN
 *   {"t":0,"endpoint":"iut","text":"first","identity":{"VR":"200D"}}   RECORD_IDENTITY
 *   {"t":0,"case":"xbee/at/query","number":7,"purpose":"...",
 *    "about":{"covers":["AT-01"],"level":"must"}}                      RECORD_CASE
 *   {"t":0,"endpoint":"iut","step":1,"text":"send at_command ..."}     RECORD_STEP
 *   {"t":12,"endpoint":"iut","out":"7E0004..."}        ("in": received) RECORD_BYTES
 *   {"t":99,"endpoint":"iut","note":"..."}                             RECORD_NOTE
 *   {"t":99,"verdict":"fail","expected":true,"case":"xbee/at/query",
 *    "text":"no answer","details":{"step":"2"}}                        RECORD_VERDICT
 *   {"t":99,"end":"complete","totals":{...}}                           RECORD_END
 *
 * (Each on one line.) Pairs are an object; pairs of the same name become an array in
 * the place of the first of them, and are read back as neighbours.
 *
 * Times are microseconds since the run began. With virtual time no record holds a wall
 * clock, so that the same seed gives the same journal.
 */
#ifndef RUN_JOURNAL_H
#define RUN_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A verdict only gets worse, in this order. SKIP stands apart: nothing was run. */
enum verdict {
  VERDICT_PASS = 0,
  VERDICT_INCONCLUSIVE,
  VERDICT_FAIL,
  VERDICT_ERROR, /* a fault of wirecert or its tables, never of the device */
  VERDICT_SKIP,
};

const char *verdict_name(enum verdict verdict); /* "pass", "inconclusive" ... */

/* The most pairs of a record, and the longest name of one in bytes. */
#define JOURNAL_PAIRS 4096
#define JOURNAL_NAME  60

struct pair {
  const char *name; /* printable UTF-8, chosen by the program, never by a device */
  const char *value;
};

enum record_kind {
  RECORD_RUN,      /* pairs: tool, suite (digest), bench, seed, clock, started ...;
                      a row planned=ID per selected case and requirement=ID per
                      requirement of the suite let reports say what was not run. The
                      first record; another one where a run was resumed */
  RECORD_IDENTITY, /* endpoint, pairs; `text` "first" or "last" */
  RECORD_CASE,     /* case_id, number (1..), text: purpose, pairs: covers=ID per row,
                      level=must|should|may|probe, source=..., path=... */
  RECORD_STEP,  /* number (1..; 0: the runner looks after the device), text; endpoint or
                   NULL */
  RECORD_BYTES, /* endpoint, sent, bytes */
  RECORD_NOTE,  /* text: an observation, a retry, a late byte; endpoint or NULL */
  RECORD_VERDICT, /* case_id, verdict, text: reason; pairs: step, expected, got ... */
  RECORD_END,     /* text: "complete" or why not; pairs: totals */
};

struct record {
  enum record_kind kind;
  unsigned number;
  uint64_t time;
  const char *endpoint;
  const char *case_id;
  const char *text;
  const uint8_t *bytes;
  size_t length;
  const struct pair *pairs;
  size_t pair_count;
  enum verdict verdict;
  bool expected; /* RECORD_VERDICT: a failure in the list of expected ones */
  bool sent;     /* RECORD_BYTES: from wirecert to the device */
};

struct journal;

/* Creates a journal; an existing file is an error unless `resume`, which reads it
 * first, drops a cut last line and then appends. `sync` as above. The file is locked: a
 * second run cannot write it. NULL with `error` filled on failure. */
struct journal *journal_open(const char *path, bool resume, bool sync, char *error,
                             size_t capacity);

/* Appends a record. False, with errno, if it could not be written: the run cannot go
 * on. EINVAL is a mistake of the caller: a first record that is not RECORD_RUN,
 * something missing, more than JOURNAL_PAIRS pairs. NULL and "" are the same text.
 *
 * Texts may hold anything: what is not printable UTF-8 is written as \xNN, and what is
 * longer than about 64 KiB is cut, with a mark. Bytes are never cut: a long record is
 * written as several. */
bool journal_write(struct journal *journal, const struct record *record);

/* Syncs the file and closes it. False if anything was not written. NULL is allowed. */
bool journal_close(struct journal *journal);

/* Reads a journal and hands each record to `take` (views valid during the call; `take`
 * returns false to stop). A cut last line is dropped and told by `*cut`. Any other bad
 * line is an error, with its number. Texts of a foreign journal may hold anything. */
bool journal_read(const char *path, bool (*take)(void *context, const struct record *),
                  void *context, bool *cut, char *error, size_t capacity);

#endif
