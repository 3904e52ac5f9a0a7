/* names.c: enumerations and bit names that several XBee messages share.
 *
 * Sources are named per table. PY is xbee-python (cb577cf), Digi's own client library:
 * a row with that mark is in no guide that was at hand.
 */
#include "xbee/names.h"

/* clang-format off */

/* ---- options ------------------------------------------------------------------- */

/* Guides of the XBee 3 802.15.4 (90002273), XBee ZB (90000976) and XBee SX 868,
 * Transmit Request 0x10. Bits 6 and 7 are one number on DigiMesh. */
const struct wire_name xbee_names_transmit_options[] = {
  FLAG(0x01, "disable_ack", .where = XBEE_802154 | XBEE_DIGIMESH,
       .text = "no acknowledgement"),
  FLAG(0x01, "disable_retries", .where = ANY_ZIGBEE,
       .text = "no retries"),
  FLAG(0x02, "disable_route_discovery", .where = XBEE_DIGIMESH,
       .text = "no route discovery"),
  FLAG(0x04, "broadcast_pan", .where = XBEE_802154, .text = "to all PANs"),
  FLAG(0x04, "unicast_nack", .where = XBEE_DIGIMESH,
       .text = "report lost hops (0x8D)"),
  FLAG(0x04, "indirect", .where = ANY_ZIGBEE, .text = "indirect addressing"),
  FLAG(0x08, "trace_route", .where = XBEE_DIGIMESH, .text = "report each hop (0x8D)"),
  FLAG(0x08, "multicast", .where = ANY_ZIGBEE, .text = "multicast"),
  FLAG(0x10, "secure_session", .where = XBEE3_RF, .text = "in the secure session"),
  FLAG(0x20, "aps_encryption", .where = ANY_ZIGBEE, .text = "APS encryption"),
  PART(0xC0, 0x40, "point_to_multipoint", .where = XBEE_DIGIMESH,
       .text = "point to multipoint"),
  PART(0xC0, 0x80, "directed_broadcast", .where = XBEE_DIGIMESH,
       .text = "directed broadcast (repeater)"),
  PART(0xC0, 0xC0, "digimesh", .where = XBEE_DIGIMESH, .text = "DigiMesh"),
  FLAG(0x40, "extended_timeout", .where = ANY_ZIGBEE, .text = "extended timeout"),
  {0},
};

/* XBee S2C 802.15.4 user guide 90001500, frames 0x00 and 0x01. */
const struct wire_name xbee_names_transmit_options_legacy[] = {
  FLAG(0x01, "disable_ack", .text = "no acknowledgement"),
  FLAG(0x04, "broadcast_pan", .where = ALL_BUT(XBEE_WIFI), .text = "to all PANs"),
  {0},
};

/* XBee SX 868, XBee 3 Zigbee (90001539) and 802.15.4 (90002273) guides, frames 0x90,
 * 0x91 and 0x95. The 868LP page of 0x91 numbers the first two bits 00 and 01; its own
 * example has 02 for a broadcast, so its table is taken for a slip. */
const struct wire_name xbee_names_receive_options[] = {
  FLAG(0x01, "acknowledged"),
  FLAG(0x02, "broadcast"),
  FLAG(0x04, "broadcast_pan", .where = XBEE_802154, .text = "broadcast to all PANs"),
  FLAG(0x10, "secure_session", .text = "sent in a secure session"),
  FLAG(0x20, "aps_encrypted", .where = ANY_ZIGBEE, .text = "APS encrypted"),
  PART(0xC0, 0x40, "point_to_multipoint", .where = XBEE_DIGIMESH,
       .text = "point to multipoint"),
  PART(0xC0, 0x80, "directed_broadcast", .where = XBEE_DIGIMESH,
       .text = "directed broadcast (repeater)"),
  PART(0xC0, 0xC0, "digimesh", .where = XBEE_DIGIMESH, .text = "DigiMesh"),
  FLAG(0x40, "from_end_device", .where = ANY_ZIGBEE, .text = "from an end device"),
  {0},
};

/* XBee S2C 802.15.4 user guide 90001500, frames 0x80 to 0x83. Bit 0 is reserved here,
 * although two printed examples set it. */
