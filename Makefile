# The list of tasks. `make` alone prints it.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP = $(BIN)/python -m pip install -q --disable-pip-version-check --root-user-action=ignore
.DEFAULT_GOAL := help
.PHONY: help demo test check format types layers spell docs reference lock clean wheel

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

.venv/runtime.stamp: requirements/runtime.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv 1>&2
	@echo "installing Accord into .venv/ …" 1>&2
	@$(PIP) --require-hashes -r requirements/runtime.txt 1>&2
	@$(PIP) --no-build-isolation --no-deps -e . 1>&2
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/runtime.stamp
	@echo "installing the development tools …" 1>&2
	@$(PIP) --require-hashes -r requirements/dev.txt 1>&2
	@touch $@

demo: .venv/runtime.stamp ## install, then check the example article against the bundled record, offline
	$(BIN)/accord check examples/article.txt --text

test: .venv/dev.stamp check ## install the tools, then lint, types, layers, and all tests
	$(BIN)/python -m pytest

check: format-check types layers spell ## lint, formatting, types, layers, spelling

format-check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/dev.stamp ## reformat the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv/dev.stamp ## mypy --strict
	$(BIN)/mypy

layers: .venv/dev.stamp ## who may import whom
	$(BIN)/lint-imports

spell: .venv/dev.stamp ## codespell
	$(BIN)/codespell

docs: .venv/dev.stamp ## build the documentation site into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

reference: .venv/dev.stamp ## renew the reference pages that follow from the code
	$(BIN)/python -m tools.reference

lock: ## renew the pinned, hashed requirements (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/runtime.txt
	uv pip compile pyproject.toml --group dev --extra deep --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -c requirements/runtime.txt -o requirements/dev.txt

# Benchmarks print JSON lines {"name","value","unit","peer","ratio","rss_mb"}; QUICK=1 ends within 60 s,
# LARGE=1 adds what takes long (gravity: 10 million rows).
bench-%: .venv/dev.stamp
	@$(BIN)/python -m benchmarks.$* $(if $(QUICK),--quick,) $(if $(LARGE),--large,)

train-events: .venv/dev.stamp ## train the event coder from the project's own text
	nice $(BIN)/python -m accord.events.train --words --deep

faults-record: .venv/dev.stamp ## a thousand injected faults into loads
	@$(BIN)/python tests/record/faults.py --count 1000

clean: ## remove the virtual environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist site
