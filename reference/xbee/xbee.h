/* xbee.h: the XBee family, as protocol.h asks for it. */
#ifndef XBEE_XBEE_H
#define XBEE_XBEE_H

#include "protocol.h"

extern const struct protocol xbee_protocol;

#endif
