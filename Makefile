# "make" lists the targets. Everything is built from this folder with Go and Node; nothing here needs cgo.

export CGO_ENABLED := 0
# One way to compile for all of it: what vet and the tests have compiled, the program is made of.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)
MIN_GO   := 1.26
MIN_NODE := 20

# Debian's browser, database and languages, for the tests only.
CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
POSTGRES := $(firstword $(wildcard /usr/lib/postgresql/*/bin/postgres) $(shell command -v postgres 2>/dev/null))
# The programs that the dashboard offers for hosts' servers are run with their real languages, and so are the commands of the manual: command and
# Debian's package of each.
LANGUAGES := php:php-cli ruby:ruby javac:default-jdk-headless python3:python3 \
	curl:curl openssl:openssl
MISSING   := $(if $(CHROMIUM),,chromium) $(if $(POSTGRES),,postgresql) \
	$(foreach l,$(LANGUAGES),$(if $(shell command -v $(firstword $(subst :, ,$l)) 2>/dev/null),,$(lastword $(subst :, ,$l))))
SUDO     := $(if $(filter-out 0,$(shell id -u)),sudo)

UI_SOURCES := $(shell find ui \( -name node_modules -o -name dist \) -prune -o -type f ! -name '*.go' -print 2>/dev/null)
GENERATED  := ui/shared/chat.ts ui/shared/agent.ts docs/openapi/chat.json docs/openapi/agent.json docs/openapi/rest.json
RELEASE    := $(shell git describe --tags --exact-match 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run build ui test check generate bench clean tools system fmt vet ui-check ui-test generated
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build everything and start the demo
	bin/rejoin demo

build: ui ## build the program: bin/rejoin
	go build -ldflags "-s -w -X main.release=$(RELEASE)" -o bin/rejoin ./cmd/rejoin

ui: ui/dist/.built ## build the browser programs: ui/dist

ui/dist/.built: $(UI_SOURCES) ui/node_modules/.installed | tools
	npm --prefix ui run --silent build
	@touch $@

# A stamp per package: nothing is installed again while its lock file stays as it is.
%/node_modules/.installed: %/package-lock.json | tools
	npm --prefix $* ci --no-audit --no-fund
	@touch $@

test: tools system ## run all tests, with real databases and a real browser
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target fmt vet ui-check
	@$(MAKE) --no-print-directory ui-test ui generated
	node ui/sizes.mjs
	go test -vet=off ./...
	@if [ -f e2e/package.json ]; then $(MAKE) --no-print-directory e2e/node_modules/.installed build && npm --prefix e2e test; fi

check: tools fmt vet ui-check ui-test ui ## the quick checks before every push, without a browser
	go test -vet=off ./...

generate: ## write generated files again: wire types and schema dumps
	go run ./cmd/wiregen
	go test ./store -run '^TestSchema$$' -update
	go test ./cmd/rejoin -run '^TestConfigurationPage$$' -update

bench: build ## measure on this machine
	go run ./cmd/rejoin-bench

clean: ## remove what was built; data/ stays
	rm -rf bin e2e/out
	find ui/dist -mindepth 1 ! -name .gitkeep -delete

# What the targets above are made of.

fmt:
	@list=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); [ -z "$$list" ] || { echo "Run gofmt -w on:"; echo "$$list"; exit 1; }

vet:
	go vet ./...

ui-check: ui/node_modules/.installed
	npm --prefix ui run --silent check

ui-test: ui/node_modules/.installed
	npm --prefix ui test --silent

generated:
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && go run ./cmd/wiregen "$$dir" && for f in $(GENERATED); do \
		cmp -s "$$f" "$$dir/$$(basename $$f)" || { echo "$$f is out of date: run \"make generate\"."; exit 1; }; done

tools:
	@command -v go >/dev/null || { echo "Go is missing: install Go $(MIN_GO) or newer."; exit 1; }
	@v=$$(go env GOVERSION | sed 's/^go//'); [ "$$(printf '%s\n' $(MIN_GO) "$$v" | sort -V | head -n 1)" = "$(MIN_GO)" ] || \
		{ echo "Go $$v is too old: install Go $(MIN_GO) or newer."; exit 1; }
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "Node is missing: install Node $(MIN_NODE) or newer, with npm."; exit 1; }
	@v=$$(node -p 'process.versions.node'); [ "$${v%%.*}" -ge $(MIN_NODE) ] || { echo "Node $$v is too old: install Node $(MIN_NODE) or newer."; exit 1; }

system:
ifeq ($(strip $(MISSING)),)
	@true
else
	@command -v apt-get >/dev/null || { echo "The tests need $(strip $(MISSING)), as Debian calls them: install them with your package manager."; exit 1; }
	$(SUDO) apt-get update -q
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(strip $(MISSING))
endif
