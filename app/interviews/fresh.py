"""Reading a row anew that the session may have read before."""

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.util import identity_key

from app.base.models import Base


def forget(session: AsyncSession, kind: type[Base], row_id: int, *relations: str) -> None:
    """Lets the next query fill the row's columns and these relations again, and leaves its other relations loaded.

    `populate_existing` would also unload whatever the caller had loaded of the rows beside it.
    """
    held = session.sync_session.identity_map.get(identity_key(kind, row_id))
    if held is not None:
        session.expire(held, [*inspect(kind).column_attrs.keys(), *relations])
