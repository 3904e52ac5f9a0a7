/* ports.c: `wirecert ports`, the serial ports of this machine. */
#include <dirent.h>
#include <getopt.h>
#include <jansson.h>
#include <libserialport.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define BY_ID "/dev/serial/by-id"

static const char usage_text[] =
    "Usage: wirecert ports [--json]\n\n"
    "Lists the serial ports of this machine: device, USB vendor:product, serial\n"
    "number, description, and the stable name to use in benches. That there is none\n"
    "is said on standard error.\n\n"
    "  --json   one JSON array of objects; what is unknown is null\n"
    "  --help   this text\n\n"
    "Exit status: 0 also if there is none; 2 usage; 4 they cannot be listed.\n";

enum { PORT, USB, SERIAL, DESCRIPTION, STABLE, COLUMNS };
static const char *const titles[COLUMNS] = {"PORT", "USB", "SERIAL", "DESCRIPTION",
                                            "STABLE NAME"};

/* One port as text; an empty cell is unknown. What a device says of itself is printed
 * with everything but plain characters escaped: it is not to be trusted. */
struct row {
  char cell[COLUMNS][512];
};

static void put_text(char *cell, const char *text) {
  cell[0] = '\0';
  if (text != NULL)
    wire_print_text((const uint8_t *)text, strlen(text), cell,
                    sizeof((struct row){0}).cell[0]);
}

/* The name in /dev/serial/by-id that leads to a port: it stays the same when the port's
 * number does not. Empty if there is none. */
static void find_stable_name(const char *port, char *name, size_t size) {
  char path[PATH_MAX], target[PATH_MAX];
  name[0] = '\0';
  DIR *links = opendir(BY_ID);
  if (links == NULL) return;
  for (struct dirent *entry; name[0] == '\0' && (entry = readdir(links)) != NULL;) {
    int length = snprintf(path, sizeof path, BY_ID "/%s", entry->d_name);
    if (realpath(path, target) != NULL && strcmp(target, port) == 0 &&
        (size_t)length < size)
      memcpy(name, path, (size_t)length + 1);
  }
  closedir(links);
}

static void fill_row(struct row *row, const struct sp_port *port) {
  int vendor, product;
  char stable[512];
  memset(row, 0, sizeof *row);
  put_text(row->cell[PORT], sp_get_port_name(port));
  put_text(row->cell[DESCRIPTION], sp_get_port_description(port));
  find_stable_name(sp_get_port_name(port), stable, sizeof stable);
  put_text(row->cell[STABLE], stable);
  if (sp_get_port_transport(port) != SP_TRANSPORT_USB) return;
  put_text(row->cell[SERIAL], sp_get_port_usb_serial(port));
  if (sp_get_port_usb_vid_pid(port, &vendor, &product) == SP_OK)
    snprintf(row->cell[USB], sizeof row->cell[USB], "%04x:%04x", (unsigned)vendor,
             (unsigned)product);
}

static int compare_rows(const void *one, const void *other) {
  return strverscmp(((const struct row *)one)->cell[PORT],
                    ((const struct row *)other)->cell[PORT]);
}

static void print_row(const char *const *cells, const size_t *widths) {
  for (size_t c = 0; c < COLUMNS; c++) {
    const char *text = cells[c][0] != '\0' ? cells[c] : "-";
    if (c + 1 < COLUMNS)
      printf("%-*s  ", (int)widths[c], text);
    else
      printf("%s\n", text);
  }
}

static void print_table(const struct row *rows, size_t count) {
  size_t widths[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) {
    widths[c] = strlen(titles[c]);
    for (size_t i = 0; i < count; i++)
      if (strlen(rows[i].cell[c]) > widths[c]) widths[c] = strlen(rows[i].cell[c]);
  }
  print_row(titles, widths);
  for (size_t i = 0; i < count; i++) {
    const char *cells[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
      cells[c] = rows[i].cell[c];
    print_row(cells, widths);
  }
}

/* Unknown values are null. */
static int print_json(const struct row *rows, size_t count) {
  static const char *const keys[COLUMNS] = {"port", "usb", "serial", "description",
                                            "stable_name"};
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    json_t *object = json_object();
    for (size_t c = 0; c < COLUMNS; c++)
      json_object_set_new(object, keys[c],
                          rows[i].cell[c][0] != '\0' ? json_string(rows[i].cell[c])
                                                     : json_null());
    json_array_append_new(list, object);
  }
  int code = json_dumpf(list, stdout, JSON_INDENT(2));
  json_decref(list);
  putchar('\n');
  return code == 0 ? EXIT_FINE : EXIT_FAULT;
}

static int list_ports(bool as_json) {
  struct sp_port **ports;
  if (sp_list_ports(&ports) != SP_OK)
    return cli_fail("ports", EXIT_FAULT, "libserialport cannot list the ports");
  size_t count = 0;
  while (ports[count] != NULL)
    count++;
  struct row *rows = calloc(count + 1, sizeof *rows);
  if (rows == NULL) {
    sp_free_port_list(ports);
    return cli_fail("ports", EXIT_FAULT, "out of memory");
  }
  for (size_t i = 0; i < count; i++)
    fill_row(&rows[i], ports[i]);
  sp_free_port_list(ports);
  qsort(rows, count, sizeof *rows, compare_rows);

  int status = EXIT_FINE;
  if (count == 0) fputs("no serial ports found\n", stderr);
  if (as_json)
    status = print_json(rows, count);
  else if (count > 0)
    print_table(rows, count);
  free(rows);
  return status;
}

int cli_ports(int argc, char **argv) {
  static const struct option options[] = {
      {"json", no_argument, NULL, 'j'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  bool as_json = false;
  optind = 0; /* another command line may have been read before */
  for (int option; (option = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
    if (option == 'j') {
      as_json = true;
    } else if (option == 'h') {
      fputs(usage_text, stdout);
      return EXIT_FINE;
    } else {
      return cli_usage("ports", "an option is wrong");
    }
  }
  if (optind < argc)
    return cli_usage("ports", "takes no argument: what is '%s'?", argv[optind]);
  return list_ports(as_json);
}
