"""A reply of the bot as WeChat shows it: texts with links, choices by number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from bot.phrases import say
from bot.reply import Card, Cards, Choices, Image, Link, Part, Text
from bot.wechat.article import Article, article, ways
from bot.wechat.markup import link, settled, words
from bot.wechat.paging import pages
from bot.wording import card_line, state_words

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Rendering:
    """`pages`: texts to send one after the other; `choices`: what a number stands for; `article`: may stand for them.

    An article is there only where the reply shows one job and nothing waited to be said before it.
    """

    pages: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    article: Article | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "pages": list(self.pages),
            "choices": dict(self.choices),
            "article": asdict(self.article) if self.article else None,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        made = Article(**kept["article"]) if kept["article"] else None
        return cls(tuple(kept["pages"]), dict(kept["choices"]), made)


def render(
    parts: Sequence[Part],
    *,
    base: str,
    paths: Mapping[str, tuple[str, str]] | None = None,
    listed: int = 0,
    carried: Sequence[str] = (),
    on_request: bool = True,
) -> Rendering:
    """The reply in pages of at most 2,048 bytes; none where there is nothing to say.

    `base`: the server's public address; `paths`: where the jobs' codes lead, by key, where the jobs do not say it.
    Numbers for choices begin after `listed`, the jobs that the seeker can still call by number. `carried` are texts
    that were rendered earlier and had to wait: they stand first, their links unharmed. `on_request`: pages but the
    first are given to who asks for more.
    """
    paths = paths or {}
    choices = _choices(parts, listed=listed)
    blocks = [*map(settled, carried), *_blocks(parts, base=base, paths=paths), _numbered(choices)]
    text = _BETWEEN.join(filter(None, (block.strip() for block in blocks)))
    made = None if carried else article(parts, base=base, paths=paths)
    return Rendering(pages(text, on_request=on_request), choices, made)


def _blocks(parts: Sequence[Part], *, base: str, paths: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """What belongs together: the lines between the cards, and each card."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Cards):
            yield "\n".join(lines)
            lines = []
            yield from (_card(card, base=base, paths=paths) for card in part.cards)
        elif line := _line(part, base=base):
            lines.append(line)
    yield "\n".join(lines)


def _line(part: Part, *, base: str) -> str:
    match part:
        case Text():
            return words(part.text)
        case Link():
            return link(part.label, part.path, base=base)
        case Image():
            return link(part.alt, part.path, base=base)
        case _:
            return ""


def _card(card: Card, *, base: str, paths: Mapping[str, tuple[str, str]]) -> str:
    job = card.job
    page, interview = ways(job, paths)
    lines = [words(card_line(job, reasons=card.reasons, ordinal=card.ordinal))]
    if not job.is_open:
        lines.append(state_words(job))
        interview = ""
    offered = ((say("wechat.job"), page), (say("wechat.interview"), interview))
    lines.append("  ".join(link(label, path, base=base) for label, path in offered if path))
    return "\n".join(filter(None, lines))


def _choices(parts: Sequence[Part], *, listed: int) -> dict[str, str]:
    shown = [card.ordinal or 0 for part in parts if isinstance(part, Cards) for card in part.cards]
    labels = [label for part in parts if isinstance(part, Choices) for label in part.labels]
    return {str(number): label for number, label in enumerate(labels, max(listed, *shown, 0) + 1)}


def _numbered(choices: Mapping[str, str]) -> str:
    if not choices:
        return ""
    lines = (say("wechat.choice", number=number, label=words(label)) for number, label in choices.items())
    return "\n".join((say("wechat.choose"), *lines))
