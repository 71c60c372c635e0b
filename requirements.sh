#!/usr/bin/env bash
# Writes both pinned requirement files anew, for every platform, from pyproject.toml. Needs uv.
set -euo pipefail
cd "$(dirname "$0")"
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"; }
compile pyproject.toml --group build --output-file requirements.txt
compile pyproject.toml --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt
