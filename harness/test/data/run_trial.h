/* run_trial.h: a small suite for the XBee family, and a run over some of its cases with
 * everything that an observer sees of it. */
#ifndef TEST_RUN_TRIAL_H
#define TEST_RUN_TRIAL_H

#include "case_tree.h"
#include "run/run.h"

/* Short, since some devices do not answer; long enough for a busy machine. */
#define TRIAL_WITHIN "within: 250 ms\n"

static const char trial_requirements[] =
    "family: xbee\n"
    "requirements:\n"
    "  - {id: MUST, level: must, text: one, source: manual}\n"
    "  - {id: SHOULD, level: should, text: two, source: manual}\n"
    "  - {id: MAY, level: may, text: three, source: manual}\n"
    "  - {id: PROBE, level: probe, text: four}\n";

/* A capability must be some profile's. */
static const char trial_other[] =
    "profile: other\ntitle: o\nfamily: xbee\ncapabilities: [teleport]\n";

#define CASE(id, covers, more)                                                         \
  "  - id: xbee/" id "\n    purpose: p\n    covers: [" covers "]\n" more "    steps:\n"
#define ASK(id, command)                                                               \
  "      - send: {at_command: {frame_id: " id ", command: " command "}}\n"
#define HEAR(id, fields)                                                               \
  "      - expect: {at_command_response: {frame_id: " id ", " fields "}}\n"
/* No device takes QQ: honest ones say so, others go wrong from here on. */
#define ODD       ASK("0x31", "QQ") HEAR("0x31", "command: QQ, status: ok")
#define SENTINEL  "      - sentinel: ~\n"
#define NEEDS(it) "    needs: {" it "}\n"

/* clang-format off */
static const char trial_cases[] =
    "family: xbee\ncases:\n"
    CASE("at/query", "MUST", "")
      ASK("0x21", "VR") HEAR("0x21", "command: VR, status: ok, value: $iut.VR")
    CASE("t/next", "MUST", "") ASK("0x22", "HV") HEAR("0x22", "status: ok")
    CASE("t/last", "MUST", "") ASK("0x23", "SL") HEAR("0x23", "status: ok")
    CASE("t/odd", "MUST", "") ODD
    CASE("t/odd-should", "SHOULD", "") ODD
    CASE("t/odd-may", "MAY", "") ODD
    CASE("t/odd-probe", "PROBE", "") ODD
    CASE("t/odd-known", "MUST", "")
      ASK("0x31", "QQ") HEAR("0x31", "status: invalid_command")
    CASE("t/hasty", "MUST", "") ODD "        within: 20 ms\n"
    CASE("t/twice", "MUST", "    each: {number: [1, 2], times: [1, 2]}\n")
      ASK("$number", "VR") "        repeat: $times\n"
      HEAR("$number", "status: ok") "      - silence: 10 ms\n"
    CASE("t/each", "MUST", "    each: {number: [1, 2, 0x7F, 3]}\n")
      ASK("$number", "VR") HEAR("1..3", "status: ok")
    CASE("t/answered", "MUST", "") ASK("0x41", "NI") SENTINEL
    CASE("t/unanswered", "MUST", "") ASK("0", "NI") SENTINEL
    CASE("t/back", "MUST", "")
      "      - at: {NI: changed}\n      - at: {NI: again}\n" ODD
    CASE("t/old", "MUST", "") ASK("0x24", "NI") HEAR("0x24", "value: {text: old}")
    CASE("t/peer", "MUST", NEEDS("endpoints: [iut, peer]")) SENTINEL
    CASE("t/claim", "MUST", NEEDS("capability: [teleport]")) SENTINEL
    CASE("t/ixit", "MUST", NEEDS("ixit: [host]")) SENTINEL
    CASE("t/tagged", "MUST", "    tags: [reset]\n") SENTINEL;
/* clang-format on */

#define TRIAL_CASES 12

struct trial_verdict {
  char id[40];
  enum verdict verdict;
  bool expected;
  char text[520];
  char wanted[200];
  char got[200];
};

struct trial {
  struct run_options options; /* to be filled further before the run */
  struct run_totals totals;
  const struct test_case *cases[TRIAL_CASES];
  struct trial_verdict seen[TRIAL_CASES];
  size_t count;
  char notes[4000];
  char end[200];
  const char *cancel_case; /* run_cancel() when this case ... */
  unsigned cancel_step;    /* ... gets to this step; 0: at its beginning */
  bool in_case;
  bool usage;
  char error[300];
};

static struct suite *trial_suite;
static char trial_program[512];

