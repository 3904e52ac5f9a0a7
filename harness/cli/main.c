/* main.c: finds the subcommand. */
#include <signal.h>
#include <string.h>

#include "cli/cli.h"

static const struct command {
  const char *name;
  int (*run)(int argc, char **argv);
  const char *about;
} commands[] = {
    {"run", cli_run, "certify a device: run cases, TAP on stdout, reports in files"},
    {"list", cli_list, "list cases and the requirements that they cover"},
    {"decode", cli_decode, "wire bytes to fields"},
    {"encode", cli_encode, "fields to wire bytes"},
    {"sim", cli_sim, "serve a reference device on a pty, TCP port or socket"},
    {"ports", cli_ports, "list the serial ports of this machine"},
};

#define COMMANDS (sizeof commands / sizeof *commands)

static void help(FILE *out) {
  fputs("Usage: wirecert COMMAND [OPTION...] [ARGUMENT...]\n\n"
        "Certifies secured serial devices against their documents.\n\n",
        out);
  for (size_t i = 0; i < COMMANDS; i++)
    fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].about);
  fputs("\n  wirecert COMMAND --help    all options of a command\n"
        "  wirecert --version         version\n\n"
        "Exit status: 0 all as expected; 1 an unexpected failure or decode error;\n"
        "2 usage or input file mistake; 3 inconclusive (link lost, device absent, not\n"
        "finished); 4 fault of wirecert itself.\n",
        out);
}

static int unknown(const char *name) {
  const char *names[COMMANDS + 1];
  for (size_t i = 0; i < COMMANDS; i++)
    names[i] = commands[i].name;
  names[COMMANDS] = NULL;
  const char *near = wire_nearest(name, names);
  fprintf(stderr, "wirecert: no command '%s'%s%s%s\nTry 'wirecert --help'.\n", name,
          near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
  return EXIT_USAGE;
}

int main(int argc, char **argv) {
  /* A reader that goes away is an error of write(), not the end of the program: the
   * device's settings must be put back and the journal closed. */
  signal(SIGPIPE, SIG_IGN);
  if (argc < 2) {
    help(stderr);
    return EXIT_USAGE;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
    help(stdout);
    return EXIT_FINE;
  }
  if (strcmp(argv[1], "--version") == 0) {
    puts("wirecert " WIRECERT_VERSION);
    return EXIT_FINE;
  }
  for (size_t i = 0; i < COMMANDS; i++) {
    if (strcmp(argv[1], commands[i].name) == 0)
      return commands[i].run(argc - 1, argv + 1);
  }
  return unknown(argv[1]);
}
