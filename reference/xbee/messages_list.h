/* messages_list.h: every frame type, one row each, in the order of the codes.
 *
 * Included wherever something is wanted for each type. The includer defines
 *   OUT(code, type, title, least, most, where, source)   host to module
 *   IN(the same)                                         module to host
 * `least` and `most` count the bytes behind the frame type. OPEN stands for a length
 * that only the length field (and the product's payload limit) bounds. ALL is every
 * product. Layouts that come from Digi's libraries alone name those as their source.
 */

/* clang-format off */

#ifndef XBEE_MESSAGES_SOURCES
#define XBEE_MESSAGES_SOURCES
#define OPEN  (0xFFFF - 1)
#define ALL   0
#define X3D   "XBee 3 802.15.4 user guide 90002273, "
#define X3Z   "XBee 3 Zigbee user guide 90001539, "
#define S2C   "XBee S2C 802.15.4 user guide 90001500, "
#define SX    "XBee SX 868 user guide, "
#define ZB    "XBee ZB manual 90000976, "
#define SE    "XBee Smart Energy manual (2012), "
#define WF    "XBee Wi-Fi S6B manual 90002180, "
#define CAT1  "XBee 3 Cellular LTE Cat 1 user guide 90002253, "
#define LTEM  "XBee 3 Cellular LTE-M/NB-IoT user guide 90002258, "
#define BLU   "XBee 3 BLU user guide, "
#define WISUN "XBee Wi-SUN user guide, "
#define PY    "xbee-python (cb577cf), "
#define JAVA  "xbee-java (eff87c8), "
#define ANSIC "xbee_ansic_library (66603bd), "
#endif

/* ---- host to module ------------------------------------------------------------ */

OUT(0x00, tx_request_64, "64-bit Transmit Request", 10, OPEN,
    XBEE_802154 | XBEE_DIGIMESH | XBEE_WIFI, S2C "64-bit Transmit Request 0x00")
OUT(0x01, tx_request_16, "16-bit Transmit Request", 4, OPEN,
    XBEE_802154, S2C "16-bit Transmit Request 0x01")
OUT(0x07, remote_at_command_wifi, "Remote AT Command Request (Wi-Fi)", 12, OPEN,
    XBEE_WIFI, WF "Remote AT Command Request 0x07")
OUT(0x08, at_command, "Local AT Command Request", 3, OPEN,
    ALL, S2C "Local AT Command Request 0x08")
OUT(0x09, at_command_queue, "Queue Local AT Command Request", 3, OPEN,
    ALL, S2C "Queue Local AT Command Request 0x09")
OUT(0x10, transmit_request, "Transmit Request", 13, OPEN,
    RF_PRODUCTS | XBEE_WIFI, X3D "Transmit Request 0x10")
OUT(0x11, explicit_transmit_request, "Explicit Addressing Command Request", 19, OPEN,
    RF_PRODUCTS | XBEE_WIFI, X3D "Explicit Addressing Command Request 0x11")
OUT(0x17, remote_at_command, "Remote AT Command Request", 14, OPEN,
    RF_PRODUCTS | XBEE_WIFI, SX "Remote AT Command Request 0x17")
OUT(0x18, secured_remote_at_command, "Secured Remote AT Command (layout not published)",
    0, OPEN, ALL, ANSIC "list of frame types: name only, no layout known")
OUT(0x1A, transmit_request_ipv6, "TX Request: IPv6", 23, OPEN,
    XBEE_THREAD | XBEE_WISUN, WISUN "TX Request: IPv6 0x1A")
OUT(0x1B, remote_at_command_ipv6, "Remote AT Command Request: IPv6", 20, OPEN,
    XBEE_THREAD | XBEE_WISUN, JAVA "IPv6 Remote AT Command Request 0x1B")
OUT(0x1C, coap_transmit_request, "CoAP TX Request", 20, OPEN,
    XBEE_THREAD, JAVA "CoAP TX Request 0x1C")
OUT(0x1F, transmit_sms, "Transmit (TX) SMS", 22, 182,
    XBEE_CELLULAR, CAT1 "Transmit (TX) SMS 0x1F")
OUT(0x20, transmit_request_ipv4, "Transmit (TX) Request: IPv4", 11, OPEN,
    XBEE_CELLULAR | XBEE_WIFI, CAT1 "Transmit (TX) Request: IPv4 0x20")
OUT(0x21, create_source_route, "Create Source Route", 13, 13 + 2 * 255,
    ANY_ZIGBEE, ZB "Create Source Route 0x21")
OUT(0x23, transmit_request_tls, "TX Request with TLS Profile", 11, OPEN,
    XBEE_CELLULAR, CAT1 "TX Request with TLS Profile 0x23")
