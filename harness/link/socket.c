/* socket.c: tcp: and unix: links. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "link/kind.h"

#define CONNECT_TIME 5000 /* milliseconds for one address */

/* Connects, or sets errno and gives -1. */
static int connect_to(int family, const struct sockaddr *address, socklen_t length) {
  int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  int failure = connect(fd, address, length) == 0 ? 0 : errno;
  if (failure == EINPROGRESS) {
    struct pollfd entry = {.fd = fd, .events = POLLOUT};
    socklen_t size = sizeof failure;
    int count = poll(&entry, 1, CONNECT_TIME); /* a signal ends it: Ctrl-C */
    failure = count < 0 ? errno : ETIMEDOUT;
    if (count > 0) getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
  }
  if (failure == 0) return fd;
  close(fd);
  errno = failure;
  return -1;
}

static void take(struct link *link, int fd) {
  link->read_fd = link->write_fd = fd;
  link->socket = true;
}

static bool open_tcp(struct link *link, const struct uri *uri,
                     struct link_error *error) {
  snprintf(link->name, sizeof link->name, "tcp:%.110s", uri->path);
  struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
  struct addrinfo *found;
  int code = getaddrinfo(uri->host, uri->port, &wanted, &found);
  if (code != 0)
    return link_fail(error, "%s: cannot look up the host: %s", link->name,
                     code == EAI_SYSTEM ? strerror(errno) : gai_strerror(code));
  int fd = -1;
  int failure = 0;
  for (struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next) {
    fd = connect_to(at->ai_family, at->ai_addr, at->ai_addrlen);
    failure = errno;
  }
  freeaddrinfo(found);
  if (fd < 0)
    return link_fail(error, "%s: cannot connect: %s", link->name, strerror(failure));
  take(link, fd);
  int on = 1; /* a command must not wait for the answer to the last one */
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return true;
}

static bool open_unix(struct link *link, const struct uri *uri,
                      struct link_error *error) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(link->name, sizeof link->name, "unix:%.110s", uri->path);
  size_t length = strlen(uri->path);
  if (length >= sizeof address.sun_path)
    return link_fail(error, "%s: a socket's path has at most %zu bytes", link->name,
                     sizeof address.sun_path - 1);
  memcpy(address.sun_path, uri->path, length);
  int fd = connect_to(AF_UNIX, (struct sockaddr *)&address, sizeof address);
  if (fd < 0)
    return link_fail(error, "%s: cannot connect: %s", link->name, strerror(errno));
  take(link, fd);
  return true;
}

static void explain(struct link *link, int number) {
  if (number == 0 || number == EPIPE)
    snprintf(link->reason, sizeof link->reason, "%s has closed the connection",
             link->name);
  else
    snprintf(link->reason, sizeof link->reason, "%s is lost: %s", link->name,
             strerror(number));
}

static void close_socket(struct link *link) {
  (void)link; /* the descriptor is all */
}

const struct link_kind tcp_kind = {open_tcp, explain, NULL, NULL, close_socket};
const struct link_kind unix_kind = {open_unix, explain, NULL, NULL, close_socket};
