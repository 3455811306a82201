# Every target installs what it needs first; run as root or with sudo at hand.
#   make demo    look at the sample day in a browser
#   make test    build and run every test
.DEFAULT_GOAL := help
.PHONY: help demo build console contact setup setup-tests test nightly check-asan check-tsan bench fuzz lint format screenshots package clean

JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60
PORT ?= 8080
program := build/release/varne

help:            ## what there is
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1|/' | column -t -s '|'

setup:           ## install Debian and npm packages (idempotent)
	@scripts/setup

setup-tests:     ## the same, and what tests, benchmarks and the package need
	@scripts/setup tests

build: setup console  ## leaves the program at build/release/varne
	@cmake --preset release --log-level=WARNING
	@cmake --build --preset release --parallel $(JOBS) --target varne

console: setup   ## the web console, into console/dist
	@scripts/build-console

demo: build      ## replay the sample day and show it at http://127.0.0.1:8080
	@$(program) demo --port $(PORT)

test: setup-tests console  ## build and run every test
	@scripts/test

nightly: setup-tests   ## what is too long for make test: all sanitizers, fuzzers for ten minutes, clang-tidy
	@scripts/nightly

check-asan: setup-tests  ## the tests with assertions on under AddressSanitizer and UBSan
	@scripts/test-preset asan

check-tsan: setup-tests  ## the tests of everything with threads under ThreadSanitizer
	@scripts/test-preset tsan record feed room drift desk serve

bench: setup-tests build     ## benchmarks: one binary a folder, then whole commands
	@scripts/bench

fuzz: setup-tests      ## every fuzzer for FUZZ_SECONDS (60) on its kept corpus
	@scripts/fuzz $(FUZZ_SECONDS)

lint: setup-tests      ## clang-format and clang-tidy must have nothing to say
	@scripts/lint

format: setup-tests    ## clang-format everything
	@git ls-files '*.cpp' '*.h' | xargs clang-format -i

screenshots: setup-tests build  ## the pictures of the README
	@scripts/screenshots

contact:
	@scripts/contact >/dev/null

package: contact setup-tests build   ## a Debian package in build/release; VARNE_CONTACT='Name <address>' answers for it
	@scripts/package

clean:           ## forget everything built
	@rm -rf build console/dist
