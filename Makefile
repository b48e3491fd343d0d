# Everything needed on a machine with Python >= 3.11, git and make.
PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
AREAS := $(filter-out __pycache__,$(sort $(notdir $(patsubst %/,%,$(wildcard kanban/*/)))))
AREA_FILES = kanban/$(AREA) $(wildcard tests/$(AREA))
TEXTS := $(patsubst %.po,%.mo,$(wildcard kanban/i18n/locale/*/LC_MESSAGES/*.po))

# Compiled modules are kept: the suite starts kanban thousands of times, and each would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: sweep looks vsix help demo test check-fast lint format docs bench clean faults team

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

# What the pipeline installs: exactly the versions and files that locks/ names, by their hashes, and nothing else.
.PHONY: locked locks audit
locked: ## the environment from locks/dev.txt alone, every file checked by its hash
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --requirement locks/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP) $(VENV)/.installed-dev

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make locks"
locks: ## write locks/ anew (needs uv)
	$(LOCK) pyproject.toml locks/build.in --output-file locks/tool.txt
	$(LOCK) --extra charts pyproject.toml locks/build.in --output-file locks/charts.txt
	$(LOCK) --extra charts --group dev pyproject.toml locks/build.in --output-file locks/dev.txt
	$(LOCK) locks/checks.in locks/build.in --output-file locks/checks.txt

audit: ## known holes in what is installed, doubtful code, doubtful workflows
	$(PYTHON) -m venv $(VENV)-checks
	$(VENV)-checks/bin/python -m pip install --quiet --require-hashes --no-deps --requirement locks/checks.txt
	$(VENV)-checks/bin/bandit --quiet --recursive kanban --configfile pyproject.toml
	$(VENV)-checks/bin/zizmor --offline --quiet .github action.yml docs/ci/github-*.yml docs/ci/forgejo-*.yml
	@# Where the advisories are out of reach that is said, and what could be asked has been: only a known hole fails.
	$(PYTHON) tools/known_holes.py $(VENV)-checks/bin/pip-audit locks/tool.txt locks/charts.txt || test $$? -eq 3

%.mo: %.po | $(STAMP)
	$(BIN)/python -m kanban.i18n.compiling

looks: $(STAMP) $(TEXTS) ## pictures of the answers in terminals of four widths, dark, light and plain
	$(BIN)/python tools/terminal_looks.py --output looks

.PHONY: picture
picture: $(VENV)/.installed-dev $(TEXTS) ## the moving picture of the README (needs a Chromium)
	$(BIN)/python -m pip install --quiet pillow
	$(BIN)/python tools/moving_picture.py

vsix: ## the extension for VS Code, as one file to install (needs npm)
	cd editors/vscode && npm run --silent package

demo: $(STAMP) $(TEXTS) ## a board with half a year of history, rendered; prints where to look
	@rm -rf "$(DEMO)"
	@$(BIN)/kanban demo "$(DEMO)"
	@$(BIN)/kanban -C "$(DEMO)" render --output site
	@echo
	@echo "Look at the board:      $(abspath $(DEMO))/site/index.html"
	@echo "Try it in a terminal:   cd $(DEMO) && $(abspath $(BIN))/kanban board"
	@$(BIN)/python -c "import starlette, uvicorn" 2>/dev/null || $(BIN)/python -m pip install --quiet ".[serve]" || true
	@echo "Touch it in a browser:  cd $(DEMO) && $(abspath $(BIN))/kanban serve"

test: $(VENV)/.installed-dev $(TEXTS) lint ## lint, then the whole test suite
	$(BIN)/python -m compileall -q kanban
	$(BIN)/python -m pytest -n 3 --dist loadgroup -q

sweep: $(VENV)/.installed-dev $(TEXTS) ## every case of the long tables of which `make test` runs one in ten
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q -m sweep --sweep

first-hour: $(VENV)/.installed-dev $(TEXTS) ## TAB in every shell there is; README, guides and tour from the built package, every block
	$(BIN)/python -m pytest -q --sweep tests/shells tests/docs/test_from_the_wheel.py

check-fast: $(VENV)/.installed-dev $(TEXTS) ## AREA=pull: lint, types, layers and tests of one part, in some seconds
	@test -n "$(AREA)" -a -d "kanban/$(AREA)" || { echo "make check-fast AREA=PART, one of: $(AREAS)"; exit 2; }
	$(BIN)/ruff check $(AREA_FILES)
	$(BIN)/ruff format --check $(AREA_FILES)
	$(BIN)/mypy --package kanban.$(AREA)
	$(BIN)/python -m pytest $(wildcard tests/$(AREA)) tests/test_layers.py tests/test_shape.py -m "not slow" -q

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

bench: $(VENV)/.installed-dev ## measure how long people wait, write docs/benchmarks.md, fail on a missed budget
	$(BIN)/python -m benchmarks --large

faults: $(VENV)/.installed-dev $(TEXTS) ## stop every writing verb at every system call; an hour or two, Linux
	$(BIN)/python -m tests.faults.sweep

N ?= 300
team: $(VENV)/.installed-dev $(TEXTS) ## N=300: random weeks of three clones, and what must hold after each
	$(BIN)/python -m tests.team.weeks $(N)

clean: ## remove the environment and what was built
	rm -rf $(VENV) "$(DEMO)" dist build
