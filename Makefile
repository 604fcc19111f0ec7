# Run `make` alone to see what there is. CI calls these same targets and nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# sam and cfn-lint find python3.13 and each other here.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# sam must not call home, from a laptop or from CI.
export SAM_CLI_TELEMETRY := 0
ARGS ?=
# A file's tests stay together: its servers and tables are made once.
SIDE_BY_SIDE = -n auto --maxprocesses 4 --dist loadfile
FAST_SUITES = $(wildcard $(addprefix tests/,unit property contract handlers articles template sandbox integration knife docs e2e))

.PHONY: help setup build demo up check test test-long test-unit test-integration sam-local test-built e2e knife bench lock clean

help: ## what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

setup: ## .venv with everything, quick when nothing changed
	@scripts/setup

build: setup ## sam build, when a source is newer than the last one
	@python -m sandbox.aws.build

demo: build ## the whole system on this machine: make demo ARGS="--products FILE.csv"
	@tillbridge demo $(ARGS)

up: build ## the local world until Ctrl-C
	@tillbridge up $(ARGS)

check: setup ## style, types, import rules, template
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	cfn-lint template.yaml
	AWS_DEFAULT_REGION=eu-west-1 sam validate --lint

test: check build ## check, then every test but the long ones
	pytest -m "not long" $(SIDE_BY_SIDE) $(FAST_SUITES) $(ARGS)

test-long: build ## what takes half a minute or more a test
	pytest -m long tests $(ARGS)

test-unit: setup ## no sockets, no files, seconds
	pytest $(wildcard tests/unit tests/property) $(ARGS)

test-integration: build ## real queues and tables, on the embedded AWS
	pytest $(wildcard tests/integration tests/sandbox) $(ARGS)

sam-local: build ## the functions in Lambda containers, against the local world
	@scripts/sam-local

test-built: build ## the suites against the built layer instead of the sources
	pytest $(SIDE_BY_SIDE) -o "pythonpath=.aws-sam/build/CommonLayer/python ." $(wildcard tests/unit tests/property tests/handlers tests/integration tests/articles tests/knife) $(ARGS)

e2e: build ## black box: the command line and the queues
	pytest tests/e2e $(ARGS)

knife: setup ## killed after every call, twice: n points, n equal ends
	@python -m benches.kill_loop

bench: build ## the figures of docs/performance.md, an hour
	@for bench in benches/*.py; do name=$$(basename $$bench .py); echo "== $$name"; python -m benches.$$name || exit 1; done

lock: setup ## write the hashed requirements again from pyproject.toml
	@scripts/lock

clean: ## forget what was built; .venv stays
	rm -rf .aws-sam .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
