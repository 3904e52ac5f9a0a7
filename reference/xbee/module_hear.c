/* module_hear.c: packets from the air become frames for the host. */
#include "xbee/module_state.h"

/* Receive options of 802.15.4 modules (user guide 90002273, frames 0x90 and 0x91; bit 0
 * is reserved in 0x80 to 0x83). */
enum option {
  OPTION_ACKNOWLEDGED = 0x01,
  OPTION_BROADCAST = 0x02,
  OPTION_ALL_PANS = 0x04,
};

enum api_output { OUTPUT_PLAIN, OUTPUT_EXPLICIT, OUTPUT_LEGACY }; /* AO */

static uint8_t options_of(const struct xbee_packet *packet, bool legacy) {
  unsigned options = 0;
  if (!legacy && packet->flags & XBEE_PACKET_ACKED) options |= OPTION_ACKNOWLEDGED;
  if (xbee_is_broadcast(&packet->destination)) options |= OPTION_BROADCAST;
  if (packet->pan == XBEE_BROADCAST) options |= OPTION_ALL_PANS;
  return (uint8_t)options;
}

struct items {
  struct wire_item item[6 + XBEE_SAMPLE_ITEMS];
  size_t count;
};

static void add(struct items *items, const char *name, uint64_t number) {
  items->item[items->count++] = xbee_number_item(name, number);
}

static void add_bytes(struct items *items, const char *name,
                      const struct xbee_packet *packet) {
  items->item[items->count++] = xbee_octets_item(name, packet->bytes, packet->length);
}

/* Sender and options, as 0x90 to 0x95 begin. The packet names both addresses, so
 * neither is reported as unknown unless the sender has no 16-bit one. */
static void add_sender(struct items *items, const struct xbee_packet *packet) {
  add(items, "source", packet->source.long_);
  add(items, "source16", packet->source.short_);
  add(items, "options", options_of(packet, false));
}

/* The same for 0x80 to 0x83. Returns true if the sender has a 16-bit address. */
static bool add_legacy_sender(struct items *items, const struct xbee_packet *packet) {
  bool has_short = packet->source.short_ < XBEE_NO_SHORT;
  if (has_short) {
    add(items, "source16", packet->source.short_);
  } else {
    add(items, "source", packet->source.long_);
  }
  add(items, "rssi", XBEE_MODULE_RSSI);
  add(items, "options", options_of(packet, true));
  return has_short;
}

/* ---- by kind ----------------------------------------------------------------- */

/* User guide 90002273, AO. With AO 0 the endpoints of an explicit sender are left out;
 * that no endpoint keeps data from the host then is the model's choice. */
static void report_data(struct xbee_module *module, const struct xbee_packet *packet,
                        enum api_output output, uint64_t now) {
  struct items items = {.count = 0};
  int code;
  if (output == OUTPUT_LEGACY) {
    code = add_legacy_sender(&items, packet) ? XBEE_TYPE_receive_packet_16
                                             : XBEE_TYPE_receive_packet_64;
  } else {
    code = XBEE_TYPE_receive_packet;
    add_sender(&items, packet);
  }
  if (output == OUTPUT_EXPLICIT) {
    code = XBEE_TYPE_explicit_receive_indicator;
    add(&items, "source_endpoint", packet->source_endpoint);
    add(&items, "destination_endpoint", packet->destination_endpoint);
    add(&items, "cluster_id", packet->cluster);
    add(&items, "profile_id", packet->profile);
  }
  add_bytes(&items, "rf_data", packet);
  xbee_module_answer(module, code, items.item, items.count, now);
}

/* The receiver's AO chooses the form. Lines that the legacy form has no bit for are
 * left out. */
static void report_sample(struct xbee_module *module, const struct xbee_packet *packet,
                          enum api_output output, uint64_t now) {
  struct items items = {.count = 0};
  int code = XBEE_TYPE_io_sample_indicator;
  bool legacy = output == OUTPUT_LEGACY;
  if (legacy) {
    code = add_legacy_sender(&items, packet) ? XBEE_TYPE_io_sample_16
                                             : XBEE_TYPE_io_sample_64;
  } else {
    add_sender(&items, packet);
  }
  struct xbee_sample_items sample;
  xbee_sample_items(&packet->sample, legacy, &sample);
  for (size_t i = 0; i < sample.count; i++)
    items.item[items.count++] = sample.item[i];
  xbee_module_answer(module, code, items.item, items.count, now);
}

