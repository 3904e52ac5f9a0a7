/* report_sample.h: small runs that hold everything a report must show, and what it must
 * not be deceived by.
 */
#ifndef TEST_REPORT_SAMPLE_H
#define TEST_REPORT_SAMPLE_H

#include "run/journal.h"
#include "scratch.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define PAIRS(rows) .pairs = (rows), .pair_count = COUNT(rows)

static const uint8_t ask[] = {0x7E, 0x00, 0x04, 0x08};
static const uint8_t answer[] = {0x7E, 0x00, 0x05};
static const struct pair run_pairs[] = {
    {"tool", "wirecert 0.1.0"},  {"seed", "1"},
    {"planned", "xbee/at/good"}, {"requirement", "AT-01"},
    {"requirement", "AT-09"},
};
static const struct pair identity_pairs[] = {{"VR", "200D"}};
static const struct pair cover_pairs[] = {
    {"level", "must"}, {"covers", "AT-01"}, {"covers", "AT-02"}, {"source", "guide"}};
static const struct pair other_pairs[] = {{"level", "should"}, {"covers", "AT-03"}};
static const struct pair got_pairs[] = {{"step", "2"},
                                        {"expected", "ok"},
                                        {"expected", "it's: fine"},
                                        {"got", "error # 1"}};

static const struct record sample[] = {
    {.kind = RECORD_RUN, PAIRS(run_pairs)},
    {.kind = RECORD_IDENTITY,
     .endpoint = "iut",
     .text = "first",
     PAIRS(identity_pairs)},
    {.kind = RECORD_CASE,
     .case_id = "xbee/at/good",
     .text = "It's answered",
     PAIRS(cover_pairs)},
    {.kind = RECORD_BYTES,
     .endpoint = "iut",
     .sent = true,
     .bytes = ask,
     .length = sizeof ask},
    {.kind = RECORD_VERDICT, .time = 1000, .case_id = "xbee/at/good"},
    {.kind = RECORD_CASE,
     .time = 1000,
     .case_id = "xbee/at/bad",
     .text = "It's answered",
     PAIRS(cover_pairs)},
    {.kind = RECORD_STEP, .time = 1000, .endpoint = "iut", .number = 1, .text = "send"},
    {.kind = RECORD_BYTES,
     .time = 1000,
     .endpoint = "iut",
     .sent = true,
     .bytes = ask,
     .length = sizeof ask},
    {.kind = RECORD_BYTES,
     .time = 2000,
     .endpoint = "iut",
     .bytes = answer,
     .length = 3},
    {.kind = RECORD_BYTES, .time = 2500, .endpoint = "iut", .bytes = ask, .length = 1},
    {.kind = RECORD_NOTE, .time = 3000, .text = "tried again"},
    {.kind = RECORD_VERDICT,
     .time = 1500000,
     .case_id = "xbee/at/bad",
     .verdict = VERDICT_FAIL,
     .text = "status is error, not ok",
     PAIRS(got_pairs)},
    {.kind = RECORD_CASE, .case_id = "xbee/io/todo", .text = "p", PAIRS(other_pairs)},
    {.kind = RECORD_VERDICT,
     .case_id = "xbee/io/todo",
     .verdict = VERDICT_FAIL,
     .expected = true,
     .text = "known # 7"},
    {.kind = RECORD_CASE, .case_id = "xbee/io/lost", .text = "p", PAIRS(other_pairs)},
    {.kind = RECORD_VERDICT,
     .case_id = "xbee/io/lost",
     .verdict = VERDICT_INCONCLUSIVE,
     .text = "link lost"},
    {.kind = RECORD_VERDICT,
     .case_id = "xbee/skipped",
     .verdict = VERDICT_SKIP,
     .text = "no peer"},
    {.kind = RECORD_VERDICT,
     .case_id = "fault",
     .verdict = VERDICT_ERROR,
     .text = "no such message"},
    {.kind = RECORD_NOTE, .text = "the device is still there"},
    {.kind = RECORD_END, .text = "complete"},
};

/* Everything a device or a case file could say to be taken for something else. */
static const char hostile[] =
    "]]></testcase><!-- & \"'\a\x1B[31m\xFF\xC2\x9B # SKIP\n"
    "ok 9 - x\nBail out!\n...\n  ---\n- 'a: b': |\\ \xEF\xBF\xBF";

static const struct pair hostile_pairs[] = {
    {"level", "must"}, {"covers", hostile}, {"covers", hostile}};
static const struct pair hostile_details[] = {
    {"reason", hostile}, {"*S", hostile}, {"got", hostile}, {"got", ""}};
static const struct record hostile_run[] = {
    {.kind = RECORD_RUN, PAIRS(hostile_details)},
    {.kind = RECORD_IDENTITY,
     .endpoint = hostile,
     .text = "first",
     PAIRS(hostile_details)},
    {.kind = RECORD_IDENTITY,
     .endpoint = hostile,
     .text = "last",
     PAIRS(hostile_details)},
    {.kind = RECORD_NOTE, .text = hostile},
    {.kind = RECORD_CASE, .case_id = hostile, .text = hostile, PAIRS(hostile_pairs)},
    {.kind = RECORD_STEP, .endpoint = hostile, .number = 1, .text = hostile},
    {.kind = RECORD_BYTES, .endpoint = hostile, .bytes = ask, .length = sizeof ask},
    {.kind = RECORD_NOTE, .text = hostile},
    {.kind = RECORD_VERDICT,
     .case_id = hostile,
     .verdict = VERDICT_FAIL,
     .text = hostile,
     PAIRS(hostile_details)},
    {.kind = RECORD_VERDICT,
     .case_id = hostile,
     .verdict = VERDICT_SKIP,
     .text = hostile},
    {.kind = RECORD_VERDICT,
     .case_id = hostile,
     .verdict = VERDICT_FAIL,
     .expected = true,
     .text = hostile},
    {.kind = RECORD_END, .text = "complete"},
};

/* Two cases that pass and one that was not reached. */
static const struct record short_run[] = {
    {.kind = RECORD_RUN},
    {.kind = RECORD_CASE, .case_id = "a/b/c", .text = "p", PAIRS(cover_pairs)},
    {.kind = RECORD_VERDICT, .case_id = "a/b/c"},
    {.kind = RECORD_CASE, .case_id = "a/b/d", .text = "p", PAIRS(cover_pairs)},
    {.kind = RECORD_VERDICT, .case_id = "a/b/d"},
    {.kind = RECORD_END, .text = "stopped\x1B[2J"},
};

static inline void assert_holds(const char *text, const char *part) {
  if (strstr(text, part) == NULL) fail_msg("\"%s\" is not in:\n%s", part, text);
}

static inline void assert_printable(const char *text) {
  for (const char *c = text; *c != 0; c++)
    if (*c != '\n' && (*c < ' ' || *c > '~')) fail_msg("byte %02X", (unsigned char)*c);
}

#endif
