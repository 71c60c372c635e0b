"""What is typed for a cell is read by the cell's own reader, and refused by it in the same words."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.draft import PostingDraft
from app.postings.mending import FIELD_OF_KIND, FIELDS, mend
from app.postings.reading.problems import UnreadableError

TODAY = date(2026, 3, 6)
DRAFT = PostingDraft(employer="甲公司", title="焊工", division="340822")


@pytest.mark.parametrize(
    ("field", "text", "attribute", "value"),
    [
        ("employer", "乙有限公司", "employer", "乙有限公司"),
        ("title", "钳工", "title", "钳工"),
        ("headcount", "5人", "headcount", 5),
        ("headcount", "若干", "headcount", None),
        ("education", "大专及以上", "education", "associate"),
        ("experience", "2年以上", "experience_years", 2),
        ("age", "18-45岁", "age_max", 45),
        ("age", "1980年及以后出生", "age_max", 46),
        ("contact_phone", "13955601234", "contact_phone", "13955601234"),
        ("contact_phone", "", "contact_phone", None),
        ("valid_until", "2026-12-31", "valid_until", date(2026, 12, 31)),
        ("valid_until", "长期", "valid_until", None),
        ("address", "桐城市  文昌街道", "division", "340881"),
        ("address", "工业园 8 号", "division", "340822"),
    ],
)
def test_each_field_has_its_reader(field: str, text: str, attribute: str, value: object) -> None:
    assert getattr(mend(DRAFT, field, text, today=TODAY), attribute) == value


def test_pay_keeps_what_was_typed() -> None:
    pay = mend(DRAFT, "pay", "5000-7000元/月", today=TODAY).pay
    assert (pay.min, pay.max, pay.period, pay.text) == (5000, 7000, "month", "5000-7000元/月")


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("pay", "待遇从优", "unreadable_pay"),
        ("title", " ", "missing_title"),
        ("employer", "-", "missing_employer"),
        ("contact_phone", "123", "bad_phone"),
        ("uscc", "91340811MAYY007A6M", "bad_uscc"),
        ("valid_until", "2026-02-30", "unreadable_date"),
    ],
)
def test_what_cannot_be_read_is_refused(field: str, text: str, kind: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        mend(DRAFT, field, text, today=TODAY)
    assert refusal.value.kind == kind


def test_every_error_leaves_a_field_that_can_be_typed() -> None:
    assert set(FIELD_OF_KIND.values()) <= set(FIELDS)


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_nothing_typed_does_more_than_be_refused(field: str, text: str) -> None:
    with contextlib.suppress(UnreadableError):
        assert isinstance(mend(DRAFT, field, text, today=TODAY), PostingDraft)
