"""What a person sees of an answer in WeChat, in a terminal and for scripts."""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from tests.wechat_platform.platform import Sent
from tests.wechat_platform.replies import Answer, Article

Kind = Literal["text", "news", "nothing", "failed", "note"]
"""`failed`: WeChat shows that the account is out of order. `note`: said by this command, nothing was pushed."""
OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_NOTHING, _LATER = "（没有回复）", "（稍后发来）"


@dataclass(frozen=True)
class Shown:
    """`text` as it came, with its links; `later`: what came by itself since then, oldest first."""

    kind: Kind
    text: str = ""
    article: Article | None = None
    later: tuple["Shown", ...] = ()

    def and_later(self, later: list["Shown"]) -> "Shown":
        return replace(self, later=(*self.later, *later))

    def printed(self) -> str:
        """As people read it; an address stands behind what is tapped."""
        return "\n\n".join([_body(self), *(f"{_LATER}\n{_body(one)}" for one in self.later)])

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "text": _LINK.sub(r"\2", self.text),
            "links": [{"label": label, "url": url} for url, label in _LINK.findall(self.text)],
            "article": asdict(self.article) if self.article else None,
            "later": [one.as_json() for one in self.later],
        }


def answered(answer: Answer) -> Shown:
    """Raises ValueError for what this application never answers."""
    match answer.kind:
        case "text":
            return Shown("text", answer.text)
        case "news":
            return Shown("news", article=answer.article)
        case "nothing":
            return Shown("nothing")
    raise ValueError(answer.kind)


def sent(message: Sent) -> Shown:
    """A message that came through the platform's API; a template message with its values, a line each."""
    if message.text:
        return Shown("text", message.text)
    if message.how == "custom":
        article = message.body["news"]["articles"][0]
        return Shown("news", article=Article(article["title"], article["description"], article["url"], ""))
    return Shown("text", "\n".join(str(value["value"]) for value in message.body["data"].values()))


def note(words: str) -> Shown:
    return Shown("note", words)


def _box(article: Article) -> str:
    lines = [article.title, *article.description.splitlines(), article.url]
    return "\n".join(["┌────────", *(f"│ {line}" for line in lines if line), "└────────"])


def _body(shown: Shown) -> str:
    if shown.article is not None:
        return _box(shown.article)
    return _LINK.sub(r"「\2」\1", shown.text) if shown.text else _NOTHING
