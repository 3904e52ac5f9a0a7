/* hub_wait.c: receiving and sending, on either clock. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "link/hub_state.h"

/* Virtual clock: the most that is handed over without the clock moving. A device whose
 * output never ends must not stop the clock. */
#define INSTANT (1u << 20)

/* Where a piece for the caller goes. */
struct piece {
  unsigned *number;
  uint8_t *bytes;
  size_t capacity;
  size_t *length;
};

/* ---- taking what is there ---------------------------------------------------- */

static bool take_device(struct hub *hub, struct hub_endpoint *endpoint,
                        const struct piece *piece) {
  size_t capacity = piece->capacity;
  if (!hub->real && capacity > INSTANT - hub->instant)
    capacity = INSTANT - hub->instant;
  if (capacity == 0) return false;
  *piece->length =
      world_output(hub->world, endpoint->position, 0, piece->bytes, capacity);
  hub->instant += *piece->length;
  return *piece->length > 0;
}

static bool take_inbox(struct hub_endpoint *endpoint, const struct piece *piece) {
  size_t length = endpoint->end - endpoint->begin;
  if (length > piece->capacity) length = piece->capacity;
  if (length == 0) return false;
  memcpy(piece->bytes, endpoint->inbox + endpoint->begin, length);
  endpoint->begin += length;
  if (endpoint->begin == endpoint->end) endpoint->begin = endpoint->end = 0;
  *piece->length = length;
  return true;
}

/* True: there is something to tell, in `event`. */
static bool take_endpoint(struct hub *hub, struct hub_endpoint *endpoint,
                          const struct piece *piece, enum hub_event *event) {
  *event = HUB_BYTES;
  if (endpoint->link == NULL) return take_device(hub, endpoint, piece);
  if (take_inbox(endpoint, piece)) return true;

  if (!endpoint->ready || endpoint->reported) return false;
  enum link_state state =
      link_read(endpoint->link, piece->bytes, piece->capacity, piece->length);
  if (state == LINK_WAIT && endpoint->hung) {
    /* Or the next poll() would return at once, for ever. */
    link_lose(endpoint->link, EIO);
    state = LINK_LOST;
  }
  /* After a failed write no poll() is needed: read on until the end is found. */
  endpoint->ready = state == LINK_READY && endpoint->link->deaf;
  if (state == LINK_WAIT) return false;
  if (state == LINK_READY) return true;
  endpoint->reported = true;
  *piece->length = 0;
  *event = HUB_LOST;
  return true;
}

static bool take(struct hub *hub, const struct piece *piece, enum hub_event *event) {
  for (unsigned i = 0; i < hub->count; i++) {
    unsigned number = (hub->turn + i) % hub->count;
    if (!take_endpoint(hub, &hub->endpoint[number], piece, event)) continue;
    *piece->number = number;
    hub->turn = (number + 1) % hub->count;
    return true;
  }
  return false;
}

/* ---- waiting ----------------------------------------------------------------- */

/* Polls until `until` on the hub's scale. False on a signal or another failure. */
static bool poll_until(const struct hub *hub, struct pollfd *entries, nfds_t count,
                       uint64_t until) {
  struct timespec left = {0};
  if (until != PROTOCOL_NEVER) {
    uint64_t now = hub_now(hub);
    uint64_t wait = until > now ? until - now : 0;
    left.tv_sec = (time_t)(wait / 1000000);
    left.tv_nsec = (long)(wait % 1000000) * 1000;
  }
  return ppoll(entries, count, until != PROTOCOL_NEVER ? &left : NULL, NULL) >= 0;
}

static uint64_t earlier(uint64_t one, uint64_t other) {
  return one < other ? one : other;
}

/* Real clock: waits for a reader, a deadline of a reference device, or `deadline`. */
static void wait_real(struct hub *hub, uint64_t deadline) {
  struct pollfd entries[HUB_ENDPOINTS + 1] = {{.fd = hub->wake, .events = POLLIN}};
  struct hub_endpoint *owners[HUB_ENDPOINTS + 1];
  nfds_t count = 1;
  for (unsigned i = 0; i < hub->count; i++) {
    struct hub_endpoint *endpoint = &hub->endpoint[i];
    if (endpoint->link == NULL || endpoint->reported) continue;
    owners[count] = endpoint;
    entries[count++] =
        (struct pollfd){.fd = link_read_fd(endpoint->link), .events = POLLIN};
  }
  uint64_t until = earlier(deadline, world_deadline(hub->world));
  if (!poll_until(hub, entries, count, until)) return;
  for (nfds_t i = 1; i < count; i++) {
    owners[i]->ready = entries[i].revents != 0;
    owners[i]->hung = owners[i]->ready && (entries[i].revents & POLLIN) == 0;
  }
}