const struct wire_name xbee_names_receive_options_legacy[] = {
  FLAG(0x02, "broadcast", .text = "address broadcast"),
  FLAG(0x04, "broadcast_pan", .text = "PAN broadcast"),
  {0},
};

/* XBee SX 868 and XBee 3 802.15.4 guides, Remote AT Command Request 0x17. */
const struct wire_name xbee_names_remote_at_options[] = {
  FLAG(0x01, "disable_ack", .text = "no acknowledgement"),
  FLAG(0x02, "apply_changes", .text = "apply at once"),
  FLAG(0x10, "secure_session", .text = "in the secure session"),
  FLAG(0x20, "aps_encryption", .where = ANY_ZIGBEE, .text = "APS encryption"),
  FLAG(0x40, "extended_timeout", .where = ANY_ZIGBEE, .text = "extended timeout"),
  {0},
};

const struct wire_name xbee_names_apply_options[] = {
  FLAG(0x02, "apply_changes", .text = "apply at once"),
  {0},
};

/* XBee 3 Cellular LTE-M guide 90002258, frame 0x20. One client library takes bit 0 for
 * this flag; guide and Digi's libraries agree on bit 1. */
const struct wire_name xbee_names_close_options[] = {
  FLAG(0x02, "close_socket", .text = "close the TCP socket after sending"),
  {0},
};

/* XBee 3 802.15.4 user guide 90002273, Secure Session Control 0x2E. */
const struct wire_name xbee_names_session_options[] = {
  FLAG(0x01, "logout", .text = "log out (else log in)"),
  FLAG(0x02, "server_termination", .text = "end incoming sessions"),
  FLAG(0x04, "inter_packet_timeout", .text = "timeout between packets (else fixed)"),
  {0},
};

/* ---- statuses ------------------------------------------------------------------ */

/* XBee 3 802.15.4 user guide 90002273, frames 0x88 and 0x97; 0B and 0D: PY and the
 * guide's chapter on secure sessions; flags: 868LP manual 90002173. */
const struct wire_name xbee_names_at_status[] = {
  PART(0x0F, 0x00, "ok", .text = "OK"),
  PART(0x0F, 0x01, "error", .text = "ERROR"),
  PART(0x0F, 0x02, "invalid_command", .text = "invalid command"),
  PART(0x0F, 0x03, "invalid_parameter", .text = "invalid parameter"),
  PART(0x0F, 0x04, "tx_failure", .text = "transmission failed or no answer"),
  PART(0x0F, 0x0B, "no_secure_session", .text = "remote access needs a session"),
  PART(0x0F, 0x0C, "encryption_error", .text = "encryption error"),
  PART(0x0F, 0x0D, "not_secured", .text = "sent openly although a session exists"),
  FLAG(0x40, "rssi_invalid", .where = XBEE_DIGIMESH, .text = "RSSI invalid"),
  FLAG(0x80, "remote_response", .where = XBEE_DIGIMESH,
       .text = "answer to a remote command"),
  {0},
};

/* Union of the tables of frames 0x89 and 0x8B in the guides; each product reports a
 * part of it. 20, 87 to 8B: PY and the LTE-M guide 90002258. */
