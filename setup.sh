# Sourced by ./run and ./check: makes .venv hold what a requirements file pins, and the project itself.

say() { printf '%s\n' "$*" >&2; }

# The newest Python of 3.11 or later on this machine, or nothing.
find_python() {
    local candidate
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

make_venv() {
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        say "需要 Python 3.11 或更新的版本。Debian/Ubuntu 请先运行：apt-get install python3 python3-venv"
        exit 1
    fi
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "$python" .venv
    elif ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        say "这台电脑的 Python 缺少 venv。Debian/Ubuntu 请先运行：apt-get install python3-venv"
        exit 1
    fi
}

# Hashes guard every download; the project itself has none, so it goes in by a second call.
install_into_venv() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"
        uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    else
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    fi
}

# ensure_venv FILE: a stamp per requirements file makes the second start a comparison of two small files.
ensure_venv() {
    local wanted stamp=".venv/.installed-$1"
    wanted=$(cat "$1" pyproject.toml | cksum)
    [ -x .venv/bin/mashang ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    # a venv that was moved, or whose Python has gone, cannot be mended
    .venv/bin/python -c '' 2>/dev/null || rm -rf .venv
    if [ ! -d .venv ]; then
        say "第一次运行：正在准备环境 .venv …"
        make_venv
    fi
    say "正在安装依赖（${1}），约需一两分钟 …"
    if ! install_into_venv "$1"; then
        say "依赖没有装好，请检查网络后再运行一次。"
        exit 1
    fi
    printf '%s' "$wanted" >"$stamp"
    say "环境已就绪。"
}
