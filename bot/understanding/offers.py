"""What a job should give (benefits) and of which kind it should be (full time, temporary ...)."""

import re
from functools import cache

from bot.terms.benefits import benefits_in
from bot.understanding.patterns import any_of
from bot.understanding.sentence import Sentence
from bot.understanding.vocabulary import words_of


def read_benefits(sentence: Sentence) -> frozenset[str]:
    """Codes of the benefits wished for; what was refused or taken back must have been taken before."""
    found = set()
    free = sentence.rest
    for code, pattern in benefit_patterns().items():
        hits = [match.span() for match in pattern.finditer(free) if match[0].strip()]
        if hits:
            found.add(code)
        for start, end in hits:
            sentence.take(start, end)
    return frozenset(found | benefits_in(_unsaid(free)))


def read_job_type(sentence: Sentence) -> str | None:
    for code, pattern in _job_types().items():
        for match in sentence.free_matches(pattern):
            sentence.take(*match.span())
            return code
    return None


def _unsaid(text: str) -> str:
    """Without clauses that speak of paying in by oneself, or of a trade that only sounds alike."""
    return re.sub(
        r"自己(?:交|缴|带)\S*|村里\S{0,3}交|餐厅|饭店|食堂(?=[阿厨工])|做早餐|早餐(?=[店铺摊点师])"
        r"|五金(?=[店厂模加配建行机工件制])|房产|保险(?=公司|业务|销售)|全勤",
        " ",
        text,
    )


@cache
def benefit_patterns() -> dict[str, re.Pattern[str]]:
    return {code: any_of(words) for code, words in words_of("wishes")["benefits"].items()}


@cache
def _job_types() -> dict[str, re.Pattern[str]]:
    return {code: any_of(words) for code, words in words_of("wishes")["job_type"].items()}
