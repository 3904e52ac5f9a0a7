/* message.c: a message by its name and fields, or as raw octets. */
#include <string.h>

#include "case/load.h"

static const struct wire_type *find_type(struct loader *loader,
                                         const struct node *entry) {
  const struct wire_type *type = protocol_type(loader->family, entry->key->text);
  if (type != NULL) return type;
  struct words words = {.arena = loader->scratch};
  for (size_t i = 0; i < loader->family->type_count; i++)
    words_add(&words, loader->family->types[i].name);
  complain_unknown(loader->complaints, &entry->key->place, "message", entry->key->text,
                   &words);
  return NULL;
}

static bool read_named(struct scope *scope, const struct node *entry,
                       enum pattern_use use, struct message_pattern *message) {
  struct loader *loader = scope->loader;
  const struct wire_type *type = find_type(loader, entry);
  if (type == NULL) return false;
  if (use == USE_EXPECT && type->direction == WIRE_OUT) {
    complain(loader->complaints, &entry->key->place,
             "%s goes to the device and cannot be expected from it", type->name);
    return false;
  }
  message->type = type;
  if (entry->kind == NODE_NULL) return true;
  if (entry->kind != NODE_MAP) {
    complain_kind(loader, entry, "a mapping of fields", type->name);
    return false;
  }
  struct layout layout = {
      .scope = scope,
      .use = use,
      .table = type->fields,
      .entries = entry,
      .name = type->name,
  };
  return read_fields(&layout, &message->fields, &message->field_count);
}

bool read_message(struct scope *scope, const struct node *node, enum pattern_use use,
                  struct message_pattern *message) {
  struct loader *loader = scope->loader;
  *message = (struct message_pattern){.place = node->place};
  if (loader->family == NULL) return false; /* complained of at the top of the file */
  if (node->kind != NODE_MAP) {
    complain_kind(loader, node, "{name: {field: value}}", "a message");
    return false;
  }
  if (node->count != 1) {
    complain(loader->complaints, &node->place,
             "expected one message, {name: {field: value}}, found %zu keys",
             node->count);
    return false;
  }
  if (is_raw(node)) {
    struct octets octets;
    if (use != USE_SEND) {
      complain(loader->complaints, &node->place,
               "raw octets can only be sent: name the message that is meant");
      return false;
    }
    if (!read_raw(loader, node, "raw octets", &octets)) return false;
    message->bytes = octets.bytes;
    message->length = octets.length;
    if (octets.length > 0) return true;
    complain(loader->complaints, &node->place, "raw octets are empty");
    return false;
  }
  if (!read_named(scope, node->first, use, message)) return false;
  if (use == USE_SEND) try_message(scope, message);
  return true;
}
