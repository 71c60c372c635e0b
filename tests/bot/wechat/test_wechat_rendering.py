"""Replies of the bot as WeChat texts: cards, links, choices by number, one job as a card."""

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.memory_desk import MemoryDesk
from bot.reply import Card, Cards, Choices, Image, Link, Part, Text
from bot.terms.pay import Pay
from bot.turn import Scan
from bot.wechat import Article, Rendering, link, render
from bot.wechat.paging import PAGE
from tests.bot.bot_cast import Talk, make_job
from tests.bot.wechat.sealed import ANY_TEXT

BASE = "https://zp.example.cn"
JOB = make_job()
WELDER = "氩弧焊工（103号），6000–8000元/月"
WAYS = f'<a href="{BASE}/J7K3M9Q">看岗位</a>  <a href="{BASE}/I7K3M9Q">我要面试</a>'


def text(*parts: Part, **options: Any) -> str:
    """The only page."""
    (page,) = render(parts, base=BASE, **options).pages
    return page


def test_a_list_of_jobs_with_choices() -> None:
    other = make_job("k2", number="104", title="厨师", path="/JB", interview_path="/IB")
    parts: list[Part] = [
        Text("有两个岗位："),
        Cards((Card(JOB, ("包吃", "在宜秀区"), 1), Card(other, (), 2))),
        Text("看中了，说“我要面试第一个”就行。"),
        Choices(("换一批", "我要面试第一个")),
    ]
    rendered = render(parts, base=BASE)
    assert rendered.pages[0].split("\n") == [
        "有两个岗位：",
        "",
        f"1. {WELDER}",
        "宜秀区，安庆江畔隆化工装备有限公司（包吃；在宜秀区）",
        WAYS,
        "",
        "2. 厨师（104号），6000–8000元/月",
        "宜秀区，安庆江畔隆化工装备有限公司",
        f'<a href="{BASE}/JB">看岗位</a>  <a href="{BASE}/IB">我要面试</a>',
        "",
        "看中了，说“我要面试第一个”就行。",
        "",
        "回复数字也行：",
        "3 换一批",
        "4 我要面试第一个",
    ]
    assert (rendered.choices, rendered.article) == ({"3": "换一批", "4": "我要面试第一个"}, None)


@pytest.mark.parametrize(
    ("parts", "listed", "numbers"),
    [
        ([Choices(("甲", "乙"))], 0, ["1", "2"]),
        ([Choices(("甲", "乙"))], 3, ["4", "5"]),
        ([Cards((Card(JOB, (), 2),)), Choices(("甲",))], 0, ["3"]),
        ([Cards((Card(JOB, (), 2),)), Choices(("甲",))], 5, ["6"]),
        ([Cards((Card(JOB),)), Choices(("甲",))], 0, ["1"]),
        ([Choices(("甲",)), Text("话"), Choices(("乙",))], 1, ["2", "3"]),
        ([Text("话")], 3, []),
    ],
    ids=["none listed", "listed", "shown", "listed more", "no ordinal", "two rows", "no choices"],
)
def test_numbers_begin_after_the_jobs_that_can_be_counted(parts: list[Part], listed: int, numbers: list[str]) -> None:
    assert list(render(parts, base=BASE, listed=listed).choices) == numbers


def test_words_and_links_stand_a_line_each() -> None:
    said = text(
        Text("请打开："), Link("去填", "/place/x"), Image("/a.png", "岗位信息码"), Link("原文", "http://anhui.gov.cn/a")
    )
    assert said.split("\n") == [
        "请打开：",
        f'<a href="{BASE}/place/x">去填</a>',
        f'<a href="{BASE}/a.png">岗位信息码</a>',
        '<a href="http://anhui.gov.cn/a">原文</a>',
    ]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/J1?a=1&b=2#c", f'<a href="{BASE}/J1?a=1&b=2#c">看</a>'),
        ("HTTPS://A.CN/J1", '<a href="HTTPS://A.CN/J1">看</a>'),
        ("/焊工", f'<a href="{BASE}/焊工">看</a>'),
        ('/a" onclick="x', f'<a href="{BASE}/a%22%20onclick=%22x">看</a>'),
        ("/a><b", f'<a href="{BASE}/a%3E%3Cb">看</a>'),
        ("//evil.cn", "看"),
        ("/\\evil.cn", "看"),
        ("javascript:alert(1)", "看"),
        ("weixin://bizmsgmenu", "看"),
        ("data:text/html,x", "看"),
        ("https:///a", "看"),
        ("evil.cn", "看"),
        (" /a", "看"),
        ("", "看"),
        ("/" + "x" * 1000, "看"),
    ],
)
def test_only_this_server_and_the_web_are_linked(path: str, shown: str) -> None:
    assert text(Link("看", path)) == shown


def test_an_address_is_its_own_name_where_it_has_none_and_a_base_may_end_in_a_slash() -> None:
    assert link(" ", "/J1", base=f"{BASE}/") == f'<a href="{BASE}/J1">{BASE}/J1</a>'
    assert link("看\n岗位", "/J1", base="HTTP://A.CN") == '<a href="HTTP://A.CN/J1">看 岗位</a>'


def test_a_closed_job_says_so_and_offers_no_interview() -> None:
    closed = make_job(state="filled")
    assert text(Cards((Card(closed),))).split("\n")[2:] == ["已经招满", f'<a href="{BASE}/J7K3M9Q">看岗位</a>']


