"""Questions of seekers, put to the answers that are shipped: the right one, or honestly none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.policies.first_set import first_set
from app.policies.serving import entry_of_contents
from bot.answers.book import Book
from bot.answers.matching import matter
from bot.memory_desk import MemoryDesk
from bot.terms.divisions import HOME
from tests.bot.bot_cast import Talk

TODAY = date(2026, 3, 6)
BOOK = Book(tuple(entry_of_contents(first.key, first.contents) for first in first_set(HOME)))
STAY_ON, WORK_TRAINING, DATA = "春节留岗补贴", "以工代训", "春节手机流量"

QUESTIONS = {
    STAY_ON: [
        "在安庆过年上班有补贴吗",
        "留工补贴怎么领",
        "留岗补贴还有没有",
        "过年不回家有奖励没",
        "春节留在厂里给多少钱",
        "就地过年补贴",
        "桐城春节留岗补贴多少",
        "我是湖北的，过年在桐城上班有没有补贴",
        "我老婆过年不回家在服装厂干活有没有补贴",
        "外省来的一线工人过年有补助吗",
        "中高风险地区来的员工有补贴吗",
        "过年加班有红包吗",
        "过年留下来有什么好处",
        "稳岗留工政策",
        "春节不返乡有钱拿吗",
        "大观区规上企业留岗补贴",
        "过年值班有补贴吗",
        "老家在河南，听说过年不走有奖励",
        "过年补贴1000块什么时候到账",
        "迎江区过年补贴两千块",
        "潜山过年留岗有补贴吗",
        "岳西的留工补贴",
        "過年不回家有補貼嗎",
    ],
    WORK_TRAINING: ["以工代训还有吗", "以工代训补贴怎么申请", "什么是以工代训", "企业搞以工代训怎么申请"],
    DATA: ["过年送流量是真的吗", "10G流量怎么领", "移动送流量吗", "手机流量补贴"],
    "12333热线": ["12333是干嘛的", "人社局电话多少", "人社服务热线是多少"],
    "12348热线": ["12348是什么电话", "法律援助怎么申请", "法援电话"],
    "12351热线": ["12351是哪里", "我想找工会", "工会电话多少"],
}
NOT_ANSWERED = [
    *["社保补贴怎么领", "高校毕业生租房补贴", "4050是什么政策", "创业贷款怎么申请", "失业金能领几个月", "生育津贴"],
    *["大学生回来有没有补贴", "灵活就业交社保有补助没", "过年回家有车票补贴吗", "返岗包车", "稳岗补贴怎么申请"],
    *["过年加班费几倍", "春节上班三倍工资吗", "过年放几天假", "过年厂里上班吗", "有什么补贴", "补贴", "有哪些政策"],
    *["高温补贴多少", "购房补贴", "一次性创业补贴", "技能提升补贴", "见习补贴", "养老金涨多少", "手机话费补贴"],
    *["家电以旧换新补贴", "种粮补贴", "交通补贴", "求职创业补贴", "低保怎么申请", "公租房", "有没有免费培训"],
    *["考个焊工证要多少钱", "月嫂培训班什么时候开", "春节有什么岗位", "春节买烟花有补贴吗", "企业招人有奖励吗"],
    *["外地人有补贴吗", "疫情隔离有补贴吗", "培训补贴", "残疾人补贴", "介绍人来厂里有奖励吗", "留守儿童补贴"],
    *["老板拖欠工资三个月了", "电话多少", "社保局电话", "带孩子上学的补贴有吗", "退伍军人有优惠吗", "宽带流量"],
    *["", "？？", "🙂", "怎么领", "桐城呢"],
]


@pytest.mark.parametrize(("title", "question"), [(title, said) for title, all_ in QUESTIONS.items() for said in all_])
def test_a_question_finds_its_matter(title: str, question: str) -> None:
    assert {entry.title for entry in matter(question, BOOK.entries, topic="policy")} == {title}


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_nobody_has_answered_gets_no_answer(question: str) -> None:
    assert BOOK.answer(question, topic="policy", divisions=(), subject=None, today=TODAY) is None


@pytest.mark.parametrize("question", [said for said in NOT_ANSWERED if "补贴" in said or "津贴" in said])
async def test_the_bot_names_no_subsidy_that_was_not_asked_about(question: str) -> None:
    reply = await Talk(MemoryDesk([], book=BOOK)).say(question)
    assert [title for title in (STAY_ON, WORK_TRAINING, DATA) if title in reply.text] == []


async def test_the_same_question_twice_is_answered_twice() -> None:
    talk = Talk(MemoryDesk([], book=BOOK))
    first, second = [await talk.say("在安庆过年上班有补贴吗") for _ in range(2)]
    assert (first.text, first.intent) == (second.text, second.intent) == (first.text, "ask_policy")


WORDS = ["过年", "补贴", "留岗", "流量", "桐城", "怀宁", "合肥", "以工代训", "12333", "社保", "吗", "怎么领"]
WORDS += ["，", "？", "不回家", "工资", "{x}", "<b>", "\x00", "\ud800", "１２３４８", "補貼"]
ANYTHING = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
PLACES = st.lists(st.sampled_from(["340881", "340811", "340800", "340822", "340100", "999999"]), max_size=2).map(tuple)


@given(ANYTHING, PLACES, st.none() | st.sampled_from([entry.key for entry in BOOK.entries]) | st.text(max_size=9))
@settings(max_examples=300)
def test_any_question_is_looked_up_and_gives_the_same_twice(
    question: str, places: tuple[str, ...], subject: str | None
) -> None:
    found = [BOOK.answer(question, topic="rights", divisions=places, subject=subject, today=TODAY) for _ in range(2)]
    assert found[0] == found[1]


@pytest.mark.parametrize("text", ["过年补贴" * 2_500, "补贴，" * 3_000, "的" * 10_000, "12333" * 2_000])
def test_long_questions_are_read_to_a_bound(text: str) -> None:
    matter(text, BOOK.entries, topic="policy")
    assert matter(text + "社保", BOOK.entries, topic="policy") == matter(text, BOOK.entries, topic="policy")
