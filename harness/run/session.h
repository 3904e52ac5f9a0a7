/* session.h: what the files of run/ share while cases run. Not for others. */
#ifndef RUN_SESSION_H
#define RUN_SESSION_H

#include "run/run.h"

/* What a device may have waiting for the runner. One that sends more at once is
 * flooding: the rest of what it sends in this case is journalled and dropped. */
#define ARRIVALS_MAX      256
#define ARRIVAL_BYTES_MAX ((size_t)512 * 1024)
#define CASE_BYTES_MAX    ((size_t)1024 * 1024) /* that one may send in a case */
#define CASE_BYTES_SHOWN  512                   /* of a value, in an explanation */
#define SETTINGS_MAX      8u
#define SETTING_SIZE      24
#define IDENTITY_MAX      8

/* Something decoded, or something that cannot be. */
struct arrival {
  struct arrival *next;
  uint64_t time;
  const struct wire_type *type; /* NULL: a fault */
  struct wire_error error;      /* of a fault */
  size_t raw_length;
  size_t length; /* of the message in `body`, or of a fault's raw bytes */
  uint8_t body[];
};

/* An endpoint while it runs. */
struct station {
  const struct endpoint *endpoint;
  unsigned number; /* in the hub */
  void *decoder;
  struct protocol_setting framing[SETTINGS_MAX];
  char framing_value[SETTINGS_MAX][SETTING_SIZE];
  size_t framing_count;
  struct arrival *first;
  struct arrival **last;
  size_t waiting;
  size_t waiting_bytes;
  size_t undecided;  /* bytes that the decoder holds and that are in no arrival */
  size_t case_bytes; /* received in this case */
  bool flooded;
  struct pair identity[IDENTITY_MAX]; /* as read first; values are owned */
  size_t identity_count;
};

/* A value by name: captured by a case, read as identity, given by the bench. */
struct capture {
  char name[48];
  uint64_t number;
  size_t length;
  uint8_t *bytes; /* owned */
};

#define CAPTURES_MAX 64

/* What is found out about a case. It only gets worse. */
struct outcome {
  enum verdict verdict;
  unsigned step;
  char reason[512];
  char expected[CASE_BYTES_SHOWN];
  char got[CASE_BYTES_SHOWN];
};

/* A setting that a case changed and that is put back at its end. */
struct changed {
  struct station *station;
  const struct protocol_verb *verb;
  const char *name;
  uint8_t bytes[256];
  size_t length;
};

#define CHANGED_MAX 32

struct run {
  const struct run_options *options;
  struct journal *journal;
  struct hub *hub;
  const struct protocol *family;
  struct station stations[HUB_ENDPOINTS];
  size_t station_count;
  struct capture captures[CAPTURES_MAX];
  size_t capture_count;
  size_t capture_kept; /* the first ones outlive a case: identity, ixit */
  struct changed changed[CHANGED_MAX];
  size_t changed_count;
  uint64_t before; /* time of earlier sessions and runs in this journal */
  uint8_t next_id; /* for exchanges of the runner's own */
  bool dead;       /* the device under test has stopped answering */
  bool lost;       /* an endpoint is gone: nothing more can be run */
  bool cancelled;
  char changed_device[160]; /* how, if another one answered at the end */
  bool broken;              /* the journal cannot be written */
  struct run_totals *totals;
  uint8_t piece[65536]; /* what one wait brings */
};

/* ---- emit.c: records ---- */

