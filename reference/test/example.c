/* The library in ten lines: bytes of a frame to the names and values of its fields. */
#include <stdio.h>
#include <xbee/frame.h>
#include <xbee/messages.h>

int main(void) {
  static const uint8_t bytes[] = {0x7E, 0x00, 0x02, 0x8A, 0x00, 0x75};
  struct xbee_span span;
  struct wire_message message;
  struct wire_error error = {0};
  char text[80];
  if (xbee_scan(bytes, sizeof bytes, 1, 256, NULL, &span) != XBEE_COMPLETE ||
      !wire_decode(xbee_type(span.data[0]), span.data + 1, span.length - 1, &message,
                   &error))
    return 1;
  wire_print_value(&message, &message.values[0], text, sizeof text);
  return printf("%s: %s\n", message.type->name, text) < 0;
}
