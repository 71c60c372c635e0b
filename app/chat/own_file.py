"""What is held about one person, as a file to take along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.base.clock import local
from app.chat.own_data import OwnData, Words
from app.interviews.models import Place
from app.interviews.states import OUTCOMES
from bot.replies.wish_words import wish_words
from bot.wishes import Wishes

PLACE_STATES = {
    "waiting": "正在排队",
    "called": "正在面试",
    "done": "面试结束",
    "no_show": "没有联系上",
    "left": "已经取消",
    "call_back": "等电话回访",
}


def as_file(data: OwnData, words: Sequence[Words], *, now: datetime) -> dict[str, Any]:
    """The file's content, with keys that anybody can read and times of the clock in Shanghai."""
    news = data.subscription
    return {
        "导出时间": _time(now),
        "同意书": [
            {"版本": consent.version, "同意时间": _time(consent.given_at), "内容": consent.text}
            for consent in data.consents
        ],
        **({"公众号里的编号": {"记下时间": _time(data.openid_since)}} if data.openid_since else {}),
        "姓名和电话": [
            {"姓名": one.name, "电话": one.phone, "是谁": one.relation, "填写时间": _time(one.given_at)}
            for one in data.contacts
        ],
        "面试排队": [_place(place) for place in data.places],
        "找工作的条件": wish_words(data.wishes) if data.wishes else "",
        "新岗位通知": {
            "条件": wish_words(Wishes.from_json(news.wishes)),
            "开始时间": _time(news.created_at),
            "到期时间": _time(news.ends_at),
        }
        if news
        else {},
        "反映过的问题": [
            {
                "岗位": complaint.posting.title if complaint.posting else "",
                "内容": [said["text"] for said in complaint.words],
            }
            for complaint in data.complaints
        ],
        "聊天记录": [{"时间": _time(at), "谁说的": "我" if mine else "对方", "内容": text} for at, mine, text in words],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "活动": place.queue.event.name,
        "用人单位": place.queue.employer.name,
        "岗位": [wanted.listing.posting.title for wanted in place.wanted],
        "号码": place.number,
        "状态": PLACE_STATES[place.state],
        "结果": OUTCOMES.get(place.outcome or "", ""),
        "排队时间": _time(place.joined_at),
    }


def _time(moment: datetime) -> str:
    return local(moment).strftime("%Y年%m月%d日 %H:%M")
