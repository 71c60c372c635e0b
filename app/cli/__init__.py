"""The command line: one program, `mashang`."""

from app.cli.program import main

__all__ = ["main"]
