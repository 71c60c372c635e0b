"""A seeker's wishes read back in plain words."""

from bot.phrases import say, table
from bot.terms.education import LEVELS
from bot.wishes import Wishes
from bot.wording import UNITS, benefit_names, division_name


def wish_words(wishes: Wishes) -> str:
    """焊工、宜秀区、工资不低于6000元/月、包住."""
    words = [
        *wishes.keywords,
        *([wishes.employer] if wishes.employer else []),
        *map(division_name, wishes.divisions),
        *_pay(wishes),
        *([benefit_names(wishes.benefits)] if wishes.benefits else []),
        *_person(wishes),
        *([table()["job_types"].get(wishes.job_type, wishes.job_type)] if wishes.job_type else []),
        *([_excluded(wishes)] if wishes.exclude else []),
    ]
    return "、".join(words) or say("wishes.any")


def dropped_words(names: tuple[str, ...]) -> str:
    """The wishes of those names, as they were let go."""
    sentences = (_dropped_word(name) for name in names)
    return "、".join(dict.fromkeys(sentences))


def _dropped_word(name: str) -> str:
    wish, _, benefit = name.partition(":")
    return benefit_names((benefit,)) if benefit else say(f"dropped.{wish}")


def _pay(wishes: Wishes) -> list[str]:
    unit = UNITS.get(wishes.pay_period, "")
    low, high = wishes.pay_min, wishes.pay_max
    if low is not None and high is not None:
        return [say("wishes.pay_range", low=low, high=f"{high}{unit}")]
    if low is not None:
        return [say("wishes.pay_min", pay=f"{low}{unit}")]
    return [say("wishes.pay_max", pay=f"{high}{unit}")] if high is not None else []


def _person(wishes: Wishes) -> list[str]:
    words = []
    if wishes.age is not None:
        words.append(say("wishes.age", age=wishes.age))
    if wishes.education:
        words.append(say("wishes.education", education=LEVELS.get(wishes.education, wishes.education)))
    if wishes.experience_years is not None:
        years = wishes.experience_years
        words.append(say("wishes.experience", years=years) if years else say("wishes.no_experience"))
    return words


def _excluded(wishes: Wishes) -> str:
    names: dict[str, str] = table()["excluded"]
    return say("wishes.exclude", words="、".join(names.get(word, word) for word in wishes.exclude))
