/* uri.c: reading a link's URI. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "link/uri.h"
#include "wire/wire.h"

bool link_fail(struct link_error *error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error->text, sizeof error->text, format, arguments);
  va_end(arguments);
  return false;
}

/* ---- words and numbers ------------------------------------------------------- */

static const char *const scheme_names[] = {"serial", "pty", "tcp", "unix",
                                           "exec",   "sim", NULL};
static const char *const parity_names[] = {"none", "even",  "odd",
                                           "mark", "space", NULL};
static const char *const flow_names[] = {"none", "rtscts", "xonxoff", "dtrdsr", NULL};
static const char *const switch_names[] = {"off", "on", NULL};
static const char *const serial_options[] = {"baud", "bits", "parity", "stop",
                                             "flow", "dtr",  "rts",    NULL};
static const char *const pty_options[] = {"baud", NULL};

/* The place of a word in a list, or -1. */
static int place_of(const char *word, const char *const *words) {
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp(word, words[i]) == 0) return i;
  return -1;
}

static bool unknown_word(struct link_error *error, const char *what, const char *word,
                         const char *const *words) {
  char known[128] = "";
  for (size_t i = 0, used = 0; words[i] != NULL && used < sizeof known; i++)
    used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                             i > 0 ? ", " : "", words[i]);
  const char *near = wire_nearest(word, words);
  if (near != NULL)
    return link_fail(error, "unknown %s '%.40s': did you mean '%s'? known: %s", what,
                     word, near, known);
  return link_fail(error, "unknown %s '%.40s'; known: %s", what, word, known);
}

static bool read_number(const char *text, unsigned least, unsigned most,
                        unsigned *number) {
  char *end;
  if (text[0] < '0' || text[0] > '9') return false; /* strtoul takes signs, blanks */
  unsigned long value = strtoul(text, &end, 10);
  if (*end != '\0' || value < least || value > most) return false;
  *number = (unsigned)value;
  return true;
}

/* ---- options ----------------------------------------------------------------- */

struct option {
  const char *name;
  const char *value;
};

static bool set_number(const struct option *option, unsigned least, unsigned most,
                       unsigned *number, struct link_error *error) {
  if (read_number(option->value, least, most, number)) return true;
  return link_fail(error, "%s=%.40s: give a number from %u to %u", option->name,
                   option->value, least, most);
}

static bool set_word(const struct option *option, const char *const *words, int *place,
                     struct link_error *error) {
  char what[32];
  snprintf(what, sizeof what, "value for %s:", option->name);
  *place = place_of(option->value, words);
  return *place >= 0 || unknown_word(error, what, option->value, words);
}

static bool set_option(const struct option *option, struct uri_line *line,
                       struct link_error *error) {
  int place;
  /* The fastest rate that a Linux driver knows today is 4 Mbit/s; adapters that take
   * any rate reach 12. */
  if (strcmp(option->name, "baud") == 0)
    return set_number(option, 1, 20000000, &line->baud, error);
  if (strcmp(option->name, "bits") == 0)
    return set_number(option, 5, 8, &line->bits, error);
  if (strcmp(option->name, "stop") == 0)
    return set_number(option, 1, 2, &line->stop, error);
  if (strcmp(option->name, "parity") == 0) {
    if (!set_word(option, parity_names, &place, error)) return false;
    line->parity = (enum uri_parity)place;
  } else if (strcmp(option->name, "flow") == 0) {
    if (!set_word(option, flow_names, &place, error)) return false;
    line->flow = (enum uri_flow)place;
  } else {
    if (!set_word(option, switch_names, &place, error)) return false;
    *(strcmp(option->name, "dtr") == 0 ? &line->dtr : &line->rts) = place == 1;
  }
  return true;
}

/* Reads "NAME=VALUE&..."; `text` is cut into pieces. */
static bool read_options(char *text, const char *const *known, struct uri_line *line,
                         struct link_error *error) {
  unsigned given = 0;
  for (char *next = text; next != NULL;) {
    char *name = next;
    next = strchr(name, '&');
    if (next != NULL) *next++ = '\0';
    char *value = strchr(name, '=');
    if (value != NULL) *value++ = '\0';

    int place = place_of(name, known);
    if (place < 0) return unknown_word(error, "option", name, known);
    if (value == NULL) return link_fail(error, "option %s needs =VALUE", name);
    if ((given & 1u << place) != 0)
      return link_fail(error, "option %s is given twice", name);
    given |= 1u << place;
    if (!set_option(&(struct option){name, value}, line, error)) return false;
  }

  /* The lines that handshake belong to the driver then. */
  unsigned rts = 1u << place_of("rts", serial_options);
  unsigned dtr = 1u << place_of("dtr", serial_options);
  if (line->flow == FLOW_RTSCTS && (given & rts) != 0)
    return link_fail(error, "flow=rtscts moves RTS by itself: leave rts= out");
  if (line->flow == FLOW_DTRDSR && (given & dtr) != 0)
    return link_fail(error, "flow=dtrdsr moves DTR by itself: leave dtr= out");
  return true;
}

