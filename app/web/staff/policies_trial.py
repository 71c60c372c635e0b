"""A question tried out: what the bot would say to a seeker of this centre, and by which answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.policies.contents import Contents
from app.policies.serving import entry_of_contents
from bot.answers.book import Book, answer_of
from bot.dialogue import answer
from bot.memory_desk import MemoryDesk
from bot.replies.answer_words import answer_lines
from bot.reply import Choices, Reply
from bot.turn import State, Turn

MOST_TURNS, LONGEST = 6, 200
_ABOUT = ("ask_policy", "ask_rights", "training")


@dataclass(frozen=True)
class Tried:
    """One question and its reply; `is_about` tells whether the bot took it for one that these answers are for."""

    question: str
    lines: list[str]
    choices: tuple[str, ...]
    is_about: bool


@dataclass(frozen=True)
class Trial:
    """`subject`: the key of the answer that was used last, None where there was none."""

    turns: list[Tried]
    subject: str | None


async def tried(questions: Sequence[str], book: Book, *, today: date) -> Trial:
    """The questions as one conversation, each after the answer to the one before; there are no jobs here."""
    desk, state = MemoryDesk([], book=book, today=today), State()
    turns: list[Tried] = []
    for question in [said[:LONGEST] for said in questions if said.strip()][:MOST_TURNS]:
        reply, state = await answer(Turn(question), state, desk)
        turns.append(_tried(question, reply))
    return Trial(turns, state.subject)


def _tried(question: str, reply: Reply) -> Tried:
    choices = next((part.labels for part in reply.parts if isinstance(part, Choices)), ())
    return Tried(question, reply.text.splitlines(), choices, reply.intent in _ABOUT)


def previewed(contents: Contents, *, today: date) -> list[str]:
    """The answer as a seeker reads it, line by line."""
    lines = answer_lines(answer_of(entry_of_contents("", contents), today))
    return [line for part in lines for line in part.splitlines()]
