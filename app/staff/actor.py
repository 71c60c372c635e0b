"""The one who is signed in, and what they may see."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Select, select

from app.base.audit import Who
from app.staff.models import Centre

Role = Literal["admin", "staff", "host"]
ROLES: tuple[Role, ...] = ("admin", "staff", "host")
_WRITING = frozenset({"admin", "staff"})
# how much of a GB/T 2260 code names the city; what follows names the county, 00 being the city itself
_CITY_DIGITS = 4
_CITY_ENDING = "00"


@dataclass(frozen=True)
class Actor:
    """An account at work, with its centre's name and division."""

    account_id: int
    centre_id: int
    name: str
    role: str
    division: str
    centre_name: str

    @property
    def sees_all(self) -> bool:
        """A city's centre sees what its counties do."""
        return self.division.endswith(_CITY_ENDING)

    @property
    def may_write(self) -> bool:
        """Admins and staff change things; a host shows them."""
        return self.role in _WRITING

    @property
    def may_see_contacts(self) -> bool:
        """Employers' contacts are for those who work with them, not for the screen."""
        return self.role in _WRITING

    def who(self) -> Who:
        return Who("account", self.account_id)


def visible_centres(actor: Actor) -> Select[int]:
    """The ids of the centres an actor may see: `Event.centre_id.in_(visible_centres(actor))`.

    A city sees every centre whose code begins with its four digits, a county only its own.
    """
    ids = select(Centre.id)
    if actor.sees_all:
        return ids.where(Centre.division.startswith(actor.division[:_CITY_DIGITS], autoescape=True))
    return ids.where(Centre.id == actor.centre_id)
