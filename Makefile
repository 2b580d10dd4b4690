# `make` alone prints what there is to do, in the order of the work.
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

help: ## what there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/base .env ## the whole site, on http://localhost:8000 (PORT=8001 for another)
	@$(MANAGE) run --port $(PORT)

admin: .venv/base .env ## a new password for the administrator
	@$(MANAGE) reset_admin

demo: .venv/base .env ## examples, labelled as such, to look at
	@$(MANAGE) load_demo

content: .venv/base .env ## take over what has changed in content/ and nobody has edited
	@$(MANAGE) load_content --update

secrets: .venv/base ## the secrets that `docker compose up` reads, once
	@$(PYTHON) deploy/new_secrets.py secrets

test: .venv/dev ## every test; PostgreSQL comes along, Chromium must be there for the browser's
	@$(PYTHON) -m pytest -n auto --dist loadgroup --no-loadscope-reorder $(ARGS)

lint: .venv/dev ## style, arrows, templates
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@.venv/bin/lint-imports
	@.venv/bin/djade --check $$(git ls-files 'templates/*.html' '*/templates/*.html')
	@.venv/bin/djlint --lint --quiet templates

format: .venv/dev ## put code and templates into the house's form
	@$(PYTHON) -m ruff check --fix
	@$(PYTHON) -m ruff format
	@.venv/bin/djade $$(git ls-files 'templates/*.html' '*/templates/*.html')

assets: ## css, js, fonts and pictures from frontend/ (the one that needs Node)
	@cd frontend && npm ci --silent && npm run --silent build

check: lint test ## lint and test, and that built assets and locks are up to date (needs Node and uv)
	@$(MAKE) --no-print-directory assets
	@git diff --exit-code --stat static
	@$(MAKE) --no-print-directory locks
	@git diff --exit-code --stat requirements

locks: ## requirements/ from pyproject.toml (needs uv)
	@uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements/base.txt
	@uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements/dev.txt

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'The portal needs Python 3.11 or newer.'; exit 1; }
	@python3 -c 'import venv, ensurepip' 2>/dev/null || { echo 'Python cannot make a virtual environment here: install python3-venv.'; exit 1; }
	@python3 -m venv .venv

.venv/base: requirements/base.txt | .venv/bin/python
	@echo 'Installing what the portal needs …'
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/dev: requirements/dev.txt | .venv/bin/python
	@echo 'Installing what the tests need …'
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/base

.env:
	@umask 077; $(PYTHON) crcl_portal/new_env.py > $@.part && mv $@.part $@

.PHONY: help run admin demo content secrets test lint format assets check locks
