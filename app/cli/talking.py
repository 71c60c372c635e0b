"""`mashang understand` and `mashang ask`: the bot on the command line, a line in and a line out."""

import io
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from bot.understanding import understand


def understand_command(text: str | None, *, as_json: bool) -> None:  # noqa: ARG001 - always JSON: there is no other form of it
    """Intent and slots of each line as one JSON object; needs no database, and heeds the staff's words of one."""
    from app.cli.vocabulary import stored_trades

    trades = stored_trades()
    for line in lines_of(text):
        print_line(json.dumps(understand(line, trades=trades).as_json(), ensure_ascii=False))


def ask_command(text: str | None, *, as_json: bool, session: str | None) -> None:
    """The bot's answer to each line; the lines of one call, and all of one `session`, are one conversation."""
    from app.cli.asking import answers

    answers(lines_of(text), session=session, tell=print_json if as_json else text_printer())


def lines_of(text: str | None) -> Iterator[str]:
    """`text` as one line, or those of standard input as they come; UTF-8 whatever the locale says."""
    if text is not None:
        yield text
        return
    # universal newlines only: a line separator within a message is no end of line
    for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline=None):
        yield line.removesuffix("\n")


def print_json(reply: dict[str, Any]) -> None:
    print_line(json.dumps(reply, ensure_ascii=False))


def text_printer() -> Callable[[dict[str, Any]], None]:
    """Prints what the bot says as people read it, with an empty line between two answers."""
    gaps = itertools.chain([""], itertools.repeat("\n"))

    def print_text(reply: dict[str, Any]) -> None:
        print_line(next(gaps) + reply["text"])

    return print_text


def print_line(line: str) -> None:
    """Written at once, so that a program at the other end of a pipe need not wait."""
    sys.stdout.buffer.write(f"{line}\n".encode(errors="replace"))
    sys.stdout.buffer.flush()
