/* place.c: pseudo-terminals, listening sockets and standard input/output. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include "link/kind.h"
#include "link/place.h"

static bool fail(const struct place *place, const char *what,
                 struct link_error *error) {
  return link_fail(error, "%.180s: cannot %s: %s", place->name, what, strerror(errno));
}

/* ---- pseudo-terminal --------------------------------------------------------- */

/* A link of an earlier run, which was killed, is replaced; nothing else is. */
static bool make_link(struct place *place, struct link_error *error) {
  char target[16] = "";
  if (readlink(place->where, target, sizeof target - 1) > 0 &&
      strncmp(target, "/dev/pts/", 9) == 0)
    unlink(place->where);
  place->linked = symlink(place->terminal, place->where) == 0;
  if (place->linked) return true;
  return link_fail(error, "pty:%.100s: cannot make this link to %s: %s%s", place->where,
                   place->terminal, strerror(errno),
                   errno == EEXIST ? "; remove it or choose another name" : "");
}

/* Clients come and go at a pseudo-terminal without a word. That none is left shows as a
 * hang-up on the master; that one has come, inotify tells: no client's side must be
 * kept open here, which would hide the hang-up. */
static bool open_terminal(struct place *place, struct link_error *error) {
  snprintf(place->name, sizeof place->name, "pty:%.280s",
           place->where != NULL ? place->where : "");
  place->master = posix_openpt(O_RDWR | O_NOCTTY);
  if (place->master < 0 || grantpt(place->master) != 0 ||
      unlockpt(place->master) != 0 ||
      ptsname_r(place->master, place->terminal, sizeof place->terminal) != 0)
    return fail(place, "make a pseudo-terminal", error);
  if (place->where == NULL)
    snprintf(place->name, sizeof place->name, "pty:%s", place->terminal);
  if (!link_prepare_fd(place->master) || !tty_set_raw(place->master))
    return fail(place, "set the pseudo-terminal raw", error);
  place->door = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (place->door < 0 || inotify_add_watch(place->door, place->terminal, IN_OPEN) < 0)
    return fail(place, "watch for clients (inotify)", error);
  return place->where == NULL || make_link(place, error);
}

static void forget_openings(const struct place *place) {
  char events[1024];
  while (read(place->door, events, sizeof events) > 0)
    continue;
}

static void welcome_terminal(struct place *place) {
  forget_openings(place);
  place->in = place->out = place->master;
}

/* What the client did not read, and its settings, are not for the next one. Only the
 * client's side can throw away what has arrived there, so it is opened for a moment,
 * unseen by inotify. A client that comes meanwhile shows in the missing hang-up. */
static void dismiss_terminal(struct place *place) {
  struct pollfd entry = {.fd = place->master};
  inotify_add_watch(place->door, place->terminal, IN_DELETE_SELF);
  forget_openings(place);
  int fd = open(place->terminal, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0) {
    tcflush(fd, TCIFLUSH);
    tty_set_raw(fd);
    close(fd);
  }
  inotify_add_watch(place->door, place->terminal, IN_OPEN);
  if (poll(&entry, 1, 0) == 0) place->in = place->out = place->master;
}

static void remove_link(const struct place *place) {
  char target[sizeof place->terminal] = "";
  if (place->linked && readlink(place->where, target, sizeof target - 1) > 0 &&
      strcmp(target, place->terminal) == 0)
    unlink(place->where);
}

/* ---- sockets ----------------------------------------------------------------- */

static bool listen_at(struct place *place, int family, const struct sockaddr *address,
                      socklen_t length) {
  int on = 1;
  place->door = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (place->door < 0) return false;
  setsockopt(place->door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(place->door, address, length) == 0 && listen(place->door, 8) == 0)
    return true;
  int failure = errno;
  close(place->door);
  place->door = -1;
  errno = failure;
  return false;
}

