/* sim.c: `wirecert sim`, reference devices behind real ports. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "link/serve.h"
#include "world/world.h"

#define MOST_SETTINGS 64
#define MOST_NAMES    256

/* What the command line says. */
struct request {
  const char *profile;
  const char *cases;
  const struct protocol *protocol;
  struct suite *suite;
  const char *mutant;
  struct serve_place places[WORLD_DEVICES];
  size_t place_count;
  struct protocol_setting settings[MOST_SETTINGS];
  size_t setting_count;
  struct serve_options options;
};

enum outcome { GO_ON, HELPED, MISTAKEN };

static const char usage_text[] =
    "Usage: wirecert sim PROFILE [PLACE...] [OPTION...]\n\n"
    "Serves reference devices as real ports, with the real clock, until Ctrl-C. Each\n"
    "PLACE gets a device of its own; all devices are in radio range of each other.\n"
    "Without a PLACE: one pseudo-terminal, whose path is printed.\n\n"
    "  --pty LINK         a pseudo-terminal; LINK becomes a symbolic link to it\n"
    "  --tcp HOST:PORT    listen, for one client at a time; port 0: any free one\n"
    "  --unix PATH        listen on a socket file, for one client at a time\n"
    "  --stdio            standard input and output; ends with them\n\n"
    "  --set NAME=VALUE   setting of the devices, beside those of the profile; may be\n"
    "                     repeated\n"
    "  --cases DIR        where the profiles are (else as for run)\n"
    "  --mutant NAME      with this deliberate defect\n"
    "  --seed N           of all randomness of the devices (default: 1)\n"
    "  --once             end when the first client has gone\n"
    "  --help             this text\n\n"
    "When all places are ready a line 'PROFILE on URI' for each goes to standard\n"
    "error; the URI is what 'wirecert run --device' takes. PROFILE is one of:\n";

static const char usage_rest[] =
    "\nExit status: 0 ended as asked; 2 usage; 4 a place cannot be served.\n";

static void print_help(void) {
  fputs(usage_text, stdout);
  for (size_t f = 0; protocol_families[f] != NULL; f++)
    for (size_t d = 0; protocol_families[f]->devices != NULL &&
                       protocol_families[f]->devices[d] != NULL;
         d++)
      printf("  %-18s %s\n", protocol_families[f]->devices[d]->name,
             protocol_families[f]->devices[d]->about);
  fputs(usage_rest, stdout);
}

static enum outcome unknown(const char *what, const char *word,
                            const char *const *names) {
  const char *near = wire_nearest(word, names);
  cli_usage("sim", "no %s '%s'%s%s%s", what, word, near ? ", did you mean '" : "",
            near ? near : "", near ? "'?" : "");
  fputs(names[0] != NULL ? "There are:" : "There is none.", stderr);
  for (size_t i = 0; names[i] != NULL; i++)
    fprintf(stderr, " %s", names[i]);
  fputc('\n', stderr);
  return MISTAKEN;
}

#define mistake(...) (cli_usage("sim", __VA_ARGS__), MISTAKEN)

/* ---- reading the command line ------------------------------------------------ */

static enum outcome add_place(struct request *request, enum serve_kind kind,
                              const char *where) {
  if (request->place_count == WORLD_DEVICES)
    return mistake("at most %d places: no more devices share a medium", WORLD_DEVICES);
  request->places[request->place_count++] = (struct serve_place){kind, where};
  return GO_ON;
}

/* Cuts "NAME=VALUE" in two. */
static enum outcome add_setting(struct request *request, char *text) {
  char *value = strchr(text, '=');
  if (value == NULL || value == text)
    return mistake("--set %s: must be NAME=VALUE", text);
  if (request->setting_count == MOST_SETTINGS)
    return mistake("at most %d times --set", MOST_SETTINGS);
  *value++ = '\0';
  request->settings[request->setting_count++] = (struct protocol_setting){text, value};
  return GO_ON;
}

static enum outcome set_seed(struct request *request, const char *text) {
  char *end;
  errno = 0;
  request->options.seed = strtoull(text, &end, 0);
  if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0)
    return mistake("--seed %s: must be a number of up to 64 bits", text);
  return GO_ON;
}

static enum outcome take_option(struct request *request, int option, char *value) {
  switch (option) {
  case 'p': return add_place(request, SERVE_PTY, value);
  case 't': return add_place(request, SERVE_TCP, value);
  case 'u': return add_place(request, SERVE_UNIX, value);
  case 'i':
    for (size_t i = 0; i < request->place_count; i++)
      if (request->places[i].kind == SERVE_STDIO)
        return mistake("--stdio can be given only once");
    return add_place(request, SERVE_STDIO, NULL);
  case 's': return add_setting(request, value);
  case 'n': return set_seed(request, value);
  case 'm': request->mutant = value; return GO_ON;
  case 'c': request->cases = value; return GO_ON;
  case 'o': request->options.once = true; return GO_ON;
  case 'h': print_help(); return HELPED;
  default: return mistake("an option is wrong");
  }
}

