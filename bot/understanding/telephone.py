"""Telephone numbers: neither pay nor spoken codes."""

import re

from bot.understanding.sentence import Sentence

TELEPHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
"""A mobile number of the Chinese numbering plan, with or without gaps and country code."""


def take_telephones(sentence: Sentence) -> None:
    """Marks them as read."""
    for match in TELEPHONE.finditer(sentence.text):
        sentence.take(*match.span())
