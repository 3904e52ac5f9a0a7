/* serial.c: serial: links, opened and set through libserialport.
 *
 * libserialport opens the port and sets its speed, character format and modem lines.
 * Three things are done here, on the same descriptor:
 *
 * - Flow control: release 0.1.1 sets the flag of RTS/CTS in the wrong word of termios
 *   (c_iflag), where it means nothing, and does not clear it in the right one: the port
 *   would keep what the last program left.
 * - A read of 0 bytes is no news to libserialport; here it must mean that the device
 *   has gone (see tty_set_raw), so reading and writing use the descriptor.
 * - Whether the driver really took the speed.
 */
#include <errno.h>
#include <fcntl.h>
#include <libserialport.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "link/kind.h"

/* What libserialport says of a failure; its message is only set for one of the codes.
 */
static void sp_text(enum sp_return code, char *text, size_t size) {
  if (code == SP_ERR_MEM) {
    snprintf(text, size, "no memory");
  } else if (code == SP_ERR_SUPP) {
    snprintf(text, size, "the driver or libserialport does not support it");
  } else if (code == SP_ERR_ARG) {
    snprintf(text, size, "not a serial port known to the system");
  } else {
    char *message = sp_last_error_message();
    snprintf(text, size, "%.100s", message != NULL ? message : "unknown reason");
    if (message != NULL) sp_free_error_message(message);
  }
}

static bool fail(const struct link *link, const char *what, enum sp_return code,
                 struct link_error *error) {
  char text[128];
  sp_text(code, text, sizeof text);
  return link_fail(error, "serial:%s: cannot %s: %s", link->name, what, text);
}

/* Keeps the settings as they are before libserialport changes them. This descriptor is
 * held until the port is open: the modem lines then rise once, not twice. */
static int open_first(struct link *link, const char *path, struct link_error *error) {
  int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    const char *advice = errno == EACCES  ? " (on Debian: join the group dialout)"
                         : errno == EBUSY ? " (another program is using it)"
                                          : "";
    link_fail(error, "serial:%s: cannot open it: %s%s", link->name, strerror(errno),
              advice);
  } else if (!tty_save(fd, &link->saved)) {
    link_fail(error, "serial:%s: is not a serial port (%s)", link->name,
              strerror(errno));
    close(fd);
    fd = -1;
  }
  return fd;
}

static bool open_port(struct link *link, const char *path, struct link_error *error) {
  enum sp_return code = sp_get_port_by_name(path, &link->port);
  if (code == SP_ERR_ARG && strncmp(path, "/dev/pts/", 9) == 0)
    return link_fail(error,
                     "serial:%s: is a pseudo-terminal, which libserialport does not "
                     "open: use pty:%s",
                     link->name, link->name);
  if (code != SP_OK) return fail(link, "find it", code, error);

  int first = open_first(link, path, error);
  if (first < 0) return false;
  code = sp_open(link->port, SP_MODE_READ_WRITE);
  close(first);
  if (code != SP_OK) return fail(link, "open it", code, error);
  if (sp_get_port_handle(link->port, &link->read_fd) != SP_OK || link->read_fd < 0)
    return link_fail(error, "serial:%s: libserialport gives no descriptor", link->name);
  link->write_fd = link->read_fd;
  if (!link_prepare_fd(link->read_fd))
    return link_fail(error, "serial:%s: %s", link->name, strerror(errno));
  if (flock(link->read_fd, LOCK_EX | LOCK_NB) != 0)
    return link_fail(error, "serial:%s: another program is using it", link->name);
  return true;
}

