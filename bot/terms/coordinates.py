"""Which district a point on the map is in: that of the nearest town of a short list."""

import tomllib
from functools import cache
from importlib.resources import files
from math import cos, hypot, radians

from bot.terms.divisions import NAMES

# farther than that from every town of the list is nowhere we know
_FARTHEST_KM = 30.0
_KM_PER_DEGREE = 111.2


def division_at(latitude: float, longitude: float) -> str | None:
    """The code of the district whose town is nearest (degrees); None where none of them is within 30 km.

    A border between two districts is taken to run half way between their towns, so near a border it may be the other
    one. None, too, for a neighbour that has no name among our divisions.
    """
    distance, code = min((_distance(latitude, longitude, *town), code) for code, town in _towns())
    return code if distance <= _FARTHEST_KM and code in NAMES else None


def _distance(latitude: float, longitude: float, north: float, east: float) -> float:
    """Kilometres, as on a plane: over 30 km the error is metres."""
    eastward = (longitude - east) * cos(radians((latitude + north) / 2))
    return hypot(latitude - north, eastward) * _KM_PER_DEGREE


@cache
def _towns() -> tuple[tuple[str, tuple[float, float]], ...]:
    table = tomllib.loads(files("bot.terms").joinpath("coordinates.toml").read_text("utf-8"))["towns"]
    return tuple((code, (north, east)) for code, towns in table.items() for north, east in towns)
