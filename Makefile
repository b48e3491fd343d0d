# Everything needed on a machine with Python >= 3.11, git and make.
PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
AREAS := $(filter-out __pycache__,$(sort $(notdir $(patsubst %/,%,$(wildcard kanban/*/)))))
AREA_FILES = kanban/$(AREA) $(wildcard tests/$(AREA))
TEXTS := $(patsubst %.po,%.mo,$(wildcard kanban/i18n/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help demo test check-fast lint format docs bench clean faults team

help: ## print these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -e 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "git-kanban needs Python 3.11 or newer; try make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[charts]"
	@touch $@

$(VENV)/.installed-dev: $(STAMP)
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

%.mo: %.po | $(STAMP)
	$(BIN)/python -m kanban.i18n.compiling

demo: $(STAMP) $(TEXTS) ## a board with half a year of history, rendered; prints where to look
	@rm -rf "$(DEMO)"
	@$(BIN)/kanban demo "$(DEMO)"
	@$(BIN)/kanban -C "$(DEMO)" render --output site
	@echo
	@echo "Look at the board:      $(abspath $(DEMO))/site/index.html"
	@echo "Try it in a terminal:   cd $(DEMO) && $(abspath $(BIN))/kanban board"

test: $(VENV)/.installed-dev $(TEXTS) lint ## lint, then the whole test suite
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q

check-fast: $(VENV)/.installed-dev $(TEXTS) ## AREA=pull: lint, types, layers and tests of one part, in some seconds
	@test -n "$(AREA)" -a -d "kanban/$(AREA)" || { echo "make check-fast AREA=PART, one of: $(AREAS)"; exit 2; }
	$(BIN)/ruff check $(AREA_FILES)
	$(BIN)/ruff format --check $(AREA_FILES)
	$(BIN)/mypy --package kanban.$(AREA)
	$(BIN)/python -m pytest $(wildcard tests/$(AREA)) tests/test_layers.py tests/test_shape.py -m "not slow" -k "$(AREA)" -n 2 -q

lint: $(VENV)/.installed-dev ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.installed-dev ## regenerate rule pages, CLI reference, board.yml guide, catalogues
	$(BIN)/python tools/catalogues.py
	$(BIN)/python tools/rule_pages.py
	$(BIN)/python tools/reference.py

bench: $(VENV)/.installed-dev ## measure, as ratios taken in one run
	for file in benchmarks/*.py; do $(BIN)/python $$file; done

faults: $(VENV)/.installed-dev $(TEXTS) ## stop every writing verb at every system call; hours, Linux with a C compiler
	$(BIN)/python -m tests.faults.sweep

N ?= 300
team: $(VENV)/.installed-dev $(TEXTS) ## N=300: random weeks of three clones, and what must hold after each
	$(BIN)/python -m tests.team.weeks $(N)

clean: ## remove the environment and what was built
	rm -rf $(VENV) "$(DEMO)" dist build
