/* place.h: one place of serve(): where clients come and go. For link/ only. */
#ifndef LINK_PLACE_H
#define LINK_PLACE_H

#include <sys/stat.h>

#include "link/serve.h"

struct place {
  enum serve_kind kind;
  const char *where;
  unsigned position; /* of its device in the world */
  char name[300];    /* as a URI, where it has one */
  char terminal[64]; /* SERVE_PTY: the path of its client side */
  int door;          /* readable when a client comes: listener or inotify; or -1 */
  int master;        /* SERVE_PTY */
  struct stat file;  /* SERVE_UNIX: the socket file, to remove no other */
  bool linked;       /* SERVE_PTY: `where` is our link */

  int in; /* of the client; -1: there is none */
  int out;
  bool ending;           /* the client sends no more, but may still be reading ... */
  uint64_t end_by;       /* ... until then */
  uint8_t pending[4096]; /* for the client, from `begin` to `end` */
  size_t begin;
  size_t end;
};

/* Opens a place; fills `name`. After a failure place_close() must be called, too. */
bool place_open(struct place *place, const struct serve_place *what,
                struct link_error *error);
void place_close(struct place *place);

/* The door is open: takes the client in, if there is one. */
void place_welcome(struct place *place);

/* The client has gone, or has to. Another may be there at once (SERVE_PTY). */
void place_dismiss(struct place *place);

#endif
