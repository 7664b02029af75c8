# Two commands do everything on a machine with Python 3.11 or later, make and git: `make demo` and `make test`.

PYTHON ?= python3
VENV = .venv
# Where a virtual environment has its programs: Scripts on Windows, bin elsewhere.
BIN = $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
CATALOGUES = $(wildcard pilot_cli/locale/*/LC_MESSAGES/*.po)

.PHONY: demo test lint bench messages clean

demo: $(BIN)/pilot
	$(BIN)/pilot check checklists --as-of 2020-11-23 --fail-on never

test: $(VENV)/tested lint
	$(BIN)/pytest

lint: $(VENV)/tested
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/tested
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/throughput.py

# Takes new messages from the code into the catalogues, where a translator fills them in.
messages: $(VENV)/tested
	$(BIN)/pybabel -q extract --no-location --sort-output --output $(VENV)/pilot.pot pilot_cli
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --width 0 --domain pilot --input-file $(VENV)/pilot.pot --output-dir pilot_cli/locale

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Installing compiles the catalogues.
$(BIN)/pilot: $(BIN)/python pyproject.toml $(CATALOGUES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/tested: $(BIN)/python pyproject.toml $(CATALOGUES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV)
