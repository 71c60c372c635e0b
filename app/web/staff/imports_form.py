"""What staff typed and ticked on a preview, read from its form.

`fix-{row}-{field}` is a cell's correction; `employer` and `employer_of` (`{file}:{name read}`) stand side by side, and
`sure` holds the places of those that are confirmed; `shown` names the rows whose `skip` box was on the page.
"""

from collections.abc import Iterator, Mapping, Sequence

from starlette.datastructures import FormData

from app.postings.fixes import Fixes
from app.postings.mending import FIELDS
from app.postings.preview import Row
from app.web.staff.forms import number_in

_LONGEST_NAME = 120


def with_form(fixes: Fixes, form: FormData, rows: Sequence[Row]) -> Fixes:
    """The fixes with what the form says anew; what it names that is not there is passed over."""
    known = {row.index for row in rows}
    shown = _numbers(_texts(form, "shown")) & known
    return (
        fixes.with_typed(dict(_typed(form, rows, fixes)))
        .with_skipped(shown, _numbers(form.getlist("skip")) & known)
        .with_employers(dict(_named(form, rows)))
    )


def _typed(form: FormData, rows: Sequence[Row], fixes: Fixes) -> Iterator[tuple[tuple[int, str], str]]:
    """Cells whose text is another than the one that stood there."""
    by_index = {row.index: row for row in rows}
    for name, text in form.multi_items():
        mark, _, place = name.partition("-")
        index, _, field = place.partition("-")
        row = by_index.get(number_in(index, default=-1))
        if mark != "fix" or row is None or field not in FIELDS or not isinstance(text, str):
            continue
        stood = {problem.field: problem.typed for problem in row.problems}
        if (row.index, field) in fixes.typed or text.strip() != stood.get(field, "").strip():
            yield (row.index, field), text.strip()


def _named(form: FormData, rows: Sequence[Row]) -> Iterator[tuple[tuple[int, str], str | None]]:
    known: Mapping[tuple[int, str], str] = {(row.file, row.named): row.draft.employer_source for row in rows}
    sure = _numbers(form.getlist("sure"))
    names, places = _texts(form, "employer"), _texts(form, "employer_of")
    for position, (name, place) in enumerate(zip(names, places, strict=False)):
        file, _, read = place.partition(":")
        key = (number_in(file, default=-1), read)
        if key not in known:
            continue
        given = " ".join(name.split())[:_LONGEST_NAME]
        is_said = given != read or position in sure
        yield key, given if given and is_said else None


def _texts(form: FormData, name: str) -> list[str]:
    return [text for text in form.getlist(name) if isinstance(text, str)]


def _numbers(texts: Sequence[object]) -> set[int]:
    found = (part for text in texts if isinstance(text, str) for part in text.split(","))
    return {number_in(part, default=-1) for part in found} - {-1}
