/* encode.c: `wirecert encode`, fields to wire bytes. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/fields.h"

#define SCRATCH 131072

static const char usage_text[] =
    "Usage: wirecert encode FAMILY [OPTION...] [MESSAGE...|-]\n\n"
    "Prints the wire bytes of messages in hexadecimal, a line each. A message is an\n"
    "argument, or a line of standard input (-, or nothing given):\n\n"
    "  wirecert encode xbee 'at_command frame_id=1 command=NI value=4142'\n"
    "  wirecert encode xbee 'secure_session_control destination=0x13A20012345678\n"
    "                        timeout=3000 password=\"my secret\"'\n\n"
    "  -o NAME=VALUE   option of the family:\n";

static const char usage_rest[] =
    "  --json          one JSON object per line, as `wirecert decode --json` prints them\n"
    "                  (\"message\" and the fields' names and values are enough)\n\n"
    "Exit status: 0 all encoded; 1 a message could not be; 2 usage.\n";

struct encoding {
  const struct protocol *family;
  struct cli_options options;
  bool json;
  bool failed;
  struct fields_input input;
  uint8_t scratch[SCRATCH];
  uint8_t body[65536];
  uint8_t wire[4 * 65536];
};

static bool read_input(struct encoding *encoding, const char *text,
                       struct wire_error *error) {
  struct fields_input *input = &encoding->input;
  input->scratch = (struct wire_scratch){encoding->scratch, SCRATCH, 0};
  if (!encoding->json) return fields_from_text(encoding->family, text, input, error);
  json_error_t where;
  json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &where);
  bool good = object != NULL;
  if (!good) {
    wire_fail(error, WIRE_UNFIT, (size_t)(where.column > 0 ? where.column - 1 : 0),
              NULL, "not JSON: %.100s (column %d)", where.text, where.column);
  } else {
    good = fields_from_json(encoding->family, object, input, error);
  }
  json_decref(object);
  return good;
}

static void encode_one(struct encoding *encoding, const char *text) {
  struct wire_error error = {0};
  size_t length = 0;
  const struct fields_input *input = &encoding->input;
  bool good = read_input(encoding, text, &error) &&
              wire_encode(input->type, input->items, input->count, encoding->body,
                          sizeof encoding->body, &length, &error) &&
              encoding->family->framing->wrap(input->type, encoding->body, length,
                                              encoding->options.settings,
                                              encoding->options.count, encoding->wire,
                                              sizeof encoding->wire, &length, &error);
  if (good) {
    for (size_t i = 0; i < length; i++)
      printf(encoding->json || i == 0 ? "%02X" : " %02X", encoding->wire[i]);
    putchar('\n');
    return;
  }
  encoding->failed = true;
  if (encoding->json) {
    fields_print_json(fields_error(&error));
  } else {
    cli_fail("encode", EXIT_FAILED, "%.60s: %s", text, error.text);
  }
}

/* Words of the command line: a word with '=' belongs to the message before it, so that
 * quotes around a whole message are not needed. */
static void encode_words(struct encoding *encoding, char **words, size_t count) {
  size_t room = 1;
  for (size_t i = 0; i < count; i++)
    room += strlen(words[i]) + 3;
  char *message = calloc(1, room);
  if (message == NULL) {
    encoding->failed = true;
    cli_fail("encode", EXIT_FAULT, "out of memory");
    return;
  }
  for (size_t i = 0; i < count; i++) {
    bool new_message = strpbrk(words[i], "={") == NULL || strchr(words[i], ' ') != NULL;
    const char *equals = strchr(words[i], '=');
    if ((new_message && (equals == NULL || strchr(words[i], ' ') < equals)) ||
        encoding->json) {
      if (message[0] != 0) encode_one(encoding, message);
      snprintf(message, room, "%s", words[i]);
    } else if (equals != NULL && strchr(equals, '"') == NULL) {
      size_t used = strlen(message);
      snprintf(message + used, room - used, " %.*s\"%s\"", (int)(equals - words[i] + 1),
               words[i], equals + 1);
    } else {
      size_t used = strlen(message);
      snprintf(message + used, room - used, " %s", words[i]);
    }
  }
  if (message[0] != 0) encode_one(encoding, message);
  free(message);
}

static int take(struct encoding *encoding, char **words, size_t count) {
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  if (count > 0 && strcmp(words[0], "-") != 0) {
    encode_words(encoding, words, count);
  } else {
    while ((length = getline(&line, &room, stdin)) > 0) {
      while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        line[--length] = 0;
      if (length > 0) encode_one(encoding, line);
    }
  }
  free(line);
  if (fflush(stdout) != 0) return cli_fail("encode", EXIT_FAULT, "cannot write");
  return encoding->failed ? EXIT_FAILED : EXIT_FINE;
}

static int take_options(int argc, char **argv, struct encoding *encoding,
                        bool *wants_help) {
  static const struct option long_options[] = {
      {"json", no_argument, NULL, 'j'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  char *options[CLI_OPTIONS];
  size_t option_count = 0;
  int option;
  while ((option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1) {
    if (option == 'j') {
      encoding->json = true;
    } else if (option == 'h') {
      *wants_help = true;
    } else if (option == 'o' && option_count < CLI_OPTIONS) {
      options[option_count++] = optarg;
    } else {
      return cli_usage("encode", "unknown or too many options");
    }
  }
  if (*wants_help) return EXIT_FINE;
  if (optind == argc) return cli_usage("encode", "which family?");
  encoding->family = cli_family("encode", argv[optind]);
  if (encoding->family == NULL) return EXIT_USAGE;
  for (size_t i = 0; i < option_count; i++) {
    if (!cli_option("encode", encoding->family, options[i], &encoding->options))
      return EXIT_USAGE;
  }
  return EXIT_FINE;
}

int cli_encode(int argc, char **argv) {
  struct encoding *encoding = calloc(1, sizeof *encoding);
  bool wants_help = false;
  if (encoding == NULL) return cli_fail("encode", EXIT_FAULT, "out of memory");
  int status = take_options(argc, argv, encoding, &wants_help);
  if (wants_help) {
    fputs(usage_text, stdout);
    fields_help_options(optind < argc ? protocol_find(argv[optind]) : NULL);
    fputs(usage_rest, stdout);
  } else if (status == EXIT_FINE) {
    status = take(encoding, argv + optind + 1, (size_t)(argc - optind - 1));
  }
  free(encoding);
  return status;
}
