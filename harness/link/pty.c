/* pty.c: pty: links, on termios. For pseudo-terminals, which libserialport refuses. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "link/kind.h"

static bool fail(struct link *link, const char *what, struct link_error *error) {
  return link_fail(error, "pty:%s: cannot %s: %s", link->name, what, strerror(errno));
}

static bool open_pty(struct link *link, const struct uri *uri,
                     struct link_error *error) {
  snprintf(link->name, sizeof link->name, "%.120s", uri->path);
  int fd = open(uri->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return fail(link, "open it", error);
  link->read_fd = link->write_fd = fd;
  if (flock(fd, LOCK_EX | LOCK_NB) != 0)
    return link_fail(error, "pty:%s: another program is using it", link->name);
  if (!tty_save(fd, &link->saved))
    return link_fail(error, "pty:%s: is not a terminal (%s)", link->name,
                     strerror(errno));
  if (!tty_set_raw(fd)) return fail(link, "set it raw", error);
  if (uri->line.baud > 0 && !tty_set_baud(fd, uri->line.baud))
    return fail(link, "set the baud rate", error);
  return true;
}

static void explain(struct link *link, int number) {
  if (number == 0 || number == EIO)
    snprintf(link->reason, sizeof link->reason,
             "the other side of pty:%s has been closed", link->name);
  else
    snprintf(link->reason, sizeof link->reason, "pty:%s is lost: %s", link->name,
             strerror(number));
}

static void flush(struct link *link) {
  tty_drain(link->read_fd);
  tty_discard(link->read_fd, false);
}

static bool set_baud(struct link *link, unsigned baud, struct link_error *error) {
  tty_drain(link->read_fd); /* what was written before goes at the old rate */
  return tty_set_baud(link->read_fd, baud) || fail(link, "set the baud rate", error);
}

static void close_pty(struct link *link) {
  if (link->read_fd >= 0) tty_restore(link->read_fd, &link->saved);
}

const struct link_kind pty_kind = {open_pty, explain, flush, set_baud, close_pty};