const struct wire_name xbee_names_delivery_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "no_ack", .where = ALL_BUT(XBEE_WISUN), .text = "no acknowledgement"),
  VALUE(0x01, "invalid_parameter", .where = XBEE_WISUN, .text = "invalid parameter"),
  VALUE(0x02, "cca_failure", .text = "channel not clear (CCA or LBT)"),
  VALUE(0x03, "purged", .where = ALL_BUT(XBEE_WIFI),
        .text = "purged: indirect message not fetched, or no spectrum (868)"),
  VALUE(0x03, "stack_down", .where = XBEE_WIFI, .text = "network stack not up"),
  VALUE(0x04, "transceiver_error", .where = XBEE_WIFI,
        .text = "physical error on the transceiver's interface"),
  VALUE(0x15, "invalid_destination_endpoint", .text = "invalid destination endpoint"),
  VALUE(0x18, "no_buffers", .text = "no buffers"),
  VALUE(0x20, "connection_not_found", .text = "connection not found"),
  VALUE(0x21, "network_ack_failure", .where = ALL_BUT(XBEE_CELLULAR),
        .text = "no network acknowledgement"),
  VALUE(0x21, "network_failure", .where = XBEE_CELLULAR,
        .text = "could not transmit to the network"),
  VALUE(0x22, "not_joined", .where = ALL_BUT(XBEE_CELLULAR),
        .text = "not joined to a network"),
  VALUE(0x22, "not_registered", .where = XBEE_CELLULAR,
        .text = "not registered with the cellular network"),
  VALUE(0x23, "self_addressed", .text = "addressed to itself"),
  VALUE(0x24, "address_not_found", .text = "address not found"),
  VALUE(0x25, "route_not_found", .text = "route not found"),
  VALUE(0x26, "broadcast_relay_not_heard", .text = "broadcast relay not heard"),
  VALUE(0x2B, "invalid_binding_index", .text = "invalid binding table index"),
  /* The Zigbee guide 90001539 prints "resource error", which is also the text of 32;
   * both of Digi's libraries say "invalid endpoint". */
  VALUE(0x2C, "invalid_endpoint", .where = ALL_BUT(XBEE_CELLULAR),
        .text = "invalid endpoint (Zigbee guide: resource error)"),
  VALUE(0x2C, "invalid_frame_values", .where = XBEE_CELLULAR,
        .text = "invalid values in the frame (phone number)"),
  VALUE(0x2D, "aps_broadcast", .text = "broadcast with APS encryption"),
  VALUE(0x2E, "aps_disabled", .text = "APS encryption asked for, but EE is 0"),
  VALUE(0x31, "internal_error", .text = "internal error"),
  VALUE(0x32, "resource_error", .text = "no free resource (buffers, timers, sockets)"),
  VALUE(0x33, "no_payload", .where = XBEE_WISUN, .text = "no payload"),
  VALUE(0x34, "no_secure_session", .text = "no secure session with the destination"),
  VALUE(0x35, "encryption_failure", .text = "encryption failed"),
  VALUE(0x74, "payload_too_large", .text = "payload too large"),
  VALUE(0x75, "indirect_unrequested", .text = "indirect message not fetched"),
  /* Cellular and Wi-SUN guides; Digi's libraries know only the older meaning. */
  VALUE(0x76, "socket_closed_unexpectedly", .where = XBEE_CELLULAR | XBEE_WISUN,
        .text = "socket closed unexpectedly"),
  VALUE(0x76, "socket_creation_failed", .where = ALL_BUT(XBEE_CELLULAR | XBEE_WISUN),
        .text = "client socket could not be created"),
  VALUE(0x77, "no_such_connection", .text = "no connection with that source port"),
  VALUE(0x78, "invalid_udp_port", .text = "UDP source port not listening"),
  VALUE(0x79, "invalid_tcp_port", .text = "TCP source port not listening"),
  VALUE(0x7A, "invalid_destination", .text = "invalid destination address"),
  VALUE(0x7B, "invalid_protocol", .text = "invalid protocol"),
  VALUE(0x7C, "invalid_relay_interface", .text = "relay interface does not exist"),
  VALUE(0x7D, "relay_not_accepted", .text = "relay interface accepts no frames now"),
  VALUE(0x7E, "modem_update", .text = "modem update in progress"),
  VALUE(0x80, "connection_refused", .text = "connection refused"),
  VALUE(0x81, "connection_lost", .text = "connection lost"),
  VALUE(0x82, "no_server", .text = "no server"),
  VALUE(0x83, "socket_closed", .text = "socket closed"),
  VALUE(0x84, "unknown_server", .text = "unknown server"),
  VALUE(0x85, "unknown_error", .text = "unknown error"),
  VALUE(0x86, "invalid_tls", .text = "invalid TLS configuration"),
  VALUE(0x87, "socket_not_connected", .text = "socket not connected"),
  VALUE(0x88, "socket_not_bound", .text = "socket not bound"),
  VALUE(0x89, "inactivity_timeout", .text = "closed after inactivity"),
  VALUE(0x8A, "pdp_deactivated", .text = "PDP context deactivated"),
  VALUE(0x8B, "tls_authentication_error", .text = "TLS authentication error"),
  VALUE(0xBB, "key_not_authorized", .text = "key not authorized"),
  {0},
};

