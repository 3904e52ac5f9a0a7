/* link.h: how one endpoint is reached.
 *
 * A link is named by a URI:
 *
 *   serial:/dev/ttyUSB0?baud=9600&bits=8&parity=none&stop=1&flow=none&dtr=on&rts=on
 *   pty:/path/to/pty?baud=9600      a pseudo-terminal or tty, on termios
 *   tcp:host:port                   a stream socket
 *   unix:/path/to/socket
 *   exec:program arg "arg 2"        a child; its stdin and stdout are the wire. Words
 *                                   are cut at blanks; '...', "..." and \ keep them.
 *                                   There is no shell
 *   sim:                            a reference device; see hub.h
 *
 * Values: bits 5..8; parity none, even, odd, mark, space; stop 1, 2; flow none, rtscts,
 * xonxoff, dtrdsr; dtr and rts on, off. Shown are the defaults; a pty keeps its rate.
 *
 * Reading and writing never block; waiting is the hub's work. What libserialport or
 * the kernel says of a failure is kept as text. Closing puts a port's settings back,
 * ends and reaps a child.
 */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum link_state {
  LINK_READY = 0, /* some bytes were moved */
  LINK_WAIT,      /* none now: wait for the descriptor */
  LINK_LOST,      /* the other end is gone; the link stays lost */
};

struct link;

struct link_error {
  char text[256]; /* what, where and what to do */
};

/* Opens a link to anything but `sim:`. NULL on failure. */
struct link *link_open(const char *uri, struct link_error *error);

/* Checks that a URI is well formed without opening it (`sim:` included). */
bool link_check(const char *uri, struct link_error *error);

/* At most `capacity` bytes into `bytes`; `*length` is set on LINK_READY. */
enum link_state link_read(struct link *link, uint8_t *bytes, size_t capacity,
                          size_t *length);

/* Writes what it can; `*written` is set on LINK_READY. */
enum link_state link_write(struct link *link, const uint8_t *bytes, size_t length,
                           size_t *written);

/* What to poll() for reading and for writing (an `exec:` link has two). */
int link_read_fd(const struct link *link);
int link_write_fd(const struct link *link);

/* Sends what is still in the kernel's hands (2 s at most: flow control may hold it),
 * throws away what came and was not read. */
void link_flush(struct link *link);

/* Changes the baud rate of a serial or pty link; others ignore it. */
bool link_set_baud(struct link *link, unsigned baud, struct link_error *error);

/* Why a link is lost: "child ended with exit status 1", "device unplugged: ..." */
const char *link_reason(const struct link *link);

void link_close(struct link *link);

#endif