/* Whether anything can happen without a deadline. */
static bool can_happen(const struct hub *hub) {
  if (world_deadline(hub->world) != PROTOCOL_NEVER) return true;
  for (unsigned i = 0; i < hub->count; i++)
    if (hub->endpoint[i].link != NULL && !hub->endpoint[i].reported) return true;
  return false;
}

/* Virtual clock: moves it to the next thing that happens, or to `deadline`. */
static void wait_virtual(struct hub *hub, uint64_t deadline) {
  uint64_t until = earlier(deadline, world_deadline(hub->world));
  if (until > world_now(hub->world)) hub->instant = 0;
  world_step(hub->world, until);
}

/* With the real clock, a device that never stops gets one piece more: else a caller who
 * takes everything before it looks at the deadline would never see it. The virtual
 * clock stands still meanwhile, and INSTANT is its limit. */
static bool is_spent(const struct hub *hub, uint64_t deadline) {
  return hub->real && hub->late && hub->late_deadline == deadline;
}

enum hub_event hub_wait(struct hub *hub, uint64_t deadline, unsigned *number,
                        uint8_t *bytes, size_t capacity, size_t *length) {
  struct piece piece = {number, bytes, capacity, length};
  enum hub_event event;
  *length = 0;
  for (bool waited = false;; waited = true) {
    if (atomic_load(&hub->cancelled)) return HUB_CANCELLED;
    hub_advance(hub);
    bool passed = hub_now(hub) >= deadline;
    if (passed && is_spent(hub, deadline)) return HUB_DEADLINE;
    if (take(hub, &piece, &event)) {
      hub->late = passed;
      hub->late_deadline = deadline;
      return event;
    }
    if (passed && (waited || !hub->real)) return HUB_DEADLINE;
    if (deadline == PROTOCOL_NEVER && !can_happen(hub)) return HUB_DEADLINE;
    if (hub->real)
      wait_real(hub, deadline);
    else
      wait_virtual(hub, deadline);
  }
}

/* ---- sending ----------------------------------------------------------------- */

/* Reads into the inbox what the endpoint says meanwhile. */
static void collect(struct hub_endpoint *endpoint) {
  size_t length;
  if (link_read(endpoint->link, endpoint->inbox + endpoint->end,
                HUB_INBOX - endpoint->end, &length) == LINK_READY)
    endpoint->end += length;
}

/* Waits until the link takes more bytes. */
static void wait_writable(struct hub *hub, struct hub_endpoint *endpoint,
                          uint64_t deadline) {
  bool room = endpoint->end < HUB_INBOX;
  struct pollfd entries[3] = {
      {.fd = hub->wake, .events = POLLIN},
      {.fd = link_write_fd(endpoint->link), .events = POLLOUT},
      {.fd = room ? link_read_fd(endpoint->link) : -1, .events = POLLIN},
  };
  uint64_t until = earlier(deadline, world_deadline(hub->world));
  if (poll_until(hub, entries, 3, until) && entries[2].revents != 0) collect(endpoint);
}

bool hub_send(struct hub *hub, unsigned number, const uint8_t *bytes, size_t length,
              uint64_t deadline) {
  struct hub_endpoint *endpoint = &hub->endpoint[number];
  hub_advance(hub);
  if (endpoint->link == NULL) {
    hub->instant = 0; /* what comes now is an answer */
    world_input(hub->world, endpoint->position, 0, bytes, length);
    return true;
  }
  for (;;) {
    size_t written = 0;
    enum link_state state = link_write(endpoint->link, bytes, length, &written);
    if (state == LINK_LOST) {
      endpoint->ready = true; /* hub_wait() tells the rest and the loss */
      return false;
    }
    bytes += written;
    length -= written;
    if (length == 0) return true;
    if (atomic_load(&hub->cancelled) || hub_now(hub) >= deadline) return false;
    if (state == LINK_WAIT) wait_writable(hub, endpoint, deadline);
    hub_advance(hub);
  }
}
