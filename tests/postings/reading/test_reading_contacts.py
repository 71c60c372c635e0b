"""Contacts, and what a posting asks of people and offers them as a contract."""

import pytest

from app.postings.reading.contact import read_contact, read_contact_name, read_phone
from app.postings.reading.education import read_education
from app.postings.reading.gender import gender_in, read_gender
from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw
from app.postings.reading.terms import employment_of, job_type_of


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        (13800000102, "13800000102"),
        (13800000102.0, "13800000102"),
        ("13800001002.0", "13800001002"),
        ("138 0000 0104", "13800000104"),
        ("138-0000-0116", "13800000116"),
        ("１３８００００１０１７", "13800001017"),
        ("+86 13800001013", "13800001013"),
        ("电话：13800001003", "13800001003"),
        ("13800001014（微信同号）", "13800001014"),
        ("13800001016/13800006016", "13800001016"),
        ("13800001009\n13800006009", "13800001009"),
        ('"13800001019', "13800001019"),
        ("0556-5512345", "0556-5512345"),
        ("（0556）5512345", "0556-5512345"),
        ("0556 5512345转8001", "0556-5512345-8001"),
        ("400-800-1234", "4008001234"),
        ("5512345", "5512345"),
        ("/", None),
        (None, None),
    ],
)
def test_telephones(written: Raw, phone: str | None) -> None:
    assert read_phone(written) == phone


@pytest.mark.parametrize(
    "written",
    ["面谈", "138****1004", "1380000100", "138000010110", "1.38E+10", "微信：abc123", "汪总138000010", "0556-551"],
)
def test_no_telephones(written: str) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_phone(written)
    assert problem.value.kind == "bad_phone"


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("操经理：13800000127", ("操经理", "13800000127")),
        ("疏女士13800000128", ("疏女士", "13800000128")),
        ("赵厂长\n13800000133", ("赵厂长", "13800000133")),
        ("13800001037（李主任）", ("李主任", "13800001037")),
        ("联系人：王女士 电话：13800001036", ("王女士", "13800001036")),
        ("小陈/138 0000 1031", ("小陈", "13800001031")),
        ("程经理 13800001033 13800006033", ("程经理", "13800001033")),
        ("13800001035", (None, "13800001035")),
        ("张部长13800000001\n李经理13800000002", ("张部长", "13800000001")),
        ("-", (None, None)),
    ],
)
def test_name_and_number_in_one_cell(written: str, contact: tuple[str | None, str | None]) -> None:
    assert read_contact(written) == contact


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王 女士", "王女士"),
        ("王经理 微信同号", "王经理"),
        ("人力资源部-小陈", "人力资源部-小陈"),
        ("张主任/李经理", "张主任/李经理"),
        ("Ms.何", "Ms.何"),
        ("无", None),
        ("汪总138000010", "汪总"),
    ],
)
def test_contact_names(written: str, name: str | None) -> None:
    assert read_contact_name(written) == name


@pytest.mark.parametrize(
    ("written", "gender"),
    [
        ("男", "male"),
        ("仅限女", "female"),
        ("男（搬运重物）", "male"),
        ("女，已婚已育优先", "female"),
        ("M/F", "any"),
        ("男女皆可", "any"),
        ("男士优先", "any"),
        ("不限（女优先）", "any"),
        ("夫妻工优先", "any"),
        ("-", "any"),
        (None, "any"),
    ],
)
def test_gender(written: Raw, gender: str) -> None:
    assert read_gender(written) == gender


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("30岁以下，限女性", "female"),
        ("男性40岁以下", "male"),
        ("18-40周岁男性", "male"),
        ("18-55（女50）", "any"),
        ("18~45岁男女均可", "any"),
        ("女装店员，男士优先", "any"),
        ("联系人：王女士", "any"),
    ],
)
def test_gender_in_a_sentence(sentence: str, gender: str) -> None:
    assert gender_in(sentence) == gender


def test_education_that_says_nothing_sure() -> None:
    assert [read_education(cell) for cell in ("初中↑", "无要求", None, "健康")] == ["junior_high", "any", "any", "any"]
    with pytest.raises(UnreadableError):
        read_education("#REF!")


@pytest.mark.parametrize(
    ("title", "notes", "kind"),
    [
        ("书法教师（兼职）", "", "part_time"),
        ("产品助理（实习）", "", "intern"),
        ("分拣员", "日结", "temporary"),
        ("寒假工（学生工）", "", "temporary"),
        ("普工", "短期勿扰", "full_time"),
        ("普工", "实习期三个月", "full_time"),
        ("钟点工", "", "part_time"),
    ],
)
def test_job_types(title: str, notes: str, kind: str) -> None:
    assert job_type_of(title, notes=notes) == kind


@pytest.mark.parametrize(
    ("employer", "notes", "kind"),
    [
        ("某某公司", "劳务派遣，日结", "dispatch"),
        ("某某人力资源公司", "代招，合同与用工企业签订", "agency"),
        ("某某人力资源公司", "", "direct"),
        ("某某劳务派遣有限公司", "", "dispatch"),
        ("某某公司", "非劳务派遣，直签合同", "direct"),
        ("某某公司", "中介勿扰", "direct"),
        ("某某厂", "外包装工", "direct"),
    ],
)
def test_who_signs_the_contract(employer: str, notes: str, kind: str) -> None:
    assert employment_of(employer, notes=notes) == kind
