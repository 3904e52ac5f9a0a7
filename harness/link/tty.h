/* tty.h: terminal settings as the kernel keeps them, with any baud rate.
 *
 * <termios.h> knows a fixed list of rates and loses others when it restores settings;
 * the kernel's own calls do not. The two headers exclude each other: hence this file.
 */
#ifndef LINK_TTY_H
#define LINK_TTY_H

#include "link/uri.h"

struct tty_saved {
  bool valid;
  unsigned char settings[64]; /* the kernel's struct */
};

/* Keeps the settings of a terminal; false, with errno, if it is none. */
bool tty_save(int fd, struct tty_saved *saved);

/* Puts them back. Silent when the terminal is gone. */
void tty_restore(int fd, const struct tty_saved *saved);

/* Every byte passes unchanged, both ways, also one that came with a framing or parity
 * error: what a device sends is to be seen. A read finds EAGAIN when nothing is there,
 * so that 0 bytes mean a hang-up. */
bool tty_set_raw(int fd);

/* Flow control by RTS/CTS and XON/XOFF, or none. */
bool tty_set_flow(int fd, enum uri_flow flow);

bool tty_set_baud(int fd, unsigned baud);

/* The rate that the driver says it uses, or 0. */
unsigned tty_baud(int fd);

/* Waits until what was written has left, as long as the line needs for it, but no
 * longer than TTY_DRAIN milliseconds: a line that is held by flow control never
 * drains. */
#define TTY_DRAIN 2000
void tty_drain(int fd);

/* Throws away what came and was not read, and with `output` what has not left. */
void tty_discard(int fd, bool output);

#endif
