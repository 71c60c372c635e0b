import pytest

from bot.terms.education import LEVELS, lowest_level


def test_levels_stand_in_their_order() -> None:
    assert list(LEVELS) == [
        "any",
        "primary",
        "junior_high",
        "senior_high",
        "vocational",
        "associate",
        "bachelor",
        "master",
        "doctor",
    ]


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("初中及以上", "junior_high"),
        ("高中/中专/技校", "senior_high"),
        ("中技/中专", "vocational"),
        ("职高", "vocational"),
        ("职业高中", "vocational"),
        ("大专（含高职）", "associate"),
        ("高职高专", "associate"),
        ("大学专科", "associate"),
        ("统招本科", "bachelor"),
        ("大学本科", "bachelor"),
        ("本科，药学相关专业", "bachelor"),
        ("硕士研究生", "master"),
        ("博士研究生", "doctor"),
        ("小学文化", "primary"),
        ("九年义务教育", "junior_high"),
        ("不限", "any"),
        ("学历不限", "any"),
        ("学历不限，大专优先", "any"),
        ("本科优先", "any"),
        ("大专以上，本科优先", "associate"),
        ("初中以下", "any"),
        ("不识字也可", "any"),
        ("专业不限，大专", "associate"),
        ("中专以上学历,如能力强可放宽", "vocational"),
        ("我初中毕业", "junior_high"),
        ("普工", None),
        ("", None),
    ],
)
def test_the_lowest_level_accepted(written: str, level: str | None) -> None:
    assert lowest_level(written) == level
