# `make check` and `make test` are what a newcomer types; each sets up what it needs in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLES ?= 100

.PHONY: check conformance docs test test-property fuzz schema-coverage mutants mutants-rules figures test-browser test-editor lint wheel interop \
	bench integration release-schema codelists pages clean

# The examples are checked with what users install; tests and linters come on top.

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.tests: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group test
	touch $@

$(VENV)/.dev: $(VENV)/.tests
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	touch $@

check: $(VENV)/.installed  ## check the examples
	$(BIN)/diplomatic-events check examples

conformance: $(VENV)/.installed  ## write the conformance suite out as plain files: build/conformance
	$(BIN)/python validator/tools/conformance.py

test: $(VENV)/.tests  ## run the tests
	$(BIN)/python -m pytest --cov --cov-report=term-missing

test-property: $(VENV)/.tests  ## property tests: the same records every time
	HYPOTHESIS_PROFILE=steady $(BIN)/python -m pytest tests/property

fuzz: $(VENV)/.tests  ## property tests: new records, and many of them: make fuzz EXAMPLES=2000
	EXAMPLES=$(EXAMPLES) $(BIN)/python validator/tools/fuzz.py

schema-coverage: $(VENV)/.tests  ## which parts of the schema no record of the suite keeps or breaks
	$(BIN)/python validator/tools/schema_coverage.py

mutants: $(VENV)/.tests  ## the schema with each constraint removed or loosened: every one must be noticed
	$(BIN)/python validator/tools/mutants.py

figures: $(VENV)/.dev  ## measure again what docs/proof.md says; needs Node.js
	$(BIN)/python validator/tools/schema_coverage.py --update
	$(BIN)/python validator/tools/mutants.py --update
	$(BIN)/python tests/interop/run.py --update
	EXAMPLES=$(EXAMPLES) $(BIN)/python validator/tools/fuzz.py --update

mutants-rules: $(VENV)/.tests  ## make slips in the rules and the date parser: does a test see each? It takes hours
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group mutation
	$(BIN)/python validator/tools/rule_mutants.py --update

test-browser: $(VENV)/.dev  ## drive the annotated page in Chromium, which must be installed
	$(BIN)/python -m pytest -m browser tests/browser

test-editor: $(VENV)/.installed  ## what VS Code's language service makes of the schema; needs Node.js
	$(BIN)/python tests/editor/run.py

docs: $(VENV)/.dev  ## build the site, with a page for each rule, the schemas at their addresses and the conformance suite
	$(BIN)/python validator/tools/site.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	cp -R schema site/schema
	$(BIN)/python validator/tools/conformance.py site/conformance-suite

lint: $(VENV)/.dev  ## ruff, mypy and the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(VENV)/.dev  ## build the wheel and check the examples with it, elsewhere and offline
	$(BIN)/python tests/installed_wheel.py

interop: $(VENV)/.dev  ## compare the verdicts of four validators; needs Node.js
	$(BIN)/python tests/interop/run.py

bench: $(VENV)/.dev  ## measure the speed beside other validators, in ten minutes; OPTIONS=--update writes docs/speed.md; needs Linux and Node.js
	$(BIN)/python tests/benchmarks/bench.py $(OPTIONS)

integration: $(VENV)/.dev  ## the hooks, the action and the CI files, as their users run them; needs Node.js and git
	PYTHONPATH=tests $(BIN)/python -m integration

release-schema: $(VENV)/.dev  ## freeze a draft of the schema: make release-schema VERSION=1.0
	$(BIN)/python validator/tools/release_schema.py $(VERSION)

codelists: $(VENV)/.tests  ## write the enums into the schema, the codes of the models and the page of the codes
	$(BIN)/python validator/tools/codelists.py
	$(BIN)/python validator/tools/codes.py
	$(BIN)/python validator/tools/reference_pages.py

pages: $(VENV)/.tests  ## write docs/codelists.md and docs/commands.md
	$(BIN)/python validator/tools/reference_pages.py

clean:
	rm -rf $(VENV) build dist site .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache
