# Two commands: `make preview` and `make test`. Everything else is a part of them.
PYTHON ?= python3
STACK ?= workshop
AT ?= event
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
READY := .venv/.installed
DEV := .venv/.installed-dev
COMPILED := .venv/.compiled-simulation

.PHONY: preview test setup format generated

preview: $(COMPILED)
	@$(BIN)/readyroom preview $(STACK) --at $(AT)

setup: $(COMPILED)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --requirement requirements.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(COMPILED): $(READY) $(wildcard capacity/simulation/*.py)
	@echo "compiling the simulation, once (half a minute to a minute)"
	@$(BIN)/python -m compileall -q capacity cli components events hubs live policies preview
	@$(BIN)/python -m tools.compiled
	@touch $@

$(DEV): $(READY) requirements-dev.txt
	$(PIP) --no-compile --requirement requirements-dev.txt
	@touch $@

# Compiled code shows no coverage: the simulation's tests run once interpreted, once compiled.
# Pure code and policies are covered by their own tests; the rest need not be traced for it.
# Stealing work keeps neighbours together, who share what was recorded, and ends evenly.
COVERED := tests/capacity tests/events tests/hubs tests/policies
PYTEST := $(BIN)/pytest -q -n 2 --dist worksteal

test: $(DEV) $(COMPILED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/yamllint --strict .
	$(BIN)/lint-imports
	$(BIN)/python -m tools.schemas --check
	$(BIN)/python -m tools.picture --check
	$(BIN)/basedpyright
	NUMBA_DISABLE_JIT=1 $(PYTEST) tests/capacity/simulation --cov --cov-report= --cov-fail-under=0
	$(PYTEST) $(addprefix --ignore=,$(COVERED)) tests
	$(PYTEST) --cov --cov-append $(COVERED)

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generated: $(COMPILED)
	$(BIN)/python -m tools.schemas
	$(BIN)/python -m tools.picture
	$(BIN)/python -m tools.bills
