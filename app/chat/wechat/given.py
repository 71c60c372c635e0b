"""What a push is answered with."""

from dataclasses import dataclass

from app.chat.transcript import Exchange
from bot.phrases import say
from bot.wechat import Article, Push, Rendering

_SCANS = frozenset({"scan", "follow", "image", "link"})


@dataclass(frozen=True)
class Given:
    """A text, or an article in its place; without either, an empty answer."""

    text: str = ""
    article: Article | None = None


NOTHING = Given()


def given(said: Exchange, push: Push) -> Given:
    """A job that was scanned is one large card to tap; everything else is text."""
    shown = Rendering.from_json(said.rendered) if said.rendered else Rendering()
    is_card = push.kind in _SCANS and said.intent == "job_detail"
    return Given(next(iter(shown.pages), ""), shown.article if is_card else None)


def acknowledged(*, is_passive: bool) -> Given:
    """Silence; where nothing can be sent later, how to come to the answer."""
    return Given(say("told.looking")) if is_passive else NOTHING
