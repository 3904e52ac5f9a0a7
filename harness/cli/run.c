/* run.c: `wirecert run`. */
#include "run/run.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/cli.h"
#include "report/report.h"

#define TAGS_MAX 16

static const char usage_text[] =
    "Usage: wirecert run [OPTION...] [SELECT...]\n\n"
    "Runs cases against a device and reports TAP on stdout. Without --bench or --device\n"
    "the built-in reference devices are certified, in virtual time.\n\n"
    "SELECT: a path prefix (xbee, xbee/framing), a glob (xbee/at/*), @tag, or\n"
    "covers:REQUIREMENT. Nothing given selects all.\n\n"
    "  --bench FILE      endpoints of the run: profiles and links\n"
    "  --device URI      the device under test alone, with --profile; URI is one of\n"
    "                      serial:/dev/ttyUSB0?baud=9600&parity=none&flow=none\n"
    "                      pty:PATH  tcp:HOST:PORT  unix:PATH  exec:PROGRAM  sim:\n"
    "  --profile NAME    what the vendor claims of it: a file of cases/profiles\n"
    "  --cases DIR       where the cases are (else $WIRECERT_CASES, ./cases, ...)\n"
    "  --out DIR         journal and reports (default reports/out; with a real device\n"
    "                    reports/out/DATE-TIME, so that no evidence is overwritten)\n"
    "  --junit FILE      JUnit XML (default OUT/junit.xml)\n"
    "  --json FILE       JSON (default OUT/report.json)\n"
    "  --expect FILE     failures that are known; a list that does not hold fails\n"
    "  --allow TAG       run cases with this tag too (nonvolatile, reset, slow, ...; all\n"
    "                    for every tag); may be given again\n"
    "  --seed N          for reference devices (default 1)\n"
    "  --resume          finish the run whose journal is in OUT\n"
    "  --strict          recommendations (should) bind too\n"
    "  --quiet           no progress and no summary\n";

struct choices {
  const char *bench, *device, *profile, *cases, *out, *junit, *json, *expect;
  const char *tags[TAGS_MAX + 1];
  size_t tag_count;
  uint64_t seed;
  bool resume, strict, quiet, help;
  char directory[64];
  char journal[4096];
  char started[32];
};

enum { BENCH = 256, DEVICE, PROFILE, CASES, OUT, JUNIT, JSON, EXPECT, ALLOW, SEED };
enum { RESUME = SEED + 1, STRICT, QUIET, HELP };

static const struct option long_options[] = {
    {"bench", required_argument, NULL, BENCH},
    {"device", required_argument, NULL, DEVICE},
    {"profile", required_argument, NULL, PROFILE},
    {"cases", required_argument, NULL, CASES},
    {"out", required_argument, NULL, OUT},
    {"junit", required_argument, NULL, JUNIT},
    {"json", required_argument, NULL, JSON},
    {"expect", required_argument, NULL, EXPECT},
    {"allow", required_argument, NULL, ALLOW},
    {"seed", required_argument, NULL, SEED},
    {"resume", no_argument, NULL, RESUME},
    {"strict", no_argument, NULL, STRICT},
    {"quiet", no_argument, NULL, QUIET},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static bool take_seed(const char *text, uint64_t *seed) {
  char *end;
  errno = 0;
  *seed = strtoull(text, &end, 0);
  return errno == 0 && end != text && *end == 0 && text[0] != '-';
}

static int take_option(struct choices *choices, int option) {
  switch (option) {
  case BENCH: choices->bench = optarg; return 0;
  case DEVICE: choices->device = optarg; return 0;
  case PROFILE: choices->profile = optarg; return 0;
  case CASES: choices->cases = optarg; return 0;
  case OUT: choices->out = optarg; return 0;
  case JUNIT: choices->junit = optarg; return 0;
  case JSON: choices->json = optarg; return 0;
  case EXPECT: choices->expect = optarg; return 0;
  case ALLOW:
    if (choices->tag_count == TAGS_MAX)
      return cli_usage("run", "at most %d tags", TAGS_MAX);
    choices->tags[choices->tag_count++] = optarg;
    return 0;
  case SEED:
    if (take_seed(optarg, &choices->seed)) return 0;
    return cli_usage("run", "--seed %s: must be a number", optarg);
  case RESUME: choices->resume = true; return 0;
  case STRICT: choices->strict = true; return 0;
  case QUIET: choices->quiet = true; return 0;
  case HELP: choices->help = true; return 0;
  default: return cli_usage("run", "unknown option or missing argument");
  }
}

static int take_options(int argc, char **argv, struct choices *choices) {
  int option;
  opterr = 1;
  while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
    int status = take_option(choices, option);
    if (status != 0) return status;
  }
  if (choices->help) return 0;
  if (choices->bench && choices->device)
    return cli_usage("run", "--bench and --device exclude each other");
  if ((choices->device == NULL) != (choices->profile == NULL))
    return cli_usage("run", "--device and --profile belong together");
  return 0;
}

