"""A single job as the one card that WeChat can show: title, facts, and its page behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.job import Job
from bot.phrases import say
from bot.reply import Card, Cards, Choices, Part, Text
from bot.wechat.cdata import clean
from bot.wechat.markup import absolute
from bot.wechat.paging import beginning
from bot.wording import benefit_names, education_words, experience_words, pay_words, place_words

# error 45003 and 45004 do not say where they begin; Tencent's own WeCom states these
_TITLE = 128
_DESCRIPTION = 512


@dataclass(frozen=True)
class Article:
    """`title` up to 128 bytes of UTF-8, `description` up to 512."""

    title: str
    description: str
    url: str


def article(parts: Sequence[Part], *, base: str, paths: Mapping[str, tuple[str, str]]) -> Article | None:
    """The card of a reply that is about one open job, as after a scan; None where the reply holds more than that."""
    cards = [card for part in parts if isinstance(part, Cards) for card in part.cards]
    if len(cards) != 1 or not all(isinstance(part, Text | Cards | Choices) for part in parts):
        return None
    url = absolute(ways(cards[0].job, paths)[0], base=base)
    return _card(cards[0], url) if url else None


def ways(job: Job, paths: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Where the job's two codes lead: to its page and to its interview; empty where it has none."""
    return paths.get(job.key, (job.path, job.interview_path))


def _card(card: Card, url: str) -> Article | None:
    job = card.job
    if card.ordinal is not None or not job.is_open:
        return None
    title = say("wechat.article_title", title=job.title, pay=pay_words(job.pay))
    asks = "，".join((education_words(job.education), experience_words(job)))
    tip = say("wechat.article_tip")
    facts = "\n".join(filter(None, (job.employer, place_words(job), benefit_names(job.benefits), asks)))
    facts = beginning(clean(facts), _DESCRIPTION - len(f"\n{tip}".encode()))
    return Article(beginning(clean(title), _TITLE), f"{facts}\n{tip}", url)
