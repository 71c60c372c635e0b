"""The threat list names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_list_names_is_there() -> None:
    files = set(re.findall(r"`(tests/[a-z_/]+\.py)`", TEXT))
    names = set(re.findall(r"`(test_[a-z_]+)`", TEXT))
    source = "".join((ROOT / file).read_text(encoding="utf-8") for file in files if (ROOT / file).is_file())
    assert [file for file in sorted(files) if not (ROOT / file).is_file()] == []
    assert [name for name in sorted(names) if f"def {name}(" not in source] == []
    assert len(files) > 20
    assert len(names) > 3
