/* decode.c: `wirecert decode`, wire bytes to fields. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/fields.h"

#define LINE_MOST (4 * 65536 + 16)

static const char usage_text[] =
    "Usage: wirecert decode FAMILY [OPTION...] [HEX...|-]\n\n"
    "Cuts wire bytes into frames and shows their fields. Bytes come from the arguments,\n"
    "joined, or from standard input (-, or nothing given).\n\n"
    "  --direction in|out   in: device to host; out: host to device (default: both)\n"
    "  -o NAME=VALUE        option of the family:\n";

static const char usage_rest[] =
    "  --json               one hex string per line in, one JSON object per line out:\n"
    "                       {\"ok\":true,\"message\":...,\"fields\":[...]} or\n"
    "                       {\"ok\":false,\"error\":{\"code\":...,\"offset\":...}}\n\n"
    "Exit status: 0 all decoded; 1 something did not; 2 usage.\n";

struct decoding {
  const struct protocol *family;
  struct cli_options options;
  enum wire_direction direction;
  unsigned where;
  bool json;
  void *decoder;
  bool failed;
};

static bool start(struct decoding *decoding) {
  struct wire_error error;
  return decoding->family->framing->open(decoding->decoder, decoding->direction,
                                         decoding->options.settings,
                                         decoding->options.count, &error) ||
         (cli_usage("decode", "%s", error.text), false);
}

/* A frame's message, or why it is none. Offsets of errors become those of the frame. */
static bool read_message(const struct decoding *decoding, enum protocol_event event,
                         const struct protocol_frame *frame,
                         struct wire_message *message, struct wire_error *error) {
  *error = frame->error;
  if (event == PROTOCOL_FAULT) return false;
  const struct wire_type *type = frame->type;
  if (decoding->direction != WIRE_ANY_WAY && type->direction != WIRE_ANY_WAY &&
      type->direction != decoding->direction)
    return wire_fail(error, WIRE_UNKNOWN_TYPE, frame->head ? frame->head - 1 : 0, NULL,
                     "%s goes the other way", type->name);
  bool good = wire_decode(type, frame->body, frame->length, message, error);
  message->where = decoding->where;
  if (!good) error->offset += frame->head;
  return good;
}

/* ---- for programs ------------------------------------------------------------ */

static void decode_line(struct decoding *decoding, const uint8_t *bytes,
                        size_t length) {
  const struct protocol_framing *framing = decoding->family->framing;
  struct protocol_frame frame = {0};
  struct wire_message message;
  struct wire_error error = {0};
  framing->feed(decoding->decoder, bytes, length, 0);
  framing->finish(decoding->decoder);
  enum protocol_event event = framing->next(decoding->decoder, 0, &frame);
  bool good = event != PROTOCOL_IDLE;
  if (!good) {
    wire_fail(&error, WIRE_TRUNCATED, 0, NULL, "no bytes");
  } else {
    good = read_message(decoding, event, &frame, &message, &error);
  }
  if (good && frame.raw_length < length)
    good = wire_fail(&error, WIRE_TRAILING, frame.raw_length, NULL,
                     "%zu bytes behind the frame", length - frame.raw_length);
  json_t *object = good ? fields_json(&message) : fields_error(&error);
  fields_print_json(object);
  decoding->failed = decoding->failed || !good;
}

static void hex_line(struct decoding *decoding, const char *line) {
  static uint8_t bytes[LINE_MOST / 2];
  size_t length = 0;
  struct wire_error error;
  if (!wire_parse_hex(line, bytes, sizeof bytes, &length, &error)) {
    wire_fail(&error, WIRE_UNFIT, error.offset, NULL,
              "not hexadecimal at character %zu", error.offset + 1);
    fields_print_json(fields_error(&error));
    decoding->failed = true;
  } else if (start(decoding)) {
    decode_line(decoding, bytes, length);
  }
}

/* ---- for people -------------------------------------------------------------- */

static void show(struct decoding *decoding, enum protocol_event event,
                 const struct protocol_frame *frame) {
  struct wire_message message;
  struct wire_error error;
  if (read_message(decoding, event, frame, &message, &error)) {
    fields_show(&message);
    return;
  }
  char hex[3 * 64 + 1];
  size_t shown = frame->raw_length < 64 ? frame->raw_length : 64;
  wire_print_hex(frame->raw, shown, ' ', hex, sizeof hex);
  printf("error: %s at byte %llu: %s\n  %s%s\n", wire_status_name(error.status),
         (unsigned long long)frame->offset + error.offset, error.text, hex,
         shown < frame->raw_length ? " ..." : "");
  decoding->failed = true;
}

