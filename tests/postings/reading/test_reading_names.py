"""Employers, credit codes and titles."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.postings.reading.contact import read_contact_name, read_phone
from app.postings.reading.education import read_education
from app.postings.reading.employer import employer_in, employer_of_file, read_employer
from app.postings.reading.gender import read_gender
from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw
from app.postings.reading.title import count_of, read_title
from app.postings.reading.uscc import ALPHABET, check_character, read_uscc


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("1、缝纫工", "缝纫工"),
        ("①平车工 ②锁眼工", "平车工/锁眼工"),
        ("（1）焊工（2）钳工", "焊工/钳工"),
        ("缝纫工\n后整工", "缝纫工/后整工"),
        ("操 作 工", "操作工"),
        ("【急聘】贴合操作员", "贴合操作员"),
        ("急招 装配工", "装配工"),
        ("诚聘Java开发工程师", "Java开发工程师"),
        ("高薪诚聘塔吊司机", "塔吊司机"),
        ("诚聘高薪10000销售精英", "销售精英"),
        ("双休高薪业务员", "业务员"),
        ("直招普工6-9k包吃住", "普工"),
        ("流水线包装工 4000起包午餐", "流水线包装工"),
        ("口罩机操作工（五险包吃住）", "口罩机操作工"),
        ("注塑工（长期招聘）", "注塑工"),
        ("储备干部(2名)", "储备干部"),
        ("普工招聘", "普工"),
        ("收银员10人", "收银员"),
    ],
)
def test_titles_without_slogans_pay_and_numbers(written: str, title: str) -> None:
    assert read_title(written) == title


@pytest.mark.parametrize(
    "title",
    [
        "招聘专员",
        "人事招聘",
        "社保专员",
        "急诊护士",
        "安全员C证",
        "A2牵引车司机",
        "送货司机（C1）",
        "书法教师（兼职）",
        "C++工程师",
        "3.5吨叉车司机",
        "5G通信工程师",
        "日结临时工",
        "周末兼职服务员",
        "普工/配货员/送货员",
        "QA/QC",
        "2027届管培生",
    ],
)
def test_what_belongs_to_a_title_stays(title: str) -> None:
    assert read_title(title) == title


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (None, "missing_title"),
        ("/", "missing_title"),
        (12, "unreadable_title"),
        ("#REF!", "unreadable_title"),
        ("12345", "unreadable_title"),
        ("甲" * 200, "unreadable_title"),
    ],
)
def test_no_title(raw: Raw, kind: str) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_title(raw)
    assert problem.value.kind == kind


def test_jobs_in_a_title() -> None:
    assert [count_of(title) for title in ("普工", "平车工/锁眼工", "货运、厨师、跟单员")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("written", "employer"),
    [
        ("安徽ＡＱＫ电子有限公司", "安徽AQK电子有限公司"),
        ("安徽锦湍 医药 有限公司", "安徽锦湍医药有限公司"),
        ("1.安庆稻浪湾食品厂", "安庆稻浪湾食品厂"),
        ("安庆溪柚纺织股份（规上企业）", "安庆溪柚纺织股份"),
        ("安庆楚云涧大酒店\n（五星）", "安庆楚云涧大酒店"),
        ("桐城暮山塑业厂-王经理", "桐城暮山塑业厂"),
        ("安庆鹊桥岭人力资源服务有限公司代招", "安庆鹊桥岭人力资源服务有限公司"),
        ("京信通信技术（广州）有限公司湖北分公司", "京信通信技术（广州）有限公司湖北分公司"),
        ("单位名称：安庆某某公司", "安庆某某公司"),
    ],
)
def test_employers(written: str, employer: str) -> None:
    assert read_employer(written) == employer


@pytest.mark.parametrize("raw", [None, "", "/", "无", 12, "#N/A"])
def test_no_employer(raw: Raw) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_employer(raw)
    assert problem.value.kind == "missing_employer"


@pytest.mark.parametrize(
    ("heading", "employer"),
    [
        ("安庆市某某有限公司2027年招聘岗位表", "安庆市某某有限公司"),
        ("2027年安徽某某集团股份有限公司安庆分公司招聘简章", "安徽某某集团股份有限公司安庆分公司"),
        ("一、安庆石化有限公司（联系人：李经理）", "安庆石化有限公司"),
        ("安庆市第一人民医院招聘岗位", "安庆市第一人民医院"),
        ("2027年安庆市春风行动招聘会岗位汇总表", None),
        ("用人单位岗位需求表", None),
        ("太湖县就业服务中心", None),
        ("规上企业", None),
    ],
)
def test_employers_in_headings(heading: str, employer: str | None) -> None:
    assert employer_in(heading) == employer


def test_employers_in_file_names() -> None:
    assert employer_of_file("（已核）桐城市某某塑业厂-招聘岗位表(1).xls") == "桐城市某某塑业厂"
    assert employer_of_file("2027年岗位需求.xlsx") is None


@pytest.mark.parametrize("code", ["91340803MAYY00050C", "52340803MAYY00FM5J", "91340881MAYY022G9C"])
def test_sound_credit_codes(code: str) -> None:
    assert read_uscc(code) == code
    assert read_uscc(f"统一社会信用代码：{code.lower()} ") == code


@pytest.mark.parametrize(
    "code", ["91340811MAYY007A6M", "91340803MAYY00050", "9.13408E+17", "340800400012345", "9134080OMAYY00050C"]
)
def test_faulty_credit_codes(code: str) -> None:
    with pytest.raises(UnreadableError) as problem:
        read_uscc(code)
    assert problem.value.kind == "bad_uscc"


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    assert read_uscc(code) == code
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(UnreadableError):
            read_uscc(wrong)


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.dates(), st.none()))
def test_any_cell_is_read_or_refused(raw: Raw) -> None:
    for reader in (read_title, read_employer, read_uscc, read_phone, read_contact_name, read_gender, read_education):
        with suppress(UnreadableError):
            reader(raw)
