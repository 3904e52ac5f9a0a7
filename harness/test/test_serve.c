/* test_serve.c: reference devices behind real ports, served by a child process. */
#include <signal.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>

#include "link/serve.h"
#include "peer.h"
#include "test/tiny_device.h"

static char directory[] = "/tmp/wirecert-serve-XXXXXX";

/* A service, and what it has said on standard error. */
static struct {
  pid_t child;
  int said;
  int to; /* its standard input and output, for SERVE_STDIO */
  int from;
  char uri[4][128]; /* from its lines */
} service;

static void reset_service(void) {
  service.child = 0;
  service.said = service.to = service.from = -1;
}

static int child_main(const struct serve_place *places, size_t count, bool once,
                      const struct protocol_setting *setting) {
  struct serve_options options = {.model = &tiny_device, .seed = 7, .once = once};
  struct link_error error = {""};
  if (setting != NULL) {
    options.settings = setting;
    options.count = 1;
  }
  int status = serve(places, count, &options, &error);
  if (status != 0) fprintf(stderr, "%s\n", error.text);
  return status;
}

static void start(const struct serve_place *places, size_t count, bool once,
                  const struct protocol_setting *setting) {
  int said[2], to[2], from[2];
  assert_int_equal(pipe2(said, O_CLOEXEC), 0);
  assert_int_equal(pipe2(to, O_CLOEXEC), 0);
  assert_int_equal(pipe2(from, O_CLOEXEC), 0);
  fflush(NULL);
  service.child = fork();
  assert_true(service.child >= 0);
  if (service.child == 0) {
    dup2(to[0], 0);
    dup2(from[1], 1);
    dup2(said[1], 2);
    close(to[1]); /* the parent's ends: it must see their end */
    close(from[0]);
    close(said[0]);
    alarm(60);
    _exit(child_main(places, count, once, setting));
  }
  close(said[1]);
  close(to[0]);
  close(from[1]);
  service.said = said[0];
  service.to = to[1];
  service.from = from[0];
}

static void read_line(char *line, size_t size) {
  size_t length = 0;
  for (char c = 0; c != '\n';) {
    peer_await(service.said, POLLIN);
    assert_int_equal(read(service.said, &c, 1), 1);
    assert_true(length < size - 1);
    line[length++] = c;
  }
  line[length - 1] = '\0';
}

/* Starts it and waits until it is ready. */
static void serve_at(const struct serve_place *places, size_t count, bool once) {
  struct protocol_setting greeting = {"greeting", "hello"};
  char line[256];
  start(places, count, once, once ? &greeting : NULL);
  for (size_t i = 0; i < count; i++) {
    read_line(line, sizeof line);
    assert_int_equal(strncmp(line, "tiny on ", 8), 0);
    snprintf(service.uri[i], sizeof service.uri[i], "%.100s", line + 8);
  }
}

static int end_status(void) {
  int status;
  assert_int_equal(waitpid(service.child, &status, 0), service.child);
  assert_true(WIFEXITED(status));
  close(service.said);
  if (service.to >= 0) close(service.to);
  close(service.from);
  reset_service();
  return WEXITSTATUS(status);
}

static void stop(int number) {
  kill(service.child, number);
  assert_int_equal(end_status(), 0);
}

static int teardown(void **state) {
  (void)state;
  if (service.child > 0) kill(service.child, SIGKILL); /* of a test that has failed */
  reset_service();
  return 0;
}

static void in_directory(char path[128], const char *name) {
  snprintf(path, 128, "%s/%s", directory, name);
}

static void talk(struct link *link) {
  peer_link_write(link, "abcE");
  peer_link_expect(link, "abcecho");
}

static void pty_clients_come_and_go(void **state) {
  (void)state;
  char path[128], other[128];
  struct stat file;
  in_directory(path, "port");
  in_directory(other, "other");
  serve_at((struct serve_place[]){{SERVE_PTY, path}, {SERVE_UNIX, other}}, 2, false);
  for (int i = 0; i < 3; i++) {
    struct link *link = peer_link_open(service.uri[0]);
    talk(link);
    link_close(link);
  }
  /* A client that changes the settings and leaves an answer unread ... */
  int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct termios settings;
  tcgetattr(fd, &settings);
  assert_false(settings.c_lflag & (ICANON | ECHO)); /* raw from the start */
  settings.c_lflag |= ICANON;
  tcsetattr(fd, TCSANOW, &settings);
  peer_write(fd, "unread\n");
  peer_await(fd, POLLIN);
  close(fd);
  /* ... has been seen leaving before another place gets its answer ... */
  struct link *link = peer_link_open(service.uri[1]);
  peer_link_write(link, "x");
  peer_link_expect(link, "x");
  link_close(link);
  /* ... and does not disturb the next one. */
  fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  tcgetattr(fd, &settings);
  assert_false(settings.c_lflag & ICANON);
  peer_write(fd, "next");
  peer_expect(fd, "next");
  close(fd);
  stop(SIGTERM);
  assert_int_equal(lstat(path, &file), -1);
}