/* Secure-session events are reported by 0x8A or, with AZ bit 3 set, by 0x98. */
#define SESSION_EVENTS                                                                 \
  VALUE(0x3B, "secure_session_established", .text = "secure session established"),     \
  VALUE(0x3C, "secure_session_ended", .text = "secure session ended"),                 \
  VALUE(0x3D, "secure_session_authentication_failed",                                  \
        .text = "secure session authentication failed")

/* Union of the tables of Modem Status 0x8A in the guides. The 2019 guide of the XBee 3
 * 802.15.4 prints 06 with the text of 02. 80 to FF are stack errors, of which only the
 * numbers of Wi-Fi modules are named. */
const struct wire_name xbee_names_modem_status[] = {
  VALUE(0x00, "hardware_reset", .text = "hardware reset or power-up"),
  VALUE(0x01, "watchdog_reset", .text = "watchdog reset"),
  VALUE(0x02, "joined", .where = XBEE_802154, .text = "end device associated"),
  VALUE(0x02, "joined", .where = ALL_BUT(XBEE_802154 | XBEE_CELLULAR),
        .text = "joined a network"),
  VALUE(0x02, "joined", .where = XBEE_CELLULAR,
        .text = "registered with the cellular network"),
  VALUE(0x03, "disassociated", .where = ALL_BUT(XBEE_CELLULAR),
        .text = "disassociated or left the network"),
  VALUE(0x03, "disassociated", .where = XBEE_CELLULAR,
        .text = "unregistered from the cellular network"),
  VALUE(0x04, "configuration_error", .where = ALL_BUT(XBEE_WIFI),
        .text = "configuration error, synchronisation lost"),
  VALUE(0x04, "configuration_error", .where = XBEE_WIFI,
        .text = "IP configuration error"),
  VALUE(0x05, "coordinator_realignment", .text = "coordinator realignment"),
  VALUE(0x06, "network_formed", .text = "coordinator formed a network"),
  VALUE(0x07, "network_key_updated", .text = "network security key updated"),
  VALUE(0x0B, "network_woke_up", .text = "network woke up"),
  VALUE(0x0C, "network_went_to_sleep", .text = "network went to sleep"),
  VALUE(0x0D, "supply_voltage_too_high", .text = "supply voltage too high"),
  VALUE(0x0E, "remote_manager_connected", .text = "Remote Manager connected"),
  VALUE(0x0F, "remote_manager_disconnected", .text = "Remote Manager disconnected"),
  VALUE(0x10, "key_establishment_complete", .text = "key establishment complete"),
  VALUE(0x11, "configuration_changed_while_joining",
        .text = "configuration changed while joining"),
  VALUE(0x12, "access_fault", .text = "access fault"),
  VALUE(0x13, "fatal_error", .text = "fatal error"),
  VALUE(0x32, "ble_connected", .text = "BLE connected and unlocked"),
  VALUE(0x33, "ble_disconnected", .text = "BLE disconnected"),
  VALUE(0x34, "bandmask_failed", .text = "band mask configuration failed"),
  VALUE(0x35, "cellular_update_started", .text = "cellular component update started"),
  VALUE(0x36, "cellular_update_failed", .text = "cellular component update failed"),
  VALUE(0x37, "cellular_update_completed",
        .text = "cellular component update completed"),
  VALUE(0x38, "firmware_update_started", .text = "XBee firmware update started"),
  VALUE(0x39, "firmware_update_failed", .text = "XBee firmware update failed"),
  VALUE(0x3A, "firmware_update_applying", .text = "XBee firmware update being applied"),
  SESSION_EVENTS,
  VALUE(0x3E, "pan_id_conflict", .text = "PAN id conflict seen, nothing done (CR=0)"),
  VALUE(0x3F, "coordinator_changed_pan_id", .text = "coordinator changed its PAN id"),
  VALUE(0x40, "router_changed_pan_id", .text = "router's PAN id was changed"),
  VALUE(0x42, "network_watchdog_expired", .text = "network watchdog expired"),
  VALUE(0x43, "join_window_opened", .text = "join window opened"),
  VALUE(0x44, "join_window_closed", .text = "join window closed"),
  VALUE(0x45, "network_key_change", .text = "network key change initiated"),
  VALUE(0x82, "wifi_not_connected", .where = XBEE_WIFI, .text = "not connected"),
  VALUE(0x83, "wifi_access_point_not_found", .where = XBEE_WIFI,
        .text = "access point not found"),
  VALUE(0x84, "wifi_psk_not_set", .where = XBEE_WIFI, .text = "PSK not set"),
  VALUE(0x87, "wifi_ssid_not_found", .where = XBEE_WIFI, .text = "SSID not found"),
  VALUE(0x88, "wifi_secure_join_failed", .where = XBEE_WIFI,
        .text = "join failed with security"),
  VALUE(0x8A, "wifi_invalid_channel", .where = XBEE_WIFI, .text = "invalid channel"),
  VALUE(0x8E, "wifi_join_failed", .where = XBEE_WIFI, .text = "join failed"),
  {0},
};

