# Two commands do everything on a machine with Python 3.11 or later, make and git: `make demo` and `make test`.

PYTHON ?= python3
VENV = .venv
# Where a virtual environment has its programs: Scripts on Windows, bin elsewhere.
BIN = $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# The tests start pilot thousands of times, so what Python compiles is kept, also where the environment says otherwise.
export PYTHONDONTWRITEBYTECODE =
CATALOGUES = $(wildcard pilot_cli/locale/*/LC_MESSAGES/*.po)

.PHONY: demo test coverage test-lowest test-windows lint bench mutants fuzz docs messages windows wheelhouse lock sbom audit clean

# All sites in a table, then the findings of one.
demo: $(BIN)/pilot
	@$(BIN)/pilot check checklists --as-of 2020-11-23 --fail-on never --no-findings
	@echo
	@$(BIN)/pilot check checklists/construction/zhanjiang-port-warehouse/site.toml --as-of 2020-11-23 --fail-on never

test: $(VENV)/tested lint
	$(BIN)/pytest

# Says at its end which files the tests reach less than 95 % of, and how much of all of them, in per cent. Measuring
# takes half as long again.
coverage: $(VENV)/tested
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --sort=cover --fail-under=0 | grep -E '^(Name|TOTAL)|[ 0-8][0-9]%$$|9[0-4]%$$'
	$(BIN)/coverage report --format=total

# The same tests with the oldest libraries that pyproject.toml allows.
test-lowest:
	$(PYTHON) -m venv $(VENV)-lowest
	$(PYTHON) -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
		print(*project['dependencies'], *project['optional-dependencies']['dask'], \
		*project['optional-dependencies']['postgres'], sep='\n')" | sed 's/>=/==/; s/\[.*\]//' > $(VENV)-lowest/oldest.txt
	$(BIN:$(VENV)/%=$(VENV)-lowest/%)/python -m pip install --quiet --disable-pip-version-check \
		--constraint $(VENV)-lowest/oldest.txt --editable '.[test]'
	$(BIN:$(VENV)/%=$(VENV)-lowest/%)/pytest

# The bundle on Wine.
test-windows: $(VENV)/tested
	$(BIN)/pytest -n0 tests/windows

lint: $(VENV)/tested
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/throughput.py
	$(BIN)/python bench/report.py
	$(BIN)/python bench/outputs.py
	$(BIN)/python bench/notices.py
	$(BIN)/python bench/compare.py
	$(BIN)/python bench/growth.py
	$(BIN)/python bench/exchange.py
	$(BIN)/python bench/ledger.py

# Changes the program in small ways and shows what no test notices; takes hours. MUTANTS="--part audit --sample 10" takes fewer.
mutants: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	$(BIN)/python bench/mutants.py $(MUTANTS)

# Looks for site files, inspections, standards, settings and workbooks that break pilot, FUZZ_SECONDS each; .fuzz/ keeps what it finds.
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python bench/fuzz/run.py --seconds $(FUZZ_SECONDS)

# Makes what is made from the program: the schema for editors, the pages on the format and the rules.
docs: $(BIN)/pilot
	$(BIN)/pilot schema --output pilot_cli/site/site.schema.json
	$(BIN)/pilot schema --of inspections --output pilot_cli/site/inspections.schema.json
	$(BIN)/pilot schema --of settings --output pilot_cli/settings/settings.schema.json
	for language in zh en; do \
		$(BIN)/pilot --lang $$language schema --format markdown --output docs/$$language/format.md; \
		$(BIN)/pilot --lang $$language rules --format markdown --output docs/$$language/rules.md; \
	done

# Takes new messages from the code into the catalogues, where a translator fills them in.
messages: $(VENV)/tested
	$(BIN)/pybabel -q extract --keyword message --keyword counted:1,2 --no-location --sort-output --output $(VENV)/pilot.pot pilot_cli
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --width 0 --domain pilot --input-file $(VENV)/pilot.pot --output-dir pilot_cli/locale

# Builds dist/pilot-<version>-windows-x64.zip; needs osslsigncode. PYTHON_EMBED=FILE takes an official archive of CPython.
windows: $(VENV)/tested
	$(BIN)/python packaging/build.py $(if $(PYTHON_EMBED),--runtime "$(PYTHON_EMBED)")

# Packs the wheels for machines that have Python and no internet.
wheelhouse: $(BIN)/python
	$(BIN)/python packaging/wheelhouse.py

# Writes anew which packages go into the bundle, with their hashes.
lock: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lock]'
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --python-platform windows --python-version 3.13 \
		--generate-hashes --no-header --no-annotate --output-file packaging/requirements.txt

# Lists the packages of the lock file in CycloneDX.
sbom: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[audit]'
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements packaging/requirements.txt --pyproject pyproject.toml --output-reproducible \
		--no-validate --output-file dist/pilot.cdx.json

# Asks for known faults of these packages; fails where the data cannot be reached.
audit: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[audit]'
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement packaging/requirements.txt

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
	rm -rf $(VENV) $(VENV)-lowest .coverage .fuzz
