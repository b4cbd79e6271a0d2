# The door: make run · make test · make check · make bench · make demo · make shots
# Everything that a fresh Debian machine lacks is installed first; other systems are told what to install.

SHELL := /bin/sh
# Debian's OpenSSL is linked for development; releases build their own (see CONTRIBUTING.md).
export OPENSSL_NO_VENDOR := 1
export CARGO_TERM_COLOR ?= auto

# Tests, window and lints are built with the same features, so that what they share is compiled once.
ALL := --workspace --features tern-window/custom-protocol

UI := ui/node_modules/.package-lock.json
WINDOW := target/debug/tern-window

# Many runs of the simulator: make simulate SEED=1 RUNS=500.
SEED ?= 1
RUNS ?= 500

.PHONY: run test check simulate fuzz planted bench demo shots setup clippy rust-test ui-test e2e fmt

run: setup ui/dist/index.html
	cargo build $(ALL) --bin tern-window
	@sh tools/run.sh $(WINDOW)

test: setup rust-test ui-test e2e
	@echo "make test: all parts passed"

rust-test: ui/dist/index.html
	cargo test $(ALL)

ui-test: $(UI)
	cd ui && npm run --silent check && npm run --silent test

e2e: ui/dist/index.html
	cd ui && npm run --silent build:browser
	cargo build $(ALL) --features tern-window/e2e --bin tern --bin tern-hub --bin tern-window --example bridge
	cd ui && npm run --silent e2e
	@sh tools/no-sqlite-symbols.sh $(WINDOW)
	cd ui && npm run --silent e2e:window

check: setup fmt clippy
	cd ui && npm run --silent check

fmt:
	cargo fmt --all --check

clippy: ui/dist/index.html
	cargo clippy $(ALL) --all-targets -- -D warnings

bench: setup
	cargo bench -p tern-doc --bench first_day
	cargo bench -p tern-app --bench day
	cargo bench -p tern-app --bench exchange

simulate:
	cargo test -p tern-stories --test simulator -- --seed $(SEED) --runs $(RUNS) $(TELL)

fuzz:
	cargo test -p tern-stories --test fuzz -- --seed $(SEED) --runs $(RUNS)

planted:
	@sh tools/planted.sh

demo: setup
	@sh tools/demo.sh

shots: setup
	cd ui && npm run --silent build:browser
	cargo build $(ALL) --example bridge
	cd ui && npm run --silent shots
	@echo "pictures are in out/shots"

setup:
	@sh tools/setup.sh

$(UI): ui/package.json ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund

ui/dist/index.html: $(UI) $(shell find ui/src ui/index.html -type f 2>/dev/null)
	cd ui && npm run --silent build
	@touch $@
