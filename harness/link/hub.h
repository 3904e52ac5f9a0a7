/* hub.h: the endpoints of a run, and their clock.
 *
 * When every endpoint is `sim:` the clock is virtual: waiting moves it at once to the
 * next thing that happens. With any real link it is the monotonic clock, and reference
 * devices among the endpoints run along with it. Times are microseconds from the hub's
 * creation. All `sim:` endpoints share one world.
 */
#ifndef LINK_HUB_H
#define LINK_HUB_H

#include "link/link.h"
#include "protocol.h"

#define HUB_ENDPOINTS 8

struct hub;

struct hub *hub_new(uint64_t seed);
void hub_free(struct hub *hub); /* closes all links */

/* Adds an endpoint. For `sim:` a device of `model` is made, with these settings and
 * mutant; else they are ignored. On success `*number` is its index, from 0. */
bool hub_add(struct hub *hub, const char *uri, const struct protocol_device *model,
             const struct protocol_setting *settings, size_t count,
             const struct protocol_mutant *mutant, unsigned *number,
             struct link_error *error);

bool hub_virtual(const struct hub *hub);
uint64_t hub_now(const struct hub *hub);

enum hub_event {
  HUB_BYTES,     /* `*number` has bytes: they are in `bytes` */
  HUB_DEADLINE,  /* `deadline` has come first */
  HUB_LOST,      /* `*number` is lost: see hub_reason(); reported once per endpoint */
  HUB_CANCELLED, /* hub_cancel() was called */
};

/* Waits until an endpoint has bytes or `deadline` (hub_now() scale) has come. Endpoints
 * are served in turn, so that one that never stops cannot starve the others or the
 * deadline: once the deadline has passed, at most one more piece is handed over. The
 * virtual clock stands still while bytes are taken, so there all that the devices have
 * at the deadline comes before HUB_DEADLINE, up to 1 MiB at one instant.
 *
 * Where nothing can happen any more (every link lost, no device has anything due),
 * PROTOCOL_NEVER gives HUB_DEADLINE at once. */
enum hub_event hub_wait(struct hub *hub, uint64_t deadline, unsigned *number,
                        uint8_t *bytes, size_t capacity, size_t *length);

/* Sends all bytes, waiting for the link as long as `deadline` allows. False if the link
 * is lost, the deadline has come (a peer that does not read) or hub_cancel() was
 * called; part of the bytes may have gone then. What the peer says meanwhile is kept
 * for hub_wait(), up to 64 KiB. */
bool hub_send(struct hub *hub, unsigned number, const uint8_t *bytes, size_t length,
              uint64_t deadline);

bool hub_lost(const struct hub *hub, unsigned number);
const char *hub_reason(const struct hub *hub, unsigned number);
bool hub_set_baud(struct hub *hub, unsigned number, unsigned baud,
                  struct link_error *error);

/* Makes hub_wait() return HUB_CANCELLED from now on. Safe in a signal handler. */
void hub_cancel(struct hub *hub);

bool hub_cancelled(const struct hub *hub);

/* Takes hub_cancel() back, so that what was changed can be put back before the end. */
void hub_go_on(struct hub *hub);

#endif