/* XBee 3 Zigbee user guide 90001539, Extended Modem Status 0x98, and its verbose join
 * output (DC bit 4). The small numbers are not those of 0x8A. 00, 01, 15, 17, 1B, 1C
 * and what is above 1F have no known meaning. */
const struct wire_name xbee_names_extended_modem_status[] = {
  SESSION_EVENTS,
  VALUE(0x02, "joining", .where = XBEE_ZIGBEE),
  VALUE(0x03, "joined", .where = XBEE_ZIGBEE),
  VALUE(0x04, "beacon_response", .where = XBEE_ZIGBEE, .text = "beacon response"),
  VALUE(0x05, "reject_zs", .where = XBEE_ZIGBEE, .text = "rejected: ZS"),
  VALUE(0x06, "reject_id", .where = XBEE_ZIGBEE, .text = "rejected: ID"),
  VALUE(0x07, "reject_nj", .where = XBEE_ZIGBEE, .text = "rejected: NJ"),
  VALUE(0x08, "pan_id_match", .where = XBEE_ZIGBEE, .text = "PAN id matches"),
  VALUE(0x09, "reject_lqi_rssi", .where = XBEE_ZIGBEE, .text = "rejected: LQI or RSSI"),
  VALUE(0x0A, "beacon_saved", .where = XBEE_ZIGBEE, .text = "beacon saved"),
  VALUE(0x0B, "association_changed", .where = XBEE_ZIGBEE, .text = "AI changed"),
  VALUE(0x0C, "permit_join", .where = XBEE_ZIGBEE, .text = "permit join"),
  VALUE(0x0D, "scanning", .where = XBEE_ZIGBEE),
  VALUE(0x0E, "scan_error", .where = XBEE_ZIGBEE, .text = "scan error"),
  VALUE(0x0F, "join_request", .where = XBEE_ZIGBEE, .text = "join request"),
  VALUE(0x10, "reject_lqi", .where = XBEE_ZIGBEE, .text = "rejected: LQI"),
  VALUE(0x11, "reject_rssi", .where = XBEE_ZIGBEE, .text = "rejected: RSSI"),
  VALUE(0x12, "reject_12", .where = XBEE_ZIGBEE, .text = "rejected (12)"),
  VALUE(0x13, "reject_13", .where = XBEE_ZIGBEE, .text = "rejected (13)"),
  VALUE(0x14, "reject_14", .where = XBEE_ZIGBEE, .text = "rejected (14)"),
  VALUE(0x16, "reset_for_dc80", .where = XBEE_ZIGBEE, .text = "reset for DC80"),
  VALUE(0x18, "scan_channel", .where = XBEE_ZIGBEE, .text = "scans channel"),
  VALUE(0x19, "scan_mode", .where = XBEE_ZIGBEE, .text = "scan mode"),
  VALUE(0x1A, "scan_init", .where = XBEE_ZIGBEE, .text = "scan initialised"),
  VALUE(0x1D, "energy_scan_mask", .where = XBEE_ZIGBEE, .text = "energy scan mask"),
  VALUE(0x1E, "energies", .where = XBEE_ZIGBEE, .text = "energies found"),
  VALUE(0x1F, "pan_id_scan_channel", .where = XBEE_ZIGBEE,
        .text = "PAN id scan of channel"),
  {0},
};

