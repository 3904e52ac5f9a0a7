/* bench.c: how fast, as ratios to a limit that is measured in the same run.
 *
 * Limit and subject alternate in short rounds on one core; the median of the rounds'
 * ratios is what counts, with the quartiles as spread. Absolute figures of this machine
 * are shown for the curious only.
 */
#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "case/case.h"
#include "run/run.h"
#include "xbee/frame.h"
#include "xbee/messages.h"

#define FRAMES     1500 /* 54 kB: in the second level cache, as from a driver */
#define FRAME_MOST 72
#define ROUNDS     41
#define REPEATS    12

static uint8_t stream[FRAMES * FRAME_MOST];
static size_t stream_length;
static struct xbee_decoder decoder;
static volatile uint64_t result; /* keeps the loops from being optimised away */

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Receive Packet frames of 36 bytes (AP=1) with 20 bytes of payload. `special`: one
 * byte in 64 needs an escape, as in random data; else none does. */
static void fill(int ap, bool special) {
  uint32_t random = 12345;
  stream_length = 0;
  for (size_t i = 0; i < FRAMES; i++) {
    uint8_t data[32] = {0x90, 0x00, 0x13, 0xA2, 0x00, 0x40,
                        0x52, 0x2B, 0xAA, 0xFF, 0xFE, 0x01};
    data[2] = special ? 0x13 : 0x14;
    for (size_t k = 12; k < sizeof data; k++) {
      random = random * 1664525 + 1013904223;
      data[k] =
          special ? (uint8_t)(random >> 24) : (uint8_t)('a' + (random >> 24) % 26);
    }
    size_t length = 0;
    xbee_wrap(data, sizeof data, ap, stream + stream_length, FRAME_MOST, &length, NULL);
    stream_length += length;
  }
}

/* ---- limit and subjects ------------------------------------------------------ */

/* The least that any decoder must do: find each frame and add its bytes up. */
static uint64_t scan_and_sum(void) {
  const uint8_t *at = stream;
  const uint8_t *end = stream + stream_length;
  uint64_t good = 0;
  while (at + 4 <= end) {
    if (*at != 0x7E) {
      at++;
      continue;
    }
    size_t length = (size_t)at[1] << 8 | at[2];
    if (length + 4 > (size_t)(end - at)) break;
    unsigned sum = 0;
    for (size_t i = 0; i <= length; i++)
      sum += at[3 + i];
    good += (uint8_t)sum == 0xFF;
    at += length + 4;
  }
  return good;
}

/* The same over escaped bytes, where lengths do not tell the end: every byte is added
 * up, delimiters are counted. */
static uint64_t scan_and_sum_escaped(void) {
  unsigned sum = 0;
  uint64_t frames = 0;
  for (size_t i = 0; i < stream_length; i++) {
    sum += stream[i];
    frames += stream[i] == 0x7E;
  }
  return frames + (sum & 1);
}

static uint64_t framing(void) {
  struct protocol_frame frame;
  uint64_t good = 0;
  xbee_framing.feed(&decoder, stream, stream_length, 0);
  while (xbee_framing.next(&decoder, 0, &frame) == PROTOCOL_FRAME)
    good += frame.type != NULL;
  return good;
}

static uint64_t full_decode(void) {
  struct protocol_frame frame;
  struct wire_message message;
  struct wire_error error;
  uint64_t values = 0;
  xbee_framing.feed(&decoder, stream, stream_length, 0);
  while (xbee_framing.next(&decoder, 0, &frame) == PROTOCOL_FRAME) {
    if (wire_decode(frame.type, frame.body, frame.length, &message, &error))
      values += message.count;
  }
  return values;
}

