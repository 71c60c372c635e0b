"""Chinese text cut into words."""

import rjieba


def cut(text: str) -> list[str]:
    """The words of a text: all its characters, in their order. Half of a character pair becomes a question mark."""
    # the cutter takes whole characters only, and would fail on half of one
    words: list[str] = rjieba.cut(text.encode("utf-8", "replace").decode("utf-8"))
    return words
