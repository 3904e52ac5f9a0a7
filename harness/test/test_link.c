/* test_link.c: URIs, and every kind of link that a machine without serial ports has.
 * serial: is in test_serial.c. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>

#include "link/tty.h"
#include "peer.h"

/* ---- URIs -------------------------------------------------------------------- */

static void refuses(const char *uri, const char *text) {
  struct link_error error = {""};
  assert_false(link_check(uri, &error));
  if (strstr(error.text, text) == NULL)
    fail_msg("%s: no '%s' in: %s", uri, text, error.text);
}

static void accepts(const char *uri) {
  struct link_error error = {""};
  if (!link_check(uri, &error)) fail_msg("%s: %s", uri, error.text);
}

static void good_uris(void **state) {
  (void)state;
  accepts("serial:/dev/ttyUSB0");
  accepts("serial:/dev/ttyUSB0?baud=115200&bits=7&parity=even&stop=2&flow=xonxoff&"
          "dtr=off&rts=off");
  accepts("serial:/dev/ttyUSB0?flow=rtscts&dtr=off");
  accepts("pty:/tmp/x?baud=9600");
  accepts("tcp:localhost:80");
  accepts("tcp:[::1]:65535");
  accepts("unix:/tmp/a.sock");
  accepts("exec:cat");
  accepts("exec:a?b=c 'it''s' \"x y\" \\ ");
  accepts("sim:");
}

static void serial_options_are_read(void **state) {
  (void)state;
  struct uri uri;
  struct link_error error;
  assert_true(uri_parse("serial:/dev/x", &uri, &error));
  assert_string_equal(uri.path, "/dev/x");
  assert_int_equal(uri.line.baud, 9600);
  assert_int_equal(uri.line.bits, 8);
  assert_int_equal(uri.line.stop, 1);
  assert_true(uri.line.dtr && uri.line.rts);
  assert_true(uri_parse("serial:/dev/x?parity=space&flow=xonxoff&dtr=off&stop=2&bits=5",
                        &uri, &error));
  assert_int_equal(uri.line.parity, PARITY_SPACE);
  assert_int_equal(uri.line.flow, FLOW_XONXOFF);
  assert_false(uri.line.dtr);
  assert_int_equal(uri.line.stop, 2);
  assert_int_equal(uri.line.bits, 5);
  assert_true(uri_parse("tcp:[fe80::1%eth0]:4000", &uri, &error));
  assert_string_equal(uri.host, "fe80::1%eth0");
  assert_string_equal(uri.port, "4000");
}

static void wrong_uris_say_why(void **state) {
  (void)state;
  refuses("/dev/ttyUSB0", "is no link: write SCHEME:");
  refuses("", "is no link");
  refuses("seriel:/dev/x", "did you mean 'serial'?");
  refuses("http:x", "known: serial, pty, tcp, unix, exec, sim");
  refuses("serial:", "nothing stands behind 'serial:'");
  refuses("serial:/dev/x?boud=1", "did you mean 'baud'? known: baud, bits, parity, ");
  refuses("serial:/dev/x?baud", "needs =VALUE");
  refuses("serial:/dev/x?baud=", "from 1 to");
  refuses("serial:/dev/x?baud=-1", "from 1 to");
  refuses("serial:/dev/x?baud=9600x", "from 1 to");
  refuses("serial:/dev/x?baud=99999999999999999999", "from 1 to");
  refuses("serial:/dev/x?bits=9", "from 5 to 8");
  refuses("serial:/dev/x?parity=evn", "did you mean 'even'?");
  refuses("serial:/dev/x?dtr=1", "known: off, on");
  refuses("serial:/dev/x?stop=1&stop=1", "twice");
  refuses("serial:/dev/x?flow=rtscts&rts=on", "leave rts= out");
  refuses("serial:/dev/x?dtr=on&flow=dtrdsr", "leave dtr= out");
  refuses("pty:/tmp/x?bits=8", "unknown option 'bits'; known: baud");
  refuses("tcp:localhost", "write HOST:PORT");
  refuses("tcp::80", "no host");
  refuses("tcp:localhost:0", "from 1 to 65535");
  refuses("tcp:localhost:http", "from 1 to 65535");
  refuses("tcp:::1:80", "[ADDRESS]:PORT");
  refuses("tcp:localhost:80?x=1", "takes no options");
  refuses("unix:", "nothing stands behind");
  refuses("unix:/a?b", "takes no options");
  refuses("exec:", "no program");
  refuses("exec:  ", "no program");
  refuses("exec:a 'b", "not closed");
  refuses("exec:''", "empty word");
  refuses("sim:x", "nothing stands behind sim:");
  char many[4096];
  memset(many, 'a', sizeof many);
  many[sizeof many - 1] = '\0';
  memcpy(many, "unix:", 5);
  refuses(many, "longer than");
  for (size_t i = 5; i < 1000; i += 2)
    many[i] = ' ';
  memcpy(many, "exec:", 5);
  many[1000] = '\0';
  refuses(many, "no more than");
}

