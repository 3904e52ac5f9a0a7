/* test_sim.c: the command lines of `wirecert sim` and `wirecert ports`. What they serve
 * is in test_serve.c. */
#include <errno.h>
#include <jansson.h>
#include <signal.h>

#include "cli/cli.h"
#include "peer.h"

static char out[16384];
static char err[16384];

static void read_back(FILE *file, char *text, size_t size) {
  rewind(file);
  size_t length = fread(text, 1, size - 1, file);
  text[length] = '\0';
  fclose(file);
}

/* Runs a command with its words; what it prints is in `out` and `err`. */
static int command(int (*run)(int, char **), const char *line) {
  char words[512], *argv[32];
  int argc = 0;
  snprintf(words, sizeof words, "%s", line);
  for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
    argv[argc++] = word;
  argv[argc] = NULL;

  FILE *to = tmpfile(), *complaints = tmpfile();
  fflush(NULL);
  int old_out = dup(1), old_err = dup(2);
  dup2(fileno(to), 1);
  dup2(fileno(complaints), 2);
  int status = run(argc, argv);
  fflush(NULL);
  dup2(old_out, 1);
  dup2(old_err, 2);
  close(old_out);
  close(old_err);
  read_back(to, out, sizeof out);
  read_back(complaints, err, sizeof err);
  return status;
}

static void mistaken(const char *line, const char *text) {
  assert_int_equal(command(cli_sim, line), EXIT_USAGE);
  if (strstr(err, text) == NULL) fail_msg("%s: no \"%s\" in: %s", line, text, err);
  assert_string_equal(out, "");
}

/* Any device that there is. */
static const char *profile(void) {
  for (size_t i = 0; protocol_families[i] != NULL; i++)
    if (protocol_families[i]->devices != NULL &&
        protocol_families[i]->devices[0] != NULL)
      return protocol_families[i]->devices[0]->name;
  skip();
  return "none";
}

static void help_names_everything(void **state) {
  (void)state;
  assert_int_equal(command(cli_sim, "sim --help"), EXIT_FINE);
  static const char *const words[] = {
      "--pty LINK",    "--tcp HOST:PORT", "--unix PATH",      "--stdio",
      "--mutant NAME", "--seed N",        "--set NAME=VALUE", "--once"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    assert_non_null(strstr(out, words[i]));
  assert_non_null(strstr(out, profile()));
  assert_int_equal(command(cli_ports, "ports --help"), EXIT_FINE);
  assert_non_null(strstr(out, "--json"));
}

static void mistakes_are_named(void **state) {
  (void)state;
  char line[256], near[64];
  mistaken("sim", "which PROFILE?");
  mistaken("sim --colour", "an option is wrong");
  mistaken("sim x --pty", "an option is wrong");
  mistaken("sim zzzzzzzzzzzz", "no profile 'zzzzzzzzzzzz'");
  assert_non_null(strstr(err, profile())); /* all are listed */
  snprintf(line, sizeof line, "sim %sx", profile());
  snprintf(near, sizeof near, "did you mean '%s'?", profile());
  mistaken(line, near);
  snprintf(line, sizeof line, "sim %s again", profile());
  mistaken(line, "takes one PROFILE: what is 'again'?");
  snprintf(line, sizeof line, "sim %s --set colour", profile());
  mistaken(line, "--set colour: must be NAME=VALUE");
  snprintf(line, sizeof line, "sim %s --set no-such-setting=1", profile());
  mistaken(line, "no-such-setting");
  snprintf(line, sizeof line, "sim %s --mutant no-such-mutant", profile());
  mistaken(line, "no mutant 'no-such-mutant'");
  snprintf(line, sizeof line, "sim %s --seed -1", profile());
  mistaken(line, "--seed -1: must be a number");
  snprintf(line, sizeof line, "sim %s --seed 99999999999999999999", profile());
  mistaken(line, "must be a number of up to 64 bits");
  snprintf(line, sizeof line, "sim %s --stdio --stdio", profile());
  mistaken(line, "only once");
  snprintf(line, sizeof line,
           "sim %s --pty 1 --pty 2 --pty 3 --pty 4 --pty 5 --pty 6 --pty 7 --pty 8 "
           "--pty 9",
           profile());
  mistaken(line, "at most 8 places");
}

static void place_that_fails_is_a_fault(void **state) {
  (void)state;
  char line[256];
  snprintf(line, sizeof line, "sim %s --unix /nowhere/socket --seed 0xFF", profile());
  assert_int_equal(command(cli_sim, line), EXIT_FAULT);
  assert_string_equal(err, "wirecert sim: unix:/nowhere/socket: cannot listen: No such "
                           "file or directory\n");
}

/* A signal that is there before the service begins is not lost. */
static void serves_until_a_signal(void **state) {
  (void)state;
  char line[256], ready[128];
  sigset_t mask, old;
  sigemptyset(&mask);
  sigaddset(&mask, SIGTERM);
  sigprocmask(SIG_BLOCK, &mask, &old);
  raise(SIGTERM);
  snprintf(line, sizeof line, "sim %s --tcp 127.0.0.1:0 --once", profile());
  assert_int_equal(command(cli_sim, line), EXIT_FINE);
  snprintf(ready, sizeof ready, "%s on tcp:127.0.0.1:", profile());
  assert_int_equal(strncmp(err, ready, strlen(ready)), 0);
  sigprocmask(SIG_SETMASK, &old, NULL); /* and it does not strike now */
}

static void ports_are_listed(void **state) {
  (void)state;
  assert_int_equal(command(cli_ports, "ports"), EXIT_FINE);
  if (out[0] == '\0')
    assert_string_equal(err, "no serial ports found\n");
  else
    assert_int_equal(strncmp(out, "PORT ", 5), 0);
  bool none = out[0] == '\0';

  assert_int_equal(command(cli_ports, "ports --json"), EXIT_FINE);
  json_t *list = json_loads(out, 0, NULL);
  assert_true(json_is_array(list));
  assert_true((json_array_size(list) == 0) == none);
  for (size_t i = 0; i < json_array_size(list); i++)
    assert_int_equal(
        strncmp(json_string_value(json_object_get(json_array_get(list, i), "port")),
                "/dev/", 5),
        0);
  json_decref(list);

  assert_int_equal(command(cli_ports, "ports now"), EXIT_USAGE);
  assert_int_equal(command(cli_ports, "ports --now"), EXIT_USAGE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(help_names_everything),
      cmocka_unit_test(mistakes_are_named),
      cmocka_unit_test(place_that_fails_is_a_fault),
      cmocka_unit_test(serves_until_a_signal),
      cmocka_unit_test(ports_are_listed),
  };
  alarm(60); /* a test that hangs has failed */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
