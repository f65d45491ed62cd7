# The commands of the project. Everything is installed into .venv; nothing else is touched.
PYTHON ?= python3
VENV ?= .venv
# Of the tests; each loads models and starts servers and browsers of its own.
WORKERS ?= 2
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install run test check format bench proof eval pictures lock

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: $(VENV)/.installed ## set up .venv, prepare the model, build the index

run: install ## serve the web chat (PORT=7860 HOST=127.0.0.1)
	$(BIN)/jinwen serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: $(VENV)/.installed-dev ## run the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev ## rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev ## measure speed and memory, as ratios
	$(BIN)/python -m eval.bench
	$(BIN)/python -m eval.bench.rivals

proof: $(VENV)/.installed-dev ## show that it holds under fault and attack; takes two hours
	$(BIN)/python -m eval.proof

eval: $(VENV)/.installed ## score all of our own questions (results in var/eval)
	$(BIN)/jinwen eval run --set tianjin --out var/eval/tianjin --gates
	$(BIN)/jinwen eval run --set binlan --out var/eval/binlan --gates
	$(BIN)/jinwen eval run --set unseen --out var/eval/unseen --gates
	$(BIN)/jinwen eval run --set tables --out var/eval/tables --gates
	$(BIN)/jinwen eval run --set wording --out var/eval/wording --gates
	$(BIN)/jinwen eval run --set targets --out var/eval/targets --gates
	$(BIN)/jinwen eval run --set robust --out var/eval/robust --gates

pictures: $(VENV)/.installed-dev ## take the pictures of the README anew (needs Chromium)
	$(BIN)/python -m tests.ui.page.pictures docs

lock: $(VENV)/.installed-dev ## rewrite requirements.lock from what is installed
	$(BIN)/python -m pip freeze --exclude-editable | sed -E 's/\+cpu$$//' > requirements.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 或更高版本，例如：make PYTHON=python3.11 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet -c requirements.lock -e .
	$(BIN)/jinwen prepare
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -c requirements.lock -e '.[dev]'
	@touch $@
