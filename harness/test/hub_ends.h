/* hub_ends.h: what the tests of the hub have in common. */
#ifndef TEST_HUB_ENDS_H
#define TEST_HUB_ENDS_H

#include "link/hub.h"
#include "peer.h"
#include "test/tiny_device.h"

#define MS UINT64_C(1000) /* microseconds */

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static struct hub *hub;

static int setup(void **state) {
  (void)state;
  hub = hub_new(7);
  return hub == NULL;
}

static int teardown(void **state) {
  (void)state;
  hub_free(hub);
  return 0;
}

static unsigned add(const char *uri) {
  struct link_error error = {""};
  unsigned number = 99;
  if (!hub_add(hub, uri, &tiny_device, NULL, 0, NULL, &number, &error))
    fail_msg("%s: %s", uri, error.text);
  return number;
}

static void send_text(unsigned number, const char *text) {
  assert_true(hub_send(hub, number, (const uint8_t *)text, strlen(text),
                       hub_now(hub) + 5000 * MS));
}

/* The next event; its bytes in `got`, as text. */
static char got[4096];
static size_t got_length;
static unsigned got_number;

static enum hub_event wait_for(uint64_t deadline) {
  enum hub_event event =
      hub_wait(hub, deadline, &got_number, (uint8_t *)got, sizeof got - 1, &got_length);
  got[got_length] = '\0';
  return event;
}

/* `text` comes from `number` before the deadline, in whatever pieces. */
static void expect_text(unsigned number, const char *text, uint64_t deadline) {
  size_t have = 0;
  while (have < strlen(text)) {
    assert_int_equal(wait_for(deadline), HUB_BYTES);
    assert_int_equal(got_number, number);
    assert_true(have + got_length <= strlen(text));
    assert_memory_equal(got, text + have, got_length);
    have += got_length;
  }
}

#endif