OUT(0x24, register_joining_device, "Register Joining Device", 12, 30,
    ANY_ZIGBEE, X3Z "Register Joining Device 0x24")
OUT(0x28, send_data_request, "Send Data Request (Put Request)", 5, OPEN,
    XBEE_WIFI, WF "Put Request 0x28")
OUT(0x2A, device_response, "Device Response", 2, OPEN,
    XBEE_WIFI, WF "Device Response 0x2A")
OUT(0x2B, firmware_update, "Firmware Update", 3, OPEN,
    XBEE_CELLULAR, LTEM "Firmware Update 0x2B")
OUT(0x2C, ble_unlock_request, "BLE Unlock Request", 1, OPEN,
    XBEE3_RF | XBEE_CELLULAR | XBEE_BLU, X3D "BLE Unlock Request 0x2C")
OUT(0x2D, user_data_relay_input, "User Data Relay Input", 2, OPEN,
    XBEE3_RF | XBEE_CELLULAR | XBEE_BLU, X3Z "User Data Relay Input 0x2D")
OUT(0x2E, secure_session_control, "Secure Session Control", 11, 75,
    XBEE3_RF, X3D "Secure Session Control 0x2E")
OUT(0x34, bluetooth_gap_scan_request, "Bluetooth GAP Scan Request", 12, 34,
    XBEE_BLU, BLU "Bluetooth GAP Scan Request 0x34")
OUT(0x3B, local_file_system_request, "Local File System Request", 2, OPEN,
    XBEE3_RF | XBEE_CELLULAR | XBEE_WISUN, WISUN "Local File System Request 0x3B")
OUT(0x3C, remote_file_system_request, "Remote File System Request", 11, OPEN,
    XBEE3_RF, PY "Remote File System Request 0x3C")
OUT(0x3D, gnss_start_stop, "GNSS Start/Stop", 4, 4,
    XBEE_CELLULAR, ANSIC "GNSS Start/Stop 0x3D")