/* XBee SX 868 user guide, Node Identification Indicator 0x95: device type "router or
 * normal", event "push button", no parent, Digi's profile and manufacturer. The legacy
 * output has no such frame: nothing is reported then (the model's choice). */
static void report_identity(struct xbee_module *module,
                            const struct xbee_packet *packet, enum api_output output,
                            uint64_t now) {
  if (output == OUTPUT_LEGACY) return;
  struct wire_item items[] = {
      xbee_number_item("source", packet->source.long_),
      xbee_number_item("source16", packet->source.short_),
      xbee_number_item("options", options_of(packet, false)),
      xbee_number_item("remote16", packet->source.short_),
      xbee_number_item("remote", packet->source.long_),
      xbee_octets_item("ni", packet->bytes, packet->length),
      xbee_number_item("parent16", XBEE_NO_SHORT),
      xbee_number_item("device_type", 1),
      xbee_number_item("source_event", 1),
      xbee_number_item("profile_id", 0xC105),
      xbee_number_item("manufacturer_id", 0x101E),
  };
  xbee_module_answer(module, XBEE_TYPE_node_identification_indicator, items,
                     sizeof items / sizeof items[0], now);
}

static void report(struct xbee_module *module, const struct xbee_packet *packet,
                   uint64_t now) {
  enum api_output output = (enum api_output)xbee_module_number(module, XBEE_AT_AO);
  switch (packet->kind) {
  case XBEE_PACKET_DATA: report_data(module, packet, output, now); break;
  case XBEE_PACKET_SAMPLE: report_sample(module, packet, output, now); break;
  case XBEE_PACKET_IDENTITY: report_identity(module, packet, output, now); break;
  case XBEE_PACKET_ACK: break;
  }
}

/* ---- from the air ------------------------------------------------------------ */

/* A packet for all PANs carries the PAN FFFF. */
static bool is_for_me(const struct xbee_module *module,
                      const struct xbee_packet *packet) {
  if (packet->channel != xbee_module_number(module, XBEE_AT_CH)) return false;
  bool pan = packet->pan == XBEE_BROADCAST ||
             packet->pan == xbee_module_number(module, XBEE_AT_ID);
  return pan && (xbee_is_broadcast(&packet->destination) ||
                 xbee_module_is_me(module, &packet->destination));
}

static void acknowledge(struct xbee_module *module, const struct xbee_packet *packet,
                        uint64_t now) {
  uint8_t bytes[XBEE_PACKET_MOST];
  size_t length;
  struct xbee_packet ack = {
      .kind = XBEE_PACKET_ACK,
      .sequence = packet->sequence,
      .pan = packet->pan,
      .channel = packet->channel,
      .source = xbee_module_address(module),
      .destination = {packet->source.long_, XBEE_NO_SHORT},
  };
  if (module->transmit != NULL && xbee_packet_write(&ack, bytes, sizeof bytes, &length))
    module->transmit(module->medium, bytes, length, now);
}

/* True if this sender's last packet was the same: its acknowledgement was lost. */
static bool is_repeated(struct xbee_radio *radio, const struct xbee_packet *packet) {
  for (size_t i = 0; i < radio->peer_count; i++) {
    struct xbee_peer *peer = &radio->peers[i];
    if (peer->address != packet->source.long_) continue;
    bool same = peer->sequence == packet->sequence;
    peer->sequence = packet->sequence;
    return same;
  }
  size_t place = radio->peer_next;
  radio->peer_next = (place + 1) % XBEE_MODULE_PEERS;
  if (radio->peer_count < XBEE_MODULE_PEERS) radio->peer_count++;
  radio->peers[place] = (struct xbee_peer){packet->source.long_, packet->sequence};
  return false;
}

void xbee_module_hear(struct xbee_module *module, const uint8_t *bytes, size_t length,
                      uint64_t now) {
  struct xbee_packet packet;
  if (!xbee_packet_read(bytes, length, &packet) || !is_for_me(module, &packet)) return;
  if (packet.kind == XBEE_PACKET_ACK) {
    xbee_module_acked(module, packet.sequence, packet.source.short_, now);
    return;
  }
  xbee_at_set_number(&xbee_at_table[XBEE_AT_DB], XBEE_MODULE_RSSI,
                     &module->active[XBEE_AT_DB]);
  if (packet.flags & XBEE_PACKET_ACKED) acknowledge(module, &packet, now);
  if (!is_repeated(&module->radio, &packet)) report(module, &packet, now);
}