static void words_of_a_command(void **state) {
  (void)state;
  char room[128];
  char *words[URI_WORDS];
  struct link_error error;
  assert_true(
      uri_split_words(" a  'b c'\"d\\\"e\"\t f\\ g '' h\\", room, words, &error));
  assert_string_equal(words[0], "a");
  assert_string_equal(words[1], "b cd\"e");
  assert_string_equal(words[2], "f g");
  assert_string_equal(words[3], "");
  assert_string_equal(words[4], "h\\");
  assert_null(words[5]);
}

/* ---- pseudo-terminals -------------------------------------------------------- */

static void pty_is_raw_and_put_back(void **state) {
  (void)state;
  char path[64], uri[128];
  struct termios before, during, after;
  memset(&before, 0, sizeof before); /* there are gaps in the struct */
  memset(&after, 0, sizeof after);
  int master = peer_open_pty(path);
  int side = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  tcgetattr(side, &before);
  cfsetspeed(&before, B1200);
  before.c_lflag |= ICANON | ECHO;
  tcsetattr(side, TCSANOW, &before);
  tcgetattr(side, &before);

  snprintf(uri, sizeof uri, "pty:%s?baud=115200", path);
  struct link *link = peer_link_open(uri);
  tcgetattr(side, &during);
  assert_false(during.c_lflag & (ICANON | ECHO | ISIG));
  assert_int_equal(tty_baud(side), 115200);
  struct link_error error;
  assert_true(link_set_baud(link, 9600, &error));
  assert_int_equal(tty_baud(side), 9600);

  peer_link_write(link, "\x03\x04\r\n\x11\x13\xFF");
  peer_expect(master, "\x03\x04\r\n\x11\x13\xFF");
  peer_write(master, "\x03\x04\r\n\x11\x13\xFF");
  peer_link_expect(link, "\x03\x04\r\n\x11\x13\xFF");
  size_t length;
  uint8_t byte;
  assert_int_equal(link_read(link, &byte, 1, &length), LINK_WAIT);

  link_close(link);
  tcgetattr(side, &after);
  assert_memory_equal(&before, &after, sizeof before);
  close(side);
  close(master);
}

static void pty_is_used_by_one_only(void **state) {
  (void)state;
  char path[64], uri[128];
  int master = peer_open_pty(path);
  snprintf(uri, sizeof uri, "pty:%s", path);
  struct link *link = peer_link_open(uri);
  peer_link_refused(uri, "another program is using it");
  link_close(link);
  link_close(peer_link_open(uri));
  close(master);
}

static void pty_loss_and_flush(void **state) {
  (void)state;
  char path[64], uri[128];
  int master = peer_open_pty(path);
  snprintf(uri, sizeof uri, "pty:%s", path);
  struct link *link = peer_link_open(uri);
  peer_write(master, "old");
  peer_await(link_read_fd(link), POLLIN);
  link_flush(link);
  peer_write(master, "new");
  peer_link_expect(link, "new");
  peer_write(master, "last");
  close(master);
  peer_link_expect_loss(link, "the other side of pty:");
  link_close(link);
}

static void pty_that_is_none(void **state) {
  (void)state;
  peer_link_refused("pty:/dev/null", "is not a terminal");
  peer_link_refused("pty:/nowhere/at/all", "No such file or directory");
}

/* ---- sockets ----------------------------------------------------------------- */

static void talk_over(struct link *link, int peer) {
  assert_true(link_read_fd(link) == link_write_fd(link));
  assert_true(fcntl(link_read_fd(link), F_GETFL) & O_NONBLOCK);
  assert_true(fcntl(link_read_fd(link), F_GETFD) & FD_CLOEXEC);
  peer_link_write(link, "ping");
  peer_expect(peer, "ping");
  peer_write(peer, "pong");
  peer_link_expect(link, "pong");
  peer_write(peer, "old");
  peer_await(link_read_fd(link), POLLIN);
  link_flush(link);
  peer_write(peer, "new");
  peer_link_expect(link, "new");
  struct link_error error;
  assert_true(link_set_baud(link, 9600, &error)); /* ignored */
}

static void tcp_talks_and_is_lost(void **state) {
  (void)state;
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
  assert_int_equal(listen(listener, 1), 0);
  getsockname(listener, (struct sockaddr *)&address, &size);

  char uri[64];
  snprintf(uri, sizeof uri, "tcp:127.0.0.1:%u", ntohs(address.sin_port));
  struct link *link = peer_link_open(uri);
  int peer = accept(listener, NULL, NULL);
  int on = 0;
  socklen_t length = sizeof on;
  getsockopt(link_read_fd(link), IPPROTO_TCP, TCP_NODELAY, &on, &length);
  assert_true(on);
  talk_over(link, peer);
  close(peer);
  peer_link_expect_loss(link, "has closed the connection");
  link_close(link);
  close(listener);
  peer_link_refused(uri, "cannot connect: Connection refused");
}

