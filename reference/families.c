/* families.c: the one list of families. */
#include "protocol.h"
#include "xbee/xbee.h"

const struct protocol *const protocol_families[] = {
    &xbee_protocol,
    NULL,
};
