/* cli.h: the subcommands of wirecert, and what they share.
 *
 * Each takes its own argv (argv[0] is its name) and returns the exit status: 0 all as
 * expected, 1 an unexpected failure or decode error, 2 usage or input file mistake, 3
 * inconclusive, 4 fault of wirecert itself.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdio.h>

#include "case/case.h"

enum exit_status {
  EXIT_FINE = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,
  EXIT_INCONCLUSIVE = 3,
  EXIT_FAULT = 4,
};

int cli_run(int argc, char **argv);
int cli_list(int argc, char **argv);
int cli_decode(int argc, char **argv);
int cli_encode(int argc, char **argv);
int cli_sim(int argc, char **argv);
int cli_ports(int argc, char **argv);

/* Prints "wirecert COMMAND: text" and where help is. Returns EXIT_USAGE. */
int cli_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints "wirecert COMMAND: text" and returns `status`. */
int cli_fail(const char *command, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The directory with cases/: `given`, else $WIRECERT_CASES, else beside the program or
 * its source, else the installed one. In a buffer of the caller's. */
const char *cli_cases(const char *given, char *out, size_t capacity);

/* Collects the cases that the selectors select; none given selects all. An array that
 * the caller frees, NULL after a complaint to stderr (a selector that selects nothing,
 * no memory). */
const struct test_case **cli_select(const char *command, const struct suite *suite,
                                    char **selectors, size_t selector_count,
                                    size_t *count);

/* `-o NAME=VALUE` options of a family. */
#define CLI_OPTIONS 8
struct cli_options {
  struct protocol_setting settings[CLI_OPTIONS];
  size_t count;
};

/* Splits NAME=VALUE in place and checks the name. False after a complaint. */
bool cli_option(const char *command, const struct protocol *family, char *text,
                struct cli_options *options);

/* The product bit that `-o product=` names, 0 if none is given. */
bool cli_product(const char *command, const struct protocol *family,
                 const struct cli_options *options, unsigned *where);

/* The family by name, or NULL after a complaint that lists them. */
const struct protocol *cli_family(const char *command, const char *name);

#endif