/* XBee 3 802.15.4 user guide 90002273, Secure Session Response 0xAE. 04 is in the 2019
 * Zigbee guide and in xbee_ansic_library (66603bd) only; later guides dropped it. */
const struct wire_name xbee_names_session_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "invalid_password", .text = "wrong password"),
  VALUE(0x02, "too_many_sessions", .text = "server has too many sessions"),
  VALUE(0x03, "invalid_options_or_timeout", .text = "invalid options or timeout"),
  VALUE(0x04, "no_such_session", .text = "session does not exist"),
  VALUE(0x05, "timeout", .text = "other node stopped answering"),
  VALUE(0x06, "out_of_memory", .text = "out of memory"),
  VALUE(0x07, "termination_in_progress", .text = "session is being ended"),
  VALUE(0x08, "no_password", .text = "server has no password"),
  VALUE(0x09, "no_response", .text = "no first answer from the server"),
  VALUE(0x0A, "invalid_data", .text = "invalid or malformed frame content"),
  VALUE(0x80, "wrong_direction", .text = "client packet at a client, or the reverse"),
  VALUE(0x81, "unexpected_srp_packet", .text = "unexpected SRP packet"),
  VALUE(0x82, "split_value_out_of_order", .text = "split value out of order"),
  VALUE(0x83, "invalid_srp_type", .text = "invalid SRP frame type"),
  VALUE(0x84, "unsupported_version", .text = "protocol version not supported"),
  VALUE(0xFF, "undefined_error", .text = "undefined error"),
  {0},
};

/* Table that Digi's libraries use for every socket response; the guides print one per
 * frame: see messages_sockets.c. */
const struct wire_name xbee_names_socket_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "invalid_parameters", .text = "invalid parameters"),
  VALUE(0x02, "read_failed", .text = "option could not be read"),
  VALUE(0x03, "connect_in_progress", .text = "connect already in progress"),
  VALUE(0x04, "already_connected", .text = "already connected, bound or listening"),
  VALUE(0x05, "unknown", .text = "unknown error"),
  VALUE(0x20, "invalid_socket", .text = "no such socket"),
  VALUE(0x22, "not_registered", .text = "not registered with the network"),
  VALUE(0x31, "internal_error", .text = "internal error"),
  VALUE(0x32, "resource_error", .text = "no free resource"),
  VALUE(0x7B, "invalid_protocol", .text = "invalid protocol"),
  VALUE(0x7E, "modem_update", .text = "modem update in progress"),
  VALUE(0x85, "unknown_error", .text = "unknown error (85)"),
  VALUE(0x86, "invalid_tls", .text = "invalid TLS configuration"),
  {0},
};

/* XBee Wi-SUN user guide, Local File System Response 0xBB. */
const struct wire_name xbee_names_file_status[] = {
  VALUE(0x00, "success"),
  VALUE(0x01, "error"),
  VALUE(0x02, "invalid_command", .text = "invalid command"),
  VALUE(0x03, "invalid_parameter", .text = "invalid parameter"),
  VALUE(0x50, "access_denied", .text = "access denied"),
  VALUE(0x51, "already_exists", .text = "already exists"),
  VALUE(0x52, "not_found", .text = "does not exist"),
  VALUE(0x53, "invalid_name", .text = "invalid name"),
  VALUE(0x54, "is_directory", .text = "is a directory"),
  VALUE(0x55, "directory_not_empty", .text = "directory not empty"),
  VALUE(0x56, "end_of_file", .text = "past the end of the file"),
  VALUE(0x57, "hardware_failure", .text = "hardware failure"),
  VALUE(0x58, "no_volume", .text = "volume offline or not formatted"),
  VALUE(0x59, "volume_full", .text = "volume full"),
  VALUE(0x5A, "timeout", .text = "timed out"),
  VALUE(0x5B, "busy"),
  VALUE(0x5C, "resource_failure", .text = "resource failure"),
  {0},
};

/* ---- everything else ----------------------------------------------------------- */