static void pty_without_a_link(void **state) {
  (void)state;
  serve_at(&(struct serve_place){SERVE_PTY, NULL}, 1, false);
  assert_int_equal(strncmp(service.uri[0], "pty:/dev/pts/", 13), 0);
  struct link *link = peer_link_open(service.uri[0]);
  talk(link);
  stop(SIGINT);
  peer_link_expect_loss(link, "has been closed");
  link_close(link);
}

static void link_is_replaced_file_is_not(void **state) {
  (void)state;
  char path[128], line[256];
  in_directory(path, "port");
  assert_int_equal(symlink("/dev/pts/9999", path), 0);
  serve_at(&(struct serve_place){SERVE_PTY, path}, 1, false);
  struct link *link = peer_link_open(service.uri[0]);
  talk(link);
  link_close(link);
  /* Not ours any more: it stays. */
  unlink(path);
  close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  stop(SIGTERM);
  assert_int_equal(access(path, F_OK), 0);

  start(&(struct serve_place){SERVE_PTY, path}, 1, false, NULL);
  read_line(line, sizeof line);
  assert_non_null(strstr(line, "File exists; remove it or choose another name"));
  assert_int_equal(end_status(), 4);
  assert_int_equal(unlink(path), 0);
}

static void tcp_clients_take_turns(void **state) {
  (void)state;
  serve_at(&(struct serve_place){SERVE_TCP, "127.0.0.1:0"}, 1, false);
  assert_int_equal(strncmp(service.uri[0], "tcp:127.0.0.1:", 14), 0);
  assert_true(atoi(service.uri[0] + 14) > 0);
  struct link *one = peer_link_open(service.uri[0]);
  talk(one);
  struct link *two = peer_link_open(service.uri[0]); /* waits */
  peer_link_write(two, "E");
  talk(one);
  link_close(one);
  peer_link_expect(two, "echo");
  link_close(two);
  stop(SIGTERM);
}

static void answers_follow_the_end_of_input(void **state) {
  (void)state;
  serve_at(&(struct serve_place){SERVE_TCP, "127.0.0.1:0"}, 1, false);
  struct link *link = peer_link_open(service.uri[0]);
  peer_link_write(link, "E");
  shutdown(link_write_fd(link), SHUT_WR);
  peer_link_expect(link, "echo");
  peer_link_expect_loss(link, "has closed the connection");
  link_close(link);
  stop(SIGTERM);
}

static void unix_socket_is_removed(void **state) {
  (void)state;
  char path[128];
  struct stat file;
  in_directory(path, "socket");
  serve_at(&(struct serve_place){SERVE_UNIX, path}, 1, false);
  struct link *link = peer_link_open(service.uri[0]);
  talk(link);
  /* A second service must not take the place over. */
  pid_t first = service.child;
  int said = service.said, to = service.to, from = service.from;
  char line[256];
  start(&(struct serve_place){SERVE_UNIX, path}, 1, false, NULL);
  read_line(line, sizeof line);
  assert_non_null(strstr(line, "choose another name"));
  assert_int_equal(end_status(), 4);
  service.child = first, service.said = said, service.to = to, service.from = from;
  talk(link);
  link_close(link);
  stop(SIGTERM);
  assert_int_equal(lstat(path, &file), -1);
}

static void socket_of_a_killed_service_is_replaced(void **state) {
  (void)state;
  char path[128];
  in_directory(path, "socket");
  struct serve_place place = {SERVE_UNIX, path};
  serve_at(&place, 1, false);
  kill(service.child, SIGKILL);
  waitpid(service.child, NULL, 0);
  close(service.said), close(service.to), close(service.from);
  serve_at(&place, 1, false);
  struct link *link = peer_link_open(service.uri[0]);
  talk(link);
  link_close(link);
  stop(SIGTERM);
}

