/* uri.h: the parts of a link's URI (see link.h for its forms).
 *
 * Options stand behind the first '?' of serial:, pty:, tcp: and unix:, as NAME=VALUE
 * joined by '&'. An exec: command is taken whole, to its end.
 */
#ifndef LINK_URI_H
#define LINK_URI_H

#include "link/link.h"

#define URI_PATH  1024 /* bytes of a path or command, with its end */
#define URI_HOST  256
#define URI_WORDS 64 /* of a command, with the final NULL */

enum uri_scheme { URI_SERIAL, URI_PTY, URI_TCP, URI_UNIX, URI_EXEC, URI_SIM };

enum uri_parity { PARITY_NONE, PARITY_EVEN, PARITY_ODD, PARITY_MARK, PARITY_SPACE };
enum uri_flow { FLOW_NONE, FLOW_RTSCTS, FLOW_XONXOFF, FLOW_DTRDSR };

/* How a serial line is set. */
struct uri_line {
  unsigned baud; /* pty: 0 if not given: left as it is */
  unsigned bits; /* 5..8 */
  unsigned stop; /* 1 or 2 */
  enum uri_parity parity;
  enum uri_flow flow;
  bool dtr;
  bool rts;
};

struct uri {
  enum uri_scheme scheme;
  char path[URI_PATH]; /* of the device or socket; the command; empty for tcp: */
  char host[URI_HOST]; /* tcp: without brackets */
  char port[8];
  struct uri_line line;
};

/* False, with `error` filled, if the URI is not well formed. */
bool uri_parse(const char *text, struct uri *uri, struct link_error *error);

/* Splits "host:port" or "[::1]:port". Port 0 is taken with `any_port` only. */
bool uri_split_host(const char *text, bool any_port, char host[URI_HOST], char port[8],
                    struct link_error *error);

/* Splits a command into words: blanks separate, '...' and "..." keep them, \ takes the
 * next character as it is (not within '...'). There is no shell: nothing else is
 * special. The words live in `room`, which must hold the command and its end. */
bool uri_split_words(const char *command, char *room, char *words[URI_WORDS],
                     struct link_error *error);

/* Fills an error, format as printf. Always false, for `return link_fail(...)`. */
__attribute__((format(printf, 2, 3))) bool link_fail(struct link_error *error,
                                                     const char *format, ...);

#endif