/* Writes and loads the suite. The profile is the real one, with less patience. */
static inline int trial_begin(void **state) {
  char from[700], bytes[8192];
  ssize_t length = readlink("/proc/self/exe", trial_program, sizeof trial_program - 1);
  if (length <= 0 || tree_begin(state) != 0) return -1;
  snprintf(from, sizeof from, "%s/../../../cases/profiles/xbee3-802154.yaml",
           data_path);
  FILE *file = fopen(from, "r");
  if (file == NULL) return -1;
  bytes[fread(bytes, 1, sizeof bytes - 1, file)] = 0;
  fclose(file);
  char *within = strstr(bytes, "\nwithin: ");
  if (within == NULL) return -1;
  snprintf(within + 1, sizeof bytes - (size_t)(within + 1 - bytes), TRIAL_WITHIN);
  tree_text("cases/profiles/xbee3-802154.yaml", bytes);
  tree_text("cases/profiles/other.yaml", trial_other);
  tree_text("cases/xbee/requirements.yaml", trial_requirements);
  tree_text("cases/xbee/cases.yaml", trial_cases);
  trial_suite = suite_load("cases", stderr);
  return trial_suite != NULL ? 0 : -1;
}

static inline int trial_end(void **state) {
  suite_free(trial_suite);
  return tree_end(state);
}

static inline const struct test_case *trial_case(const char *name) {
  char id[64];
  snprintf(id, sizeof id, "xbee/%s", name);
  const struct test_case *found = suite_case(trial_suite, id);
  assert_non_null(found);
  return found;
}

/* One device under test: run_device.h of this kind, or the reference device. */
static inline const struct bench *trial_bench(const char *kind) {
  static char link[600];
  static struct endpoint iut;
  static const struct protocol_setting host = {"host", "example.org"};
  static const struct bench with_ixit = {"a bench", &iut, 1, &host, 1};
  static const struct bench plain = {"a bench", &iut, 1, NULL, 0};
  bool simulated = strcmp(kind, "sim") == 0;
  snprintf(link, sizeof link, "exec:'%s' --device %s", trial_program, kind);
  iut = (struct endpoint){.name = "iut",
                          .profile = suite_profile(trial_suite, "xbee3-802154"),
                          .link = simulated ? "sim:" : link};
  return simulated ? &with_ixit : &plain;
}

static inline const char *trial_pair(const struct record *record, const char *name) {
  for (size_t i = 0; i < record->pair_count; i++) {
    if (strcmp(record->pairs[i].name, name) == 0) return record->pairs[i].value;
  }
  return "";
}

static inline void trial_observe(void *context, const struct record *record) {
  struct trial *trial = context;
  const char *text = record->text ? record->text : "";
  if (record->kind == RECORD_CASE)
    trial->in_case =
        trial->cancel_case && strcmp(record->case_id, trial->cancel_case) == 0;
  bool here = record->kind == RECORD_CASE
                  ? trial->cancel_step == 0
                  : record->kind == RECORD_STEP && trial->cancel_step > 0 &&
                        record->number == trial->cancel_step;
  if (trial->in_case && here) run_cancel();
  if (record->kind == RECORD_NOTE)
    snprintf(trial->notes + strlen(trial->notes),
             sizeof trial->notes - strlen(trial->notes), "%s\n", text);
  if (record->kind == RECORD_END) snprintf(trial->end, sizeof trial->end, "%s", text);
  if (record->kind != RECORD_VERDICT) return;
  assert_true(trial->count < TRIAL_CASES);
  struct trial_verdict *seen = &trial->seen[trial->count++];
  seen->verdict = record->verdict;
  seen->expected = record->expected;
  snprintf(seen->id, sizeof seen->id, "%s", record->case_id + strlen("xbee/"));
  snprintf(seen->text, sizeof seen->text, "%s", text);
  snprintf(seen->wanted, sizeof seen->wanted, "%s", trial_pair(record, "expected"));
  snprintf(seen->got, sizeof seen->got, "%s", trial_pair(record, "got"));
}

/* Runs the cases named in `names` (blanks between them) on a device of this kind, NULL:
 * without a bench. The journal is new unless it is resumed. */
static inline bool trial_run(struct trial *trial, const char *kind, const char *names) {
  char words[300];
  snprintf(words, sizeof words, "%s", names);
  struct run_options *options = &trial->options;
  trial->count = 0;
  trial->notes[0] = trial->end[0] = trial->error[0] = 0;
  options->case_count = 0;
  for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
    assert_true(options->case_count < TRIAL_CASES);
    trial->cases[options->case_count++] = trial_case(word);
  }
  options->suite = trial_suite;
  options->cases = trial->cases;
  options->bench = kind ? trial_bench(kind) : NULL;
  options->selection = names;
  options->journal_path = "run.journal";
  options->observer = trial_observe;
  options->context = trial;
  if (!options->resume) unlink(options->journal_path);
  return run_cases(options, &trial->totals, &trial->usage, trial->error,
                   sizeof trial->error);
}

/* How often `text` stands in the journal. */
static inline unsigned trial_journal(const char *text, size_t *size) {
  FILE *file = fopen("run.journal", "r");
  assert_non_null(file);
  char *line = NULL;
  size_t room = 0;
  unsigned count = 0;
  *size = 0;
  for (ssize_t length; (length = getline(&line, &room, file)) > 0;) {
    *size += (size_t)length;
    count += strstr(line, text) != NULL;
  }
  free(line);
  fclose(file);
  return count;
}

#endif
