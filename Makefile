# 策问: make run 安装并启动；make test 全部检查；make check 快速检查；make bench 测速
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Where a CPU build of PyTorch is to be found, if the usual index offers only CUDA builds, e.g.
#   make run TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
export GRADIO_ANALYTICS_ENABLED := False
export ANONYMIZED_TELEMETRY := False

.PHONY: run index test check lint types imports unit evaluate bench browser clean

run: $(VENV)/.installed
	@$(BIN)/assistant index
	@$(BIN)/assistant serve

index: $(VENV)/.installed
	@$(BIN)/assistant index

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo '需要 Python 3.11 或更新版本。请安装后重试，或用 make run PYTHON=/路径/python3.11 指定。' >&2; exit 2; }
	@echo '正在创建虚拟环境 $(VENV) …' >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo '正在安装依赖（首次需要几分钟）…' >&2
	@$(PIP) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) "torch==2.13.0"
	@$(PIP) -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@echo '正在安装测试所需的依赖…' >&2
	@$(PIP) -e ".[dev]"
	@touch $@

browser:
	@sh tests/install-browser.sh

check: $(VENV)/.tested lint types imports

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tested
	$(BIN)/mypy

imports: $(VENV)/.tested
	$(BIN)/lint-imports

unit: $(VENV)/.tested browser
	$(BIN)/python -m pytest -n 2 --dist loadfile

evaluate: $(VENV)/.tested
	$(BIN)/python -m eval --split test --gates --quick

test: check unit evaluate

bench: $(VENV)/.tested
	$(BIN)/python -m eval.bench

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
