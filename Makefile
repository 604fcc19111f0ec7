# Run `make` alone to list the targets. CI calls these same targets and nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# sam and cfn-lint find python3.13 and each other here.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# sam must send no telemetry, from a laptop or from CI.
export SAM_CLI_TELEMETRY := 0
# git reads this checkout though it is another's, as a folder that a container has from its host is.
export GIT_CONFIG_COUNT := 1
export GIT_CONFIG_KEY_0 := safe.directory
export GIT_CONFIG_VALUE_0 := $(CURDIR)
# Python keeps what it compiled, whatever the shell says: else each process of pytest compiles all tests again.
unexport PYTHONDONTWRITEBYTECODE
ARGS ?=
ENV ?= default
# One more than there are processors, for worlds wait much of the time; four at most.
PROCESSES := $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$(( n < 4 ? n + 1 : 4 )))
# Tests of one file run in one process, which makes their servers and tables once.
# Files go out in the order of the suites, slowest first: a world of half a minute that began last would
# leave the other processes idle.
SIDE_BY_SIDE = -n $(PROCESSES) --dist loadfile --no-loadscope-reorder
FAST_SUITES = $(wildcard $(addprefix tests/,e2e runbooks knife integration sandbox borders contract console template safety property unit articles handlers docs released))

# NAME, or NAME:ARGUMENT for a bench in its small form.
QUICK = push_calls:short fair_turns:300 sweep:1000 table_costs:counts console_pages:400
measure = set -o pipefail; missed=""; told=$$(mktemp); for bench in $(1); do echo "== $${bench/:/ }"; \
	  python -m benches.$${bench/:/ } | tee -a $$told || missed="$$missed $${bench%%:*}"; done; \
	  if [ -n "$$missed" ]; then grep '^missed' $$told; echo "not within their limits:$$missed"; exit 1; fi; \
	  rm $$told

.PHONY: help setup build deploy demo up check test test-browser screenshots test-long test-unit test-integration sam-local test-built lightspeed-client test-wheel e2e knife fuzz mutants bench bench-quick lock audit released openapi clean

help: ## list these targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

setup: ## make .venv with everything; quick when nothing changed
	@scripts/setup

build: setup ## run sam build, when a source is newer than the last build
	@python -m sandbox.aws.build

deploy: setup ## build for AWS, check the processor, sam deploy: make deploy ENV=staging
	@python -m sandbox.aws.ship $(ENV) $(ARGS)

demo: build ## run the whole system on this machine: make demo ARGS="--products FILE.csv"
	@tillbridge demo $(ARGS)

up: build ## run the local world until Ctrl-C
	@tillbridge up $(ARGS)

check: setup ## check style, types, import rules, the template, and that no secret is in any file
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	cfn-lint template.yaml
	AWS_DEFAULT_REGION=eu-west-1 sam validate --lint
	@python -m tests.safety.secrets
	@scripts/security lint

test: check build ## check, then run every test but the long ones
	pytest -m "not long" $(SIDE_BY_SIDE) $(FAST_SUITES) $(ARGS)

test-browser: build ## drive the console in Chromium: its pages, and the articles in the local world
	@scripts/chromium
	pytest -n4 --dist loadfile --no-loadscope-reorder tests/browser $(ARGS)

screenshots: setup ## draw the pictures of docs/console.md again
	@scripts/chromium
	@scripts/screenshots

test-long: build ## run the tests that take half a minute or more each
	pytest -m long tests $(ARGS)

test-unit: setup ## run the tests without sockets and files, in seconds
	pytest $(wildcard tests/unit tests/property) $(ARGS)

test-integration: build ## run the tests with queues and tables, on the embedded AWS
	pytest $(wildcard tests/integration tests/sandbox) $(ARGS)

sam-local: build ## run the functions in Lambda containers; ARGS=--if-docker: where there is an engine
	@scripts/sam-local $(ARGS)

test-built: build ## run the tests against the built layer instead of the sources
	pytest $(SIDE_BY_SIDE) -o "pythonpath=.aws-sam/build/CommonLayer/python ." $(wildcard tests/unit tests/property tests/handlers tests/integration tests/articles tests/knife) $(ARGS)

lightspeed-client: setup ## install a public client of Lightspeed apart, and run it on the sandbox account
	@scripts/lightspeed-client $(ARGS)

test-wheel: setup ## install the command as a tool, outside the checkout, and play a demo with it: minutes
	@scripts/test-wheel

e2e: build ## test as a black box: the command line and the queues
	pytest tests/e2e $(ARGS)

knife: setup ## kill a drain after every call and compare the ends: all must be equal
	@python -m benches.kill_loop

fuzz: setup ## throw random odd things at every border: make fuzz ARGS="--minutes 10 --seed 7"
	@PYTHONPATH=layers/common/python:. python -m tests.borders.fuzz $(ARGS)

mutants: setup ## change the code a thousand ways, by hand: make mutants ARGS="domain/quota.py"
	@scripts/mutants $(ARGS)

bench: build ## measure the figures of docs/performance.md, an hour; fails at the end
	@$(call measure,$(filter-out report,$(notdir $(basename $(wildcard benches/*.py)))) scale)

bench-quick: build ## counts of a few benches in their small forms, as CI does: a minute
	@$(call measure,$(QUICK))

lock: setup ## write the hashed requirements from pyproject.toml
	@scripts/lock

released: setup ## write the rows and messages of the release that comes (docs/releasing.md)
	python -m tests.released

audit: setup ## ask for known weaknesses: 0 none, 1 some, 3 nobody answered
	@scripts/security audit

openapi: setup ## write what is made from code: contracts/console.openapi.json and contracts/cli.schema.json
	@scripts/openapi

clean: ## delete what was built; .venv stays
	rm -rf .aws-sam build .mutants .security .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
