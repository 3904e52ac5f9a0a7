/* test_hub_links.c: real links under the monotonic clock: deadlines under flood,
 * losses, and cancelling. */
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/un.h>

#include "hub_ends.h"

static void devices_run_beside_real_links(void **state) {
  (void)state;
  unsigned device = add("sim:"), cat = add("exec:cat");
  assert_false(hub_virtual(hub));
  uint64_t begin = hub_now(hub);
  send_text(device, "E");
  expect_text(device, "echo", begin + 5000 * MS);
  assert_true(hub_now(hub) >= begin + 20 * MS);
  send_text(cat, "meow");
  expect_text(cat, "meow", hub_now(hub) + 5000 * MS);
  begin = hub_now(hub);
  assert_int_equal(wait_for(begin + 10 * MS), HUB_DEADLINE);
  assert_true(hub_now(hub) >= begin + 10 * MS);
}

static void clock_does_not_go_back(void **state) {
  (void)state;
  add("sim:");
  assert_int_equal(wait_for(UINT64_C(1800000000)), HUB_DEADLINE);
  add("exec:cat");
  assert_true(hub_now(hub) >= UINT64_C(1800000000));
  assert_true(hub_now(hub) < UINT64_C(1900000000));
}

static long resident(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss; /* KiB */
}

static void flood_meets_the_deadline(void **state) {
  (void)state;
  unsigned flood = add("exec:yes"), cat = add("exec:cat");
  send_text(cat, "meow");
  long before = resident();
  uint64_t deadline = hub_now(hub) + 300 * MS;
  size_t heard = 0;
  unsigned late = 0;
  bool meow = false;
  enum hub_event event;
  while ((event = wait_for(deadline)) == HUB_BYTES) {
    if (hub_now(hub) >= deadline) late++;
    if (got_number == cat) meow = true;
    if (got_number == flood) heard += got_length;
  }
  assert_int_equal(event, HUB_DEADLINE);
  assert_true(hub_now(hub) < deadline + 2000 * MS);
  assert_true(late <= 2); /* one may have been taken before and counted after */
  assert_true(meow);
  assert_true(heard > 0);
  assert_int_equal(wait_for(deadline), HUB_DEADLINE); /* and it stays so */
  assert_true(resident() - before < 4096);
}

static void reader_that_never_reads(void **state) {
  (void)state;
  char directory[] = "/tmp/wirecert-test-XXXXXX", uri[128];
  assert_non_null(mkdtemp(directory));
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s/s", directory);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
  assert_int_equal(listen(listener, 1), 0);
  snprintf(uri, sizeof uri, "unix:%s/s", directory);
  unsigned peer = add(uri), device = add("sim:");
  int end = accept(listener, NULL, NULL);

  static uint8_t much[4u << 20];
  send_text(device, "E"); /* runs along */
  uint64_t begin = hub_now(hub);
  assert_false(hub_send(hub, peer, much, sizeof much, begin + 50 * MS));
  assert_true(hub_now(hub) >= begin + 50 * MS);
  assert_true(hub_now(hub) < begin + 5000 * MS);
  assert_false(hub_lost(hub, peer));
  expect_text(device, "echo", hub_now(hub));

  close(end);
  assert_false(hub_send(hub, peer, much, sizeof much, PROTOCOL_NEVER));
  assert_true(hub_lost(hub, peer));
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_LOST);
  assert_int_equal(got_number, peer);
  assert_int_equal(wait_for(hub_now(hub)), HUB_DEADLINE); /* told once */
  close(listener);
  unlink(address.sun_path);
  rmdir(directory);
}

/* Sends back what it reads, and reads on only when that has gone. */
static void *echo(void *argument) {
  int fd = *(int *)argument;
  char bytes[512];
  for (ssize_t count; (count = read(fd, bytes, sizeof bytes)) > 0;)
    for (ssize_t at = 0; at < count;) {
      ssize_t written = write(fd, bytes + at, (size_t)(count - at));
      if (written <= 0) return NULL;
      at += written;
    }
  return NULL;
}

