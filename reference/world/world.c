/* world.c: devices, packets between them, and the clock that orders both. */
#include <stdlib.h>
#include <string.h>

#include "world/world.h"

struct packet {
  uint64_t due;
  size_t length;
  unsigned from;
  uint8_t bytes[WORLD_PACKET];
};

struct station {
  struct world *world;
  const struct protocol_device *model;
  void *device;
  unsigned position;
  unsigned rounds;     /* runs after which the device was due at once again */
  uint64_t not_before; /* with `rounds` used up: when it is run next */
};

struct world {
  uint64_t seed;
  uint64_t now;
  unsigned stations;
  struct station station[WORLD_DEVICES];
  /* Packets stay in their slots; `order` has the slots in use, the first due first,
   * then the free ones. */
  unsigned packets;
  unsigned char order[WORLD_PACKETS];
  struct packet packet[WORLD_PACKETS];
};

/* Called through a volatile pointer, so that the compiler cannot leave it out. */
static void *(*const volatile wipe)(void *, int, size_t) = memset;

struct world *world_new(uint64_t seed, uint64_t now) {
  struct world *world = malloc(sizeof *world);
  if (world == NULL) return NULL;
  /* The packets' bytes are left alone: most worlds never touch most of them. */
  world->seed = seed;
  world->now = now;
  world->stations = 0;
  world->packets = 0;
  for (unsigned slot = 0; slot < WORLD_PACKETS; slot++)
    world->order[slot] = (unsigned char)slot;
  return world;
}

void world_free(struct world *world) {
  if (world == NULL) return;
  for (unsigned i = 0; i < world->stations; i++) {
    wipe(world->station[i].device, 0, world->station[i].model->size);
    free(world->station[i].device);
  }
  free(world);
}

/* splitmix64: neighbouring positions get unrelated seeds. */
static uint64_t seed_of(uint64_t seed, unsigned position) {
  uint64_t mixed = seed + (position + 1) * UINT64_C(0x9E3779B97F4A7C15);
  mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
  return mixed ^ (mixed >> 31);
}

/* A device speaks: protocol_transmit. */
static void transmit(void *medium, const uint8_t *bytes, size_t length, uint64_t now) {
  const struct station *station = medium;
  struct world *world = station->world;
  if (world->packets == WORLD_PACKETS || length > WORLD_PACKET) return;
  if (now < world->now) now = world->now;

  unsigned char slot = world->order[world->packets];
  struct packet *packet = &world->packet[slot];
  packet->due = now > PROTOCOL_NEVER - WORLD_DELAY ? PROTOCOL_NEVER : now + WORLD_DELAY;
  packet->from = station->position;
  packet->length = length;
  if (length > 0) memcpy(packet->bytes, bytes, length);

  /* Behind all that are due no later, so that equal times keep their order. */
  unsigned at = world->packets++;
  for (; at > 0 && world->packet[world->order[at - 1]].due > packet->due; at--)
    world->order[at] = world->order[at - 1];
  world->order[at] = slot;
}

bool world_add(struct world *world, const struct protocol_device *model,
               const struct protocol_setting *settings, size_t count,
               const struct protocol_mutant *mutant, unsigned *position,
               struct wire_error *error) {
  if (world->stations == WORLD_DEVICES)
    return wire_fail(error, WIRE_SPACE, 0, NULL,
                     "no more than %d reference devices can share one medium",
                     WORLD_DEVICES);
  struct station *station = &world->station[world->stations];
  *station =
      (struct station){.world = world, .model = model, .position = world->stations};
  station->device = calloc(1, model->size);
  if (station->device == NULL)
    return wire_fail(error, WIRE_SPACE, 0, NULL,
                     "no memory for the reference device %s", model->name);

  struct protocol_setup setup = {
      .seed = seed_of(world->seed, station->position),
      .position = station->position,
      .settings = settings,
      .count = count,
      .mutant = mutant,
      .medium = station,
      .transmit = transmit,
  };
  if (!model->create(station->device, &setup, world->now, error)) {
    wipe(station->device, 0, model->size);
    free(station->device);
    return false;
  }
  world->stations++;
  *position = station->position;
  return true;
}

uint64_t world_now(const struct world *world) {
  return world->now;
}

static uint64_t station_deadline(const struct station *station) {
  uint64_t deadline = station->model->deadline(station->device);
  if (station->rounds >= WORLD_ROUNDS && deadline < station->not_before)
    return station->not_before;
  return deadline;
}

static uint64_t packet_deadline(const struct world *world) {
  return world->packets > 0 ? world->packet[world->order[0]].due : PROTOCOL_NEVER;
}

uint64_t world_deadline(const struct world *world) {
  uint64_t next = packet_deadline(world);
  for (unsigned i = 0; i < world->stations; i++) {
    uint64_t deadline = station_deadline(&world->station[i]);
    if (deadline < next) next = deadline;
  }
  return next < world->now ? world->now : next;
}

/* Hands over the packets that have arrived. What devices transmit on hearing them is
 * due later, so this ends, and the first slot stays first meanwhile. */
static void deliver(struct world *world) {
  while (packet_deadline(world) <= world->now) {
    unsigned char slot = world->order[0];
    const struct packet *packet = &world->packet[slot];
    for (unsigned i = 0; i < world->stations; i++) {
      const struct station *station = &world->station[i];
      if (i != packet->from)
        station->model->hear(station->device, packet->bytes, packet->length,
                             world->now);
    }
    world->packets--;
    memmove(world->order, world->order + 1, world->packets);
    world->order[world->packets] = slot;
  }
}

static void run_station(struct station *station, uint64_t now) {
  if (station_deadline(station) > now) return;
  station->model->run(station->device, now);
  if (station->model->deadline(station->device) > now) {
    station->rounds = 0;
  } else if (station->rounds < WORLD_ROUNDS) {
    station->rounds++;
  }
  station->not_before = now + WORLD_PENALTY;
}

void world_step(struct world *world, uint64_t now) {
  for (;;) {
    uint64_t next = world_deadline(world);
    if (next > now || next == PROTOCOL_NEVER) break;
    world->now = next;
    deliver(world);
    for (unsigned i = 0; i < world->stations; i++)
      run_station(&world->station[i], world->now);
  }
  if (now > world->now) world->now = now;
}

void world_input(struct world *world, unsigned position, unsigned port,
                 const uint8_t *bytes, size_t length) {
  const struct station *station = &world->station[position];
  station->model->input(station->device, port, bytes, length, world->now);
}

size_t world_output(struct world *world, unsigned position, unsigned port,
                    uint8_t *bytes, size_t capacity) {
  const struct station *station = &world->station[position];
  return station->model->output(station->device, port, bytes, capacity);
}
