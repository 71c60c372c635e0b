"""Liveness and readiness, for whoever watches the server."""

from fastapi import APIRouter
from sqlalchemy import text

from app.web.services import Read

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(session: Read) -> dict[str, str]:
    """The database answers too; 503 if not."""
    await session.execute(text("SELECT 1"))
    return {"status": "ready"}
