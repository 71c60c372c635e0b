"""Every reply of the bot, whatever was said, on both channels: as a page and as plain text."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from app.chat.transcript import Line
from app.web.chat.rendering import part_json, shown
from app.web.rendering import page
from bot.dialogue import answer
from bot.memory_desk import MemoryDesk
from bot.reply import Cards, Choices, Reply, Text
from bot.turn import State, Turn
from tests.bot.strangers import TURNS, WORLDS

NOON = datetime(2026, 3, 6, 4, 0, tzinfo=UTC)
TALKS = st.tuples(WORLDS, st.lists(TURNS, min_size=1, max_size=5))


async def replies(desk: MemoryDesk, turns: list[Turn]) -> list[Reply]:
    said, state = [], State()
    for turn in turns:
        reply, state = await answer(turn, state, desk)
        said.append(reply)
    return said


class Tags(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(TALKS)
@settings(max_examples=60, deadline=None)
async def test_a_page_shows_every_part_and_no_markup_of_others(talk: tuple[MemoryDesk, list[Turn]]) -> None:
    for reply in await replies(*talk):
        line = Line(at=NOON, from_seeker=False, text=reply.text, parts=tuple(reply.parts))
        response = page(Request({"type": "http"}), "chat/lines.html", lines=shown([line], now=NOON))
        found = Tags(bytes(response.body).decode())
        assert found.tags <= {"div", "p", "span", "ul", "li", "article", "h2", "a", "button"}
        texts = [part.text for part in reply.parts if isinstance(part, Text)]
        labels = [label for part in reply.parts if isinstance(part, Choices) for label in part.labels]
        titles = [card.job.title for part in reply.parts if isinstance(part, Cards) for card in part.cards]
        assert [words for words in (*texts, *labels, *titles) if words not in found.words] == []


@given(TALKS)
@settings(max_examples=60, deadline=None)
async def test_plain_text_says_all_there_is_to_know_and_what_to_do_next(talk: tuple[MemoryDesk, list[Turn]]) -> None:
    """Without quick replies the words themselves must be enough: no card, no text and no link is lost."""
    for reply in await replies(*talk):
        lines = reply.text.split("\n")
        assert [part.text for part in reply.parts if isinstance(part, Text) and part.text not in reply.text] == []
        assert [job.title for job in reply.jobs if job.title not in reply.text] == []
        assert "" not in lines or reply.parts == []
        if any(isinstance(part, Cards) for part in reply.parts):
            assert re.search("“[^”]+”", reply.text)
        assert json.loads(json.dumps([part_json(part) for part in reply.parts])) is not None