OUT(0x40, socket_create, "Socket Create", 2, 2,
    XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Create 0x40")
OUT(0x41, socket_option_request, "Socket Option Request", 3, OPEN,
    XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Option Request 0x41")
OUT(0x42, socket_connect, "Socket Connect", 6, OPEN,
    XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Connect 0x42")
OUT(0x43, socket_close, "Socket Close", 2, 2,
    XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Close 0x43")
OUT(0x44, socket_send, "Socket Send (Transmit)", 3, OPEN,
    XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Send 0x44")
OUT(0x45, socket_send_to_ipv4, "Socket SendTo (Transmit Explicit Data): IPv4", 9, OPEN,
    XBEE_CELLULAR, CAT1 "Socket SendTo 0x45")
OUT(0x46, socket_bind_listen, "Socket Bind/Listen", 4, 4,
    XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Bind/Listen 0x46")
OUT(0x47, socket_send_to_ipv6, "Socket SendTo: IPv6", 21, OPEN,
    XBEE_WISUN, PY "Socket SendTo: IPv6 0x47")
OUT(0x53, remote_file_system_request_ipv6, "Remote File System IPv6 Request", 19, OPEN,
    XBEE_WISUN, WISUN "Remote File System IPv6 Request 0x53")

/* ---- module to host ------------------------------------------------------------ */

IN(0x80, receive_packet_64, "64-bit Receive Packet", 10, OPEN,
   XBEE_802154 | XBEE_WIFI, S2C "64-bit Receive Packet 0x80")
IN(0x81, receive_packet_16, "16-bit Receive Packet", 4, OPEN,
   XBEE_802154, S2C "16-bit Receive Packet 0x81")
IN(0x82, io_sample_64, "64-bit I/O Sample Indicator", 13, 13 + 14 * 255,
   XBEE_802154, S2C "64-bit I/O Sample Indicator 0x82")
IN(0x83, io_sample_16, "16-bit I/O Sample Indicator", 7, 7 + 14 * 255,
   XBEE_802154, S2C "16-bit I/O Sample Indicator 0x83")
IN(0x87, remote_at_command_response_wifi, "Remote AT Command Response (Wi-Fi)",
   12, OPEN, XBEE_WIFI, WF "Remote Command Response 0x87")
IN(0x88, at_command_response, "Local AT Command Response", 4, OPEN,
   ALL, S2C "Local AT Command Response 0x88")
IN(0x89, transmit_status, "Transmit Status", 2, 2,
   XBEE3_RF | XBEE_CELLULAR | XBEE_WIFI | XBEE_BLU | XBEE_WISUN | XBEE_THREAD,
   S2C "Transmit Status 0x89")
IN(0x8A, modem_status, "Modem Status", 1, 1,
   ALL, S2C "Modem Status 0x8A")
IN(0x8B, extended_transmit_status, "Extended Transmit Status", 6, 6,
   RF_PRODUCTS | XBEE_WIFI | XBEE_BLU, SX "Extended Transmit Status 0x8B")
IN(0x8D, route_information, "Route Information", 41, 2 + 255,
   XBEE_DIGIMESH, SX "Route Information 0x8D")
IN(0x8E, aggregate_addressing_update, "Aggregate Addressing Update", 17, 17,
   XBEE_DIGIMESH, SX "Aggregate Addressing Update 0x8E")
IN(0x8F, io_sample_indicator_wifi, "I/O Data Sample RX Indicator (Wi-Fi)", 14, 26,
   XBEE_WIFI, WF "IO Data Sample RX Indicator 0x8F")
IN(0x90, receive_packet, "Receive Packet", 11, OPEN,
   RF_PRODUCTS | XBEE_WIFI, SX "Receive Packet 0x90")
IN(0x91, explicit_receive_indicator, "Explicit Receive Indicator", 17, OPEN,
   RF_PRODUCTS | XBEE_WIFI, SX "Explicit Receive Indicator 0x91")
IN(0x92, io_sample_indicator, "I/O Sample Indicator", 15, 27,
   RF_PRODUCTS, X3D "I/O Sample Indicator 0x92")
IN(0x94, sensor_read_indicator, "XBee Sensor Read Indicator", 22, 22,
   XBEE_ZIGBEE, ZB "XBee Sensor Read Indicator 0x94")
IN(0x95, node_identification_indicator, "Node Identification Indicator", 31, OPEN,
   RF_PRODUCTS, SX "Node Identification Indicator 0x95")
IN(0x97, remote_at_command_response, "Remote AT Command Response", 14, OPEN,
   RF_PRODUCTS | XBEE_WIFI, SX "Remote AT Command Response 0x97")
IN(0x98, extended_modem_status, "Extended Modem Status", 1, OPEN,
   XBEE3_RF, X3Z "Extended Modem Status 0x98")
IN(0x9A, receive_packet_ipv6, "RX IPv6", 38, OPEN,
   XBEE_THREAD | XBEE_WISUN, JAVA "RX IPv6 0x9A")
IN(0x9B, remote_at_command_response_ipv6, "Remote AT Command Response: IPv6", 20, OPEN,
   XBEE_THREAD | XBEE_WISUN, WISUN "Remote AT Command Response: IPv6 0x9B")
IN(0x9C, coap_receive_response, "CoAP RX Response", 40, OPEN,
   XBEE_THREAD, JAVA "CoAP RX Response 0x9C")
IN(0x9F, receive_sms, "Receive (RX) Packet: SMS", 20, OPEN,
   XBEE_CELLULAR, CAT1 "Receive (RX) Packet: SMS 0x9F")
IN(0xA0, ota_firmware_update_status, "Over-the-Air Firmware Update Status", 21, 21,
   XBEE_ZIGBEE, ZB "Over-the-Air Firmware Update Status 0xA0")
IN(0xA1, route_record_indicator, "Route Record Indicator", 12, 12 + 2 * 255,
   ANY_ZIGBEE, ZB "Route Record Indicator 0xA1")
IN(0xA2, device_authenticated_indicator, "Device Authenticated Indicator", 11, 11,
   ANY_ZIGBEE, SE "Device Authenticated Indicator 0xA2")
IN(0xA3, many_to_one_route_request_indicator, "Many-to-One Route Request Indicator",
   11, 11, ANY_ZIGBEE, ZB "Many-to-One Route Request Indicator 0xA3")
IN(0xA4, registration_status, "Registration Status", 2, 2,
   ANY_ZIGBEE, X3Z "Registration Status 0xA4")
IN(0xA5, join_notification_status, "Join Notification Status", 13, 13,
   ANY_ZIGBEE, SE "Join Notification Status 0xA5")
IN(0xA7, io_sample_indicator_ipv6, "I/O Data Sample RX Indicator: IPv6", 20, 32,
   XBEE_THREAD | XBEE_WISUN, WISUN "I/O Data Sample RX Indicator: IPv6 0xA7")
IN(0xAB, firmware_update_response, "Firmware Update Response", 2, OPEN,
   XBEE_CELLULAR, LTEM "Firmware Update Response 0xAB")
IN(0xAC, ble_unlock_response, "BLE Unlock Response", 1, OPEN,
   XBEE3_RF | XBEE_CELLULAR | XBEE_BLU, X3D "BLE Unlock Response 0xAC")
IN(0xAD, user_data_relay_output, "User Data Relay Output", 1, OPEN,
   XBEE3_RF | XBEE_CELLULAR | XBEE_BLU, X3Z "User Data Relay Output 0xAD")
IN(0xAE, secure_session_response, "Secure Session Response", 10, 10,
   XBEE3_RF, X3D "Secure Session Response 0xAE")
IN(0xB0, receive_packet_ipv4, "Receive (RX) Packet: IPv4", 10, OPEN,
   XBEE_CELLULAR | XBEE_WIFI, CAT1 "Receive (RX) Packet: IPv4 0xB0")
IN(0xB4, bluetooth_gap_scan_legacy_advertisement_response,
   "Bluetooth GAP Scan Legacy Advertisement Response", 11, 11 + 255,
   XBEE_BLU, BLU "Bluetooth GAP Scan Legacy Advertisement Response 0xB4")
IN(0xB5, bluetooth_gap_scan_status, "Bluetooth GAP Scan Status", 1, 2,
   XBEE_BLU, BLU "Bluetooth GAP Scan Status 0xB5")
IN(0xB7, bluetooth_gap_scan_extended_advertisement_response,
   "Bluetooth GAP Scan Extended Advertisement Response", 18, 18 + 255,
   XBEE_BLU, BLU "Bluetooth GAP Scan Extended Advertisement Response 0xB7")
IN(0xB8, send_data_response, "Send Data Response (Put Response)", 4, OPEN,
   XBEE_WIFI, WF "Put Response 0xB8")
IN(0xB9, device_request, "Device Request", 4, OPEN,
   XBEE_WIFI, WF "Device Request 0xB9")
IN(0xBA, device_response_status, "Device Response Status", 2, 2,
   XBEE_WIFI, WF "Device Response Status 0xBA")
IN(0xBB, local_file_system_response, "Local File System Response", 3, OPEN,
   XBEE3_RF | XBEE_CELLULAR | XBEE_WISUN, WISUN "Local File System Response 0xBB")
IN(0xBC, remote_file_system_response, "Remote File System Response", 12, OPEN,
   XBEE3_RF, ANSIC "Remote File System Response 0xBC")
IN(0xBD, gnss_start_stop_response, "GNSS Start/Stop Response", 3, 3,
   XBEE_CELLULAR, ANSIC "GNSS Start/Stop Response 0xBD")
IN(0xBE, gnss_raw_nmea, "GNSS Raw NMEA 0183", 1, OPEN,
   XBEE_CELLULAR, ANSIC "GNSS Raw NMEA 0183 0xBE")
IN(0xBF, gnss_one_shot, "GNSS One Shot", 18, 18,
   XBEE_CELLULAR, ANSIC "GNSS One Shot 0xBF")
IN(0xC0, socket_create_response, "Socket Create Response", 3, 3,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Create Response 0xC0")
IN(0xC1, socket_option_response, "Socket Option Response", 4, OPEN,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Option Response 0xC1")
IN(0xC2, socket_connect_response, "Socket Connect Response", 3, 3,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Connect Response 0xC2")
IN(0xC3, socket_close_response, "Socket Close Response", 3, 3,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Close Response 0xC3")
IN(0xC6, socket_listen_response, "Socket Listen Response", 3, 3,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Listen Response 0xC6")
IN(0xCA, socket_new_ipv6_client, "Socket New IPv6 Client", 20, 20,
   XBEE_WISUN, PY "Socket New IPv6 Client 0xCA")
IN(0xCB, socket_receive_from_ipv6, "Socket Receive From: IPv6", 21, OPEN,
   XBEE_WISUN, WISUN "Socket Receive From: IPv6 0xCB")
IN(0xCC, socket_new_ipv4_client, "Socket New IPv4 Client", 8, 8,
   XBEE_CELLULAR, CAT1 "Socket New IPv4 Client 0xCC")
IN(0xCD, socket_receive, "Socket Receive", 3, OPEN,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Receive 0xCD")
IN(0xCE, socket_receive_from_ipv4, "Socket Receive From: IPv4", 9, OPEN,
   XBEE_CELLULAR, CAT1 "Socket Receive From: IPv4 0xCE")
IN(0xCF, socket_status, "Socket Status", 2, 2,
   XBEE_CELLULAR | XBEE_WISUN, CAT1 "Socket Status 0xCF")
IN(0xD3, remote_file_system_response_ipv6,
   "Remote File System IPv6 Response (layout not published)", 0, OPEN,
   XBEE_WISUN, WISUN "list of frame types: name only, no layout known")
IN(0xFE, frame_error, "Frame Error", 1, 1,
   XBEE_WIFI, WF "Frame Error 0xFE")

/* clang-format on */
