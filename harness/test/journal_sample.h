/* journal_sample.h: one record of every kind, and the journal they make. */
#ifndef TEST_JOURNAL_SAMPLE_H
#define TEST_JOURNAL_SAMPLE_H

#include "run/journal.h"
#include "scratch.h"

static char error[300];

static const uint8_t octets[] = {0x7E, 0x00, 0x04, 0xFF};

static const struct pair run_pairs[] = {{"tool", "wirecert 0.1.0"},
                                        {"seed", "1"},
                                        {"planned", "a/b/c"},
                                        {"planned", "a/b/d"}};
static const struct pair identity_pairs[] = {{"VR", "200D"}, {"NI", "x"}};
static const struct pair case_pairs[] = {{"level", "must"},
                                         {"covers", "AT-01"},
                                         {"covers", "AT-02"},
                                         {"source", "guide, 3.1"}};
static const struct pair verdict_pairs[] = {
    {"step", "2"}, {"expected", "ok"}, {"got", "error"}};
static const struct pair total_pairs[] = {{"pass", "0"}};

#define PAIRS(rows) .pairs = (rows), .pair_count = sizeof(rows) / sizeof *(rows)

static const struct record records[] = {
    {.kind = RECORD_RUN, PAIRS(run_pairs)},
    {.kind = RECORD_IDENTITY,
     .endpoint = "iut",
     .text = "first",
     PAIRS(identity_pairs)},
    {.kind = RECORD_CASE,
     .case_id = "a/b/c",
     .number = 1,
     .text = "An answer comes",
     PAIRS(case_pairs)},
    {.kind = RECORD_STEP, .time = 1, .endpoint = "iut", .number = 1, .text = "send x"},
    {.kind = RECORD_STEP, .time = 1, .number = 4000000000u, .text = "wait"},
    {.kind = RECORD_BYTES,
     .time = 2,
     .endpoint = "iut",
     .sent = true,
     .bytes = octets,
     .length = sizeof octets},
    {.kind = RECORD_BYTES, .time = 3, .endpoint = "peer", .bytes = octets, .length = 1},
    {.kind = RECORD_BYTES, .time = 3, .endpoint = "peer", .bytes = octets, .length = 0},
    {.kind = RECORD_NOTE, .time = 4, .text = "tried again"},
    {.kind = RECORD_NOTE, .time = 4, .endpoint = "peer", .text = "late"},
    {.kind = RECORD_VERDICT,
     .time = INT64_MAX,
     .case_id = "a/b/c",
     .verdict = VERDICT_FAIL,
     .expected = true,
     .text = "no answer",
     PAIRS(verdict_pairs)},
    {.kind = RECORD_VERDICT, .case_id = "a/b/d", .verdict = VERDICT_SKIP, .text = "no"},
    {.kind = RECORD_END, .text = "complete", PAIRS(total_pairs)},
};
static const size_t record_count = sizeof records / sizeof *records;

static const char text_of_records[] =
    "{\"journal\":1,\"t\":0,\"run\":{\"tool\":\"wirecert 0.1.0\",\"seed\":\"1\","
    "\"planned\":[\"a/b/c\",\"a/b/d\"]}}\n"
    "{\"t\":0,\"endpoint\":\"iut\",\"text\":\"first\","
    "\"identity\":{\"VR\":\"200D\",\"NI\":\"x\"}}\n"
    "{\"t\":0,\"case\":\"a/b/c\",\"number\":1,\"purpose\":\"An answer comes\","
    "\"about\":{\"level\":\"must\",\"covers\":[\"AT-01\",\"AT-02\"],"
    "\"source\":\"guide, 3.1\"}}\n"
    "{\"t\":1,\"endpoint\":\"iut\",\"step\":1,\"text\":\"send x\"}\n"
    "{\"t\":1,\"step\":4000000000,\"text\":\"wait\"}\n"
    "{\"t\":2,\"endpoint\":\"iut\",\"out\":\"7E0004FF\"}\n"
    "{\"t\":3,\"endpoint\":\"peer\",\"in\":\"7E\"}\n"
    "{\"t\":3,\"endpoint\":\"peer\",\"in\":\"\"}\n"
    "{\"t\":4,\"note\":\"tried again\"}\n"
    "{\"t\":4,\"endpoint\":\"peer\",\"note\":\"late\"}\n"
    "{\"t\":9223372036854775807,\"verdict\":\"fail\",\"expected\":true,"
    "\"case\":\"a/b/c\",\"text\":\"no answer\","
    "\"details\":{\"step\":\"2\",\"expected\":\"ok\",\"got\":\"error\"}}\n"
    "{\"t\":0,\"verdict\":\"skip\",\"case\":\"a/b/d\",\"text\":\"no\"}\n"
    "{\"t\":0,\"end\":\"complete\",\"totals\":{\"pass\":\"0\"}}\n";

static inline struct journal *open_new(const char *path) {
  unlink(path);
  struct journal *journal = journal_open(path, false, false, error, sizeof error);
  if (journal == NULL) fail_msg("%s", error);
  return journal;
}

static inline bool count_record(void *context, const struct record *record) {
  (void)record;
  ++*(size_t *)context;
  return true;
}

/* Reads a journal that must be sound; the number of its records. */
static inline size_t count_records(const char *path, bool *cut) {
  size_t count = 0;
  if (!journal_read(path, count_record, &count, cut, error, sizeof error))
    fail_msg("%s", error);
  return count;
}

#endif
