/* at_list.h: every AT command that the module model knows, one row each.
 *
 * Included wherever something is wanted for each command. The includer defines
 *   AT(id, command, access, value, source, about)
 * and, if it looks at `value`:
 *   NUMBER(bytes, least, most, initial)
 *   GAPPED(bytes, least, most, gap_least, gap_most, initial)   the gap is refused
 *   COUNTER(bytes, most)                                       counts by itself, from 0
 *   TEXT(least, most, initial)                                 lengths in bytes
 *   RESULT                                                     octets, made when asked
 *   NOTHING
 * Where the XBee 3 guide was not at hand, range and initial value are those of the same
 * command of the XBee S2C 802.15.4, and the row names that guide. "model" marks what no
 * document at hand settles: there the row is this model's choice.
 */

/* clang-format off */

#ifndef XBEE_AT_SOURCES
#define XBEE_AT_SOURCES
#define AT_X3    "XBee 3 802.15.4 user guide 90002273, "
#define AT_S2C   "XBee S2C 802.15.4 user guide 90001500, "
#define AT_MODEL "model: "
#endif

/* ---- API ----------------------------------------------------------------------- */

AT(AP, "AP", SETTING, NUMBER(1, 0, 2, 0), AT_S2C "AP",
   "API enable: 0 transparent, 1 API, 2 API with escapes")
AT(AO, "AO", SETTING, NUMBER(1, 0, 2, 2), AT_X3 "AO",
   "API output: 0 frames 0x90, 1 explicit 0x91, 2 legacy 0x80 to 0x83")
/* Only bit 3 (0x98 for secure sessions) is documented; range and 0 are the model's. */
AT(AZ, "AZ", SETTING, NUMBER(1, 0, 0xFF, 0), AT_X3 "AZ",
   "Extended API options: bit 3 reports secure sessions with 0x98")

/* ---- network and addresses ----------------------------------------------------- */

AT(ID, "ID", SETTING, NUMBER(2, 0, 0xFFFF, 0x3332), AT_S2C "ID", "PAN id")
AT(CH, "CH", SETTING, NUMBER(1, 0x0B, 0x1A, 0x0C), AT_S2C "CH", "Channel")
AT(C8, "C8", SETTING, NUMBER(1, 0, 3, 0), AT_S2C "C8",
   "802.15.4 compatibility: bit 0 limits payloads to 95 bytes")
AT(MY, "MY", SETTING, NUMBER(2, 0, 0xFFFF, 0xFFFF), AT_S2C "MY",
   "16-bit address; FFFE, FFFF: none, the 64-bit address is used")
AT(DH, "DH", SETTING, NUMBER(4, 0, 0xFFFFFFFF, 0), AT_S2C "DH",
   "Destination, high half")
AT(DL, "DL", SETTING, NUMBER(4, 0, 0xFFFFFFFF, 0), AT_X3 "DL",
   "Destination, low half")
/* The initial SL is that of a world's first module: see xbee_module_device. */
AT(SH, "SH", READING, NUMBER(4, 0, 0xFFFFFFFF, 0x0013A200), AT_S2C "SH",
   "Serial number, high half")
AT(SL, "SL", READING, NUMBER(4, 0, 0xFFFFFFFF, 0x41000001), AT_S2C "SL",
   "Serial number, low half")
AT(RR, "RR", SETTING, NUMBER(1, 0, 6, 0), AT_X3 "RR", "Retries of a unicast")
AT(TO, "TO", SETTING, NUMBER(1, 0, 5, 0), AT_X3 "TO",
   "Transmit options where the request names none: 1 no acknowledgement, 4 all PANs")
AT(NI, "NI", SETTING, TEXT(1, 20, " "), AT_S2C "NI",
   "Node identifier: printable ASCII, does not begin with a space")
/* 116 bytes are the best case that the guide names. */
AT(NP, "NP", READING, NUMBER(2, 1, 116, 116), AT_S2C "NP", "Most bytes of a payload")

/* ---- what the module is -------------------------------------------------------- */

/* 200D is a release that XBee 3 documents name; for HV any number would do. */
AT(VR, "VR", READING, NUMBER(2, 0, 0xFFFF, 0x200D), AT_S2C "VR", "Firmware version")
AT(HV, "HV", READING, NUMBER(2, 0, 0xFFFF, 0x4241), AT_S2C "HV", "Hardware version")

/* ---- serial port --------------------------------------------------------------- */

/* The page gives 12C to EC400 for rates as such, its prose 4B0 to 3D090. A register and
 * no more: a virtual port has no speed. */
