# `make help` lists the targets. Each sets up what it needs and does not repeat what is done.
.DEFAULT_GOAL := help
SHELL := /bin/sh
# What is imported is kept compiled: dozens of processes are started, and each would compile it all again.
unexport PYTHONDONTWRITEBYTECODE

# The first Python on this machine that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# What is installed is told by the lock's own checksum, so neither a clone's times nor a branch's mislead.
SITE := .venv/.site-$(shell cksum < requirements/site.txt | tr -d ' ')
DEV := .venv/.dev-$(shell cat requirements/site.txt requirements/dev.txt | cksum | tr -d ' ')
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.PHONY: help run dev test test-xss drill check bench lock vendor screenshots moves reset-demo

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(SITE) ## set the site up and run it as on a real machine (PORT=8000)
	@exec $(BIN)/python -m mystory.run

dev: $(SITE) ## the same, reloading when code changes, with errors in full
	@exec $(BIN)/python -m mystory.run --dev

test: $(DEV) ## run all tests: the quick ones first, then those in a browser
	@$(BIN)/pytest -n 2 --dist load $(TESTS)

test-xss: $(DEV) ## run all script vectors, and those of MYSTORY_XSS_VECTORS=file, in a browser
	@MYSTORY_XSS_ALL=1 $(BIN)/pytest tests/prose tests/security/test_scripts_do_not_run.py

drill: $(DEV) ## kill servers, lines, tabs and browsers under a writer, and look for lost words (RUNS=200 SEED=...)
	@MYSTORY_DRILL_RUNS=$(RUNS) MYSTORY_DRILL_SEED=$(SEED) $(BIN)/pytest -p no:xdist tests/drill

check: $(DEV) ## check format, lint, types, templates, migrations and import order
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	PYTHONPATH=. $(BIN)/lint-imports

bench: $(DEV) ## measure the public pages on 10,000 stories with wrk (BENCH="--seconds 5 --keep --only page")
	@$(BIN)/python -m bench $(BENCH)

lock: $(DEV) ## pin every package anew, with its hashes
	$(BIN)/uv pip compile $(LOCK) requirements/site.in -o requirements/site.txt
	$(BIN)/uv pip compile $(LOCK) requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements/site.txt requirements/object-store.in -o requirements/object-store.txt
LOCK := --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

vendor: $(DEV) ## make the typefaces anew from their packages (needs npm; the results are committed)
	$(BIN)/python static/fonts/make.py

screenshots: $(DEV) ## take the pictures in docs/screenshots anew, from a demo site of its own
	@PYTHONPATH=. $(BIN)/python docs/screenshots/take.py

moves: $(DEV) ## write the table of moves in docs anew, from the one in code
	@PYTHONPATH=. $(BIN)/python docs/moves.py

reset-demo: $(SITE) ## throw the demo site's data away and fill it anew
	@exec $(BIN)/python -m mystory.run --reset

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "MyStory needs Python 3.11 or newer: install it, or name it with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ test "$$(id -u)" = 0 && apt-get update -q && apt-get install -y -q python3-venv; } || \
		{ echo "This Python cannot make virtual environments: install Debian's package python3-venv."; exit 1; }
	@echo "  Making .venv with $$($(PYTHON) --version)"
	@rm -rf .venv && $(PYTHON) -m venv .venv

$(SITE): | $(BIN)/python
	@echo "  Installing the packages of requirements/site.txt"
	@$(INSTALL) -r requirements/site.txt
	@rm -f .venv/.site-* && touch $@

$(DEV): | $(BIN)/python
	@echo "  Installing the packages of requirements/site.txt and dev.txt"
	@$(INSTALL) -r requirements/site.txt -r requirements/dev.txt
	@rm -f .venv/.dev-* .venv/.site-* && touch $@ $(SITE)
