import pytest

from bot.terms.pay import Pay


@pytest.mark.parametrize(
    ("pay", "monthly"),
    [
        (Pay(5000, 7000, "month"), (5000, 7000)),
        (Pay(5000, None, "month"), (5000, None)),
        (Pay(18, 20, "hour"), (3132, 3480)),
        (Pay(200, 200, "day"), (4350, 4350)),
        (Pay(120_000, 180_000, "year"), (10_000, 15_000)),
        (Pay(period="piece"), (None, None)),
        (Pay(15, 20, "piece"), (None, None)),
        (Pay(5000, 6000, "month", negotiable=True), (None, None)),
        (Pay(), (None, None)),
    ],
)
def test_comparable_monthly_pay(pay: Pay, monthly: tuple[float | None, float | None]) -> None:
    assert pay.monthly() == monthly
