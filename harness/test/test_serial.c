/* test_serial.c: serial: links through libserialport's own code, over a
 * pseudo-terminal.
 *
 * libserialport 0.1.1 refuses a pseudo-terminal for two reasons, and this file answers
 * both: it looks the port's name up in /sys/class/tty (realpath() below gives a name
 * that leads out of there), and it asks for modem lines (ioctl() below has some). What
 * real drivers do is seen in the QEMU guest: make check-serial.
 */
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "peer.h"

static char directory[] = "/tmp/wirecert-serial-XXXXXX";
static char port[64]; /* a symbolic link, as those in /dev/serial/by-id */
static char terminal[64];
static int master;

static bool disguise = true;
static unsigned modem_lines;
static unsigned only_baud; /* of a driver that takes no other */
static bool no_flow_control;

/* The linker prefers these to the C library's, for libserialport too. */
char *realpath(const char *restrict name, char *restrict resolved) {
  if (disguise && strcmp(name, port) == 0) {
    sprintf(resolved, "/dev/../../..%s", port);
    return resolved;
  }
  char *path = canonicalize_file_name(name);
  if (path == NULL) return NULL;
  memcpy(resolved, path, strlen(path) + 1);
  free(path);
  return resolved;
}

static int settings_seen(struct termios2 *settings) {
  if (only_baud != 0) settings->c_ospeed = only_baud;
  if (no_flow_control) settings->c_cflag &= ~(tcflag_t)CRTSCTS;
  return 0;
}

int ioctl(int fd, unsigned long request, ...) {
  va_list list;
  va_start(list, request);
  void *argument = va_arg(list, void *);
  va_end(list);
  switch (request) {
  case TIOCMGET: *(unsigned *)argument = modem_lines; return 0;
  case TIOCMBIS: modem_lines |= *(unsigned *)argument; return 0;
  case TIOCMBIC: modem_lines &= ~*(unsigned *)argument; return 0;
  }
  long result = syscall(SYS_ioctl, fd, request, argument);
  if (result == 0 && request == TCGETS2) return settings_seen(argument);
  return (int)result;
}

static struct termios2 settings(void) {
  struct termios2 now;
  assert_int_equal(syscall(SYS_ioctl, master, TCGETS2, &now), 0);
  return now;
}

static int setup(void **state) {
  (void)state;
  disguise = true;
  modem_lines = only_baud = 0;
  no_flow_control = false;
  master = peer_open_pty(terminal);
  return symlink(terminal, port);
}

static int teardown(void **state) {
  (void)state;
  if (master >= 0) close(master);
  return unlink(port);
}

static struct link *open_with(const char *options) {
  char uri[256];
  snprintf(uri, sizeof uri, "serial:%s%s", port, options);
  return peer_link_open(uri);
}

static void refused_with(const char *options, const char *text) {
  char uri[256];
  snprintf(uri, sizeof uri, "serial:%s%s", port, options);
  peer_link_refused(uri, text);
}

static void bytes_pass_unchanged(void **state) {
  (void)state;
  struct link *link = open_with("?baud=115200");
  assert_true(fcntl(link_read_fd(link), F_GETFD) & FD_CLOEXEC);
  assert_true(fcntl(link_read_fd(link), F_GETFL) & O_NONBLOCK);
  peer_link_write(link, "\x03\r\n\x11\x13\xFF");
  peer_expect(master, "\x03\r\n\x11\x13\xFF");
  peer_write(master, "\x03\r\n\x11\x13\xFF");
  peer_link_expect(link, "\x03\r\n\x11\x13\xFF");
  size_t length;
  uint8_t byte;
  assert_int_equal(link_read(link, &byte, 1, &length), LINK_WAIT);
  link_close(link);
}

static void line_is_set_and_put_back(void **state) {
  (void)state;
  struct termios2 before = settings();
  before.c_lflag |= ICANON | ECHO;
  before.c_cflag |= CRTSCTS; /* as another program may have left it */
  before.c_iflag |= IXON;
  before.c_cflag = (before.c_cflag & ~(tcflag_t)CBAUD) | BOTHER;
  before.c_ispeed = before.c_ospeed = 12345;
  assert_int_equal(syscall(SYS_ioctl, master, TCSETS2, &before), 0);
  before = settings();

  struct link *link = open_with("?baud=57600&stop=2");
  struct termios2 during = settings();
  assert_int_equal(during.c_ospeed, 57600);
  assert_true(during.c_cflag & CSTOPB);
  assert_false(during.c_cflag & CRTSCTS);
  assert_false(during.c_iflag & (IXON | IXOFF | IXANY | ICRNL | IGNPAR | INPCK));
  assert_false(during.c_lflag & (ICANON | ECHO | ISIG));
  struct link_error error;
  assert_true(link_set_baud(link, 250000, &error));
  assert_int_equal(settings().c_ospeed, 250000);
  assert_false(settings().c_lflag & ICANON);
  link_close(link);

  struct termios2 after = settings();
  assert_int_equal(after.c_ospeed, 12345);
  assert_int_equal(after.c_cflag, before.c_cflag);
  assert_int_equal(after.c_iflag, before.c_iflag);
  assert_int_equal(after.c_lflag, before.c_lflag);
  assert_memory_equal(after.c_cc, before.c_cc, sizeof before.c_cc);
}