static void show_all(struct decoding *decoding) {
  struct protocol_frame frame;
  enum protocol_event event;
  while ((event = decoding->family->framing->next(decoding->decoder, 0, &frame)) !=
         PROTOCOL_IDLE)
    show(decoding, event, &frame);
}

/* Hexadecimal text as part of one long stream of bytes. */
static bool add_text(const char *text, uint8_t *bytes, size_t capacity, size_t *used) {
  size_t length = 0;
  struct wire_error error;
  if (!wire_parse_hex(text, bytes + *used, capacity - *used, &length, &error)) {
    cli_usage("decode", "'%.40s': %s (character %zu)", text, error.text,
              error.offset + 1);
    return false;
  }
  *used += length;
  return true;
}

static bool show_words(struct decoding *decoding, char **words, size_t count) {
  static uint8_t bytes[LINE_MOST / 2];
  size_t length = 0;
  for (size_t i = 0; i < count; i++) {
    if (!add_text(words[i], bytes, sizeof bytes, &length)) return false;
  }
  decoding->family->framing->feed(decoding->decoder, bytes, length, 0);
  show_all(decoding);
  return true;
}

/* ---- both -------------------------------------------------------------------- */

static int take(struct decoding *decoding, char **words, size_t count) {
  bool input = count == 0 || (count == 1 && strcmp(words[0], "-") == 0);
  bool good = start(decoding);
  char *line = NULL;
  size_t room = 0;
  for (size_t i = 0; !input && decoding->json && i < count; i++)
    hex_line(decoding, words[i]);
  if (good && !input && !decoding->json) good = show_words(decoding, words, count);
  while (good && input && getline(&line, &room, stdin) > 0) {
    if (decoding->json) {
      hex_line(decoding, line);
    } else {
      good = show_words(decoding, &line, 1);
    }
  }
  free(line);
  if (!good) return EXIT_USAGE;
  if (!decoding->json) {
    decoding->family->framing->finish(decoding->decoder);
    show_all(decoding);
  }
  if (fflush(stdout) != 0) return cli_fail("decode", EXIT_FAULT, "cannot write");
  return decoding->failed ? EXIT_FAILED : EXIT_FINE;
}

static int direction_of(const char *text, enum wire_direction *direction) {
  *direction = strcmp(text, "in") == 0 ? WIRE_IN : WIRE_OUT;
  if (*direction == WIRE_IN || strcmp(text, "out") == 0) return 0;
  return cli_usage("decode", "--direction %s: must be in or out", text);
}

static void help(const struct protocol *family) {
  fputs(usage_text, stdout);
  fields_help_options(family);
  fputs(usage_rest, stdout);
}

int cli_decode(int argc, char **argv) {
  static const struct option long_options[] = {
      {"direction", required_argument, NULL, 'd'},
      {"json", no_argument, NULL, 'j'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  struct decoding decoding = {0};
  char *options[CLI_OPTIONS];
  size_t option_count = 0;
  bool wants_help = false;
  int option;
  while ((option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1) {
    int status = 0;
    if (option == 'd') {
      status = direction_of(optarg, &decoding.direction);
    } else if (option == 'j') {
      decoding.json = true;
    } else if (option == 'h') {
      wants_help = true;
    } else if (option == 'o' && option_count < CLI_OPTIONS) {
      options[option_count++] = optarg;
    } else {
      status = cli_usage("decode", "unknown or too many options");
    }
    if (status != 0) return status;
  }
  if (wants_help) {
    help(optind < argc ? protocol_find(argv[optind]) : NULL);
    return EXIT_FINE;
  }
  if (optind == argc) return cli_usage("decode", "which family?");
  decoding.family = cli_family("decode", argv[optind]);
  if (decoding.family == NULL) return EXIT_USAGE;
  for (size_t i = 0; i < option_count; i++) {
    if (!cli_option("decode", decoding.family, options[i], &decoding.options))
      return EXIT_USAGE;
  }
  if (!cli_product("decode", decoding.family, &decoding.options, &decoding.where))
    return EXIT_USAGE;
  decoding.decoder = malloc(decoding.family->framing->size);
  if (decoding.decoder == NULL) return cli_fail("decode", EXIT_FAULT, "out of memory");
  int status = take(&decoding, argv + optind + 1, (size_t)(argc - optind - 1));
  free(decoding.decoder);
  return status;
}
