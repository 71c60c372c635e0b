"""The guide for official accounts names what there is: settings, error codes, what stands on the page."""

import re
from pathlib import Path

from app.base.settings import Settings
from app.wechat.codes import known
from bot.phrases import table

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/wechat.md").read_text(encoding="utf-8")
PAGE = (ROOT / "app/web/templates/staff/wechat.html").read_text(encoding="utf-8")


def test_every_setting_of_the_account_is_named() -> None:
    ours = {f"MASHANG_{name.upper()}" for name in Settings.model_fields if name.startswith("wechat_")}
    assert set(re.findall(r"MASHANG_WECHAT_[A-Z_]*[A-Z]", GUIDE)) == ours


def test_every_error_code_stands_in_one_row() -> None:
    section = GUIDE[GUIDE.index("## 看到错误码怎么办") : GUIDE.index("## 开播前一天")]
    named = [
        int(code.replace("−", "-"))
        for row in re.findall(r"^\| ([−0-9、]+) \|", section, re.MULTILINE)
        for code in row.split("、")
    ]
    assert sorted(named) == sorted(known())


def test_the_parts_of_the_page_and_its_buttons_are_named() -> None:
    parts = re.findall(r"<h2 [^>]*>([^<{]+)</h2>", PAGE)
    buttons = re.findall(r"<button [^>]*>([^<{]+)</button>", PAGE)
    assert [words for words in (*parts, *buttons) if words not in GUIDE] == []
    assert len(parts) > 5
    assert len(buttons) > 3


def test_the_menu_is_the_one_that_is_published() -> None:
    assert "、".join(table()["menu"].values()) in GUIDE
