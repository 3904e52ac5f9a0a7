/* module_radio.c: addresses, and sending packets until they are acknowledged. */
#include <string.h>

#include "xbee/module_state.h"

/* XBee S2C and XBee 3 802.15.4 guides, frames 0x89 and 0x8B. */
enum { DELIVERED = 0x00, NOT_ACKNOWLEDGED = 0x01 };

/* ---- addresses --------------------------------------------------------------- */

/* User guide 90001500, MY: FFFE and FFFF are no addresses. */
struct xbee_address xbee_module_address(const struct xbee_module *module) {
  uint64_t high = xbee_module_number(module, XBEE_AT_SH);
  uint64_t my = xbee_module_number(module, XBEE_AT_MY);
  return (struct xbee_address){
      .long_ = high << 32 | xbee_module_number(module, XBEE_AT_SL),
      .short_ = my < XBEE_NO_SHORT ? (uint16_t)my : XBEE_NO_SHORT,
  };
}

/* User guide 90001500, DH and DL: with DH 0, a DL up to FFFF is a 16-bit address. */
struct xbee_address xbee_module_target(const struct xbee_module *module) {
  uint64_t high = xbee_module_number(module, XBEE_AT_DH);
  uint64_t low = xbee_module_number(module, XBEE_AT_DL);
  if (high == 0 && low <= 0xFFFF)
    return (struct xbee_address){XBEE_USE_SHORT, (uint16_t)low};
  return (struct xbee_address){high << 32 | low, XBEE_NO_SHORT};
}

bool xbee_is_broadcast(const struct xbee_address *address) {
  return address->long_ == XBEE_BROADCAST ||
         (address->long_ == XBEE_USE_SHORT && address->short_ == XBEE_BROADCAST);
}

bool xbee_module_is_me(const struct xbee_module *module,
                       const struct xbee_address *address) {
  struct xbee_address own = xbee_module_address(module);
  if (address->long_ != XBEE_USE_SHORT) return address->long_ == own.long_;
  return own.short_ != XBEE_NO_SHORT && address->short_ == own.short_;
}

/* ---- sending ----------------------------------------------------------------- */

static void forget_first(struct xbee_radio *radio) {
  radio->first = (radio->first + 1) % XBEE_MODULE_PENDING;
  radio->count--;
  radio->retries = 0;
  radio->deadline = PROTOCOL_NEVER;
}

static void finish(struct xbee_module *module, uint8_t status, uint16_t delivered,
                   uint64_t now) {
  struct xbee_radio *radio = &module->radio;
  const struct xbee_transmission *done = &radio->pending[radio->first];
  xbee_module_status(module, done->answer, done->frame_id, status, radio->retries,
                     delivered, now);
  forget_first(radio);
}

static void put_on_air(struct xbee_module *module,
                       const struct xbee_transmission *transmission, uint64_t now) {
  if (module->transmit != NULL)
    module->transmit(module->medium, transmission->bytes, transmission->length, now);
}

/* Sends the first in line if it is not on the air yet. What is not to be acknowledged
 * is done at once, so that several can leave in one go. */
static void send_next(struct xbee_module *module, uint64_t now) {
  struct xbee_radio *radio = &module->radio;
  while (radio->count > 0 && radio->deadline == PROTOCOL_NEVER) {
    const struct xbee_transmission *first = &radio->pending[radio->first];
    put_on_air(module, first, now);
    if (first->acknowledged) {
      radio->deadline = now + XBEE_MODULE_ACK_WAIT;
    } else {
      finish(module, DELIVERED, XBEE_NO_SHORT, now);
    }
  }
}

/* The options only ask for all PANs; otherwise a packet goes to the module's own. */
static void address_packet(struct xbee_module *module, struct xbee_packet *packet) {
  if (packet->pan != XBEE_BROADCAST)
    packet->pan = (uint16_t)xbee_module_number(module, XBEE_AT_ID);
  packet->channel = (uint8_t)xbee_module_number(module, XBEE_AT_CH);
  packet->source = xbee_module_address(module);
  packet->sequence = module->sequence++;
  if (xbee_is_broadcast(&packet->destination)) packet->flags = 0;
}

bool xbee_module_send(struct xbee_module *module, struct xbee_packet *packet,
                      int answer, uint8_t frame_id, uint64_t now) {
  struct xbee_radio *radio = &module->radio;
  if (radio->count == XBEE_MODULE_PENDING) return false;
  address_packet(module, packet);
  size_t last = (radio->first + radio->count) % XBEE_MODULE_PENDING;
  struct xbee_transmission *transmission = &radio->pending[last];
  transmission->answer = answer;
  transmission->frame_id = frame_id;
  transmission->acknowledged = packet->flags & XBEE_PACKET_ACKED;
  transmission->sequence = packet->sequence;
  if (!xbee_packet_write(packet, transmission->bytes, sizeof transmission->bytes,
                         &transmission->length))
    return false;
  radio->count++;
  send_next(module, now);
  return true;
}

void xbee_module_acked(struct xbee_module *module, uint16_t sequence, uint16_t by,
                       uint64_t now) {
  struct xbee_radio *radio = &module->radio;
  bool awaited = radio->count > 0 && radio->deadline != PROTOCOL_NEVER &&
                 radio->pending[radio->first].sequence == sequence;
  if (!awaited) return;
  finish(module, DELIVERED, by, now);
  send_next(module, now);
}

/* User guide 90002273, RR: that many retries, then no acknowledgement is reported and
 * counted in EA (once for the packet: the guide does not say more). */
void xbee_module_run_radio(struct xbee_module *module, uint64_t now) {
  struct xbee_radio *radio = &module->radio;
  if (radio->count == 0 || now < radio->deadline) return;
  if (radio->retries < xbee_module_number(module, XBEE_AT_RR)) {
    radio->retries++;
    radio->deadline = now + XBEE_MODULE_ACK_WAIT;
    put_on_air(module, &radio->pending[radio->first], now);
    return;
  }
  xbee_module_count(module, XBEE_AT_EA);
  finish(module, NOT_ACKNOWLEDGED, XBEE_NO_SHORT, now);
  send_next(module, now);
}
