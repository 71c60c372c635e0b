"""`mashang codes` and `mashang stats` on the demo event."""

import json
from pathlib import Path

import zxingcpp
from PIL import Image

from tests.cli.conftest import Mashang

ENV = {"MASHANG_PUBLIC_URL": "https://rsj.anqing.gov.cn"}


def test_the_codes_written_hold_what_the_list_says(on_demo: Mashang, tmp_path: Path) -> None:
    result = on_demo("codes", "1", "--out", str(tmp_path / "codes"), env=ENV)
    assert result.exit_code == 0
    payloads = json.loads((tmp_path / "codes" / "codes.json").read_text(encoding="utf-8"))
    files = sorted(path.name for path in (tmp_path / "codes").iterdir() if path.name != "codes.json")
    assert files == sorted(payloads)
    for name in ("101-job.png", "101-interview.png"):
        with Image.open(tmp_path / "codes" / name) as picture:
            [found] = zxingcpp.read_barcodes(picture)
        assert found.text == payloads[name]
        assert payloads[name] == payloads[name.replace(".png", ".svg")]
    assert payloads["101-job.png"].startswith("HTTPS://RSJ.ANQING.GOV.CN/J")
    assert payloads["101-interview.png"].startswith("HTTPS://RSJ.ANQING.GOV.CN/I")


def test_writing_them_again_gives_the_same(on_demo: Mashang, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        on_demo("codes", "1", "--out", str(tmp_path / folder), env=ENV)
    assert (tmp_path / "one" / "codes.json").read_bytes() == (tmp_path / "two" / "codes.json").read_bytes()


def test_an_unknown_event_or_an_address_that_cannot_work_is_said(on_demo: Mashang, tmp_path: Path) -> None:
    assert "没有找到活动" in on_demo("codes", "7", "--out", str(tmp_path / "x")).stderr
    broken = on_demo("codes", "1", "--out", str(tmp_path / "x"), env={"MASHANG_PUBLIC_URL": "rsj.anqing.gov.cn"})
    assert broken.exit_code == 1
    assert not (tmp_path / "x").exists()


def test_stats_for_a_person(on_demo: Mashang) -> None:
    assert on_demo("stats", "1").stdout.splitlines() == [
        "扫码：0",
        "人数：0",
        "提问：0",
        "报名面试：0",
        "初步意向：0",
    ]