/* The name with the address and the port that it really has. */
static void name_tcp(struct place *place) {
  struct sockaddr_storage address = {0};
  socklen_t length = sizeof address;
  char host[URI_HOST], port[8];
  if (getsockname(place->door, (struct sockaddr *)&address, &length) != 0 ||
      getnameinfo((struct sockaddr *)&address, length, host, sizeof host, port,
                  sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return;
  bool six = address.ss_family == AF_INET6;
  snprintf(place->name, sizeof place->name, "tcp:%s%s%s:%s", six ? "[" : "", host,
           six ? "]" : "", port);
}

static bool open_tcp(struct place *place, struct link_error *error) {
  char host[URI_HOST], port[8];
  snprintf(place->name, sizeof place->name, "tcp:%.280s", place->where);
  if (!uri_split_host(place->where, true, host, port, error)) return false;
  struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
  struct addrinfo *found;
  int code = getaddrinfo(host, port, &wanted, &found);
  if (code != 0)
    return link_fail(error, "%.180s: cannot look up the host: %s", place->name,
                     code == EAI_SYSTEM ? strerror(errno) : gai_strerror(code));
  bool open = false;
  for (struct addrinfo *at = found; at != NULL && !open; at = at->ai_next)
    open = listen_at(place, at->ai_family, at->ai_addr, at->ai_addrlen);
  int failure = errno;
  freeaddrinfo(found);
  errno = failure;
  if (!open) return fail(place, "listen", error);
  name_tcp(place);
  return true;
}

/* A socket file that nobody listens on is left from a run that was killed. */
static void remove_stale(const struct sockaddr_un *address) {
  struct stat file;
  if (lstat(address->sun_path, &file) != 0 || !S_ISSOCK(file.st_mode)) return;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return;
  if (connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 &&
      errno == ECONNREFUSED)
    unlink(address->sun_path);
  close(fd);
}

static bool open_unix(struct place *place, struct link_error *error) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(place->where);
  snprintf(place->name, sizeof place->name, "unix:%.280s", place->where);
  if (length == 0 || length >= sizeof address.sun_path)
    return link_fail(error, "%.120s: a socket's path has 1 to %zu bytes", place->name,
                     sizeof address.sun_path - 1);
  memcpy(address.sun_path, place->where, length);
  remove_stale(&address);
  if (!listen_at(place, AF_UNIX, (struct sockaddr *)&address, sizeof address))
    return fail(place,
                errno == EADDRINUSE ? "listen (remove it or choose another name)"
                                    : "listen",
                error);
  if (lstat(place->where, &place->file) != 0) return fail(place, "find it", error);
  return true;
}

static void welcome_socket(struct place *place) {
  int on = 1;
  int fd = accept4(place->door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return; /* it has gone again */
  if (place->kind == SERVE_TCP)
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  place->in = place->out = fd;
}

static void remove_socket(const struct place *place) {
  struct stat file;
  if (place->door >= 0 && lstat(place->where, &file) == 0 &&
      file.st_ino == place->file.st_ino && file.st_dev == place->file.st_dev)
    unlink(place->where);
}

/* ---- any --------------------------------------------------------------------- */

bool place_open(struct place *place, const struct serve_place *what,
                struct link_error *error) {
  *place = (struct place){.kind = what->kind, .where = what->where};
  place->door = place->master = place->in = place->out = -1;
  switch (what->kind) {
  case SERVE_PTY: return open_terminal(place, error);
  case SERVE_TCP: return open_tcp(place, error);
  case SERVE_UNIX: return open_unix(place, error);
  case SERVE_STDIO: break;
  }
  /* These are shared with other programs: they keep their mode, see serve.c. */
  snprintf(place->name, sizeof place->name, "stdio");
  place->in = STDIN_FILENO;
  place->out = STDOUT_FILENO;
  return true;
}

void place_welcome(struct place *place) {
  if (place->kind == SERVE_PTY)
    welcome_terminal(place);
  else
    welcome_socket(place);
}

void place_dismiss(struct place *place) {
  place->begin = place->end = 0;
  place->ending = false;
  if (place->kind == SERVE_TCP || place->kind == SERVE_UNIX) close(place->in);
  place->in = place->out = -1;
  if (place->kind == SERVE_PTY) dismiss_terminal(place);
}

void place_close(struct place *place) {
  if (place->in >= 0) place_dismiss(place);
  if (place->kind == SERVE_PTY) remove_link(place);
  if (place->kind == SERVE_UNIX) remove_socket(place);
  if (place->door >= 0) close(place->door);
  if (place->master >= 0) close(place->master);
}
