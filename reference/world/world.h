/* world.h: the virtual medium that joins reference devices.
 *
 * A world holds devices, a clock, and the packets between the devices. It knows a
 * device only by protocol.h. A packet that one device transmits reaches every other
 * one after `delay` microseconds; what it means, whom it addresses and whether it is
 * acknowledged is the devices' own affair.
 *
 * The caller moves the clock: world_step() does everything that is due until then, in
 * the order of its time (ties: packets before devices, devices by position), so two
 * worlds with the same seed and the same input give the same bytes. Each device has a
 * seed of its own, made from the world's and its position.
 *
 * Memory is taken when the world and its devices are made, never while the clock runs.
 * The world owns its devices' memory and wipes it at the end. A full packet queue loses
 * the newest packet, as air does; so does a packet longer than WORLD_PACKET.
 *
 * A model that wants to run again and again at one instant cannot stop the clock: after
 * WORLD_ROUNDS rounds without a later deadline it is run once in WORLD_PENALTY only.
 */
#ifndef WORLD_WORLD_H
#define WORLD_WORLD_H

#include "protocol.h"

#define WORLD_DEVICES 8
#define WORLD_DELAY   1000 /* microseconds from one device to another */
#define WORLD_PACKETS 64   /* on their way at one time */
#define WORLD_PACKET  2048 /* bytes of the longest */
#define WORLD_ROUNDS  1000
#define WORLD_PENALTY 1000 /* microseconds */

struct world;

/* A world at time `now`, or NULL if memory is short. */
struct world *world_new(uint64_t seed, uint64_t now);
void world_free(struct world *world);

/* Adds a device, started at the world's present time. Its number is its position.
 * `model` and `mutant` must outlive the world; `settings` only as long as the model
 * says. */
bool world_add(struct world *world, const struct protocol_device *model,
               const struct protocol_setting *settings, size_t count,
               const struct protocol_mutant *mutant, unsigned *position,
               struct wire_error *error);

uint64_t world_now(const struct world *world);

/* When something is due next, or PROTOCOL_NEVER. Never before world_now(). */
uint64_t world_deadline(const struct world *world);

/* Moves the clock to `now` (not back) and does what is due on the way. */
void world_step(struct world *world, uint64_t now);

/* Bytes to and from a device's port at the present time. */
void world_input(struct world *world, unsigned position, unsigned port,
                 const uint8_t *bytes, size_t length);
size_t world_output(struct world *world, unsigned position, unsigned port,
                    uint8_t *bytes, size_t capacity);

#endif
