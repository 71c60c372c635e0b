"""Where on the map a district is, and its address as a phone writes it."""

import tomllib
from importlib.resources import files

from bot.terms.divisions import HOME, LOCAL, NAMES


def point(name: str) -> tuple[float, float, str] | None:
    """Degrees north and east of the seat of that district of ours, and its address; None for another name."""
    found = next((code for code in LOCAL if name and code != HOME and NAMES[code].name.startswith(name)), None)
    towns = tomllib.loads(files("bot.terms").joinpath("coordinates.toml").read_text("utf-8"))["towns"]
    if found is None or found not in towns:
        return None
    north, east = towns[found][0]
    return north, east, f"安徽省{NAMES[HOME].name}{NAMES[found].name}"
