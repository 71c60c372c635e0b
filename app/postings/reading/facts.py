"""What the fast reader leaves out of a sheet: hidden rows and columns, cells whose formula failed."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class SheetFacts:
    """Rows and columns count from 0; `broken` maps (row, column) to #REF! and the like."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1