/* ---- measuring --------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

static double time_of(uint64_t (*run)(void)) {
  double start = seconds();
  for (int i = 0; i < REPEATS; i++)
    result += run();
  return seconds() - start;
}

/* Returns true if the median ratio reaches the target. */
static bool row(const char *what, uint64_t (*limit)(void), uint64_t (*subject)(void),
                double target) {
  double ratio[ROUNDS];
  double best = INFINITY;
  time_of(limit);
  time_of(subject);
  for (int i = 0; i < ROUNDS; i++) {
    double least = time_of(limit);
    double ours = time_of(subject);
    ratio[i] = least / ours;
    if (ours < best) best = ours;
  }
  qsort(ratio, ROUNDS, sizeof *ratio, by_size);
  double median = ratio[ROUNDS / 2];
  printf("%-46s %5.2f  (%.2f to %.2f)  >= %.2f  %-4s %6.1f M/s\n", what, median,
         ratio[ROUNDS / 4], ratio[3 * ROUNDS / 4], target,
         median >= target ? "ok" : "LOW", FRAMES * REPEATS / best / 1e6);
  return median >= target;
}

static bool open_decoder(const char *ap) {
  struct protocol_setting setting = {"ap", ap};
  return xbee_framing.open(&decoder, WIRE_IN, &setting, 1, NULL);
}

static bool framing_rows(void) {
  bool good = true;
  puts("frames of 36 bytes, ratio to a loop that finds frames and adds bytes up");
  printf("%-46s %5s  %-15s\n", "", "ratio", "(quartiles)");
  fill(1, false);
  good &= open_decoder("1");
  good &= row("framing AP=1", scan_and_sum, framing, 0.8);
  good &= row("full decode AP=1", scan_and_sum, full_decode, 0.25);
  fill(2, false);
  good &= open_decoder("2");
  good &= row("framing AP=2, nothing to escape", scan_and_sum, framing, 0.8);
  good &= row("full decode AP=2, nothing to escape", scan_and_sum, full_decode, 0.25);
  fill(2, true);
  good &= row("framing AP=2, random payload with escapes", scan_and_sum_escaped,
              framing, 0.25);
  return good;
}

/* ---- the whole suite --------------------------------------------------------- */

struct watching {
  double start;
  double first;
  uint64_t device_time;
  unsigned cases;
};

static void watch(void *context, const struct record *record) {
  struct watching *watching = context;
  watching->device_time = record->time;
  if (record->kind != RECORD_VERDICT) return;
  if (watching->cases++ == 0) watching->first = seconds() - watching->start;
}

static bool suite_rows(void) {
  struct watching watching = {.start = seconds()};
  struct run_totals totals;
  char error[256] = "";
  bool usage;
  struct suite *suite = suite_load("cases", stderr);
  if (suite == NULL) return false;
  const struct test_case **cases = calloc(suite->case_count + 1, sizeof *cases);
  for (size_t i = 0; cases != NULL && i < suite->case_count; i++)
    cases[i] = &suite->cases[i];
  mkdir("build/bench", 0777);
  remove("build/bench/run.journal");
  struct run_options options = {
      .suite = suite,
      .cases = cases,
      .case_count = suite->case_count,
      .selection = "",
      .seed = 1,
      .journal_path = "build/bench/run.journal",
      .observer = watch,
      .context = &watching,
  };
  bool good =
      cases != NULL && run_cases(&options, &totals, &usage, error, sizeof error);
  double wall = seconds() - watching.start;
  double device = (double)watching.device_time / 1e6;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  if (!good) {
    printf("the suite did not run: %s\n", error);
  } else {
    printf("\nwhole suite, files read and journal written: %u cases\n", watching.cases);
    printf("  wall time %.3f s (< 1 s), device time %.1f s, %.0f times faster\n", wall,
           device, device / wall);
    printf("  first verdict after %.1f ms (< 50 ms), %ld MiB resident (< 32 MiB)\n",
           watching.first * 1e3, used.ru_maxrss / 1024);
  }
  free((void *)cases);
  suite_free(suite);
  return good && wall < 1 && watching.first < 0.05 && used.ru_maxrss < 32 * 1024;
}

int main(void) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  sched_setaffinity(0, sizeof one, &one);
  bool good = suite_rows();
  putchar('\n');
  good = framing_rows() && good;
  puts(good ? "\nall targets reached" : "\nsome target not reached");
  return good ? 0 : 1;
}
