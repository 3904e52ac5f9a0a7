# wirecert: make run · make check · make help
#
# Each variant builds in build/VARIANT, so that sanitizer builds do not clash:
#   release (gcc -O2), clang (clang -O2), asan (clang, ASan and UBSan), fuzz (asan and
#   libFuzzer's counters), coverage, static (for the QEMU guest of check-serial).
#   `make VARIANT=asan` builds another one than release.

VARIANT  ?= release
PREFIX   ?= /usr/local
VERSION  := 0.1.0
BUILD    := build/$(VARIANT)

CC       := gcc
CFLAGS   ?= -O2 -g
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
SANITIZE :=
LDFLAGS  ?=

ifeq ($(VARIANT),clang)
CC       := clang
else ifeq ($(VARIANT),asan)
CC       := clang
CFLAGS   := -O1 -g -fno-omit-frame-pointer
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
else ifeq ($(VARIANT),fuzz)
CC       := clang
CFLAGS   := -O1 -g -fno-omit-frame-pointer
SANITIZE := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
else ifeq ($(VARIANT),coverage)
CC       := clang
CFLAGS   := -O0 -g -fprofile-instr-generate -fcoverage-mapping
SANITIZE := -fprofile-instr-generate
else ifeq ($(VARIANT),static)
LDFLAGS  := -static
else ifneq ($(VARIANT),release)
$(error unknown VARIANT '$(VARIANT)': release, clang, asan, fuzz, coverage or static)
endif

# reference/ is pure C17; only the harness may ask the system for things.
PURE     := -std=c17 $(WARN) $(CFLAGS) $(SANITIZE) -Ireference
IMPURE   := $(PURE) -D_GNU_SOURCE -Iharness -DWIRECERT_VERSION='"$(VERSION)"' \
            -DWIRECERT_DATA='"$(PREFIX)/share/wirecert"'
LIBS     := -lserialport -lfyaml -ljansson -lcrypto
STATIC_LIBS := $(if $(filter static,$(VARIANT)),-lpthread -ldl)

