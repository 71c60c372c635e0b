"""What staff typed and chose in a preview, kept apart from what the files say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from app.postings.columns import storable

_MOST_TYPED = 2000


@dataclass(frozen=True)
class Fixes:
    """`typed`: by row and field, the text that stands for the cell. `skipped`: rows left out.

    `employers`: by file and the name that was read there, the name that staff have confirmed or typed.
    """

    typed: Mapping[tuple[int, str], str] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()
    employers: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def with_typed(self, typed: Mapping[tuple[int, str], str]) -> Self:
        kept = {key: storable(text)[:_MOST_TYPED] for key, text in typed.items()}
        return replace(self, typed={**self.typed, **kept})

    def with_skipped(self, shown: Iterable[int], chosen: Iterable[int]) -> Self:
        """Of the rows shown, exactly the chosen ones are left out; the others stay as they were."""
        return replace(self, skipped=(self.skipped - set(shown)) | frozenset(chosen))

    def with_employers(self, names: Mapping[tuple[int, str], str | None]) -> Self:
        """Names by file and what was read there; None takes a confirmation back."""
        merged = {**self.employers, **names}
        return replace(self, employers={key: name for key, name in merged.items() if name is not None})

    def to_json(self) -> dict[str, Any]:
        return {
            "typed": [[row, name, text] for (row, name), text in self.typed.items()],
            "skipped": sorted(self.skipped),
            "employers": [[file, read, name] for (file, read), name in self.employers.items()],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(
            typed={(row, name): text for row, name, text in kept.get("typed", [])},
            skipped=frozenset(kept.get("skipped", [])),
            employers={(file, read): name for file, read, name in kept.get("employers", [])},
        )