/* ---- the whole --------------------------------------------------------------- */

bool uri_split_host(const char *text, bool any_port, char host[URI_HOST], char port[8],
                    struct link_error *error) {
  const char *colon = strrchr(text, ':');
  if (colon == NULL)
    return link_fail(error, "'%.80s' has no port: write HOST:PORT", text);
  const char *begin = text;
  const char *end = colon;
  if (begin[0] == '[' && end > begin && end[-1] == ']') {
    begin++;
    end--;
  } else if (memchr(text, ':', (size_t)(colon - text)) != NULL) {
    return link_fail(error, "'%.80s': write an IPv6 address as [ADDRESS]:PORT", text);
  }
  size_t length = (size_t)(end - begin);
  if (length == 0)
    return link_fail(error, "'%.80s' has no host: write HOST:PORT", text);
  if (length >= URI_HOST)
    return link_fail(error, "'%.80s...': the host name is too long", text);
  unsigned number;
  if (!read_number(colon + 1, any_port ? 0 : 1, 65535, &number))
    return link_fail(error, "'%.80s': give a port from %d to 65535", text,
                     any_port ? 0 : 1);
  memcpy(host, begin, length);
  host[length] = '\0';
  snprintf(port, 8, "%u", number);
  return true;
}

static bool read_scheme(const char *text, struct uri *uri, const char **rest,
                        struct link_error *error) {
  char word[16] = "";
  const char *colon = strchr(text, ':');
  size_t length = colon != NULL ? (size_t)(colon - text) : sizeof word;
  if (length >= sizeof word)
    return link_fail(error,
                     "'%.80s' is no link: write SCHEME:..., such as "
                     "serial:/dev/ttyUSB0 or tcp:localhost:4000",
                     text);
  memcpy(word, text, length);
  int place = place_of(word, scheme_names);
  if (place < 0) return unknown_word(error, "kind of link", word, scheme_names);
  uri->scheme = (enum uri_scheme)place;
  *rest = colon + 1;
  return true;
}

/* What stands behind a path, cut off; `options` becomes NULL if there is none. */
static bool read_path(const char *text, struct uri *uri, char **options,
                      struct link_error *error) {
  *options = NULL;
  size_t length = strlen(text);
  if (length >= sizeof uri->path)
    return link_fail(error, "'%.80s...' is longer than %zu bytes", text,
                     sizeof uri->path - 1);
  memcpy(uri->path, text, length + 1);
  if (uri->scheme == URI_EXEC) return true;
  *options = strchr(uri->path, '?');
  if (*options != NULL) *(*options)++ = '\0';
  return true;
}

static bool read_rest(struct uri *uri, char *options, struct link_error *error) {
  char room[URI_PATH];
  char *words[URI_WORDS];
  const char *name = scheme_names[uri->scheme];
  if (uri->scheme == URI_SIM) {
    if (uri->path[0] == '\0' && options == NULL) return true;
    return link_fail(error,
                     "nothing stands behind sim: (the profile names the device)");
  }
  if (uri->scheme == URI_EXEC) return uri_split_words(uri->path, room, words, error);
  if (uri->path[0] == '\0')
    return link_fail(error, "nothing stands behind '%s:'", name);
  if (uri->scheme == URI_SERIAL || uri->scheme == URI_PTY)
    return options == NULL ||
           read_options(options, uri->scheme == URI_PTY ? pty_options : serial_options,
                        &uri->line, error);
  if (options != NULL)
    return link_fail(error, "%s: takes no options: leave '?%.80s' out", name, options);
  if (uri->scheme == URI_UNIX) return true;
  return uri_split_host(uri->path, false, uri->host, uri->port, error);
}

bool uri_parse(const char *text, struct uri *uri, struct link_error *error) {
  const char *rest = text;
  char *options = NULL;
  *uri = (struct uri){.line = {.bits = 8, .stop = 1, .dtr = true, .rts = true}};
  if (!read_scheme(text, uri, &rest, error)) return false;
  if (uri->scheme == URI_SERIAL) uri->line.baud = 9600;
  return read_path(rest, uri, &options, error) && read_rest(uri, options, error);
}
