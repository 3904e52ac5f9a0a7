/* kind.h: what the kinds of links have in common. For link/ only. */
#ifndef LINK_KIND_H
#define LINK_KIND_H

#include <sys/types.h>

#include "link/link.h"
#include "link/tty.h"
#include "link/uri.h"

struct sp_port;

struct link_kind {
  /* Opens the link that `uri` names: sets the descriptors and `name`. */
  bool (*open)(struct link *link, const struct uri *uri, struct link_error *error);
  /* Says in `link->reason` why the link is lost: the errno of a call, or 0 at the end
   * of the stream. */
  void (*explain)(struct link *link, int number);
  void (*flush)(struct link *link); /* may be NULL */
  bool (*set_baud)(struct link *link, unsigned baud, struct link_error *error);
  void (*close)(struct link *link);
};

extern const struct link_kind serial_kind, pty_kind, tcp_kind, unix_kind, exec_kind;

struct link {
  const struct link_kind *kind;
  int read_fd;  /* -1: not open */
  int write_fd; /* may be the same */
  bool socket;  /* `write_fd` is a socket: see write_some() */
  bool lost;
  bool deaf;        /* writing has failed; what came before can still be read */
  char reason[256]; /* why it is lost */
  char name[128];   /* of the other end, for texts */
  struct uri_line line;
  struct tty_saved saved;
  struct sp_port *port; /* serial: */
  pid_t child;          /* exec:, or 0 when reaped */
};

/* Marks a link lost, for the reason of the first call. */
void link_lose(struct link *link, int number);

/* Makes a descriptor non-blocking and closed on exec. */
bool link_prepare_fd(int fd);

#endif
