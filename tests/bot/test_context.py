"""What a message means where it stands: the rules of `bot.context`, one after the other."""

from typing import Any

import pytest

from bot.context import in_context
from bot.turn import State
from bot.understanding import understand
from bot.understanding.trades import standard_trades
from bot.wishes import Wishes

TRADES = standard_trades()
NEW = State()
LIST = State(wishes=Wishes(keywords=("保洁",), age=50), shown=("k1", "k2"), seen=("k1", "k2"))
FROM_LIST = State(shown=("k1", "k2"), job="k1", asked="pay")
ALONE = State(job="k9")


def meant(text: str, state: State) -> tuple[str, dict[str, Any], set[str]]:
    said = understand(text, in_context=state.job is not None, trades=TRADES)
    read = in_context(said, text, state, trades=TRADES)
    return read.intent, read.slots, set(read.dropped)


@pytest.mark.parametrize(
    ("text", "slots", "dropped"),
    [
        ("说错了 是58", {"age": 58}, set()),
        ("我说错了，五十八岁", {"age": 58}, set()),
        ("打错了 是五千以上", {"pay_min": 5000}, set()),
        ("打错了，5000", {"pay_min": 5000}, set()),
        ("不是 我说的是潜山", {"divisions": ["340882"]}, set()),
        ("不对，我要包住的", {"benefits": ["housing"]}, set()),
        ("搞错了 应该是保安", {"keywords": ["保安"]}, set()),
        ("不是包吃，是包住", {"benefits": ["housing"]}, {"benefits:meals"}),
        ("不是桐城，是潜山", {"divisions": ["340882"]}, set()),
        ("不是保安 我要的是大观区", {"divisions": ["340803"]}, {"keywords"}),
    ],
)
def test_a_correction_states_a_wish_anew(text: str, slots: dict[str, Any], dropped: set[str]) -> None:
    assert meant(text, LIST) == ("find_jobs", slots, dropped)


def test_a_bare_figure_corrects_the_pay_where_no_age_was_said() -> None:
    paid = State(wishes=Wishes(pay_min=50))
    assert meant("说错了 是80", paid)[1] == {}
    assert meant("说错了 是1800", paid)[:2] == ("find_jobs", {"pay_min": 1800})
    assert meant("说错了 是58", NEW)[1] == {"age": 58}


@pytest.mark.parametrize("text", ["包住的呢", "包吃的有吗", "最好提供宿舍的", "双休的有没有", "包住的就行"])
def test_a_kind_of_job_is_searched_for(text: str) -> None:
    assert [meant(text, state)[0] for state in (NEW, LIST, FROM_LIST)] == ["find_jobs"] * 3


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("包住吗", (LIST, FROM_LIST, ALONE)),
        ("这个是包住的吗", (LIST, FROM_LIST, ALONE)),
        ("包吃的有吗", (ALONE,)),
        ("包住的呢", (ALONE,)),
        ("第二个包住吗", (NEW, LIST, FROM_LIST, ALONE)),
    ],
)
def test_a_question_about_a_job_stays_one(text: str, states: tuple[State, ...]) -> None:
    assert [meant(text, state)[0] for state in states] == ["ask_job"] * len(states)


def test_a_question_about_no_job_is_a_search() -> None:
    assert meant("包吃住吗", NEW)[:2] == ("find_jobs", {"benefits": ["housing", "meals"]})


@pytest.mark.parametrize("text", ["第二个呢", "那第二个呢", "第二个呢？"])
def test_the_same_question_of_another(text: str) -> None:
    assert meant(text, FROM_LIST)[:2] == ("ask_job", {"ref": 2, "field": "pay"})
    assert meant(text, LIST)[:2] == ("job_detail", {"ref": 2})


def test_a_bare_ordinal_is_a_question_only_where_the_bot_asked_which() -> None:
    asked = State(shown=("k1", "k2"), asked="shift", pending="which_ask")
    assert meant("第二个", asked)[:2] == ("ask_job", {"ref": 2, "field": "shift"})
    assert meant("第二个", FROM_LIST)[:2] == ("job_detail", {"ref": 2})


@pytest.mark.parametrize("text", ["近一点的有吗", "离家近点的", "太远了"])
def test_nearer_is_a_search(text: str) -> None:
    assert meant(text, LIST)[0] == "find_jobs"


def test_what_about_another_trade() -> None:
    assert meant("那客服呢", LIST)[:2] == ("find_jobs", {"keywords": ["客服"]})
    assert meant("转人工客服", LIST)[0] == "human"


def test_a_wish_taken_back_ends_nothing() -> None:
    assert meant("班车不用了", LIST) == ("find_jobs", {}, {"benefits:shuttle"})


def test_still_more_pay() -> None:
    paid = State(wishes=Wishes(pay_min=5000), shown=("k1",))
    read = in_context(understand("再高点"), "再高点", paid, trades=TRADES)
    assert (read.intent, read.higher_pay) == ("find_jobs", True)
    assert in_context(understand("再高点"), "再高点", NEW, trades=TRADES).higher_pay is False


@pytest.mark.parametrize("text", ["转人工", "退订", "删除我的资料", "我要面试", "不用人工了"])
def test_what_is_sure_by_itself_is_left_alone(text: str) -> None:
    said = understand(text)
    assert [in_context(said, text, state, trades=TRADES) for state in (NEW, LIST, FROM_LIST, ALONE)] == [said] * 4


def test_more_of_the_same_is_the_next_page() -> None:
    assert meant("还有别的保洁吗", LIST)[:2] == ("more_jobs", {})
    assert meant("有没有别的厨师", LIST)[:2] == ("find_jobs", {"keywords": ["厨师"]})
    assert meant("还有保洁吗", NEW)[0] == "find_jobs"


@pytest.mark.parametrize("text", ["试用期几个月", "加班费怎么算", "要交押金吗", "要不要交钱"])
def test_terms_of_the_job_in_context_are_asked_of_it(text: str) -> None:
    assert meant(text, ALONE)[0] == "ask_job"


@pytest.mark.parametrize("text", ["试用期被辞退怎么办", "老板不给加班费怎么办", "欠我工资怎么要"])
def test_a_grievance_stays_one(text: str) -> None:
    assert meant(text, ALONE)[0] == "ask_rights"


@pytest.mark.parametrize("text", ["这家让我先交押金，我要举报", "他们收了我三百块押金，是骗子"])
def test_a_complaint_stays_one(text: str) -> None:
    assert meant(text, ALONE)[0] == "report_posting"
