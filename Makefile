# Repscribe's commands. `make help` lists them.
#
# PYTHON=python3.12        another interpreter for the virtual environment
# DATABASE_URL=...         any PostgreSQL 15+ instead of the embedded one
# SCRIPT=FILE AS=7 JSON=1  for `make chat`: play a script as a user, one line of JSON per answer
# ATHLETES=10000 SEED=1    for `make simulate`: how many athletes, and which
# MESSAGES=500 KILLS=10    for `make torture`: fewer than 20,000 messages and 200 kills
# CORPUS=FILE LLM=1        for `make score`: another corpus; with the model of OPENAI_BASE_URL beside the shorthand reader
# LIMIT_SECONDS=900 KEEP=F for `make score LLM=1`: begin no text after 15 minutes; go on with the trials kept in a file

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
ATHLETES ?= 10000
SEED ?= 1
CORPUS ?= $(wildcard tests/corpus/*.jsonl)
# make knows a variable AS of its own (the assembler): only one that was given counts.
ifeq ($(origin AS),default)
AS := 7
endif
LLM_ARGS := $(if $(LIMIT_SECONDS),--seconds $(LIMIT_SECONDS)) $(if $(KEEP),--keep $(KEEP))
CHAT_ARGS := $(if $(SCRIPT),--script $(SCRIPT) --user $(AS)) $(if $(JSON),--json)

# One process of pytest for each processor; the tests of a module share a database and stay together.
SIDE_BY_SIDE := -n auto --dist loadscope

.DEFAULT_GOAL := help
.PHONY: help setup chat bot migrate test test-15 check format score calibration bench limits simulate torture isolation pictures lock audit hostile

help: ## list these commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(VENV)/.dev ## make the virtual environment with everything that running, testing and checking need

chat: $(VENV)/.runtime ## open the bot in this terminal, on its own PostgreSQL
	@$(RUN) -m bot chat $(CHAT_ARGS)

bot: $(VENV)/.runtime ## serve Telegram: TELEGRAM_BOT_TOKEN, and WEBHOOK_URL for a webhook instead of long polling
	@$(RUN) -m bot run

migrate: $(VENV)/.runtime ## bring the database and the exercise library up to date
	@$(RUN) -m storage migrate

test: $(VENV)/.dev ## run the tests
	@$(BIN)/pytest -q $(SIDE_BY_SIDE)

test-15: $(VENV)/.dev ## run the tests on PostgreSQL 15, where its binaries are installed
	@.ci/on-postgresql-15 $(BIN)/pytest -q $(SIDE_BY_SIDE)

check: $(VENV)/.dev ## formatting, lint, types, import contracts, migrations, library data
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(RUN) -m training check
	@$(RUN) -m storage check

format: $(VENV)/.dev ## format the code and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

score: $(VENV)/.dev ## score the reader on a corpus (CORPUS=FILE; LLM=1 for the model beside it)
	@$(RUN) -m $(if $(LLM),parser.llm_score $(LLM_ARGS),parser.scoring) $(CORPUS)

calibration: $(VENV)/.dev ## how often each confidence was right
	@$(RUN) -m parser.calibration $(CORPUS)

bench: $(VENV)/.dev ## time the reader, and the bot on 9 million sets (about 40 minutes, 6 GB; SESSIONS="4 33" for less)
	@$(BIN)/pytest tests/benchmarks -q --benchmark-only
	@$(RUN) -m tests.load $(if $(SESSIONS),--sessions $(SESSIONS))

limits: $(VENV)/.dev ## time the reader on 64 KB of the worst kinds of text
	@$(RUN) -m tests.benchmarks.limits

simulate: $(VENV)/.runtime ## send random athletes through mesocycles and count the bounds that break
	@$(RUN) -m training simulate --athletes $(ATHLETES) --seed $(SEED)

torture: $(VENV)/.dev ## kill the bot again and again under load, and count what was lost: nothing (about 20 minutes)
	@$(RUN) -m tests.torture $(if $(MESSAGES),--messages $(MESSAGES)) $(if $(KILLS),--kills $(KILLS))

isolation: $(VENV)/.dev ## try everything with another user's ids, as the bot's role and by the conversation: nothing leaks (minutes)
	@$(RUN) -m tests.isolation

hostile: $(VENV)/.dev ## send the bot thousands of messages made to harm it, and watch its memory (some minutes)
	@$(RUN) -m tests.hostile $(if $(MESSAGES),--messages $(MESSAGES))

audit: $(VENV)/.dev ## look up known vulnerabilities of what is pinned; exit 3 where that could not be done
	@$(RUN) -m tests.audit

pictures: $(VENV)/.dev ## draw the charts of the README anew
	@$(RUN) -m tests.bot.chart_samples docs/images

lock: $(VENV)/.dev ## resolve the pinned requirements anew
	@for part in runtime dev; do \
	  $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    $$( [ $$part = dev ] && echo --extra dev -c requirements/runtime.txt ) \
	    --output-file requirements/$$part.txt pyproject.toml || exit 1; done

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Repscribe needs Python 3.11 or newer; point to one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt | $(BIN)/python
	@echo "Installing what the bot needs…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/runtime.txt | $(BIN)/python
	@echo "Installing what the bot and its tests need…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.runtime
