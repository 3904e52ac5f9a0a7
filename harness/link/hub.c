/* hub.c: the endpoints of a run and their clock. Waiting is in hub_wait.c. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "link/hub_state.h"

static uint64_t monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

struct hub *hub_new(uint64_t seed) {
  struct hub *hub = calloc(1, sizeof *hub);
  if (hub == NULL) return NULL;
  hub->origin = monotonic();
  hub->world = world_new(seed, 0);
  hub->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (hub->world != NULL && hub->wake >= 0) return hub;
  hub_free(hub);
  return NULL;
}

void hub_free(struct hub *hub) {
  if (hub == NULL) return;
  for (unsigned i = 0; i < hub->count; i++) {
    link_close(hub->endpoint[i].link);
    free(hub->endpoint[i].inbox);
  }
  if (hub->wake >= 0) close(hub->wake);
  world_free(hub->world);
  free(hub);
}

static bool add_device(struct hub *hub, struct hub_endpoint *endpoint,
                       const struct protocol_device *model,
                       const struct protocol_setting *settings, size_t count,
                       const struct protocol_mutant *mutant, struct link_error *error) {
  struct wire_error cause;
  if (model == NULL)
    return link_fail(error,
                     "sim: the profile of this endpoint has no reference device");
  hub_advance(hub); /* it is started at the present time */
  if (world_add(hub->world, model, settings, count, mutant, &endpoint->position,
                &cause))
    return true;
  return link_fail(error, "sim: cannot start %s: %s", model->name, cause.text);
}

static bool add_link(struct hub *hub, struct hub_endpoint *endpoint, const char *uri,
                     struct link_error *error) {
  endpoint->inbox = malloc(HUB_INBOX);
  if (endpoint->inbox == NULL) return link_fail(error, "no memory for %.80s", uri);
  endpoint->link = link_open(uri, error);
  if (endpoint->link == NULL) {
    free(endpoint->inbox);
    return false;
  }
  if (!hub->real) {
    /* The clock becomes the real one. It does not go back, should the virtual clock
     * have run ahead. */
    uint64_t now = monotonic();
    uint64_t passed = world_now(hub->world);
    if (now - hub->origin < passed) hub->origin = now - passed;
    hub->real = true;
  }
  return true;
}

bool hub_add(struct hub *hub, const char *uri, const struct protocol_device *model,
             const struct protocol_setting *settings, size_t count,
             const struct protocol_mutant *mutant, unsigned *number,
             struct link_error *error) {
  struct uri parts;
  if (!uri_parse(uri, &parts, error)) return false;
  if (hub->count == HUB_ENDPOINTS)
    return link_fail(error, "a run has at most %d endpoints", HUB_ENDPOINTS);
  struct hub_endpoint *endpoint = &hub->endpoint[hub->count];
  *endpoint = (struct hub_endpoint){.link = NULL};
  bool added = parts.scheme == URI_SIM
                   ? add_device(hub, endpoint, model, settings, count, mutant, error)
                   : add_link(hub, endpoint, uri, error);
  if (added) *number = hub->count++;
  return added;
}

bool hub_virtual(const struct hub *hub) {
  return !hub->real;
}

uint64_t hub_now(const struct hub *hub) {
  return hub->real ? monotonic() - hub->origin : world_now(hub->world);
}

void hub_advance(struct hub *hub) {
  world_step(hub->world, hub_now(hub));
}

bool hub_lost(const struct hub *hub, unsigned number) {
  const struct link *link = hub->endpoint[number].link;
  return link != NULL && (link->lost || link->deaf);
}

const char *hub_reason(const struct hub *hub, unsigned number) {
  const struct link *link = hub->endpoint[number].link;
  return link != NULL ? link_reason(link) : "";
}

bool hub_set_baud(struct hub *hub, unsigned number, unsigned baud,
                  struct link_error *error) {
  struct link *link = hub->endpoint[number].link;
  return link == NULL || link_set_baud(link, baud, error);
}

void hub_cancel(struct hub *hub) {
  int kept = errno; /* it may run in the middle of anything */
  uint64_t one = 1;
  atomic_store(&hub->cancelled, true);
  /* The count stays in the eventfd: a wait that begins after this ends at once. */
  ssize_t written = write(hub->wake, &one, sizeof one);
  (void)written; /* fails only when it is full of earlier calls */
  errno = kept;
}

bool hub_cancelled(const struct hub *hub) {
  return atomic_load(&hub->cancelled);
}

void hub_go_on(struct hub *hub) {
  uint64_t count;
  atomic_store(&hub->cancelled, false);
  ssize_t taken = read(hub->wake, &count, sizeof count);
  (void)taken; /* fails only when there was nothing to take back */
}
