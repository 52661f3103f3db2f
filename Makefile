# msp.autotask: 'make help' lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

venv := .venv
bin := $(CURDIR)/$(venv)/bin
collections := $(CURDIR)/build/collections
collection := $(collections)/ansible_collections/msp/autotask

export PATH := $(bin):$(PATH)
export PYTHONPATH := $(collections):$(CURDIR)/tests
export ANSIBLE_COLLECTIONS_PATH := $(collections)
# A user's own configuration must not change what a run here shows.
export ANSIBLE_CONFIG := $(CURDIR)/tools/ansible.cfg

# Sets the browser for the commands after it; fails where none can be had.
with_browser = AUTOTASK_BROWSER_EXECUTABLE="$$($(bin)/python tools/browser.py)" && export AUTOTASK_BROWSER_EXECUTABLE

# Not for all: one of the tools is named as the package is that it calls.
with_tools = PYTHONPATH="$(PYTHONPATH):$(CURDIR)/tools"

.PHONY: help
help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.PHONY: demo
demo: collection  ## Set up Work 365 in three simulated tenants, through a real browser: check, run, run again
	@$(with_browser); python tools/demo.py

.PHONY: test
test:  ## Everything a change must pass
	@# Side by side where one of the two leaves a core idle.
	@$(MAKE) --jobs 2 lint unit
	@$(MAKE) --jobs 2 integration molecule SCENARIOS="default"

.PHONY: lint
lint: collection  ## Style, types, documentation, changelog, workflows
	@tools/lint.sh

.PHONY: unit
unit: collection  ## Unit tests: no browser, no network
	@pytest tests/unit/role tests/unit simulator/tests/{console,package,rest} -m "not long" --numprocesses auto --dist loadfile --quiet

.PHONY: pytest
pytest: collection  ## Some tests while you work: TESTS="tests/unit/permissions -k catalog"
	@$(with_browser); pytest $(TESTS)

.PHONY: integration
integration: collection  ## Real Chromium and real HTTP against the simulator
	@$(with_browser); pytest simulator/tests/{browser,http} -m "not long" --numprocesses auto --quiet
	@$(with_browser); pytest tests/integration tests/campaign -m "not long" --numprocesses 4 --dist worksteal --quiet

.PHONY: long
long: collection  ## What takes minutes each and is not part of 'make test': a year with a small fleet, runs killed in the middle
	@$(with_browser); pytest tests/unit tests/integration simulator/tests -m long --quiet

.PHONY: campaign
campaign: collection  ## Everything goes wrong, everywhere: writes docs/reliability.md; hours, CAMPAIGN_OPTIONS="--share 1/8" for less
	@$(with_browser); status=0; \
	  pytest tests/campaign --full --quiet --results build/campaign/$$(date +%s)-$$$$.json $(CAMPAIGN_OPTIONS) || status=$$?; \
	  python tools/campaign_results.py; exit $$status

.PHONY: molecule
molecule: collection  ## The role and its playbooks against the simulator, each twice; SCENARIOS="drift rotate" for some of them
	@$(with_browser); python tools/molecule.py $(SCENARIOS)

.PHONY: fleet
fleet: collection  ## Thirty made-up tenants through provision, drift, audit, provision, audit; takes long, not part of 'make test'
	@$(with_browser); $(with_tools) python tests/integration/fleet/big_fleet.py $(FLEET_OPTIONS)

.PHONY: bench
bench: collection  ## Measure against the bare browser and Ansible's floor (docs/performance.md); takes long
	@pip install --quiet --requirement tests/benchmark/requirements.txt
	@$(with_browser); $(with_tools) python -m benchmark $(BENCH_OPTIONS)

.PHONY: sanity
sanity: venv  ## ansible-test's sanity tests of what is shipped
	@python tools/run_ansible_test.py sanity

.PHONY: units
units: venv  ## The unit tests as ansible-test runs them
	@python tools/run_ansible_test.py units

.PHONY: matrix
matrix: collection  ## Sanity, unit tests and demo with each supported ansible-core, from the oldest Python to the newest; takes long
	@$(with_browser); nox --session $(if $(ROW),"sanity($(ROW))" "matrix($(ROW))",sanity matrix)

.PHONY: devel
devel: venv  ## Sanity tests of ansible-core's branch devel; may fail
	@nox --session devel

.PHONY: coverage
coverage: collection  ## How much of what is shipped the unit tests come by, with a floor
	@nox --session coverage

.PHONY: docs
docs: collection  ## The documentation as a site: build/docs/html
	@nox --session docs

.PHONY: dist
dist: venv  ## The collection's tarball and the simulator's wheel, in build/dist
	@rm -rf build/dist && ansible-galaxy collection build --output-path build/dist
	@uv build simulator --quiet --offline --no-build-isolation --python $(bin)/python --out-dir build/dist --no-create-gitignore

.PHONY: importer
importer: dist  ## Galaxy's own checks of the tarball; tarball and wheel at work where nothing else is installed
	@$(with_browser); nox --session importer bare simulator

.PHONY: ee
ee: dist collection  ## Build the execution environment of docs/awx.md, and let it set up simulated tenants; wants docker
	@python tools/execution_environment.py

.PHONY: clients
clients: venv  ## Clients of Autotask that other people wrote, unchanged, against the simulator; wants npm
	@nox --session clients

.PHONY: simulator
simulator: collection  ## Serve simulated tenants and an inventory of them; PORT=8080 STATE=build/kept/state.sqlite keep both; Ctrl-C ends it
	@$(with_browser); exec python tools/serve_simulator.py $(if $(PORT),--port $(PORT)) $(if $(STATE),--state $(STATE))

.PHONY: venv
venv: $(venv)/.complete  ## Make .venv with the pinned requirements

$(venv)/.complete: requirements.txt requirements-dev.txt simulator/pyproject.toml tools/bootstrap.sh
	@tools/bootstrap.sh
	@touch $@

.PHONY: lock
lock: venv  ## Write requirements-dev.txt anew, with hashes, after a change of requirements-dev.in or requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock' \
	  --output-file requirements-dev.txt requirements-dev.in

.PHONY: browser
browser: venv  ## Make sure of a browser and print its path
	@python tools/browser.py

# Ansible finds a collection only below ansible_collections/<namespace>/<name>.
.PHONY: collection
collection: venv  ## Put the collection where Ansible finds it (build/collections)
	@mkdir -p $(dir $(collection)) && ln -sfn $(CURDIR) $(collection)

.PHONY: clean
clean:  ## Remove what make made
	@rm -rf build $(venv) .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache
