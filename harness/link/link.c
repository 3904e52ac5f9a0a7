/* link.c: what all links share: state, reading, writing, closing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "link/kind.h"

static const struct link_kind *const kinds[] = {
    [URI_SERIAL] = &serial_kind, [URI_PTY] = &pty_kind,   [URI_TCP] = &tcp_kind,
    [URI_UNIX] = &unix_kind,     [URI_EXEC] = &exec_kind, [URI_SIM] = NULL,
};

bool link_check(const char *uri, struct link_error *error) {
  struct uri parts;
  return uri_parse(uri, &parts, error);
}

struct link *link_open(const char *uri, struct link_error *error) {
  struct uri parts;
  if (!uri_parse(uri, &parts, error)) return NULL;
  if (parts.scheme == URI_SIM) {
    link_fail(error, "sim: is a reference device, not a link to open");
    return NULL;
  }
  struct link *link = calloc(1, sizeof *link);
  if (link == NULL) {
    link_fail(error, "no memory for the link %.80s", uri);
    return NULL;
  }
  link->kind = kinds[parts.scheme];
  link->line = parts.line;
  link->read_fd = link->write_fd = -1;
  if (!link->kind->open(link, &parts, error)) {
    link_close(link);
    return NULL;
  }
  return link;
}

void link_close(struct link *link) {
  if (link == NULL) return;
  link->kind->close(link);
  if (link->write_fd >= 0 && link->write_fd != link->read_fd) close(link->write_fd);
  if (link->read_fd >= 0) close(link->read_fd);
  free(link);
}

void link_lose(struct link *link, int number) {
  if (link->lost) return;
  link->lost = true;
  if (link->reason[0] == '\0') link->kind->explain(link, number);
}

enum link_state link_read(struct link *link, uint8_t *bytes, size_t capacity,
                          size_t *length) {
  if (link->lost) return LINK_LOST;
  ssize_t count = read(link->read_fd, bytes, capacity);
  if (count > 0) {
    *length = (size_t)count;
    return LINK_READY;
  }
  bool none = count < 0 && (errno == EAGAIN || errno == EINTR);
  if (none && !link->deaf) return LINK_WAIT;
  link_lose(link, none || count == 0 ? 0 : errno);
  return LINK_LOST;
}

/* A peer that is gone must be an error here, not a SIGPIPE: the wire of an exec: link
 * is a socket for this reason, and terminals do not raise it. */
static ssize_t write_some(const struct link *link, const uint8_t *bytes,
                          size_t length) {
  if (link->socket) return send(link->write_fd, bytes, length, MSG_NOSIGNAL);
  return write(link->write_fd, bytes, length);
}

enum link_state link_write(struct link *link, const uint8_t *bytes, size_t length,
                           size_t *written) {
  if (link->lost || link->deaf) return LINK_LOST;
  ssize_t count = length > 0 ? write_some(link, bytes, length) : 0;
  if (count > 0 || length == 0) {
    *written = (size_t)count;
    return LINK_READY;
  }
  if (count == 0 || errno == EAGAIN || errno == EINTR) return LINK_WAIT;
  /* What the other end said before it went can still be read. */
  link->deaf = true;
  link->kind->explain(link, errno);
  return LINK_LOST;
}

int link_read_fd(const struct link *link) {
  return link->read_fd;
}

int link_write_fd(const struct link *link) {
  return link->write_fd;
}

void link_flush(struct link *link) {
  uint8_t bytes[512];
  if (link->lost) return;
  if (link->kind->flush != NULL) {
    link->kind->flush(link);
    return;
  }
  /* What a pipe or socket holds now, but not what a flood puts there meanwhile. */
  for (int i = 0; i < 512; i++)
    if (read(link->read_fd, bytes, sizeof bytes) <= 0) break;
}

bool link_set_baud(struct link *link, unsigned baud, struct link_error *error) {
  if (link->kind->set_baud == NULL) return true;
  if (link->lost)
    return link_fail(error, "%s: cannot set %u baud: %.120s", link->name, baud,
                     link->reason);
  return link->kind->set_baud(link, baud, error);
}

const char *link_reason(const struct link *link) {
  return link->reason;
}

bool link_prepare_fd(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
         fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}
