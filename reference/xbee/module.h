/* module.h: the reference XBee 3 802.15.4 module.
 *
 * A model of a module on its serial port ("serial", the only port) and in the air, as
 * protocol.h wants a device: pure, deterministic, without allocation. It answers the
 * API frames 0x00, 0x01, 0x08, 0x09, 0x10, 0x11 and 0x2D, and reports what it hears
 * with 0x80 to 0x83, 0x90 to 0x92 and 0x95. Any other frame is dropped without an
 * answer: for RF modules no document says what an unknown, misdirected or malformed
 * frame does.
 *
 * Settings: NAME=VALUE gives the register NAME (at.h) its value at power-up, read-only
 * ones included: AP=1, MY=0x1234, NP=95, NI=tester. LIMIT=BYTES is the longest frame
 * data the serial port takes (default 65535). Without SL=, the module's position in its
 * world is added to the first serial number. With AP=0 (the factory value) the serial
 * port is transparent: this model has no transparent mode, it drops bytes in both
 * directions.
 *
 * Times are this model's choice, as no document gives any: an answer is on the wire
 * XBEE_MODULE_LATENCY after its cause, a reset takes XBEE_MODULE_RESET, during which
 * the module is deaf, an acknowledgement is awaited for XBEE_MODULE_ACK_WAIT.
 *
 * ---- the air ----
 *
 * Modules exchange packets of their own kind; what Digi sends over the air is not what
 * is certified here. A packet has the fields of xbee_packet_type (module_packet.c), in
 * this order: mark 5842, kind, sequence, flags (bit 0: to be acknowledged), PAN,
 * channel, source 64, source 16, destination 64, destination 16 (counts if the former
 * is all ones), then by kind data      endpoints, cluster, profile, payload sample
 * digital mask, digital lines, analog mask, four analog values identity  node
 * identifier ack       nothing; sequence is that of the packet acknowledged
 *
 * A unicast is acknowledged at once by the module it addresses and otherwise sent again
 * up to RR times; a receiver delivers one sequence of one sender once. Transmissions
 * wait in line for each other, XBEE_MODULE_PENDING at most.
 */
#ifndef XBEE_MODULE_H
#define XBEE_MODULE_H

#include "protocol.h"

#define XBEE_MODULE_LATENCY  2000  /* microseconds */
#define XBEE_MODULE_RESET    50000 /* microseconds */
#define XBEE_MODULE_ACK_WAIT 5000  /* microseconds */
#define XBEE_MODULE_RSSI     0x28  /* every packet is received with -40 dBm */
#define XBEE_MODULE_PENDING  8     /* transmissions */
#define XBEE_MODULE_OUTPUT   32768 /* bytes that wait for the host */
#define XBEE_MODULE_ANSWERS  256   /* frames that wait for their time */
#define XBEE_MODULE_RELAY    1024  /* bytes of user data that are relayed */

extern const struct protocol_device xbee_module_device; /* "xbee3-802154" */

#endif
