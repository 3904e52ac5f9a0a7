/* common.c: what the subcommands share. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static void complain(const char *command, const char *format, va_list list) {
  fprintf(stderr, "wirecert %s: ", command);
  vfprintf(stderr, format, list);
  fputc('\n', stderr);
}

int cli_usage(const char *command, const char *format, ...) {
  va_list list;
  va_start(list, format);
  complain(command, format, list);
  va_end(list);
  fprintf(stderr, "Try 'wirecert %s --help'.\n", command);
  return EXIT_USAGE;
}

int cli_fail(const char *command, int status, const char *format, ...) {
  va_list list;
  va_start(list, format);
  complain(command, format, list);
  va_end(list);
  return status;
}

static bool is_directory(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Up from where the program is: build/VARIANT/wirecert stands below the source tree, an
 * installed one beside share/. */
static bool beside_program(char *out, size_t capacity) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length < 0) return false;
  path[length] = 0;
  for (int up = 0; up < 3; up++) {
    char *slash = strrchr(path, '/');
    if (slash == NULL) return false;
    *slash = 0;
    snprintf(out, capacity, "%.3900s/cases", path);
    if (is_directory(out)) return true;
    snprintf(out, capacity, "%.3900s/share/wirecert/cases", path);
    if (is_directory(out)) return true;
  }
  return false;
}

const char *cli_cases(const char *given, char *out, size_t capacity) {
  const char *environment = getenv("WIRECERT_CASES");
  if (given != NULL) return given;
  if (environment != NULL && *environment != 0) return environment;
  if (is_directory("cases/profiles")) return "cases";
  if (beside_program(out, capacity)) return out;
  return WIRECERT_DATA "/cases";
}

/* One selector: how many cases it selects; they are marked. */
static size_t mark(const struct suite *suite, const char *selector, bool *marked) {
  size_t found = 0;
  for (size_t i = 0; i < suite->case_count; i++) {
    if (!case_selected(&suite->cases[i], selector)) continue;
    marked[i] = true;
    found++;
  }
  return found;
}

const struct test_case **cli_select(const char *command, const struct suite *suite,
                                    char **selectors, size_t selector_count,
                                    size_t *count) {
  bool *marked = calloc(suite->case_count + 1, sizeof *marked);
  const struct test_case **cases =
      calloc(suite->case_count + 1, sizeof(const struct test_case *));
  bool good = marked != NULL && cases != NULL;
  if (!good) cli_fail(command, EXIT_FAULT, "out of memory");
  for (size_t i = 0; good && i < selector_count; i++) {
    if (mark(suite, selectors[i], marked) > 0) continue;
    const char *near = suite_nearest(suite, selectors[i]);
    cli_usage(command, "'%s' selects no case%s%s%s", selectors[i],
              near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
    good = false;
  }
  *count = 0;
  for (size_t i = 0; good && i < suite->case_count; i++) {
    if (selector_count == 0 || marked[i]) cases[(*count)++] = &suite->cases[i];
  }
  free(marked);
  if (good) return cases;
  free((void *)cases);
  return NULL;
}

static const char *near_option(const struct protocol *family, const char *name) {
  const char *names[16];
  size_t count = 0;
  for (const struct protocol_option *o = family->options; o->name && count < 15; o++)
    names[count++] = o->name;
  names[count] = NULL;
  return wire_nearest(name, names);
}

bool cli_option(const char *command, const struct protocol *family, char *text,
                struct cli_options *options) {
  char *equals = strchr(text, '=');
  if (equals == NULL) {
    cli_usage(command, "-o %s: must be NAME=VALUE", text);
    return false;
  }
  *equals = 0;
  bool known = false;
  for (const struct protocol_option *o = family->options; o->name != NULL; o++)
    known = known || strcmp(o->name, text) == 0;
  if (!known) {
    const char *near = near_option(family, text);
    cli_usage(command, "%s has no option '%s'%s%s%s", family->name, text,
              near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
    return false;
  }
  if (options->count == CLI_OPTIONS) {
    cli_usage(command, "at most %d options", CLI_OPTIONS);
    return false;
  }
  options->settings[options->count++] = (struct protocol_setting){text, equals + 1};
  return true;
}

bool cli_product(const char *command, const struct protocol *family,
                 const struct cli_options *options, unsigned *where) {
  const char *wanted =
      protocol_setting_of(options->settings, options->count, "product");
  *where = 0;
  if (wanted == NULL) return true;
  for (unsigned i = 0; family->products[i] != NULL; i++) {
    if (strcmp(family->products[i], wanted) == 0) *where = 1u << i;
  }
  if (*where != 0) return true;
  const char *near = wire_nearest(wanted, family->products);
  cli_usage(command, "product=%s: %s has no such product%s%s%s", wanted, family->name,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
  return false;
}

const struct protocol *cli_family(const char *command, const char *name) {
  const struct protocol *family = protocol_find(name);
  if (family != NULL) return family;
  char known[200] = "";
  for (const struct protocol *const *p = protocol_families; *p != NULL; p++) {
    size_t used = strlen(known);
    snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "", (*p)->name);
  }
  cli_usage(command, "no family '%s'; there are: %s", name, known);
  return NULL;
}