/* The settings that libserialport makes, as one change. */
static enum sp_return apply(struct sp_port *port, const struct uri_line *line) {
  static const enum sp_parity parities[] = {
      [PARITY_NONE] = SP_PARITY_NONE,   [PARITY_EVEN] = SP_PARITY_EVEN,
      [PARITY_ODD] = SP_PARITY_ODD,     [PARITY_MARK] = SP_PARITY_MARK,
      [PARITY_SPACE] = SP_PARITY_SPACE,
  };
  struct sp_port_config *config;
  enum sp_return code = sp_new_config(&config);
  if (code != SP_OK) return code;
  sp_set_config_baudrate(config, (int)line->baud);
  sp_set_config_bits(config, (int)line->bits);
  sp_set_config_parity(config, parities[line->parity]);
  sp_set_config_stopbits(config, (int)line->stop);
  /* Always: release 0.1.1 leaves this one of a new configuration to chance. */
  sp_set_config_xon_xoff(config, line->flow == FLOW_XONXOFF ? SP_XONXOFF_INOUT
                                                            : SP_XONXOFF_DISABLED);
  if (line->flow != FLOW_RTSCTS)
    sp_set_config_rts(config, line->rts ? SP_RTS_ON : SP_RTS_OFF);
  if (line->flow == FLOW_DTRDSR) {
    sp_set_config_dtr(config, SP_DTR_FLOW_CONTROL);
    sp_set_config_dsr(config, SP_DSR_FLOW_CONTROL);
  } else {
    sp_set_config_dtr(config, line->dtr ? SP_DTR_ON : SP_DTR_OFF);
  }
  code = sp_set_config(port, config);
  sp_free_config(config);
  return code;
}

/* A UART bears some 3 % between both ends, all causes together. */
static bool baud_taken(unsigned wanted, unsigned got) {
  unsigned apart = wanted > got ? wanted - got : got - wanted;
  return apart <= wanted / 100 * 3 + 1;
}

static bool set_line(struct link *link, struct link_error *error) {
  const struct uri_line *line = &link->line;
  enum sp_return code = apply(link->port, line);
  if (code == SP_ERR_SUPP && line->flow == FLOW_DTRDSR)
    return link_fail(error,
                     "serial:%s: the driver has no DTR/DSR flow control: use "
                     "flow=rtscts, xonxoff or none",
                     link->name);
  if (code != SP_OK) return fail(link, "set the line", code, error);
  if (!tty_set_raw(link->read_fd) || !tty_set_flow(link->read_fd, line->flow))
    return link_fail(error, "serial:%s: the driver refuses flow control: use flow=none",
                     link->name);
  unsigned baud = tty_baud(link->read_fd);
  if (!baud_taken(line->baud, baud))
    return link_fail(error,
                     "serial:%s: the driver uses %u baud where %u was asked for: "
                     "choose a rate it has",
                     link->name, baud, line->baud);
  return true;
}

static bool open_serial(struct link *link, const struct uri *uri,
                        struct link_error *error) {
  /* libserialport looks a port up by its name in /dev: a link from /dev/serial/by-id
   * must be followed first. */
  char path[PATH_MAX];
  snprintf(link->name, sizeof link->name, "%.120s", uri->path);
  if (realpath(uri->path, path) == NULL)
    return link_fail(error, "serial:%s: %s (wirecert ports lists what is there)",
                     link->name, strerror(errno));
  if (!open_port(link, path, error) || !set_line(link, error)) return false;
  tty_discard(link->read_fd, true); /* what came with other settings */
  return true;
}

static void explain(struct link *link, int number) {
  if (number == 0 || number == EIO || number == ENXIO || number == ENODEV)
    snprintf(link->reason, sizeof link->reason, "device unplugged: serial:%s%s%s",
             link->name, number != 0 ? ": " : "", number != 0 ? strerror(number) : "");
  else
    snprintf(link->reason, sizeof link->reason, "serial:%s is lost: %s", link->name,
             strerror(number));
}

static void flush(struct link *link) {
  tty_drain(link->read_fd);
  tty_discard(link->read_fd, false);
}

static bool set_baud(struct link *link, unsigned baud, struct link_error *error) {
  tty_drain(link->read_fd); /* what was written before goes at the old rate */
  unsigned before = link->line.baud;
  link->line.baud = baud;
  bool set = set_line(link, error);
  if (!set) link->line.baud = before;
  return set;
}

static void close_serial(struct link *link) {
  if (link->read_fd >= 0) {
    /* Closing a port that is held by flow control would wait for 30 s in the kernel. */
    if (!link->lost) tty_drain(link->read_fd);
    tty_discard(link->read_fd, true);
    /* The modem lines are left alone: moving them resets many devices. */
    tty_restore(link->read_fd, &link->saved);
    sp_close(link->port);
    link->read_fd = link->write_fd = -1;
  }
  if (link->port != NULL) sp_free_port(link->port);
}

const struct link_kind serial_kind = {open_serial, explain, flush, set_baud,
                                      close_serial};