static void flow_control(void **state) {
  (void)state;
  struct link *link = open_with("?flow=rtscts");
  assert_true(settings().c_cflag & CRTSCTS);
  assert_false(settings().c_iflag & (IXON | IXOFF));
  struct link_error error;
  assert_true(link_set_baud(link, 19200, &error)); /* which keeps it */
  assert_true(settings().c_cflag & CRTSCTS);
  link_close(link);

  link = open_with("?flow=xonxoff");
  assert_false(settings().c_cflag & CRTSCTS);
  assert_int_equal(settings().c_iflag & (IXON | IXOFF | IXANY), IXON | IXOFF);
  link_close(link);

  refused_with("?flow=dtrdsr", "no DTR/DSR flow control");
  no_flow_control = true;
  refused_with("?flow=rtscts", "refuses flow control");
}

static void modem_lines_are_moved(void **state) {
  (void)state;
  struct link *link = open_with("");
  assert_int_equal(modem_lines, TIOCM_DTR | TIOCM_RTS);
  link_close(link);
  link = open_with("?dtr=off");
  assert_int_equal(modem_lines, TIOCM_RTS);
  link_close(link);
  link = open_with("?rts=off");
  assert_int_equal(modem_lines, TIOCM_DTR);
  link_close(link);
}

static void wrong_baud_is_noticed(void **state) {
  (void)state;
  only_baud = 9600;
  refused_with("?baud=115200", "uses 9600 baud where 115200 was asked for");
  struct link *link = open_with("?baud=9500"); /* a UART bears that */
  struct link_error error = {""};
  assert_false(link_set_baud(link, 19200, &error));
  assert_non_null(strstr(error.text, "choose a rate it has"));
  assert_true(link_set_baud(link, 9600, &error));
  link_close(link);
}

static void one_user_only(void **state) {
  (void)state;
  struct link *link = open_with("");
  refused_with("", "another program is using it");
  link_close(link);
  link_close(open_with(""));
}

static void old_bytes_are_thrown_away(void **state) {
  (void)state;
  int side = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC);
  peer_write(master, "garbage of another rate\n");
  peer_await(side, POLLIN);
  struct link *link = open_with("");
  peer_write(master, "new");
  peer_link_expect(link, "new");
  link_close(link);
  close(side);
}

static void unplugging_is_noticed(void **state) {
  (void)state;
  struct link *link = open_with("");
  peer_write(master, "last");
  close(master);
  master = -1;
  peer_link_expect_loss(link, "device unplugged: serial:");
  struct link_error error = {""};
  assert_false(link_set_baud(link, 19200, &error));
  assert_non_null(strstr(error.text, "device unplugged"));
  link_close(link);

  master = peer_open_pty(terminal);
  unlink(port);
  assert_int_equal(symlink(terminal, port), 0);
  link = open_with("");
  close(master);
  master = -1;
  size_t written;
  assert_int_equal(link_write(link, (const uint8_t *)"x", 1, &written), LINK_LOST);
  assert_non_null(strstr(link_reason(link), "device unplugged"));
  link_close(link);
}

static void what_is_no_port_is_refused(void **state) {
  (void)state;
  char uri[128];
  peer_link_refused("serial:/dev/nowhere", "wirecert ports lists what is there");
  peer_link_refused("serial:/dev/null", "not a serial port");
  peer_link_refused("serial:/tmp", "not a serial port");
  disguise = false;
  snprintf(uri, sizeof uri, "use pty:%s", port); /* the link is followed */
  refused_with("", uri);
  disguise = true;
  unlink(port);
  assert_int_equal(symlink("/dev/null", port), 0);
  refused_with("", "is not a serial port (Inappropriate ioctl");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(bytes_pass_unchanged),
      TEST(line_is_set_and_put_back),
      TEST(flow_control),
      TEST(modem_lines_are_moved),
      TEST(wrong_baud_is_noticed),
      TEST(one_user_only),
      TEST(old_bytes_are_thrown_away),
      TEST(unplugging_is_noticed),
      TEST(what_is_no_port_is_refused),
  };
  if (mkdtemp(directory) == NULL) return 1;
  snprintf(port, sizeof port, "%s/port", directory);
  alarm(60); /* a test that hangs has failed */
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  rmdir(directory);
  return failed;
}
