"""The employers of a preview: as a file names them, as its title or name lets guess, as staff say."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.postings.fixes import Fixes
from app.postings.preview import Row


@dataclass(frozen=True)
class Named:
    """An employer's name as it was read in a file, and as it is to be saved. `source`: sheet, title, file or none."""

    file: int
    read: str
    name: str
    source: str
    rows: int
    confirmed: bool


def employers_of(rows: Iterable[Row], fixes: Fixes) -> list[Named]:
    """Each employer of each file once, those to be confirmed first; "" stands for rows that name none."""
    counted: dict[tuple[int, str], tuple[str, int]] = {}
    for row in rows:
        if not row.skipped:
            source, count = counted.get((row.file, row.named), (row.draft.employer_source if row.named else "", 0))
            counted[row.file, row.named] = (source, count + 1)
    named = [
        Named(
            file=file,
            read=read,
            name=fixes.employers.get((file, read), read),
            source=source,
            rows=count,
            confirmed=source == "sheet" or (file, read) in fixes.employers,
        )
        for (file, read), (source, count) in counted.items()
    ]
    return sorted(named, key=lambda one: one.source == "sheet")
