/* tty.c: terminal settings, on the kernel's calls. */
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#include "link/tty.h"

_Static_assert(sizeof(struct termios2) <= sizeof((struct tty_saved){0}).settings,
               "room for the kernel's settings");

static bool get(int fd, struct termios2 *settings) {
  return ioctl(fd, TCGETS2, settings) == 0;
}

static bool set(int fd, const struct termios2 *settings) {
  return ioctl(fd, TCSETS2, settings) == 0;
}

bool tty_save(int fd, struct tty_saved *saved) {
  struct termios2 settings;
  saved->valid = get(fd, &settings);
  if (saved->valid) memcpy(saved->settings, &settings, sizeof settings);
  return saved->valid;
}

void tty_restore(int fd, const struct tty_saved *saved) {
  struct termios2 settings;
  if (!saved->valid) return;
  memcpy(&settings, saved->settings, sizeof settings);
  set(fd, &settings);
}

bool tty_set_raw(int fd) {
  struct termios2 settings;
  if (!get(fd, &settings)) return false;
  tcflag_t cooking = IGNBRK | BRKINT | IGNPAR | PARMRK | INPCK | ISTRIP | INLCR |
                     IGNCR | ICRNL | IUCLC | IXON | IXOFF | IXANY | IMAXBEL;
  settings.c_iflag &= ~cooking;
  settings.c_oflag &= ~(tcflag_t)OPOST;
  settings.c_lflag &= ~(tcflag_t)(ISIG | ICANON | ECHO | ECHONL | IEXTEN);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  return set(fd, &settings);
}

bool tty_set_flow(int fd, enum uri_flow flow) {
  struct termios2 settings;
  if (!get(fd, &settings)) return false;
  settings.c_cflag &= ~(tcflag_t)CRTSCTS;
  settings.c_iflag &= ~(tcflag_t)(IXON | IXOFF | IXANY);
  /* Without IXANY: a device that sends XOFF and then data means the XOFF. */
  if (flow == FLOW_RTSCTS) settings.c_cflag |= CRTSCTS;
  if (flow == FLOW_XONXOFF) settings.c_iflag |= IXON | IXOFF;
  if (!set(fd, &settings) || !get(fd, &settings)) return false;
  /* A driver drops what it cannot do without saying so. */
  return flow != FLOW_RTSCTS || (settings.c_cflag & CRTSCTS) != 0;
}

bool tty_set_baud(int fd, unsigned baud) {
  struct termios2 settings;
  if (!get(fd, &settings)) return false;
  settings.c_cflag &= ~(tcflag_t)(CBAUD | CBAUD << IBSHIFT);
  settings.c_cflag |= BOTHER;
  settings.c_ospeed = baud;
  settings.c_ispeed = baud;
  return set(fd, &settings);
}

unsigned tty_baud(int fd) {
  struct termios2 settings;
  return get(fd, &settings) ? settings.c_ospeed : 0;
}

static long long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

void tty_drain(int fd) {
  /* The kernel's own call (tcdrain) waits without limit, and nothing announces that the
   * last byte has left: so this looks again when the line had the time to send it. */
  long long end = milliseconds() + TTY_DRAIN;
  unsigned baud = tty_baud(fd);
  int waiting = 0;
  while (ioctl(fd, TIOCOUTQ, &waiting) == 0 && waiting > 0) {
    long long left = end - milliseconds();
    if (left <= 0) return;
    long long need = 1 + waiting * 10000LL / (baud > 0 ? baud : 9600);
    poll(NULL, 0, (int)(need < left ? need : left));
  }
}

void tty_discard(int fd, bool output) {
  ioctl(fd, TCFLSH, output ? TCIOFLUSH : TCIFLUSH);
}