/* ---- watching ---------------------------------------------------------------- */

struct watchers {
  struct tap *tap;
  struct progress *progress;
};

static void watch(void *context, const struct record *record) {
  struct watchers *watchers = context;
  /* The line of progress is wiped before TAP prints on the same terminal. */
  if (watchers->progress) progress_take(watchers->progress, record);
  if (watchers->tap) tap_take(watchers->tap, record);
}

static void interrupted(int signal_number) {
  (void)signal_number;
  run_cancel();
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = interrupted};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
}

/* ---- the run ----------------------------------------------------------------- */

static bool is_real(const struct bench *bench) {
  for (size_t i = 0; bench != NULL && i < bench->endpoint_count; i++) {
    if (strncmp(bench->endpoints[i].link, "sim:", 4) != 0) return true;
  }
  return false;
}

/* A bench of one device, as --device and --profile give it. */
struct single {
  struct endpoint endpoint;
  struct bench bench;
};

static const struct bench *single_bench(const struct choices *choices,
                                        const struct suite *suite,
                                        struct single *single) {
  struct link_error error;
  const struct profile *profile = suite_profile(suite, choices->profile);
  if (profile == NULL) {
    const char *names[64];
    size_t count = 0;
    for (; count < suite->profile_count && count < 63; count++)
      names[count] = suite->profiles[count].name;
    names[count] = NULL;
    const char *near = wire_nearest(choices->profile, names);
    cli_usage("run", "no profile '%s', %s '%s'%s", choices->profile,
              near ? "did you mean" : "there is", near ? near : names[0],
              near        ? "?"
              : count > 1 ? " and others in cases/profiles"
                          : "");
    return NULL;
  }
  if (!link_check(choices->device, &error)) {
    cli_usage("run", "--device %s: %s", choices->device, error.text);
    return NULL;
  }
  single->endpoint =
      (struct endpoint){"iut", profile, choices->device, {"--device", 0, 0}};
  single->bench = (struct bench){choices->device, &single->endpoint, 1, NULL, 0};
  return &single->bench;
}

static bool make_directories(const char *path) {
  char copy[4096];
  snprintf(copy, sizeof copy, "%s", path);
  for (char *c = copy + 1; *c != 0; c++) {
    if (*c != '/') continue;
    *c = 0;
    if (mkdir(copy, 0777) != 0 && errno != EEXIST) return false;
    *c = '/';
  }
  return mkdir(copy, 0777) == 0 || errno == EEXIST;
}

static void join(char **words, size_t count, char *out, size_t capacity) {
  out[0] = 0;
  for (size_t i = 0; i < count; i++) {
    size_t used = strlen(out);
    snprintf(out + used, capacity - used, "%s%s", i ? " " : "", words[i]);
  }
}

static int exit_of(const struct run_totals *totals) {
  if (totals->verdicts[VERDICT_ERROR] > 0) return EXIT_FAULT;
  if (totals->verdicts[VERDICT_FAIL] > 0 || totals->rotten > 0) return EXIT_FAILED;
  if (totals->verdicts[VERDICT_INCONCLUSIVE] > 0 || !totals->complete)
    return EXIT_INCONCLUSIVE;
  return EXIT_FINE;
}

static bool write_reports(const struct choices *choices, const char *journal) {
  char path[4096];
  char error[512];
  const char *junit = choices->junit;
  if (junit == NULL) snprintf(path, sizeof path, "%s/junit.xml", choices->out);
  bool good = report_junit(journal, junit ? junit : path, error, sizeof error);
  if (!good) cli_fail("run", EXIT_FAULT, "%s", error);
  const char *json = choices->json;
  if (json == NULL) snprintf(path, sizeof path, "%s/report.json", choices->out);
  if (!report_json(journal, json ? json : path, error, sizeof error)) {
    cli_fail("run", EXIT_FAULT, "%s", error);
    good = false;
  }
  return good;
}