static void unix_talks_and_survives_a_dead_reader(void **state) {
  (void)state;
  char directory[] = "/tmp/wirecert-test-XXXXXX", uri[128];
  assert_non_null(mkdtemp(directory));
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s/s", directory);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
  assert_int_equal(listen(listener, 1), 0);
  snprintf(uri, sizeof uri, "unix:%s/s", directory);
  struct link *link = peer_link_open(uri);
  int peer = accept(listener, NULL, NULL);
  talk_over(link, peer);

  /* What it said before it went is not lost with the write that fails. */
  peer_write(peer, "last");
  close(peer);
  size_t written;
  assert_int_equal(link_write(link, (const uint8_t *)"x", 1, &written), LINK_LOST);
  peer_link_expect(link, "last");
  peer_link_expect_loss(link, "has closed the connection");
  link_close(link);
  close(listener);
  peer_link_refused(uri, "Connection refused");
  unlink(address.sun_path);
  rmdir(directory);
  peer_link_refused(uri, "No such file");
}

/* ---- children ---------------------------------------------------------------- */

static void exec_talks(void **state) {
  (void)state;
  struct link *link = peer_link_open("exec:cat");
  assert_true(link_read_fd(link) != link_write_fd(link));
  peer_link_write(link, "through a child");
  peer_link_expect(link, "through a child");
  link_close(link);
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* reaped */
}

static void exec_words_reach_the_program(void **state) {
  (void)state;
  struct link *link = peer_link_open("exec:printf '%s|' 'a b' \"c\\\"d\" $HOME *");
  peer_link_expect(link, "a b|c\"d|$HOME|*|");
  link_close(link);
}

static void exec_tells_how_the_child_ended(void **state) {
  (void)state;
  struct link *link = peer_link_open("exec:sh -c 'echo last; exit 3'");
  peer_link_expect_loss(link, "child ended with exit status 3: sh");
  link_close(link);
  link = peer_link_open("exec:sh -c 'kill -9 $$'");
  peer_link_expect_loss(link, "child ended by signal 9 (KILL): sh");
  link_close(link);
  link = peer_link_open("exec:sh -c 'exec >&-; read line'");
  peer_link_expect_loss(link, "child has closed its output: sh");
  link_close(link);
  peer_link_refused("exec:no-such-program-at-all x", "cannot start");
}

static void exec_write_to_dead_child_is_no_signal(void **state) {
  (void)state;
  struct link *link = peer_link_open("exec:sh -c 'echo said; exit 4'");
  size_t written;
  enum link_state result;
  do
    result = link_write(link, (const uint8_t *)"x", 1, &written);
  while (result != LINK_LOST);
  assert_non_null(strstr(link_reason(link), "exit status 4"));
  peer_link_expect(link, "said\n");
  link_close(link);
}

static void exec_child_that_stays_is_ended(void **state) {
  (void)state;
  /* It has set its signals aside before it speaks. */
  struct link *link = peer_link_open(
      "exec:sh -c 'trap \"\" TERM; echo ready; while :; do sleep 9; done'");
  peer_link_expect(link, "ready\n");
  uint64_t begin = peer_clock();
  link_close(link);
  assert_true(peer_clock() - begin < 5000000);
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* A child gets none of the descriptors that links hold here, and none is left. */
static void exec_leaks_nothing(void **state) {
  (void)state;
  bool open[64];
  for (int fd = 0; fd < 64; fd++)
    open[fd] = fcntl(fd, F_GETFD) >= 0;
  struct link *link = peer_link_open("exec:cat");
  int opened = 0;
  for (int fd = 0; fd < 64; fd++) {
    if (open[fd] || fcntl(fd, F_GETFD) < 0) continue;
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
    opened++;
  }
  assert_int_equal(opened, 2);
  link_close(link);
  peer_link_refused("exec:/nowhere", "cannot start");
  for (int fd = 0; fd < 64; fd++)
    assert_int_equal(open[fd], fcntl(fd, F_GETFD) >= 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(good_uris),
      cmocka_unit_test(serial_options_are_read),
      cmocka_unit_test(wrong_uris_say_why),
      cmocka_unit_test(words_of_a_command),
      cmocka_unit_test(pty_is_raw_and_put_back),
      cmocka_unit_test(pty_is_used_by_one_only),
      cmocka_unit_test(pty_loss_and_flush),
      cmocka_unit_test(pty_that_is_none),
      cmocka_unit_test(tcp_talks_and_is_lost),
      cmocka_unit_test(unix_talks_and_survives_a_dead_reader),
      cmocka_unit_test(exec_talks),
      cmocka_unit_test(exec_words_reach_the_program),
      cmocka_unit_test(exec_tells_how_the_child_ended),
      cmocka_unit_test(exec_write_to_dead_child_is_no_signal),
      cmocka_unit_test(exec_child_that_stays_is_ended),
      cmocka_unit_test(exec_leaks_nothing),
  };
  alarm(120); /* a test that hangs has failed */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
