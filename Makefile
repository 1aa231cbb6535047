# Every target sets up what it needs: .venv from a committed lock file, with uv where it is installed.
PY = .venv/bin/python
PYTEST = $(PY) -m pytest
# Test processes; each has a server of either kind of its own. Files go out in their order: sorted by size, the few long
# tests would come last and alone.
WORKERS = 2
# What `make bench` asks of the peers.
PEERS = --scale S
PYTHONS = 3.11 3.12 3.13
MACHINES = x86_64 aarch64
# A virtual environment does not survive a move of its folder.
ifneq ($(shell cat .venv/where 2>/dev/null),$(CURDIR))
$(shell rm -f .venv/ready .venv/ready-dev)
endif
.DEFAULT_GOAL := help
.PHONY: help demo serve test test-long lint bench bundle lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

demo: .venv/ready  ## load the sample city, screen its applicants, write the report and the workbook
	.venv/bin/xinmai demo

serve: .venv/ready  ## open the explorer
	.venv/bin/xinmai serve --open

test: lint  ## everything that must hold: lint, then the tests on both stores and in a browser
	scripts/system-packages.sh
	$(PYTEST) -m "not long" -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-long: .venv/ready-dev  ## the property tests at full size
	scripts/system-packages.sh
	$(PYTEST) -m long $(ARGS)

lint: .venv/ready-dev  ## ruff, mypy --strict, import-linter
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m mypy scripts/bundle.py
	.venv/bin/lint-imports

bench: .venv/ready-dev  ## measure, then the peers beside us; ARGS="--data …" PEERS="--scale M --only B4,B5"
	$(PY) -m bench $(ARGS)
	$(PY) -m bench.peers $(PEERS)

bundle: .venv/ready  ## pack an offline install for Linux; PYTHONS="3.11 3.12" MACHINES=x86_64 make it smaller
	$(PY) scripts/bundle.py --pythons $(PYTHONS) --machines $(MACHINES)

lock:  ## write both lock files anew from pyproject.toml (needs uv; UPGRADE=--upgrade for newer versions)
	uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 $(UPGRADE) \
		--group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 $(UPGRADE) \
		--group build --all-extras -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:  ## remove what was built, but no data
	rm -rf .venv build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready: requirements.lock pyproject.toml scripts/venv.sh
	scripts/venv.sh requirements.lock
	touch $@

.venv/ready-dev: requirements-dev.lock pyproject.toml scripts/venv.sh
	scripts/venv.sh requirements-dev.lock
	touch .venv/ready $@
