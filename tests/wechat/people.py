"""What many people do on WeChat in one day, drawn by chance and the same each time."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tests.wechat_platform import pushes
from tests.wechat_platform.faults import Fault
from tests.wechat_platform.pushes import Push

SHOW = timedelta(hours=19)
_WORDS = (
    "你好",
    "有没有焊工的活，六千以上",
    "包吃住的厂有吗",
    "找个叉车司机",
    "怀宁县有没有普工，长白班",
    "第一个详细说说",
    "怎么报名面试",
    "这个岗位工资多少",
    "谢谢",
)
_SUBSCRIBES, _PEOPLE = "有新岗位通知我", "转人工"
# what the platform may answer to one message in a while
FAULTS: tuple[Fault | int, ...] = (
    -1,
    Fault("timeout"),
    Fault("reset"),
    Fault("html"),
    Fault("bad_gateway"),
    Fault("truncated"),
    45015,
    45047,
)


@dataclass(frozen=True)
class Act:
    """At a moment: somebody's push, an answer of staff to them, or that they leave without a word of it."""

    at: datetime
    openid: str
    kind: Literal["push", "answered", "gone"]
    push: Push | None = None


@dataclass(frozen=True)
class Crowd:
    """`people` in the day that begins at `day`; `tokens` and `numbers` are those of jobs."""

    people: int
    day: datetime
    tokens: list[str]
    numbers: list[str]

    def acts(self) -> list[Act]:
        draw = random.Random(self.people)  # noqa: S311 - the same day in every run
        acts = itertools.chain.from_iterable(self._one(draw, f"oDay_{number:023}") for number in range(self.people))
        return sorted(acts, key=lambda act: act.at)

    def _one(self, draw: random.Random, openid: str) -> Iterator[Act]:
        at = self.day + self._arrives(draw)
        for push in self._conversation(draw, openid):
            yield Act(at, openid, "push", push)
            if dict(push.nodes).get("Content") == _PEOPLE:
                for _ in range(draw.randint(1, 3)):
                    yield Act(at + timedelta(seconds=draw.uniform(30, 1200)), openid, "answered")
            at += timedelta(seconds=draw.uniform(8, 150))
        leaves = draw.random()
        if leaves < 0.04:
            yield Act(at, openid, "push", pushes.unsubscribe(openid))
        elif leaves < 0.05:
            yield Act(at, openid, "gone")

    def _arrives(self, draw: random.Random) -> timedelta:
        if draw.random() < 0.75:
            return SHOW + timedelta(minutes=min(max(draw.gauss(30, 30), -60), 150))
        return timedelta(hours=draw.uniform(7, 22.5))

    def _conversation(self, draw: random.Random, openid: str) -> Iterator[Push]:
        code = f"{draw.choice('JJJI')}{draw.choice(self.tokens)}"
        first = draw.random()
        if first < 0.35:
            yield pushes.subscribe(openid, scene=code)
        elif first < 0.65:
            yield pushes.scan(openid, scene=code)
        else:
            yield pushes.text(openid, draw.choice(self.numbers))
        for _ in range(draw.randint(0, 2)):
            yield self._next(draw, openid)
        wants = draw.random()
        if wants < 0.08:
            yield pushes.text(openid, _SUBSCRIBES)
        elif wants < 0.12:
            yield pushes.text(openid, _PEOPLE)

    def _next(self, draw: random.Random, openid: str) -> Push:
        kind = draw.random()
        if kind < 0.05:
            return pushes.voice(openid)
        if kind < 0.1:
            return pushes.click(openid, key="find_jobs")
        return pushes.text(openid, draw.choice(_WORDS))
