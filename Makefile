# The two commands of a newcomer are `make run` and `make test`; each brings what it needs.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run test check bench lock messages clean

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: ## Serve the site on http://127.0.0.1:$PORT (8000), with its starting content.
	@exec $(PYTHON) scripts/bootstrap.py run

test: ## Run everything: checks, unit, integration, browser and PostgreSQL tests; FULL=1 repeats pages on both databases.
	@exec $(PYTHON) scripts/bootstrap.py test

check: ## Run the fast part: lint, types, import rules, messages, templates.
	@exec $(PYTHON) scripts/bootstrap.py check

bench: ## Measure speed and safety as a table, each figure beside its goal; ARGS="kill submit" narrows it down.
	@exec $(PYTHON) scripts/bootstrap.py bench

lock: ## Write the lock files from pyproject.toml; UPGRADE=1 takes newer versions.
	@exec $(PYTHON) scripts/bootstrap.py lock

messages: ## Bring new interface words into the catalogues of each room.
	@exec $(PYTHON) scripts/bootstrap.py messages

clean: ## Remove what the other commands made, except people's data in instance/.
	rm -rf .venv static/build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete 2>/dev/null || true
