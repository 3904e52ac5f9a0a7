/* hub_state.h: the inside of a hub. For hub.c and hub_wait.c only. */
#ifndef LINK_HUB_STATE_H
#define LINK_HUB_STATE_H

#include <stdatomic.h>

#include "link/hub.h"
#include "link/kind.h"
#include "world/world.h"

/* What an endpoint says while hub_send() waits for it to read. A device that cannot get
 * rid of its answers stops reading: sending and receiving must go on together. When it
 * is full nothing is read meanwhile, and the kernel holds the rest. */
#define HUB_INBOX 65536

struct hub_endpoint {
  struct link *link; /* NULL: a reference device */
  unsigned position; /* in the world */
  bool ready;        /* poll() has found something to read ... */
  bool hung;         /* ... or nothing but a hang-up or an error */
  bool reported;     /* HUB_LOST was given */
  uint8_t *inbox;
  size_t begin; /* in `inbox`, of what is not yet handed over */
  size_t end;
};

struct hub {
  struct world *world;
  uint64_t origin; /* of the monotonic clock, once a link is real */
  bool real;
  unsigned count;
  unsigned turn; /* endpoint that is looked at first */
  struct hub_endpoint endpoint[HUB_ENDPOINTS];

  /* The last deadline behind which a piece was handed over. */
  bool late;
  uint64_t late_deadline;
  size_t instant; /* virtual clock: bytes handed over without the clock moving */

  atomic_bool cancelled;
  int wake; /* eventfd: makes poll() return when cancelled */
};

/* Lets the world do what is due at the present time of either clock. */
void hub_advance(struct hub *hub);

#endif
