/* peer.h: the other ends of links, for tests. Every wait is for an event; the limit is
 * only there to end a test that has failed. */
#ifndef TEST_PEER_H
#define TEST_PEER_H

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "link/link.h"

#define PEER_LIMIT 20000 /* milliseconds */

static inline uint64_t peer_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static inline void peer_await(int fd, short events) {
  struct pollfd entry = {.fd = fd, .events = events};
  assert_int_equal(poll(&entry, 1, PEER_LIMIT), 1);
}

/* The master of a new pseudo-terminal, blocking; `path` is of the other side. */
static inline int peer_open_pty(char path[64]) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  assert_true(master >= 0);
  assert_int_equal(grantpt(master), 0);
  assert_int_equal(unlockpt(master), 0);
  assert_int_equal(ptsname_r(master, path, 64), 0);
  return master;
}

static inline void peer_write(int fd, const char *text) {
  assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* Reads as many bytes as `text` has; they must be `text`. */
static inline void peer_expect(int fd, const char *text) {
  char got[256] = "";
  size_t have = 0;
  while (have < strlen(text)) {
    peer_await(fd, POLLIN);
    ssize_t count = read(fd, got + have, strlen(text) - have);
    assert_true(count > 0);
    have += (size_t)count;
  }
  assert_string_equal(got, text);
}

/* The same on a link. */
static inline void peer_link_expect(struct link *link, const char *text) {
  char got[256] = "";
  size_t have = 0;
  while (have < strlen(text)) {
    size_t length = 0;
    peer_await(link_read_fd(link), POLLIN);
    enum link_state state =
        link_read(link, (uint8_t *)got + have, strlen(text) - have, &length);
    assert_int_not_equal(state, LINK_LOST);
    if (state == LINK_READY) have += length;
  }
  assert_string_equal(got, text);
}

static inline void peer_link_write(struct link *link, const char *text) {
  size_t written = 0;
  assert_int_equal(link_write(link, (const uint8_t *)text, strlen(text), &written),
                   LINK_READY);
  assert_int_equal(written, strlen(text));
}

/* Reads until the link is lost, whatever comes before. */
static inline void peer_link_expect_loss(struct link *link, const char *reason) {
  uint8_t bytes[256];
  size_t length;
  enum link_state state;
  do {
    peer_await(link_read_fd(link), POLLIN);
    state = link_read(link, bytes, sizeof bytes, &length);
  } while (state != LINK_LOST);
  assert_non_null(strstr(link_reason(link), reason));
  assert_int_equal(link_read(link, bytes, sizeof bytes, &length), LINK_LOST);
  assert_int_equal(link_write(link, bytes, 1, &length), LINK_LOST);
}

static inline struct link *peer_link_open(const char *uri) {
  struct link_error error = {""};
  struct link *link = link_open(uri, &error);
  if (link == NULL) fail_msg("%s: %s", uri, error.text);
  return link;
}

static inline void peer_link_refused(const char *uri, const char *text) {
  struct link_error error = {""};
  assert_null(link_open(uri, &error));
  if (strstr(error.text, text) == NULL)
    fail_msg("%s: no \"%s\" in: %s", uri, text, error.text);
}

#endif