void emit(struct run *run, struct record *record);
void emit_note(struct run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void emit_bytes(struct run *run, const struct station *station, bool sent,
                const uint8_t *bytes, size_t length);
uint64_t run_now(const struct run *run);

/* What ended a step early: "the link was lost", "interrupted". */
const char *cut_short(const struct run *run);

/* Makes an outcome worse; the first reason of the worst verdict stays. Returns false,
 * for `return worsen(...)`. */
bool worsen(struct outcome *outcome, enum verdict verdict, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- station.c: bytes to arrivals ---- */

struct station *station_of(struct run *run, const char *name);
bool station_open(struct station *station, struct wire_error *error);
bool station_set(struct station *station, const char *name, const char *value,
                 struct wire_error *error);
void station_close(struct station *station);

/* The next arrival of the station that is there by `deadline`, or NULL. The caller
 * frees it. */
struct arrival *station_next(struct run *run, struct station *station,
                             uint64_t deadline);

/* Lets time pass; arrivals pile up. */
void run_wait(struct run *run, uint64_t deadline);

/* Forgets what has arrived and is not looked at. Returns how many arrivals. */
size_t station_drain(struct station *station);

/* True if the profile says that this message may come at any time. */
bool station_ignores(const struct station *station, const struct wire_type *type);

bool station_send(struct run *run, struct station *station, const uint8_t *bytes,
                  size_t length);

/* ---- names.c: $names ---- */

const struct capture *capture_find(const struct run *run, const char *name);
bool capture_set(struct run *run, const char *name, const uint8_t *bytes, size_t length,
                 uint64_t number);
void captures_forget(struct run *run, size_t keep);

/* ---- compose.c: patterns to bytes ---- */

/* Encodes the message of a pattern, with $names resolved. */
bool compose_body(const struct run *run, const struct message_pattern *message,
                  uint8_t *body, size_t capacity, size_t *length,
                  struct wire_error *error);

/* Composes what a SEND step puts on the wire, framing included. */
bool compose_step(const struct run *run, const struct station *station,
                  const struct step *step, uint8_t *out, size_t capacity,
                  size_t *length, struct wire_error *error);

/* A message in words: "modem_status {status: joined}". */
void describe(const struct wire_type *type, const uint8_t *body, size_t length,
              char *out, size_t capacity);
void describe_arrival(const struct arrival *arrival, char *out, size_t capacity);
void describe_pattern(const struct message_pattern *message, char *out,
                      size_t capacity);

/* ---- match.c: patterns against messages ---- */

/* True if the message is as the pattern says; captures are made only then. Else `why`
 * says what differs. */
bool match_message(struct run *run, const struct message_pattern *pattern,
                   const struct wire_type *type, const uint8_t *body, size_t length,
                   char *why, size_t capacity);

/* ---- steps.c, exchange.c, example.c ---- */

bool do_steps(struct run *run, const struct step *steps, size_t count,
              struct outcome *outcome);

/* One exchange of a verb. `result` takes the octets read, may be NULL. */
bool do_exchange(struct run *run, struct station *station,
                 const struct protocol_exchange *exchange, uint64_t within,
                 struct outcome *outcome, uint8_t *result, size_t capacity,
                 size_t *result_length);
bool do_verb(struct run *run, struct station *station, const struct step *step,
             struct outcome *outcome);
void put_back(struct run *run, struct outcome *outcome);
bool do_sentinel(struct run *run, struct station *station, uint64_t within,
                 struct outcome *outcome);
uint8_t fresh_id(struct run *run);

/* The amount a step gives, with a parameter of the case looked up. */
uint64_t amount_of(const struct run *run, struct amount amount);

void do_example(struct run *run, const struct test_case *test_case,
                struct outcome *outcome);

/* ---- identity.c ---- */

/* Reads the identity of every endpoint; `when` is "first", "last", or NULL in between,
 * where nothing is recorded. After the first time it is compared: a difference is
 * INCONCLUSIVE. */
bool identity_read(struct run *run, const char *when, struct outcome *outcome);

/* True if a device that flooded has stopped: nothing comes for a while. */
bool station_settles(struct run *run, struct station *station);

/* True if the endpoint answers anything at all. */
bool station_alive(struct run *run, struct station *station);

/* ---- plan.c ---- */

/* Why a case cannot run on this bench, or NULL. Text in `out`. */
const char *plan_skip(const struct run *run, const struct test_case *test_case,
                      char *out, size_t capacity);

/* ---- header.c: the first and the last record ---- */

bool any_real(const struct run_options *options); /* a link other than sim: */
bool emit_header(struct run *run);                /* false: no memory */
void emit_end(struct run *run);

/* ---- resume.c ---- */

/* Reads the journal of an earlier run: marks the finished cases of the selection, adds
 * their verdicts to the totals, shows them to the observer. False if the journal cannot
 * be read or is of another run. */
bool resume_load(struct run *run, bool *finished, bool *usage, char *error,
                 size_t capacity);

/* ---- one_case.c ---- */

void run_case(struct run *run, const struct test_case *test_case, unsigned number);

/* The first and the last record of a case, also of one that is not run. */
void announce_case(struct run *run, const struct test_case *test_case, unsigned number);
void conclude_case(struct run *run, const struct test_case *test_case,
                   struct outcome *outcome);

#endif