static int perform(struct choices *choices, struct run_options *options) {
  struct run_totals totals;
  char error[512];
  bool usage = false;
  time_t now = time(NULL);
  bool real = is_real(options->bench);
  strftime(choices->started, sizeof choices->started, "%Y-%m-%dT%H:%M:%SZ",
           gmtime(&now));
  strftime(choices->directory, sizeof choices->directory,
           real ? "reports/out/%Y%m%dT%H%M%SZ" : "reports/out", gmtime(&now));
  if (choices->out == NULL && real && choices->resume)
    return cli_usage("run", "--resume needs --out, the directory of the run to finish");
  if (choices->out == NULL) choices->out = choices->directory;
  options->started = choices->started;
  snprintf(choices->journal, sizeof choices->journal, "%s/run.journal", choices->out);
  if (!make_directories(choices->out))
    return cli_fail("run", EXIT_USAGE, "--out %s: %s", choices->out, strerror(errno));
  /* Reference devices can be asked again at no cost: a new run replaces the old. */
  if (!choices->resume && !real) remove(choices->journal);
  options->journal_path = choices->journal;
  struct watchers watchers = {
      .tap = tap_new(stdout, (unsigned)options->case_count),
      .progress =
          choices->quiet ? NULL : progress_new(stderr, (unsigned)options->case_count),
  };
  if (watchers.tap == NULL) return cli_fail("run", EXIT_FAULT, "out of memory");
  options->observer = watch;
  options->context = &watchers;
  catch_signals();
  bool ran = run_cases(options, &totals, &usage, error, sizeof error);
  int status = ran ? exit_of(&totals) : usage ? EXIT_USAGE : EXIT_INCONCLUSIVE;
  if (!ran) {
    char harmless[2048];
    wire_print_text((const uint8_t *)error, strlen(error), harmless, sizeof harmless);
    printf("Bail out! %s\n", harmless);
    cli_fail("run", status, "%s", error);
  } else if (!write_reports(choices, choices->journal)) {
    status = EXIT_FAULT;
  }
  tap_free(watchers.tap);
  progress_free(watchers.progress);
  if (!choices->quiet) fprintf(stderr, "journal and reports: %s\n", choices->out);
  return status;
}

static int with_suite(struct choices *choices, struct suite *suite, char **selectors,
                      size_t selector_count) {
  struct single single;
  struct run_options options = {
      .suite = suite,
      .allowed = choices->tags,
      .seed = choices->seed,
      .strict = choices->strict,
      .resume = choices->resume,
  };
  char selection[1024];
  char today[16];
  time_t now = time(NULL);
  strftime(today, sizeof today, "%Y-%m-%d", gmtime(&now));
  if (choices->bench) {
    options.bench = bench_load(suite, choices->bench, stderr);
    if (options.bench == NULL) return EXIT_USAGE;
  } else if (choices->device) {
    options.bench = single_bench(choices, suite, &single);
    if (options.bench == NULL) return EXIT_USAGE;
  }
  if (choices->expect) {
    options.expected = expected_load(suite, choices->expect, today, stderr);
    if (options.expected == NULL) return EXIT_USAGE;
  }
  options.cases =
      cli_select("run", suite, selectors, selector_count, &options.case_count);
  if (options.cases == NULL) return EXIT_USAGE;
  join(selectors, selector_count, selection, sizeof selection);
  options.selection = selection;
  int status = perform(choices, &options);
  free((void *)(uintptr_t)options.cases);
  return status;
}

int cli_run(int argc, char **argv) {
  struct choices choices = {.seed = 1};
  char path[4096];
  int status = take_options(argc, argv, &choices);
  if (status != 0) return status;
  if (choices.help) {
    fputs(usage_text, stdout);
    return EXIT_FINE;
  }
  struct suite *suite = suite_load(cli_cases(choices.cases, path, sizeof path), stderr);
  if (suite == NULL) return EXIT_USAGE;
  status = with_suite(&choices, suite, argv + optind, (size_t)(argc - optind));
  suite_free(suite);
  return status;
}
