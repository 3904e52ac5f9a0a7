/* serve.h: reference devices as real ports, with the real clock (`wirecert sim`).
 *
 * Each place gets a device of its own; all devices share one medium, so that two
 * places are two modules in radio range.
 */
#ifndef LINK_SERVE_H
#define LINK_SERVE_H

#include "link/link.h"
#include "protocol.h"

enum serve_kind {
  SERVE_PTY,   /* a new pseudo-terminal; `where` becomes a symbolic link to it, or NULL;
                  clients may come and go */
  SERVE_TCP,   /* listens on host:port, one client at a time */
  SERVE_UNIX,  /* listens on a socket file, one client at a time */
  SERVE_STDIO, /* standard input and output; ends with them */
};

struct serve_place {
  enum serve_kind kind;
  const char *where;
};

struct serve_options {
  const struct protocol_device *model;
  const struct protocol_setting *settings;
  size_t count;
  const struct protocol_mutant *mutant;
  uint64_t seed;
  bool once; /* end when the first client of any place has gone */
};

/* Serves until SIGINT, SIGTERM or SIGHUP, until standard input ends (SERVE_STDIO), or
 * as `once` says. When all places are ready it prints one line for each to stderr,
 * "xbee3-802154 on unix:/tmp/a.sock"; the last word is the URI to reach it by, with the
 * real port where port 0 was asked for.
 *
 * A client that ends its output is given what is due within a second; then it has gone.
 * What a device says while no client is there is lost, as on a wire.
 *
 * Removes the links and socket files that it made. A link to a pseudo-terminal and a
 * socket that nobody listens on, left from a run that was killed, are replaced. Exit
 * status as main() wants it: 0, or 4 with `error` filled. */
int serve(const struct serve_place *places, size_t place_count,
          const struct serve_options *options, struct link_error *error);

#endif