static enum outcome read_arguments(struct request *request, int argc, char **argv) {
  static const struct option options[] = {
      {"pty", required_argument, NULL, 'p'},
      {"tcp", required_argument, NULL, 't'},
      {"unix", required_argument, NULL, 'u'},
      {"stdio", no_argument, NULL, 'i'},
      {"set", required_argument, NULL, 's'},
      {"mutant", required_argument, NULL, 'm'},
      {"seed", required_argument, NULL, 'n'},
      {"once", no_argument, NULL, 'o'},
      {"cases", required_argument, NULL, 'c'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  optind = 0; /* another command line may have been read before */
  for (int option; (option = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
    enum outcome outcome = take_option(request, option, optarg);
    if (outcome != GO_ON) return outcome;
  }
  if (optind == argc) return mistake("which PROFILE?");
  if (optind + 1 < argc)
    return mistake("takes one PROFILE: what is '%s'?", argv[optind + 1]);
  request->profile = argv[optind];
  return GO_ON;
}

/* ---- names to things --------------------------------------------------------- */

/* Puts the profile's settings in front of those of the command line, which win. */
static enum outcome take_profile(struct request *request,
                                 const struct profile *profile) {
  size_t given = request->setting_count;
  if (profile->device_count + given > MOST_SETTINGS)
    return mistake("more than %d settings", MOST_SETTINGS);
  memmove(request->settings + profile->device_count, request->settings,
          given * sizeof *request->settings);
  memcpy(request->settings, profile->device,
         profile->device_count * sizeof *request->settings);
  request->setting_count += profile->device_count;
  request->options.model = profile->model;
  request->protocol = profile->family;
  return GO_ON;
}

/* The profile stands in the cases; its device is made with the settings given there. */
static enum outcome find_device(struct request *request) {
  const char *names[MOST_NAMES + 1] = {NULL};
  char path[4096];
  size_t count = 0;
  request->suite = suite_load(cli_cases(request->cases, path, sizeof path), stderr);
  if (request->suite == NULL) return MISTAKEN;
  for (size_t i = 0; i < request->suite->profile_count; i++) {
    const struct profile *profile = &request->suite->profiles[i];
    if (profile->model == NULL) continue;
    if (strcmp(profile->name, request->profile) == 0)
      return take_profile(request, profile);
    if (count < MOST_NAMES) names[count++] = profile->name;
  }
  return unknown("profile", request->profile, names);
}

static enum outcome find_mutant(struct request *request) {
  const char *names[MOST_NAMES + 1] = {NULL};
  if (request->mutant == NULL || request->protocol == NULL) return GO_ON;
  const struct protocol_mutant *mutants = request->protocol->mutants;
  for (size_t i = 0; mutants != NULL && mutants[i].name != NULL; i++) {
    if (strcmp(mutants[i].name, request->mutant) == 0) {
      request->options.mutant = &mutants[i];
      return GO_ON;
    }
    if (i < MOST_NAMES) names[i] = mutants[i].name;
  }
  return unknown("mutant", request->mutant, names);
}

/* A setting that the device refuses is a mistake in the command line: it is found
 * before any link or socket is made. */
static enum outcome try_settings(const struct serve_options *options) {
  struct wire_error cause;
  unsigned position;
  struct world *world = world_new(options->seed, 0);
  bool good =
      world == NULL || world_add(world, options->model, options->settings,
                                 options->count, options->mutant, &position, &cause);
  world_free(world);
  return good ? GO_ON : mistake("%s", cause.text);
}

int cli_sim(int argc, char **argv) {
  struct request request = {.options = {.seed = 1}};
  struct link_error error;
  enum outcome outcome = read_arguments(&request, argc, argv);
  if (outcome == GO_ON) outcome = find_device(&request);
  if (outcome == GO_ON) outcome = find_mutant(&request);
  request.options.settings = request.settings;
  request.options.count = request.setting_count;
  if (outcome == GO_ON) outcome = try_settings(&request.options);
  if (outcome == GO_ON && request.place_count == 0)
    outcome = add_place(&request, SERVE_PTY, NULL);
  int status = outcome == HELPED ? EXIT_FINE : EXIT_USAGE;
  if (outcome == GO_ON) {
    status = serve(request.places, request.place_count, &request.options, &error);
    if (status != 0) cli_fail("sim", EXIT_FAULT, "%s", error.text);
  }
  suite_free(request.suite);
  return status == 0 || outcome != GO_ON ? status : EXIT_FAULT;
}
