"""A row of a sheet that is a posting: its cells by field, and what stands for them above it."""

from dataclasses import dataclass, field

from app.postings.reading.header import Header
from app.postings.reading.raw import Raw


@dataclass(frozen=True, slots=True)
class Cell:
    """`source`: the row that holds the value; not the posting's own where it is merged, ditto or once given."""

    raw: Raw
    column: int
    source: int


@dataclass(slots=True)
class SheetRow:
    row: int
    header: Header
    cells: dict[str, tuple[Cell, ...]]
    county: str | None = None
    section_employer: str | None = None
    known_as: str = ""
    """The employer's name in every spelling its rows use: one of them may say 代招."""
    given: dict[str, Cell] = field(default_factory=dict)
    """What a line above states for this row and its neighbours, by field."""
    joins: bool = False
    """Whether the row goes on with the employer of the row above."""

    def first(self, name: str) -> Cell | None:
        """The field's cell; of several the first that is filled."""
        cells = self.cells.get(name)
        if not cells or len(cells) == 1 or cells[0].raw is not None:
            return cells[0] if cells else None
        return next((cell for cell in cells if cell.raw is not None), cells[0])
