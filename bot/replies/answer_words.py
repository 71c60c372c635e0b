"""A curated answer in a seeker's words, line by line; what has expired says so first."""

from bot.desk import Answer, WhichPlace
from bot.phrases import say

_ASK_AT = "12333"


def answer_lines(answer: Answer) -> list[str]:
    """What it says, its source, and until when; an expired one first says that it is, and last whom to ask."""
    if not answer.expired:
        return [_stated(answer, with_name=bool(answer.audience or answer.amount)), *_times(answer)]
    hotline = answer.hotline or _ASK_AT
    return [_expired(answer), say("policy.then") + "\n" + _stated(answer), say("policy.ask_now", hotline=hotline)]


def which_lines(which: WhichPlace) -> list[str]:
    """Which districts there are, and whether all of it is over."""
    if which.missing:
        return [
            say("which_place.missing", missing=which.missing, title=which.title),
            say("which_place.places", places="、".join(which.places)),
        ]
    if not which.expired:
        return [say("which_place.ask", title=which.title)]
    over = "which_place.expired_period" if which.period else "which_place.expired"
    return [say(over, title=which.title, period=which.period), say("which_place.ask_expired")]


def _expired(answer: Answer) -> str:
    until = answer.valid_until
    matter = _name(answer) or say("policy.this")
    if until is None and not answer.period:
        return say("policy.expired_undated", matter=matter)
    if answer.period or until is None:
        return say("policy.expired_period", matter=matter, period=answer.period)
    return say("policy.expired", matter=matter, year=until.year, month=until.month, day=until.day)


def _stated(answer: Answer, *, with_name: bool = False) -> str:
    lines = [
        _name(answer) if with_name else "",
        say("policy.audience", audience=answer.audience) if answer.audience else "",
        say("policy.amount", amount=answer.amount) if answer.amount else "",
        answer.text,
    ]
    source = say("policy.source", source=answer.source) if answer.source else ""
    return "\n".join(line for line in lines if line) + source


def _name(answer: Answer) -> str:
    return f"{answer.title}（{answer.place}）" if answer.title and answer.place else answer.title


def _times(answer: Answer) -> list[str]:
    """From when and until when it holds, and who knows more: a hotline's own answer needs no such line."""
    start, until = answer.valid_from, answer.valid_until
    lines = []
    if start:
        lines.append(say("policy.coming", year=start.year, month=start.month, day=start.day))
    if answer.period:
        lines.append(say("policy.until_period", period=answer.period))
    elif until:
        lines.append(say("policy.until", year=until.year, month=until.month, day=until.day))
    if answer.hotline and answer.hotline not in answer.text:
        lines.append(say("policy.hotline", hotline=answer.hotline))
    return lines
