"""The stand-in shares no code with what it tests, and runs where no development dependency is."""

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
FOREIGN = {"app", "bot", "qr", "wechatpy", "httpx", "pytest", "requests", "fastapi", "hypothesis"}


def imported(path: Path) -> Iterator[str]:
    """The modules a file imports, by their full names."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_it_imports_nothing_of_ours_and_nothing_of_wechatpy() -> None:
    files = [path for path in HERE.glob("*.py") if not path.name.startswith(("test_", "conftest"))]
    found = {path.name: {name.split(".")[0] for name in imported(path)} & FOREIGN for path in files}
    assert {name: modules for name, modules in found.items() if modules} == {
        "senders.py": {"httpx"},
        "in_process.py": {"requests"},  # which wechatpy brings along
    }
    ours = {name for path in files for name in imported(path) if name.split(".")[0] == "tests"}
    assert {name for name in ours if not name.startswith("tests.wechat_platform")} == set()
    assert "tests.wechat_platform.senders" not in ours
