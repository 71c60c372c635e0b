"""Which district a point on the map is in."""

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from bot.terms.coordinates import division_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (30.512, 117.088, "340802"),  # 迎江区, the old town
        (30.734, 116.829, "340822"),  # 高河镇
        (31.036, 116.974, "340881"),  # 桐城, its centre
        (30.632, 116.576, "340882"),
        (30.849, 116.360, "340828"),
        (30.123, 116.688, "340827"),
        (30.153, 116.128, "340826"),
        (30.454, 116.308, "340825"),
        (30.71, 117.22, "340722"),  # 枞阳, across the border
        (31.23, 121.47, None),  # 上海
        (0.0, 0.0, None),
        (-90.0, -180.0, None),
    ],
)
def test_towns(latitude: float, longitude: float, code: str | None) -> None:
    assert division_at(latitude, longitude) == code


@given(floats(-90, 90), floats(-180, 180))
def test_any_point_is_somewhere_or_nowhere(latitude: float, longitude: float) -> None:
    code = division_at(latitude, longitude)
    assert code is None or len(code) == 6
