"""The division a posting's workplace lies in."""

from bot.terms.divisions import HOME, NAMES, division_of_address, names_elsewhere


def division_of(address: str, *, about: str | None = None) -> str | None:
    """From the address, else the county the sheet is `about`, else 安庆; None for a place that is in no table."""
    found = division_of_address(address)
    if found is None and names_elsewhere(address):
        return None
    return found or about or HOME


def county_in(text: str) -> str | None:
    """The county a heading or a section row is about, None if it names none or several things at once."""
    found = division_of_address(text)
    return found if found and NAMES[found].parent == HOME else None
