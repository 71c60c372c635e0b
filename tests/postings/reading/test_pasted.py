from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.draft import PostingDraft
from app.postings.reading.pasted import LONGEST, read_text
from app.postings.reading.problems import BadFileError

TODAY = date(2026, 11, 23)


def read(text: str) -> tuple[PostingDraft, ...]:
    return read_text(text, today=TODAY).postings


def test_one_line() -> None:
    (draft,) = read("安庆某某电子有限公司 招普工10名 月薪5000-7000 包吃住 电话13800000001")
    assert (draft.employer, draft.title, draft.headcount) == ("安庆某某电子有限公司", "普工", 10)
    assert (draft.pay.min, draft.pay.max, draft.pay.period, draft.pay.text) == (5000, 7000, "month", "月薪5000-7000")
    assert (sorted(draft.benefits), draft.contact_phone, draft.row) == (["housing", "meals"], "13800000001", 1)


def test_several_jobs_of_one_employer() -> None:
    drafts = read(
        "安庆绿野食品厂招聘：\n"
        "1、包装工20名，18-50岁，月薪4500-6000元，包吃住\n"
        "2、质检员3人，大专以上，5000-6500元/月，五险一金\n"
        "3、叉车司机若干，3年以上经验，7000元\n"
        "联系人：李经理 13800000002\n"
        "地址：安庆市宜秀区大龙山镇"
    )
    assert [(d.row, d.title, d.headcount, d.pay.min, d.education, d.age_max, d.experience_years) for d in drafts] == [
        (2, "包装工", 20, 4500, "any", 50, 0),
        (3, "质检员", 3, 5000, "associate", None, 0),
        (4, "叉车司机", None, 7000, "any", None, 3),
    ]
    assert {(d.employer, d.contact_name, d.contact_phone, d.division) for d in drafts} == {
        ("安庆绿野食品厂", "李经理", "13800000002", "340811")
    }


def test_labelled_lines() -> None:
    (draft,) = read(
        "【单位名称】桐城暮山塑业厂\n【岗位】注塑工\n【人数】5人\n【薪资】计件，月收入6000-9000元\n"
        "【要求】初中以上，45岁以下\n【福利】包吃住、五险\n【联系电话】0556-5512345\n【工作地点】桐城市新渡镇"
    )
    assert (draft.employer, draft.title, draft.headcount, draft.pay.min, draft.pay.max) == (
        "桐城暮山塑业厂", "注塑工", 5, 6000, 9000
    )  # fmt: skip
    assert (draft.education, draft.age_max, draft.contact_phone, draft.division) == (
        "junior_high", 45, "0556-5512345", "340881"
    )  # fmt: skip
    assert draft.benefits == {"meals", "housing", "insurance"}


def test_two_employers_in_one_paste() -> None:
    drafts = read(
        "急招！太湖某某服饰厂招缝纫工，计件工资，综合5000以上，不上夜班，王姐13800000003\n\n"
        "望江某某酒店招服务员2名 3500元/月 包吃住 联系13800000004"
    )
    assert [(d.employer, d.title, d.pay.min, d.contact_name, d.contact_phone, d.division) for d in drafts] == [
        ("太湖某某服饰厂", "缝纫工", 5000, "王姐", "13800000003", "340825"),
        ("望江某某酒店", "服务员", 3500, None, "13800000004", "340827"),
    ]


def test_what_is_missing_or_unreadable_is_reported() -> None:
    reading = read_text("招聘保洁阿姨2名，60岁以下，2600元/月，电话138****0001", today=TODAY)
    assert [(error.row, error.kind) for error in reading.errors] == [(1, "missing_employer"), (1, "bad_phone")]
    assert [(draft.title, draft.age_max, draft.contact_phone) for draft in reading.postings] == [("保洁阿姨", 60, None)]


@pytest.mark.parametrize("text", ["", "今天天气不错", "13800000001", "好" * (LONGEST + 1)])
def test_no_job_to_be_made_out(text: str) -> None:
    with pytest.raises(BadFileError) as problem:
        read_text(text, today=TODAY)
    assert problem.value.message.endswith("。")


@given(st.text(alphabet="某公司厂招聘普工员师名人薪资元月包吃住电话：:【】1380-\n ，、。岁以上岗位abc", max_size=120))
def test_any_text(text: str) -> None:
    with suppress(BadFileError):
        read_text(text, today=TODAY)
