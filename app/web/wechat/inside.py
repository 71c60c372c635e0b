"""Whether a page is opened inside WeChat, at the address that WeChat knows us by."""

from urllib.parse import quote, urlsplit

from starlette.requests import Request

from app.base.settings import Settings


def is_inside(request: Request) -> bool:
    """WeChat's own browser names itself."""
    return "MicroMessenger" in request.headers.get("user-agent", "")


def is_at_home(request: Request, settings: Settings) -> bool:
    """At another address than the public one the cookies are others, and WeChat would not lead back here."""
    return request.url.netloc.lower() == urlsplit(settings.public_url).netloc.lower()


def own_address(settings: Settings, path: str) -> str:
    """The address of a page of ours, as WeChat knows us."""
    return settings.public_url.rstrip("/") + path


def path_of(request: Request) -> str:
    """Path and query as they stand in the address line."""
    path, query = quote(request.scope["path"]), request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path
