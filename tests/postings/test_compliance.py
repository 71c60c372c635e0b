import pytest

from app.postings.compliance import RULES, check, check_all
from app.postings.draft import Finding, PostingDraft
from bot.terms.pay import Pay

KINDS = {
    "gender": "限女性|男性优先|女性尤佳|只招男工|不招女生|美女优先|不要男的|女优先|性别女|须男性|男士优先",
    "marital_pregnancy": "已婚已育优先|要求已婚|单身优先|三年内无生育计划|怀孕者勿扰|未婚优先",
    "health": "无乙肝|体检需查乙肝两对半|乙肝携带者勿扰|无传染病史|无大面积纹身|有慢性病者勿扰|无肝炎",
    "fee": "押金500元|交服装费300元|培训费自理|押一个月工资|压一个月工资|扣身份证|需交报名费|收取建档费"
    "|先交1000元培训费"
    "|培训贷|分期付款学费|工装费自理|体检费自理|需缴纳保证金|扣押毕业证|收中介费300元|零基础学习包就业，学费分期",
    "household": "仅限本地人|本地户口优先|限安庆户籍|外地人勿扰|东北籍勿扰|限本市户籍|只招本地人",
    "ethnicity_religion": "限汉族|少数民族勿扰|无宗教信仰|汉族优先|少数民族不要",
    "disability": "残疾人勿扰|四肢健全|无残疾|身体无残疾",
    "pay_claim": "轻松月入过万|月入3万不是梦|躺赚",
    "agency_undisclosed": "某知名企业直招|500强企业招聘",
}
CLEAN = (
    "男女不限|夫妻工优先|免押金|不收取任何费用|不压工资|不扣证件|无需押金，不收费|缴纳五险一金|住宿费补贴200元|交通补贴300元"
    "|免费体检|免费培训|退役军人优先|残疾人可|建档立卡户优先|需办理健康证|身体健康|无犯罪记录|婚假产假|生育津贴|民族不限"
    "|户籍不限|已婚未婚均可|女装店员|男装导购|育婴师经验|与XX劳务公司签合同|携身份证原件|返费3000元"
    "|每月22号准时发工资，不压工资|提成另算，上不封顶|收银收款5000元以上奖励|按月支付5000元|培训后上岗|熟悉本地市场"
    "|月收入在3000-7000元|学费补贴|公司承担培训费用|住宿免费，水电费自理|负责收付款、报税缴费|单身公寓|生育礼金"
)


def posting(**fields: object) -> PostingDraft:
    return PostingDraft(**{"employer": "安庆某某公司", "title": "普工", **fields})  # type: ignore[arg-type] # a test's own fields


def kinds(draft: PostingDraft) -> list[str]:
    return [finding.kind for finding in check(draft)]


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, row in KINDS.items() for words in row.split("|")])
def test_words_the_law_forbids(kind: str, words: str) -> None:
    assert kinds(posting(description=words)) == [kind]


@pytest.mark.parametrize("words", CLEAN.split("|"))
def test_words_that_only_look_like_it(words: str) -> None:
    assert kinds(posting(description=words)) == []


@pytest.mark.parametrize("title", ["收费员", "女装导购", "育婴师", "本地生活运营", "服装厂普工"])
def test_titles_that_only_look_like_it(title: str) -> None:
    assert kinds(posting(title=title)) == []


@pytest.mark.parametrize(("age_max", "expected"), [(28, ["age"]), (35, ["age"]), (36, []), (None, [])])
def test_an_upper_limit_of_age(age_max: int | None, expected: list[str]) -> None:
    assert kinds(posting(age_max=age_max)) == expected


def test_a_column_for_one_sex_is_held_back_with_its_words() -> None:
    (found,) = check(posting(gender="male", cells={"title": "普工", "gender": "男（搬运重物）"}))
    assert (found.kind, found.severity, found.words) == ("gender", "block", "男（搬运重物）")


def test_who_says_it_places_people_discloses_it() -> None:
    assert kinds(posting(description="某知名企业直招", employment="dispatch")) == []


def test_what_a_posting_cannot_do_without() -> None:
    assert [(f.kind, f.severity, f.words) for f in check(PostingDraft())] == [
        ("missing_field", "block", "用人单位、岗位名称")
    ]


def test_several_kinds_each_once_in_the_order_of_the_rules() -> None:
    draft = posting(description="限汉族，未婚优先，限女性，女性优先，押金200元")
    assert kinds(draft) == ["gender", "marital_pregnancy", "fee", "ethnicity_religion"]


def test_severities_and_sources() -> None:
    assert {rule.severity for rule in RULES if rule.kind in {"pay_claim", "agency_undisclosed"}} == {"warn"}
    assert {rule.severity for rule in RULES if rule.kind not in {"pay_claim", "agency_undisclosed"}} == {"block"}
    assert [rule.id for rule in RULES if not (rule.source and rule.reason.endswith("。"))] == []
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_pay_far_above_the_other_postings_of_a_file() -> None:
    usual = [posting(pay=Pay(5000, 6000, "month")) for _ in range(9)]
    claim = posting(title="销售", pay=Pay(30000, None, "month", text="3万起"))
    asked = posting(title="总工", pay=Pay(30000, None, "month"), education="bachelor", experience_years=5)
    found = check_all([*usual, claim, asked])
    assert [[finding.kind for finding in findings] for findings in found] == [[]] * 9 + [["pay_claim"], []]
    assert found[9][0].words == "3万起"


def test_the_message_tells_what_to_do_and_on_what_it_rests() -> None:
    assert check(posting(description="限女性")) == (
        Finding(
            "gender",
            "block",
            "限女性",
            "招聘不得限定性别或规定性别优先，请改为“男女不限”。（就业促进法第二十七条；妇女权益保障法第四十三条）",
        ),
    )
