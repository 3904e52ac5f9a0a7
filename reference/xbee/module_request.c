/* module_request.c: requests to transmit, and relayed user data. */
#include "xbee/module_state.h"

/* XBee S2C and XBee 3 802.15.4 guides, frames 0x89 and 0x8B. */
enum delivery {
  DELIVERY_NO_BUFFERS = 0x18,
  DELIVERY_SELF_ADDRESSED = 0x23,
  DELIVERY_NO_SESSION = 0x34,
  DELIVERY_TOO_LARGE = 0x74,
  DELIVERY_NO_INTERFACE = 0x7C,
  DELIVERY_NOT_ACCEPTED = 0x7D,
};

/* Transmit options of 802.15.4 modules. */
enum option {
  OPTION_NO_ACK = 0x01,
  OPTION_ALL_PANS = 0x04,
  OPTION_SECURE = 0x10,
};

/* What serial data is addressed with (user guide 90002273, reserved endpoints). */
enum {
  DATA_ENDPOINT = 0xE8,
  DATA_CLUSTER = 0x0011,
  DIGI_PROFILE = 0xC105,
};

#define C8_SHORT_PACKETS 0x01 /* user guide 90001500, C8 */
#define SHORT_PAYLOAD    95

size_t xbee_module_payload(const struct xbee_module *module) {
  size_t most = (size_t)xbee_module_number(module, XBEE_AT_NP);
  bool is_short = xbee_module_number(module, XBEE_AT_C8) & C8_SHORT_PACKETS;
  return is_short && most > SHORT_PAYLOAD ? SHORT_PAYLOAD : most;
}

void xbee_module_status(struct xbee_module *module, int code, uint8_t frame_id,
                        uint8_t status, unsigned retries, uint16_t delivered,
                        uint64_t now) {
  if (code == XBEE_NO_ANSWER || frame_id == 0) return;
  struct wire_item items[] = {
      xbee_number_item("frame_id", frame_id),
      xbee_number_item("status", status),
      xbee_number_item("destination16", delivered),
      xbee_number_item("retries", retries),
      xbee_number_item("discovery", 0), /* reserved on 802.15.4 */
  };
  size_t count = code == XBEE_TYPE_extended_transmit_status ? 5 : 2;
  xbee_module_answer(module, code, items, count, now);
}

/* ---- 0x00, 0x01, 0x10, 0x11 -------------------------------------------------- */

/* Field names are those of the four message tables. A request without a 64-bit address
 * counts by its 16-bit one, and so does one whose 64-bit address is all ones. */
static struct xbee_address destination_of(const struct wire_message *request) {
  const struct wire_value *is_long = wire_find(request, "destination");
  const struct wire_value *is_short = wire_find(request, "destination16");
  struct xbee_address address = {XBEE_USE_SHORT, XBEE_NO_SHORT};
  if (is_long != NULL) address.long_ = is_long->number;
  if (address.long_ == XBEE_USE_SHORT && is_short != NULL)
    address.short_ = (uint16_t)is_short->number;
  return address;
}

static bool is_legacy(const struct wire_message *request) {
  return request->type->code == XBEE_TYPE_tx_request_64 ||
         request->type->code == XBEE_TYPE_tx_request_16;
}

/* Options 0 of the newer frames mean "as TO says" (frame 0x10). */
static uint8_t options_of(const struct xbee_module *module,
                          const struct wire_message *request) {
  uint64_t options = xbee_number_of(request, "options");
  if (options == 0 && !is_legacy(request))
    options = xbee_module_number(module, XBEE_AT_TO);
  return (uint8_t)options;
}

static void set_endpoints(const struct wire_message *request,
                          struct xbee_packet *packet) {
  packet->source_endpoint = DATA_ENDPOINT;
  packet->destination_endpoint = DATA_ENDPOINT;
  packet->cluster = DATA_CLUSTER;
  packet->profile = DIGI_PROFILE;
  if (request->type->code != XBEE_TYPE_explicit_transmit_request) return;
  packet->source_endpoint = (uint8_t)xbee_number_of(request, "source_endpoint");
  packet->destination_endpoint =
      (uint8_t)xbee_number_of(request, "destination_endpoint");
  packet->cluster = (uint16_t)xbee_number_of(request, "cluster_id");
  packet->profile = (uint16_t)xbee_number_of(request, "profile_id");
}

/* Why a request cannot even be tried, or 0. The status for the module's own address is
 * the one that Digi's other radios document; no 802.15.4 text names a case. */
static uint8_t refusal(const struct xbee_module *module,
                       const struct xbee_packet *packet, uint8_t options) {
  if (packet->length > xbee_module_payload(module)) return DELIVERY_TOO_LARGE;
  if (options & OPTION_SECURE) return DELIVERY_NO_SESSION; /* there is none yet */
  if (xbee_module_is_me(module, &packet->destination)) return DELIVERY_SELF_ADDRESSED;
  return 0;
}

void xbee_module_transmit(struct xbee_module *module,
                          const struct wire_message *request, uint64_t now) {
  const struct wire_value *payload = wire_find(request, "rf_data");
  uint8_t frame_id = (uint8_t)xbee_number_of(request, "frame_id");
  uint8_t options = options_of(module, request);
  int answer = is_legacy(request) ? XBEE_TYPE_transmit_status
                                  : XBEE_TYPE_extended_transmit_status;
  struct xbee_packet packet = {
      .kind = XBEE_PACKET_DATA,
      .flags = options & OPTION_NO_ACK ? 0 : XBEE_PACKET_ACKED,
      .pan = options & OPTION_ALL_PANS ? XBEE_BROADCAST : 0,
      .destination = destination_of(request),
      .bytes = payload->bytes,
      .length = payload->length,
  };
  set_endpoints(request, &packet);
  uint8_t status = refusal(module, &packet, options);
  if (status == 0 && !xbee_module_send(module, &packet, answer, frame_id, now))
    status = DELIVERY_NO_BUFFERS;
  if (status != 0)
    xbee_module_status(module, answer, frame_id, status, 0, XBEE_NO_SHORT, now);
}

/* ---- 0x2D -------------------------------------------------------------------- */

enum interface { INTERFACE_SERIAL, INTERFACE_BLE, INTERFACE_MICROPYTHON };

/* XBee 3 Zigbee user guide 90001539, User Data Relay Input 0x2D: only an error is
 * answered. BLE is not connected and MicroPython does not run in this model; more data
 * than XBEE_MODULE_RELAY is too large for it. */
static uint8_t relay_error(uint64_t interface, size_t length) {
  if (interface > INTERFACE_MICROPYTHON) return DELIVERY_NO_INTERFACE;
  if (interface != INTERFACE_SERIAL) return DELIVERY_NOT_ACCEPTED;
  return length > XBEE_MODULE_RELAY ? DELIVERY_TOO_LARGE : 0;
}

void xbee_module_relay(struct xbee_module *module, const struct wire_message *request,
                       uint64_t now) {
  const struct wire_value *data = wire_find(request, "data");
  uint8_t error = relay_error(xbee_number_of(request, "interface"), data->length);
  if (error != 0) {
    xbee_module_status(module, XBEE_TYPE_transmit_status,
                       (uint8_t)xbee_number_of(request, "frame_id"), error, 0,
                       XBEE_NO_SHORT, now);
    return;
  }
  struct wire_item items[] = {
      xbee_number_item("interface", INTERFACE_SERIAL),
      xbee_octets_item("data", data->bytes, data->length),
  };
  xbee_module_answer(module, XBEE_TYPE_user_data_relay_output, items, 2, now);
}
