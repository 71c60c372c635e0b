"""Pay as an advertisement states it, and as it compares with another's."""

from dataclasses import dataclass

PERIODS = {"hour": "小时", "day": "天", "month": "月", "year": "年", "piece": "计件"}
"""Code and Chinese name."""

# statutory working hours and paid days of a month (劳社部发〔2008〕3号)
HOURS_A_MONTH = 174
DAYS_A_MONTH = 21.75
_TO_MONTH = {"hour": HOURS_A_MONTH, "day": DAYS_A_MONTH, "month": 1, "year": 1 / 12}


@dataclass(frozen=True, slots=True)
class Pay:
    """`min` and `max` in yuan per `period`, either may be open; `text` is what was written."""

    min: float | None = None
    max: float | None = None
    period: str | None = None
    months: int = 12
    negotiable: bool = False
    text: str = ""

    def monthly(self) -> tuple[float | None, float | None]:
        """Comparable yuan a month; unknown (None, None) where pay is by the piece, negotiable or unstated."""
        factor = _TO_MONTH.get(self.period or "")
        if factor is None or self.negotiable:
            return None, None
        return tuple(None if bound is None else round(bound * factor, 2) for bound in (self.min, self.max))  # type: ignore[return-value] # two in, two out