LIB_SRC  := $(filter-out reference/test/%,$(wildcard reference/*.c reference/*/*.c))
APP_SRC  := $(filter-out harness/test/%,$(wildcard harness/*/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
APP_OBJ  := $(APP_SRC:%.c=$(BUILD)/%.o)
TEST_SRC := $(wildcard reference/test/test_*.c harness/test/test_*.c)
TESTS    := $(TEST_SRC:%.c=$(BUILD)/%)
LIB      := $(BUILD)/libwirecert.a
APP      := $(BUILD)/wirecert
HARNESS  := $(BUILD)/libharness.a

.PHONY: all deps run check check-serial fuzz bench coverage format lint install \
        clean help tests
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

all: $(APP) ## build build/wirecert
	@ln -sf $(VARIANT)/wirecert build/wirecert

$(LIB): $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(HARNESS): $(filter-out %/cli/main.o,$(APP_OBJ))
	@rm -f $@
	ar rcs $@ $^

$(APP): $(BUILD)/harness/cli/main.o $(HARNESS) $(LIB)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS) $(STATIC_LIBS)

$(BUILD)/reference/%.o: reference/%.c
	@mkdir -p $(@D)
	$(CC) $(PURE) -MMD -MP -c -o $@ $<

$(BUILD)/harness/%.o: harness/%.c
	@mkdir -p $(@D)
	$(CC) $(IMPURE) -MMD -MP -c -o $@ $<

$(BUILD)/reference/test/%: reference/test/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(PURE) -MMD -MP -o $@ $< $(LIB) -lcmocka

$(BUILD)/harness/test/%: harness/test/%.c $(HARNESS) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(IMPURE) -MMD -MP -o $@ $< $(HARNESS) $(LIB) -lcmocka $(LIBS) -lutil -lpthread

tests: $(TESTS)

# ---- packages -------------------------------------------------------------------

DEPS_BUILD := gcc libc6-dev binutils pkg-config libserialport-dev libssl-dev \
              libfyaml-dev libjansson-dev
DEPS_CHECK := clang clang-format clang-tidy llvm libclang-rt-14-dev libcmocka-dev \
              valgrind perl libxml2-utils python3-jsonschema qemu-system-x86 cpio \
              xz-utils procps socat

# Installs just what is missing, and says so.
define INSTALL_MISSING
@missing=""; for p in $(1); do \
  dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || \
    missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
  echo "installing with apt-get:$$missing"; \
  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
  $$sudo apt-get update -q && \
  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y \
    --no-install-recommends $$missing; \
fi
endef

.PHONY: deps-build
deps-build:
	$(call INSTALL_MISSING,$(DEPS_BUILD))

deps: ## install the packages that are missing (apt-get, with sudo if not root)
	$(call INSTALL_MISSING,$(DEPS_BUILD) $(DEPS_CHECK))

# ---- use ------------------------------------------------------------------------

run: deps-build ## certify the reference devices; reports in reports/out
	@$(MAKE) --no-print-directory -s -j2 all
	build/wirecert run

check: deps ## everything: unit tests, sanitizers, cases over every link, lint, QEMU
	@harness/test/check.sh

check-serial: deps ## the cases over kernel serial drivers, in QEMU
	@$(MAKE) --no-print-directory -s -j2 all serial-parts
	harness/test/serial/check_serial.sh

.PHONY: serial-parts
serial-parts: build/serial/guest_init
	@$(MAKE) --no-print-directory -s -j2 VARIANT=static build/static/wirecert
	@ln -sf static/wirecert build/wirecert-static

build/serial/guest_init: $(wildcard harness/test/serial/guest_*.c) \
                         harness/test/serial/guest.h
	@mkdir -p $(@D)
	$(CC) -std=c17 $(WARN) -O2 -static -o $@ $(filter %.c,$^)

bench: deps-build ## speed, as ratios to a limit measured in the same run
	@$(MAKE) --no-print-directory -s -j2 all $(BUILD)/harness/bench/bench
	$(BUILD)/harness/bench/bench

$(BUILD)/harness/bench/bench: harness/test/bench/bench.c $(HARNESS) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(IMPURE) -MMD -MP -o $@ $< $(HARNESS) $(LIB) $(LIBS)

# One libFuzzer target, or each in turn: make fuzz TARGET=xbee_stream TIME=60
TIME     ?= 60
TARGET   ?= $(patsubst fuzz/%_fuzzer.c,%,$(wildcard fuzz/*_fuzzer.c))

fuzz: deps ## fuzz the parsers (TARGET=NAME TIME=SECONDS)
	@$(MAKE) --no-print-directory -s -j2 VARIANT=fuzz build/fuzz/libwirecert.a
	@for t in $(TARGET); do \
	  clang -std=c17 $(WARN) -g -O1 -fsanitize=fuzzer,address,undefined \
	    -fno-sanitize-recover=all -Ireference -o build/fuzz/$$t fuzz/$${t}_fuzzer.c \
	    build/fuzz/libwirecert.a && mkdir -p build/fuzz/corpus/$$t corpus/$$t && \
	  echo "fuzz $$t for $(TIME) s" && \
	  build/fuzz/$$t -max_total_time=$(TIME) -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/$$t- build/fuzz/corpus/$$t corpus/$$t \
	    2> build/fuzz/$$t.log || { tail -40 build/fuzz/$$t.log; exit 1; }; \
	  grep -E 'stat::number_of_executed|stat::average' build/fuzz/$$t.log; done

coverage: deps ## lines covered by unit tests and cases: build/coverage/html
	@$(MAKE) --no-print-directory -s -j2 VARIANT=coverage build/coverage/wirecert tests
	@harness/test/coverage.sh

format: ## clang-format everything
	clang-format -i $$(git ls-files '*.c' '*.h')

lint: deps ## format, clang-tidy, and who may include whom
	@harness/test/lint.sh

install: all ## program, cases, library, man page and completion (PREFIX, DESTDIR)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	  $(DESTDIR)$(PREFIX)/include/wirecert $(DESTDIR)$(PREFIX)/share/wirecert \
	  $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(APP) $(DESTDIR)$(PREFIX)/bin/wirecert
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/libwirecert.a
	cd reference && find . -name '*.h' ! -path './test/*' ! -name internal.h \
	    ! -name names.h ! -name '*_fields.h' ! -name '*_state.h' ! -name '*_packet.h' \
	    ! -name '*_internal.h' ! -name '*_scan.h' | \
	  while read -r h; do install -D -m 644 $$h \
	    $(DESTDIR)$(abspath $(PREFIX))/include/wirecert/$$h; done
	cp -r cases $(DESTDIR)$(PREFIX)/share/wirecert/
	install -m 644 harness/cli/wirecert.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 harness/cli/completion.bash \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/wirecert
	printf '%s\n' 'prefix=$(PREFIX)' 'includedir=$${prefix}/include/wirecert' \
	  'libdir=$${prefix}/lib' '' 'Name: wirecert' \
	  'Description: reference codec and device models for secured serial devices' \
	  'Version: $(VERSION)' 'Cflags: -I$${includedir}' \
	  'Libs: -L$${libdir} -lwirecert' \
	  > $(DESTDIR)$(PREFIX)/lib/pkgconfig/wirecert.pc

clean: ## remove everything that was built
	rm -rf build reports/out

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | \
	  awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