def test_ways_are_the_jobs_own_or_those_by_key() -> None:
    bare = make_job(path="", interview_path="")
    assert "<a" not in text(Cards((Card(bare),)))
    assert WAYS in text(Cards((Card(bare),)), paths={"k1": ("/J7K3M9Q", "/I7K3M9Q")})
    assert text(Cards((Card(JOB),)), paths={"k1": ("/JX", "")}).split("\n")[2:] == [f'<a href="{BASE}/JX">看岗位</a>']


def test_what_waited_stands_first_with_its_links() -> None:
    waited = ['您排到了。<a href="https://a.cn/1">打开</a>', "", "<b>"]
    assert text(Text("好的"), carried=waited).split("\n\n") == [waited[0], "＜b＞", "好的"]
    assert render([], base=BASE, carried=["话"]).pages == ("话",)
    assert render([Cards((Card(JOB),))], base=BASE, carried=["话"]).article is None


@pytest.mark.parametrize("parts", [[], [Text("")], [Text(" \n")], [Cards(())], [Choices(())]])
def test_silence_is_no_page(parts: list[Part]) -> None:
    assert render(parts, base=BASE) == Rendering()


async def test_a_scanned_job_may_be_one_card() -> None:
    job = make_job(valid_until=date(2026, 4, 1))
    reply = await Talk(MemoryDesk([job])).scan(Scan("job", number="103"))
    rendered = render(reply.parts, base=BASE)
    assert rendered.article == Article(
        title="氩弧焊工 6000–8000元/月",
        description=(
            "安庆江畔隆化工装备有限公司\n宜秀区霞虹路18号\n包吃、五险\n学历不限，不要求经验\n"
            "想去就回复“我要面试”，有不清楚的直接问，比如“几点上班”。点这里看岗位。"
        ),
        url=f"{BASE}/J7K3M9Q",
    )
    assert rendered.pages[0].split("\n")[:4] == [
        "您扫的是这个岗位：",
        "",
        WELDER,
        "宜秀区霞虹路18号，安庆江畔隆化工装备有限公司",
    ]
    assert rendered.choices == {"1": "我要面试", "2": "几点上班", "3": "在哪里上班", "4": "包吃住吗"}


@pytest.mark.parametrize(
    "parts",
    [
        [Text("话")],
        [Cards((Card(JOB), Card(JOB)))],
        [Cards((Card(JOB),)), Cards((Card(JOB),))],
        [Cards((Card(JOB, (), 1),))],
        [Cards((Card(JOB),)), Link("去填", "/x")],
        [Cards((Card(make_job(state="filled")),))],
        [Cards((Card(make_job(path="")),))],
        [Cards((Card(make_job(path="//evil.cn")),))],
    ],
    ids=["no job", "two", "two lists", "in a list", "with a link", "closed", "no page", "a page elsewhere"],
)
def test_what_one_card_cannot_say_stays_text(parts: list[Part]) -> None:
    assert render(parts, base=BASE).article is None


def test_a_card_is_short_whatever_the_posting_holds() -> None:
    made = render([Cards((Card(make_job(title="焊\x00" * 999, address="路" * 999)),))], base=BASE).article
    assert made is not None
    assert made.title == "焊" * 42
    assert len(made.description.encode()) <= 512
    assert made.description.endswith("点这里看岗位。")


@pytest.mark.parametrize("parts", [[], [Cards((Card(JOB),)), Choices(("甲",))], [Text("<\ud800>" * 2000)]])
def test_a_rendering_is_kept_as_json(parts: list[Part]) -> None:
    rendered = render(parts, base=BASE)
    assert Rendering.from_json(json.loads(json.dumps(rendered.to_json()))) == rendered


EVIL = st.one_of(ANY_TEXT, st.sampled_from(['<a href="https://evil.cn">点</a>', '">', "</a>", "<a", "]]>", "\n\n"]))
JOBS = st.builds(
    lambda title, employer, address, pay: make_job(
        title=title, employer=employer, address=address, division=None, pay=Pay(text=pay, period="piece")
    ),
    *[EVIL] * 4,
)
CARDS = st.builds(Card, JOBS, st.lists(EVIL, max_size=2).map(tuple), st.integers(1, 9) | st.none())
PARTS = st.one_of(
    EVIL.map(Text),
    st.lists(CARDS, max_size=3).map(lambda cards: Cards(tuple(cards))),
    st.lists(EVIL, max_size=3).map(lambda labels: Choices(tuple(labels))),
    st.builds(Link, EVIL, EVIL),
    st.builds(Image, EVIL, EVIL),
)


@given(st.lists(PARTS, max_size=6))
@settings(max_examples=120)
def test_no_word_of_anybody_makes_a_link(parts: list[Part]) -> None:
    rendered = render(parts, base=BASE)
    for page in rendered.pages:
        assert len(page.encode()) <= PAGE
        ours = re.findall(r'<a href="https://zp\.example\.cn/[^"<>\s]*">[^<>\n]+</a>', page)
        assert (page.count("<"), page.count(">")) == (2 * len(ours), 2 * len(ours))
    shown = [card.ordinal or 0 for part in parts if isinstance(part, Cards) for card in part.cards]
    labels = [label for part in parts if isinstance(part, Choices) for label in part.labels]
    first = max([0, *shown]) + 1
    assert dict(rendered.choices) == {str(first + place): label for place, label in enumerate(labels)}
