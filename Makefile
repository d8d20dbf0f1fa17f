# Two commands: `make preview` and `make test`. Everything else is a part of them.
PYTHON ?= python3
STACK ?= workshop
AT ?= event
BIN := .venv/bin
READY := .make/installed

.PHONY: preview test setup format generated

preview: $(READY)
	@$(BIN)/readyroom preview $(STACK) --at $(AT)

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@mkdir -p .make && touch $@

.make/dev: $(READY) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

test: .make/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/yamllint --strict .
	$(BIN)/lint-imports
	$(BIN)/python -m tools.schemas --check
	$(BIN)/python -m tools.picture --check
	$(BIN)/basedpyright
	$(BIN)/pytest -q -n 2 --cov

format: .make/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generated: $(READY)
	$(BIN)/python -m tools.schemas
	$(BIN)/python -m tools.picture
