# `make` lists the targets. Each sets up what it needs in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
EXAMPLES ?= 100
MODULES ?= --since HEAD

.PHONY: help check conformance test lint docs try serve-docs zensical test-bounds test-property fuzz mutants mutants-rules interop integration test-editor test-arrow test-spark test-browser wheel \
	codelists pages release-schema bench clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

# The examples are checked with what users install; tests and linters come on top.

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.docs: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group docs
	touch $@

$(VENV)/.tests: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group test
	touch $@

$(VENV)/.arrow: $(VENV)/.tests
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[arrow,duckdb,export]"
	touch $@

$(VENV)/.spark: $(VENV)/.arrow
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[spark]"
	touch $@

$(VENV)/.dev: $(VENV)/.tests
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	touch $@

check: $(VENV)/.installed  ## check the examples
	$(BIN)/diplomatic-events check examples

conformance: $(VENV)/.installed  ## write the conformance suite out as plain files: build/conformance
	$(BIN)/python validator/tools/conformance.py

test: $(VENV)/.tests  ## run the tests, and measure which lines and branches they reach
	$(PYTEST) --ignore tests/arrow --cov --cov-report=term-missing

lint: $(VENV)/.dev  ## ruff, mypy (of the code on docs/use-in-python.md too), and what may import what
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	mkdir -p build
	sed -n '/^```python$$/,/^```$$/{/^```/!p;}' docs/use-in-python.md > build/tutorial.py
	$(BIN)/mypy build/tutorial.py
	$(BIN)/lint-imports

docs: $(VENV)/.docs  ## build the docs site, with the schemas at their addresses and the conformance suite
	$(BIN)/python validator/tools/site.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	$(BIN)/python validator/tools/site.py site

try: docs  ## the docs site with the page that runs the validator; needs Node.js
	$(BIN)/python validator/tools/try_it.py

serve-docs: $(VENV)/.docs  ## show the docs site at http://127.0.0.1:8000, built again when a page is written again
	$(BIN)/python validator/tools/site.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

# The configuration must stay one that the theme's successor builds: https://zensical.org

zensical: $(VENV)/.docs  ## build the same site with Zensical, in an environment of its own
	$(BIN)/python validator/tools/site.py
	test -x build/zensical/bin/zensical || $(PYTHON) -m venv build/zensical
	build/zensical/bin/python -m pip install --quiet "zensical==0.0.73"
	build/zensical/bin/zensical build --clean
	grep -q onBehalfOf site/reference/1.0/statement/index.html

# What docs/proof.md is about.

test-bounds: $(VENV)/.tests  ## files full of faults: found in seconds, in bounded memory
	$(PYTEST) -m bounds

test-property: $(VENV)/.tests  ## property tests: the same records every time
	HYPOTHESIS_PROFILE=steady $(PYTEST) tests/property

fuzz: $(VENV)/.tests  ## property tests: new records, and many of them: make fuzz EXAMPLES=2000
	HYPOTHESIS_PROFILE=deep EXAMPLES=$(EXAMPLES) $(PYTEST) -m hypothesis

mutants: $(VENV)/.tests  ## remove or loosen each constraint of the schema: every one must be noticed
	$(BIN)/python validator/tools/mutants.py

mutants-rules: $(VENV)/.dev  ## slips in a module that no test notices: make mutants-rules MODULES=rules.dates
	$(BIN)/python validator/tools/rule_mutants.py $(MODULES)

interop: $(VENV)/.dev  ## compare the verdicts of four validators, run the JavaScript of the docs, check types with TypeScript and Pyright, and run the suite in the Python of browsers; needs Node.js
	$(BIN)/python tests/interop/run.py
	PYTHONPATH=tests:validator/tools $(BIN)/python -m interop.javascript
	PYTHONPATH=tests:validator/tools $(BIN)/python -m interop.type_checkers
	PYTHONPATH=tests:validator/tools $(BIN)/python -m interop.browser_python

bench: $(VENV)/.dev  ## measure the speed beside other validators, in ten minutes; OPTIONS=--update writes docs/speed.md; needs Linux and Node.js
	$(BIN)/python tests/benchmarks/bench.py $(OPTIONS)

integration: $(VENV)/.dev  ## every way to install, the hooks, the action and the CI files, as their users run them; needs Node.js and git
	PYTHONPATH=tests $(BIN)/python -m integration

test-editor: $(VENV)/.installed  ## what VS Code's language service makes of the schema; needs Node.js
	$(BIN)/python tests/editor/run.py

test-arrow: $(VENV)/.arrow  ## the check on Arrow batches and in DuckDB, beside the command; exported tables and calendars
	ENGINES=1 $(BIN)/python -m pytest tests/arrow tests/engines/test_arrow.py tests/engines/test_duckdb.py

test-spark: $(VENV)/.spark  ## the check on a Spark cluster of two executors, beside the command: make test-spark RECORDS=2000; needs Java 17 or later
	ENGINES=1 $(BIN)/python -m pytest tests/engines/test_spark.py

test-browser: $(VENV)/.dev try  ## drive the annotated page and the docs site in Chromium; needs Chromium and npm
	$(BIN)/python -m pytest -m browser tests/browser

wheel: $(VENV)/.dev  ## build the wheel and check the examples with it, elsewhere and offline
	$(BIN)/python tests/installed_wheel.py

# What writes files that are kept.

codelists: $(VENV)/.tests  ## write the enums into the schema, the typed models and the types of TypeScript
	$(BIN)/python validator/tools/codelists.py
	$(BIN)/python validator/tools/codes.py
	$(BIN)/python validator/tools/models.py
	$(BIN)/python validator/tools/typescript.py
	$(BIN)/python validator/tools/walks.py

pages: $(VENV)/.tests  ## write docs/commands.md and the keys of docs/configuration.md
	$(BIN)/python validator/tools/reference_pages.py

release-schema: $(VENV)/.dev  ## freeze a draft of the schema: make release-schema VERSION=1.0
	$(BIN)/python validator/tools/release_schema.py $(VERSION)

clean:  ## remove what these commands made
	rm -rf $(VENV) build dist site .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache
