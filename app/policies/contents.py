"""What staff write of an answer, as it is checked, kept and brought back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from app.base.errors import Invalid
from bot.answers.entry import lies_in
from bot.answers.terms import terms_of

TOPICS = ("policy", "rights", "training")
LONGEST = {
    "title": 40,
    "audience": 200,
    "amount": 120,
    "text": 2000,
    "source": 120,
    "link": 300,
    "hotline": 20,
    "period": 40,
}
"""How many characters each field may hold."""
MOST_WORDS, LONGEST_WORDS = 60, 60
_NAMES = {
    "title": "标题",
    "audience": "给谁",
    "amount": "多少",
    "text": "说明",
    "source": "来源",
    "link": "原文网址",
    "hotline": "电话",
    "period": "有效期的说法",
}


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The fields of an answer; see `bot.answers.entry.Entry` for what they mean to the bot."""

    topic: str
    title: str
    divisions: tuple[str, ...] = ()
    audience: str = ""
    amount: str = ""
    text: str = ""
    source: str = ""
    link: str = ""
    hotline: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    period: str = ""
    words: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a revision; days as in ISO 8601."""
        return {
            name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        said = dict(kept)
        for name in ("valid_from", "valid_until"):
            said[name] = date.fromisoformat(said[name]) if said[name] else None
        for name in ("divisions", "words"):
            said[name] = tuple(said[name])
        return cls(**said)

    def check(self, *, division: str) -> None:
        """Raises Invalid, naming the field, for what cannot be an answer of the centre of that division."""
        if self.topic not in TOPICS:
            raise Invalid("请选一个类别。", field="topic")
        for name, longest in LONGEST.items():
            _check_text(getattr(self, name), name, longest)
        self._check_what_it_says()
        self._check_words()
        if not all(lies_in(code, division) for code in self.divisions):
            raise Invalid("只能选本中心范围内的区县。", field="divisions")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise Invalid("截止日期不能早于开始日期。", field="valid_until")

    def _check_what_it_says(self) -> None:
        if not self.title:
            raise Invalid("请填写标题，例如：春节留岗补贴。", field="title")
        if not (self.text or self.amount):
            raise Invalid("“多少”和“说明”至少填一项，求职者要看到内容。", field="text")
        if not self.source:
            raise Invalid("请写明来源，例如：安庆市人社局网站。求职者会看到。", field="source")
        if self.link and not self.link.startswith(("https://", "http://")):
            raise Invalid("网址要以 http:// 或 https:// 开头。", field="link")
        if not all(char.isdecimal() or char in "-、 " for char in self.hotline):
            raise Invalid("电话只能是数字，例如：12333。", field="hotline")

    def _check_words(self) -> None:
        if not self.words:
            raise Invalid("请至少写一种问法，机器人靠它找到这条。", field="words")
        if len(self.words) > MOST_WORDS or any(len(said) > LONGEST_WORDS for said in self.words):
            raise Invalid(f"最多 {MOST_WORDS} 行，每行最多 {LONGEST_WORDS} 个字。", field="words")
        empty = next((said for said in self.words if not terms_of(said)), None)
        if empty is not None:
            raise Invalid(f"“{empty}”太笼统，看不出问的是什么事。请加上事情的名称。", field="words")


def _check_text(text: str, name: str, longest: int) -> None:
    if len(text) > longest:
        raise Invalid(f"{_NAMES[name]}最多 {longest} 个字。", field=name)
    if not all(char.isprintable() or char == "\n" for char in text):
        raise Invalid(f"{_NAMES[name]}里有看不见的符号，请删掉再试。", field=name)
