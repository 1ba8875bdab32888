# make run    the demonstration at http://127.0.0.1:8000
# make test   every check and test

PYTHON ?= python3
PORT ?= 8000

.PHONY: run test score pictures lock

run: export DEBUG := 1
run: export PORT := $(PORT)
run: export PYTHONUNBUFFERED := 1
run: .venv/installed
	@.venv/bin/python manage.py migrate --verbosity 0
	@.venv/bin/python manage.py load_demo --if-empty
	@.venv/bin/python manage.py rebuild_search --if-empty
	@.venv/bin/python manage.py demo_links
	@exec .venv/bin/python manage.py runserver --noreload 127.0.0.1:$(PORT)

test: .venv/installed-for-tests
	@.venv/bin/python tests/run.py

NOTES := ../shared/notes
score: .venv/installed
	@if [ -x $(NOTES)/score.py ]; then \
		DEBUG=1 $(NOTES)/score.py --command ".venv/bin/python manage.py read_notes --json {files}"; \
	else \
		echo "make score: the scorer is not here (it would be in $(NOTES))"; \
	fi

# The README's pictures, from the tests that look at these pages.
pictures: .venv/installed-for-tests
	@DEBUG=1 PICTURES=docs/pictures .venv/bin/python -m pytest -q tests/browser \
		-k "record_page_is_accessible or a_meeting_on_paper or page_of_a_member"

# The first lock runs the site, the second holds what the tests add. Neither names a registry.
LOCK = uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --python-version 3.11
lock:
	@command -v uv >/dev/null || { echo "make lock: uv is missing: see https://docs.astral.sh/uv/"; exit 1; }
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) --group test --constraint requirements.txt --output-file requirements-test.txt

# pip leaves .venv as the lock says; the stamp is written only when it has. What is never imported is never compiled.
INSTALL = .venv/bin/python -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes --only-binary :all:

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "make: Python 3.11 or later is missing ($(PYTHON) is $$($(PYTHON) --version 2>&1)). Another one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "make: Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }
	@command -v git >/dev/null || { echo "make: git is missing. On Debian: apt install git"; exit 1; }
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/installed-for-tests: .venv/installed requirements-test.txt
	@echo "Installing what the tests need into .venv ..."
	@$(INSTALL) -r requirements-test.txt
	@touch $@