AT(BD, "BD", SETTING, GAPPED(4, 0, 0xEC400, 0x0B, 0x12B, 3), AT_X3 "BD",
   "Baud rate: 0 to A standard, else the rate")

/* ---- I/O ----------------------------------------------------------------------- */

/* 1: a function of the module, 2: analog input (D0 to D3), 3: digital input, 4, 5:
 * digital output low, high. D6, D8 and P0 to P2 are narrower on the S2C; that the
 * XBee 3 samples P0 to P2 is documented, the ranges here are the model's choice. */
AT(D0, "D0", SETTING, NUMBER(1, 0, 5, 0), AT_S2C "D0", "DIO0, AD0, button")
AT(D1, "D1", SETTING, NUMBER(1, 0, 5, 0), AT_S2C "D1", "DIO1, AD1")
AT(D2, "D2", SETTING, NUMBER(1, 0, 5, 0), AT_S2C "D2", "DIO2, AD2")
AT(D3, "D3", SETTING, NUMBER(1, 0, 5, 0), AT_S2C "D3", "DIO3, AD3")
AT(D4, "D4", SETTING, GAPPED(1, 0, 5, 2, 2, 0), AT_S2C "D4", "DIO4")
AT(D5, "D5", SETTING, GAPPED(1, 0, 5, 2, 2, 1), AT_S2C "D5", "DIO5, association")
AT(D6, "D6", SETTING, GAPPED(1, 0, 5, 2, 2, 0), AT_S2C "D6", "DIO6, RTS")
AT(D7, "D7", SETTING, GAPPED(1, 0, 5, 2, 2, 1), AT_S2C "D7", "DIO7, CTS")
AT(D8, "D8", SETTING, GAPPED(1, 0, 5, 2, 2, 0), AT_S2C "D8", "DIO8, sleep request")
AT(P0, "P0", SETTING, NUMBER(1, 0, 5, 1), AT_S2C "P0", "DIO10, RSSI, PWM0")
AT(P1, "P1", SETTING, GAPPED(1, 0, 5, 1, 1, 0), AT_S2C "P1", "DIO11, PWM1")
AT(P2, "P2", SETTING, GAPPED(1, 0, 5, 2, 2, 0), AT_S2C "P2", "DIO12, SPI_MISO")
/* Registers and no more: nothing that a frame carries depends on them. */
AT(M0, "M0", SETTING, NUMBER(2, 0, 0x3FF, 0), AT_S2C "M0", "PWM0 duty cycle")
AT(M1, "M1", SETTING, NUMBER(2, 0, 0x3FF, 0), AT_S2C "M1", "PWM1 duty cycle")
AT(IR, "IR", SETTING, NUMBER(2, 0, 0xFFFF, 0), AT_X3 "IR",
   "Sample period in ms, 0: none")
AT(IC, "IC", SETTING, NUMBER(2, 0, 0xFFFF, 0), AT_X3 "IC",
   "Lines whose change sends a sample")
/* No document at hand says what the address does to API frames: a register only. */
AT(IA, "IA", SETTING, NUMBER(8, 0, UINT64_MAX, UINT64_MAX), AT_X3 "IA",
   "I/O input address")
AT(IS, "IS", COMMAND, RESULT, AT_X3 "IS", "Sample all lines now")

/* ---- diagnostics --------------------------------------------------------------- */

AT(DB, "DB", READING, COUNTER(1, 0xFF), AT_S2C "DB", "RSSI of the last packet, in -dBm")
AT(EA, "EA", SETTING, COUNTER(2, 0xFFFF), AT_S2C "EA",
   "Transmissions without acknowledgement")
AT(EC, "EC", SETTING, COUNTER(2, 0xFFFF), AT_S2C "EC",
   "Transmissions without clear channel")

/* ---- execution ----------------------------------------------------------------- */

AT(AC, "AC", COMMAND, NOTHING, AT_S2C "AC", "Apply queued values")
AT(WR, "WR", COMMAND, NOTHING, AT_S2C "WR", "Write the settings to non-volatile memory")
AT(RE, "RE", COMMAND, NOTHING, AT_S2C "RE", "Restore the factory defaults")
AT(FR, "FR", COMMAND, NOTHING, AT_S2C "FR", "Reset")
/* No range is documented; one press is what a node identification needs. */
AT(CB, "CB", ACTION, NUMBER(1, 1, 1, 1), AT_MODEL "one press of the button",
   "Commissioning button: 1 broadcasts a node identification")

/* clang-format on */
