"""`mashang import`: what it prints, what it saves, and what it does not."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Mashang

HEADER = ["用人单位", "岗位名称", "招聘人数", "薪资待遇", "联系电话"]
ROWS = [
    ["安庆市青梧食品有限公司", "包装工", 10, "4500-6000元/月", "13800000001"],
    ["安庆市青梧食品有限公司", "叉车工", 2, "2026-06-08", "13800000001"],
]


def workbook(folder: Path, rows: list[list[object]], *, name: str = "青梧食品.xlsx") -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "岗位"
    for row in [HEADER, *rows]:
        sheet.append(row)
    path = folder / name
    book.save(path)
    return str(path)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return workbook(tmp_path, ROWS)


def test_a_dry_run_needs_no_database_and_leaves_none(mashang: Mashang, tmp_path: Path, file: str) -> None:
    result = mashang("import", file, "--dry-run", "--json")
    assert result.exit_code == 0
    read = json.loads(result.stdout)
    assert [(p["sheet"], p["row"], p["title"], p["headcount"], p["pay"]["min"]) for p in read["postings"]] == [
        ("岗位", 2, "包装工", 10, 4500),
        ("岗位", 3, "叉车工", 2, None),
    ]
    assert [(e["sheet"], e["row"], e["column"], e["raw"], e["kind"]) for e in read["errors"]] == [
        ("岗位", 3, "D", "2026-06-08", "unreadable_pay")
    ]
    assert read["compliance"] == []
    assert not (tmp_path / "data").exists()


def test_without_json_a_person_reads_what_could_not_be_read(mashang: Mashang, file: str) -> None:
    lines = mashang("import", file, "--dry-run").stdout.splitlines()
    assert lines[0] == "读出 2 个岗位，1 处读不出，0 条审查意见"
    assert lines[1].startswith("  岗位 第 3 行 D 列“2026-06-08”：")


def test_saving_makes_an_event_named_after_the_file_and_nothing_twice(on_database: Mashang, file: str) -> None:
    first = on_database("import", file, "--publish")
    assert first.stdout.splitlines()[0] == "活动 1“青梧食品”：新增 2，有变化 0，没有变化 0；发布 2，需人工确认 0"
    again = on_database("import", file, "--event", "1", "--publish")
    assert again.stdout.splitlines()[0] == "活动 1“青梧食品”：新增 0，有变化 0，没有变化 2；发布 0，需人工确认 0"


def test_a_changed_row_is_a_change(on_database: Mashang, tmp_path: Path, file: str) -> None:
    on_database("import", file)
    changed = workbook(tmp_path, [[*ROWS[0][:3], "5000-6000元/月", ROWS[0][4]], ROWS[1]])
    result = on_database("import", changed, "--event", "青梧食品")
    assert result.stdout.splitlines()[0] == "活动 1“青梧食品”：新增 0，有变化 1，没有变化 1"


def test_what_breaks_the_law_is_saved_and_not_published(on_database: Mashang, tmp_path: Path) -> None:
    file = workbook(tmp_path, [["安庆市青梧食品有限公司", "包装工（限男性）", 3, "5000元/月", "13800000001"]])
    result = on_database("import", file, "--publish", "--json")
    assert result.stderr.strip().endswith("发布 0，需人工确认 1")
    assert [(c["row"], c["kind"], c["severity"]) for c in json.loads(result.stdout)["compliance"]] == [
        (2, "gender", "block")
    ]


@pytest.mark.parametrize(
    ("name", "content"), [("坏.xlsx", b"not a workbook"), ("空.csv", b""), ("没有表头.csv", "你好\n".encode())]
)
def test_a_bad_file_ends_with_a_sentence_and_saves_nothing(
    on_database: Mashang, tmp_path: Path, file: str, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = on_database("import", file, str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{name}：")
    assert on_database("stats", "1").exit_code == 1


def test_a_missing_file_or_event_or_database_is_said(mashang: Mashang, on_database: Mashang, file: str) -> None:
    assert "打不开" in mashang("import", "没有.xlsx").stderr
    assert "没有找到活动“9”" in on_database("import", file, "--event", "9").stderr


def test_without_a_database_the_way_to_one_is_said(mashang: Mashang, file: str) -> None:
    result = mashang("import", file)
    assert result.exit_code == 1
    assert "mashang init" in result.stderr