static void echo_of_more_than_the_kernel_holds(void **state) {
  (void)state;
  char path[64], uri[128];
  int master = peer_open_pty(path);
  snprintf(uri, sizeof uri, "pty:%s", path);
  unsigned peer = add(uri); /* raw, before the echo begins */
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, echo, &master), 0);

  static uint8_t much[48 * 1024];
  for (size_t i = 0; i < sizeof much; i++)
    much[i] = (uint8_t)(i * 7 + i / 251);
  assert_true(hub_send(hub, peer, much, sizeof much, hub_now(hub) + 10000 * MS));
  for (size_t have = 0; have < sizeof much; have += got_length) {
    assert_int_equal(wait_for(hub_now(hub) + 10000 * MS), HUB_BYTES);
    assert_memory_equal(got, much + have, got_length);
  }
  hub_free(hub); /* the other side hangs up: the thread ends */
  hub = NULL;
  pthread_join(thread, NULL);
  close(master);
}

static void loss_is_told_once_behind_the_last_bytes(void **state) {
  (void)state;
  unsigned child = add("exec:sh -c 'read line; printf last; exit 3'");
  send_text(child, "go\n");
  expect_text(child, "last", hub_now(hub) + 5000 * MS);
  assert_int_equal(wait_for(hub_now(hub) + 5000 * MS), HUB_LOST);
  assert_int_equal(got_number, child);
  assert_true(hub_lost(hub, child));
  assert_non_null(strstr(hub_reason(hub, child), "exit status 3"));
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_DEADLINE);
  assert_false(hub_send(hub, child, (const uint8_t *)"x", 1, PROTOCOL_NEVER));
}

/* ---- cancelling -------------------------------------------------------------- */

static void cancel_it(int number) {
  (void)number;
  hub_cancel(hub);
}

/* Calls hub_cancel() from a signal handler, some time from now. */
static void cancel_in(long nanoseconds) {
  struct sigaction action = {.sa_handler = cancel_it};
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  struct itimerspec when = {.it_value = {.tv_nsec = nanoseconds}};
  static timer_t timer;
  static bool made;
  sigaction(SIGUSR1, &action, NULL);
  if (!made) assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
  made = true;
  assert_int_equal(timer_settime(timer, 0, &when, NULL), 0);
}

static void cancel_ends_a_wait(void **state) {
  (void)state;
  add("exec:cat");
  cancel_in(20000000);
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_CANCELLED);
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_CANCELLED); /* from now on */
}

static void cancel_ends_a_virtual_wait(void **state) {
  (void)state;
  add("sim:");
  hub_cancel(hub);
  assert_int_equal(wait_for(1000), HUB_CANCELLED);
  assert_int_equal(hub_now(hub), 0);
}

/* The signal comes before, at and after the moment where the wait begins. */
static void cancel_is_never_missed(void **state) {
  (void)state;
  char path[64], uri[128];
  int master = peer_open_pty(path);
  snprintf(uri, sizeof uri, "pty:%s", path);
  for (long i = 1; i < 300; i++) {
    hub_free(hub);
    hub = hub_new(1);
    add(uri);
    cancel_in(i * 100);
    assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_CANCELLED);
  }
  close(master);
}

static void cancel_ends_a_send(void **state) {
  (void)state;
  static uint8_t much[1u << 20];
  unsigned child = add("exec:sh -c 'read line; read never </dev/zero'");
  cancel_in(50000000);
  assert_false(hub_send(hub, child, much, sizeof much, PROTOCOL_NEVER));
  assert_int_equal(wait_for(PROTOCOL_NEVER), HUB_CANCELLED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(devices_run_beside_real_links),
      TEST(clock_does_not_go_back),
      TEST(flood_meets_the_deadline),
      TEST(reader_that_never_reads),
      TEST(echo_of_more_than_the_kernel_holds),
      TEST(loss_is_told_once_behind_the_last_bytes),
      TEST(cancel_ends_a_wait),
      TEST(cancel_ends_a_virtual_wait),
      TEST(cancel_is_never_missed),
      TEST(cancel_ends_a_send),
  };
  alarm(120); /* a test that hangs has failed */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
