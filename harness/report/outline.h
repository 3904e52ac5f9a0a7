/* outline.h: where what stands in a journal, so that reports can be written from it in
 * any order with memory for one record and a few numbers per case.
 */
#ifndef REPORT_OUTLINE_H
#define REPORT_OUTLINE_H

#include "report/output.h"
#include "report/tally.h"
#include "run/record.h"

#define OUTLINE_NOWHERE UINT64_MAX

/* What a transcript in a report may cost, about its size in bytes. */
#define OUTLINE_TRANSCRIPT ((uint64_t)1 << 16)

/* How many notes outside of cases are kept, and how many identities. */
#define OUTLINE_NOTES      64
#define OUTLINE_IDENTITIES 64

/* One running of a case. Offsets are of lines in the journal. */
struct attempt {
  uint64_t begun;  /* the RECORD_CASE, or the RECORD_VERDICT if there was none */
  uint64_t judged; /* the RECORD_VERDICT; OUTLINE_NOWHERE if the run was killed */
  uint64_t start;  /* microseconds */
  uint64_t stop;
  uint64_t cost; /* of its transcript */
  enum verdict verdict;
  bool expected;
  struct attempt *next; /* a later one of the same case */
};

struct outline_case {
  struct attempt *first; /* NULL: planned only */
  struct attempt *last;  /* the one that counts */
};

/* What a device said of itself when a run with it began, and at its end. */
struct outline_identity {
  size_t endpoint; /* number of its name */
  uint64_t first;  /* OUTLINE_NOWHERE: not read */
  uint64_t last;
};

struct outline {
  struct reader *reader;
  struct tally tally;         /* numbers the cases */
  struct outline_case *cases; /* by the tally's numbers */
  size_t case_capacity;
  struct names endpoint_names;
  struct outline_identity identities[OUTLINE_IDENTITIES];
  size_t identity_count;
  uint64_t run;                  /* the first RECORD_RUN */
  size_t resumed;                /* how often the run was resumed */
  uint64_t notes[OUTLINE_NOTES]; /* the first ones outside of cases */
  size_t note_count;             /* of all of them */
  char *end;                     /* text of the RECORD_END; NULL: killed */
  bool cut;                      /* the journal's last line was cut and dropped */
  struct attempt *open;
  char error[256];
};

/* Reads a journal through. NULL with `error` filled on failure. */
struct outline *outline_read(const char *path, char *error, size_t capacity);
void outline_free(struct outline *outline);

/* How the run ended: "complete", what RECORD_END says, or "killed". */
const char *outline_end(const struct outline *outline);

/* Device time of an attempt in microseconds. */
uint64_t attempt_time(const struct attempt *attempt);

/* Why a case that was begun has no verdict. */
extern const char attempt_killed[];

/* Reads the record at an offset. Its views live until the next call. False with
 * `outline->error` filled on failure. */
bool outline_record(struct outline *outline, uint64_t offset, struct record *record);

/* Gives the bytes, steps and notes of an attempt to `take`, in order. Where they cost
 * more than OUTLINE_TRANSCRIPT the middle is left out: `take` is called once with NULL
 * and the number of bytes on the wire that this leaves out. */
bool outline_transcript(struct outline *outline, const struct attempt *attempt,
                        void (*take)(void *context, const struct record *record,
                                     uint64_t left_out),
                        void *context);

/* Reads a journal and makes a report of it: `write` puts it together. Any failure
 * leaves the file at `path` as it was. */
bool report_write(const char *journal, const char *path,
                  bool (*write)(struct outline *outline, struct output *output),
                  char *error, size_t capacity);

#endif
