"""Rings: who hears what, and that a lagging listener has one unread ring and no more."""

from app.base.bus import Bus


def test_a_listener_hears_its_topics_and_no_others() -> None:
    bus = Bus()
    with bus.listening("event:1", "queue:2") as mine, bus.listening("event:9") as other:
        bus.publish(["queue:2"])
        assert (mine.is_set(), other.is_set()) == (True, False)


def test_many_publications_are_one_ring() -> None:
    bus = Bus()
    with bus.listening("event:1") as ring:
        bus.publish(["event:1"] * 50)
        ring.clear()
        assert not ring.is_set()


def test_a_listener_that_left_is_forgotten() -> None:
    bus = Bus()
    with bus.listening("event:1") as ring:
        pass
    bus.publish(["event:1"])
    bus.publish_everything()
    assert not ring.is_set()
    assert bus._listeners == {}


def test_everybody_is_rung_when_news_may_have_been_missed() -> None:
    bus = Bus()
    with bus.listening("event:1") as one, bus.listening("place:7") as two:
        bus.publish_everything()
        assert (one.is_set(), two.is_set()) == (True, True)
