"""The division a posting's workplace lies in."""

from bot.terms.divisions import HOME, NAMES, ZONE, division_of_address, names_elsewhere

_AROUND_ZONE = {HOME, ZONE, "340802", "340803", "340811"}
"""The city and its districts, among which 安庆经开区 lies."""


def division_of(address: str, *, about: str | None = None) -> str | None:
    """From the address, else the county the sheet is `about`, else 安庆; None for a place that is in no table."""
    found = division_of_address(address)
    if found == ZONE and about and about not in _AROUND_ZONE and "安庆" not in address:
        return about  # many counties have a 经开区 of their own
    if found is None and names_elsewhere(address):
        return None
    return found or about or HOME


def county_in(text: str) -> str | None:
    """The county a heading or a section row is about, None if it names none or several things at once."""
    found = division_of_address(text)
    return found if found and NAMES[found].parent == HOME else None
