/* protocol.c: look-ups in what families offer. */
#include "protocol.h"

#include <string.h>

const struct protocol *protocol_find(const char *family) {
  for (const struct protocol *const *p = protocol_families; *p != NULL; p++) {
    if (strcmp((*p)->name, family) == 0) return *p;
  }
  return NULL;
}

const struct wire_type *protocol_type(const struct protocol *protocol,
                                      const char *name) {
  for (size_t i = 0; i < protocol->type_count; i++) {
    if (strcmp(protocol->types[i].name, name) == 0) return &protocol->types[i];
  }
  return NULL;
}

const struct wire_type *protocol_type_by_code(const struct protocol *protocol,
                                              uint32_t code,
                                              enum wire_direction direction) {
  for (size_t i = 0; i < protocol->type_count; i++) {
    const struct wire_type *type = &protocol->types[i];
    bool way = direction == WIRE_ANY_WAY || type->direction == WIRE_ANY_WAY ||
               type->direction == direction;
    if (type->code == code && way) return type;
  }
  return NULL;
}

const struct protocol_device *protocol_device_find(const char *name,
                                                   const struct protocol **protocol) {
  for (const struct protocol *const *p = protocol_families; *p != NULL; p++) {
    for (const struct protocol_device *const *d = (*p)->devices; *d != NULL; d++) {
      if (strcmp((*d)->name, name) != 0) continue;
      if (protocol != NULL) *protocol = *p;
      return *d;
    }
  }
  return NULL;
}

const char *protocol_setting_of(const struct protocol_setting *settings, size_t count,
                                const char *name) {
  for (size_t i = count; i-- > 0;) {
    if (strcmp(settings[i].name, name) == 0) return settings[i].value;
  }
  return NULL;
}