static void places_share_a_medium(void **state) {
  (void)state;
  char path[128];
  in_directory(path, "socket");
  struct serve_place places[] = {{SERVE_UNIX, path}, {SERVE_TCP, "127.0.0.1:0"}};
  serve_at(places, 2, false);
  struct link *one = peer_link_open(service.uri[0]);
  struct link *two = peer_link_open(service.uri[1]);
  peer_link_write(one, "N");
  peer_link_expect(one, "0");
  peer_link_write(two, "N"); /* it is there now, and hears */
  peer_link_expect(two, "1");
  peer_link_write(one, "T");
  peer_link_expect(two, "[");
  link_close(one);
  link_close(two);
  stop(SIGHUP);
}

static void stdio_ends_with_its_input(void **state) {
  (void)state;
  serve_at(&(struct serve_place){SERVE_STDIO, NULL}, 1, true);
  assert_string_equal(service.uri[0], "stdio");
  peer_expect(service.from, "hello");
  peer_write(service.to, "abcE");
  close(service.to);
  service.to = -1;
  peer_expect(service.from, "abcecho");
  assert_int_equal(end_status(), 0);
}

static void stdio_ends_with_its_reader(void **state) {
  (void)state;
  serve_at(&(struct serve_place){SERVE_STDIO, NULL}, 1, false);
  peer_write(service.to, "F");
  peer_expect(service.from, "####");
  close(service.from);
  service.from = open("/dev/null", O_RDONLY | O_CLOEXEC);
  assert_int_equal(end_status(), 0);
}

static void once_ends_with_the_first_client(void **state) {
  (void)state;
  char path[128];
  in_directory(path, "port");
  struct serve_place places[] = {{SERVE_PTY, path}, {SERVE_TCP, "127.0.0.1:0"}};
  for (int i = 0; i < 2; i++) {
    serve_at(places, 2, true);
    struct link *link = peer_link_open(service.uri[i]);
    talk(link);
    link_close(link);
    assert_int_equal(end_status(), 0);
  }
}

static void flood_to_a_client_that_never_reads(void **state) {
  (void)state;
  char path[128];
  in_directory(path, "socket");
  struct serve_place places[] = {{SERVE_UNIX, path}, {SERVE_PTY, NULL}};
  serve_at(places, 2, false);
  struct link *deaf = peer_link_open(service.uri[0]);
  struct link *other = peer_link_open(service.uri[1]);
  peer_link_write(deaf, "F");
  peer_await(link_read_fd(deaf), POLLIN);
  talk(other);
  link_close(deaf); /* nobody listens to the flood now */
  talk(other);
  link_close(other);
  stop(SIGTERM);
}

static void wrong_places_say_why(void **state) {
  (void)state;
  static const struct {
    struct serve_place place;
    const char *text;
  } wrong[] = {
      {{SERVE_TCP, "localhost"}, "write HOST:PORT"},
      {{SERVE_TCP, "localhost:70000"}, "from 0 to 65535"},
      {{SERVE_UNIX, "/nowhere/socket"}, "unix:/nowhere/socket: cannot listen: No such"},
      {{SERVE_PTY, "/nowhere/port"}, "cannot make this link to /dev/pts/"},
  };
  char line[256];
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    start(&wrong[i].place, 1, false, NULL);
    read_line(line, sizeof line);
    if (strstr(line, wrong[i].text) == NULL) fail_msg("%s", line);
    assert_int_equal(end_status(), 4);
  }
  start(&(struct serve_place){SERVE_TCP, "127.0.0.1:0"}, 1, false,
        &(struct protocol_setting){"colour", "red"});
  read_line(line, sizeof line);
  assert_string_equal(line, "cannot start tiny: no setting 'colour'");
  assert_int_equal(end_status(), 4);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(pty_clients_come_and_go),
      TEST(pty_without_a_link),
      TEST(link_is_replaced_file_is_not),
      TEST(tcp_clients_take_turns),
      TEST(answers_follow_the_end_of_input),
      TEST(unix_socket_is_removed),
      TEST(socket_of_a_killed_service_is_replaced),
      TEST(places_share_a_medium),
      TEST(stdio_ends_with_its_input),
      TEST(stdio_ends_with_its_reader),
      TEST(once_ends_with_the_first_client),
      TEST(flood_to_a_client_that_never_reads),
      TEST(wrong_places_say_why),
  };
  if (mkdtemp(directory) == NULL) return 1;
  alarm(120); /* a test that hangs has failed */
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  rmdir(directory);
  return failed;
}
