"""Values of a template message, cut to what the platform takes; it refuses a message for one value too long."""

import pytest

from app.wechat.templates import cut, filled

LONG = "怀宁县皖江精密铸造有限公司高河镇工业园第二分厂"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("thing1", "怀宁县皖味餐饮有限公司", "怀宁县皖味餐饮有限公司"),
        ("thing1", LONG, "怀宁县皖江精密铸造有限公司高河镇工业园…"),
        ("thing12", "电焊工\n（夜班）", "电焊工 （夜班）"),
        ("thing1", "", "无"),
        ("character_string2", "3", "3"),
        ("character_string2", "3号", "3"),
        ("character_string2", "三号", "-"),
        ("character_string2", "A" * 40, "A" * 32),
        ("phrase3", "正在联系您", "正在联系您"),
        ("phrase3", "正在打您的电话", "正在打您的"),
        ("phrase3", "no", "见详情"),
        ("number4", "103号", "103"),
        ("number4", "号", "0"),
        ("time5", "2026年3月6日 19:00", "2026年3月6日 19:00"),
        ("name6", LONG, LONG[:10]),
        ("first", LONG * 3, LONG * 3),
    ],
)
def test_a_value_fits_its_field(field: str, value: str, expected: str) -> None:
    assert cut(field, value) == expected


def test_a_field_holds_a_fact_or_the_words_that_staff_wrote() -> None:
    facts = {"employer": "怀宁县皖味餐饮有限公司", "number": "3"}
    assert filled({"thing1": "employer", "character_string2": "number", "thing3": "请接听电话"}, facts) == {
        "thing1": {"value": "怀宁县皖味餐饮有限公司"},
        "character_string2": {"value": "3"},
        "thing3": {"value": "请接听电话"},
    }