/* XBee 3 802.15.4 user guide 90002273, BLE Unlock 0x2C and 0xAC. */
const struct wire_name xbee_names_unlock_step[] = {
  VALUE(0x01, "client_a", .text = "client presents A"),
  VALUE(0x02, "server_b", .text = "server presents salt and B"),
  VALUE(0x03, "client_m1", .text = "client presents its proof M1"),
  VALUE(0x04, "server_m2", .text = "server presents its proof M2 and the nonces"),
  VALUE(0x80, "cannot_offer_b", .text = "error: cannot offer B"),
  VALUE(0x81, "invalid_length", .text = "error: wrong payload length"),
  VALUE(0x82, "invalid_proof", .text = "error: wrong proof of key"),
  VALUE(0x83, "resource_error", .text = "error: resource allocation failed"),
  VALUE(0x84, "wrong_step", .text = "error: step out of sequence"),
  {0},
};

/* XBee 3 Zigbee user guide 90001539, User Data Relay Input 0x2D. */
const struct wire_name xbee_names_relay_interface[] = {
  VALUE(0, "serial", .text = "serial port"),
  VALUE(1, "ble", .text = "BLE"),
  VALUE(2, "micropython", .text = "MicroPython"),
  {0},
};

/* XBee 3 Cellular LTE Cat 1 user guide, frame 0x20. */
const struct wire_name xbee_names_protocol[] = {
  VALUE(0, "udp", .text = "UDP"),
  VALUE(1, "tcp", .text = "TCP"),
  VALUE(4, "tls", .text = "TLS over TCP"),
  {0},
};

const struct wire_name xbee_names_protocol_ipv6[] = {
  VALUE(0, "udp", .text = "UDP"),
  VALUE(1, "tcp", .text = "TCP"),
  {0},
};

/* XBee Wi-SUN user guide, Local File System Request 0x3B. */
const struct wire_name xbee_names_file_command[] = {
  VALUE(0x01, "file_open", .text = "open file"),
  VALUE(0x02, "file_close", .text = "close file"),
  VALUE(0x03, "file_read", .text = "read file"),
  VALUE(0x04, "file_write", .text = "write file"),
  VALUE(0x08, "file_hash", .text = "hash file"),
  VALUE(0x10, "directory_create", .text = "create directory"),
  VALUE(0x11, "directory_open", .text = "open directory"),
  VALUE(0x12, "directory_close", .text = "close directory"),
  VALUE(0x13, "directory_read", .text = "read directory"),
  VALUE(0x1C, "get_path_id", .text = "get path id"),
  VALUE(0x21, "rename"),
  VALUE(0x2F, "delete"),
  VALUE(0x40, "volume_info", .text = "volume information"),
  VALUE(0x4F, "volume_format", .text = "format volume"),
  {0},
};

/* XBee SX 868 user guide, frame 0x11; secure sessions: XBee 3 802.15.4 user guide
 * 90002273. DC to EE are reserved by Digi, every other number is free for use. */
const struct wire_name xbee_names_endpoint[] = {
  VALUE(0x00, "zdo", .where = ANY_ZIGBEE, .text = "ZDO"),
  VALUE(0xE3, "srp", .text = "SRP authentication"),
  VALUE(0xE4, "session_client", .text = "secure session client"),
  VALUE(0xE5, "session_server", .text = "secure session server"),
  VALUE(0xE6, "ddo", .text = "Digi device object"),
  VALUE(0xE8, "data", .text = "serial data"),
  {0},
};

const struct wire_name xbee_names_profile[] = {
  VALUE(0x0000, "zdp", .where = ANY_ZIGBEE, .text = "ZDP"),
  VALUE(0xC105, "digi", .text = "Digi"),
  {0},
};

/* xbee_ansic_library (66603bd), GNSS frames. */
const struct wire_name xbee_names_gnss_request[] = {
  VALUE(0, "start_one_shot", .text = "start one-shot"),
  VALUE(4, "stop_one_shot", .text = "stop one-shot"),
  VALUE(5, "start_raw_nmea", .text = "start raw NMEA 0183"),
  VALUE(6, "stop_raw_nmea", .text = "stop raw NMEA 0183"),
  {0},
};

/* clang-format on */
