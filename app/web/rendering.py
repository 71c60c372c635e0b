"""Pages from templates, and the static files they name."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.base.clock import local
from bot import wording

_STATIC = files("app.web") / "static"
# style sheets that a page carries in itself, so that a phone needs one request
INLINE_SHEETS = ("seeker.css",)
# the facts of a job in Chinese, the same on every page and in the chat
_WORDS = (
    "pay_words",
    "place_words",
    "benefit_names",
    "education_words",
    "age_words",
    "experience_words",
    "headcount_words",
    "until_words",
    "state_words",
    "division_name",
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(static=static_address, sheet=sheet)
    environment.filters.update({name: getattr(wording, name) for name in _WORDS})
    environment.filters["local"] = lambda moment, form="%m月%d日 %H:%M": local(moment).strftime(form)
    return environment


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """The template as an answer; `request` is there for it, and what is undefined raises."""
    html = _environment().get_template(template).render(request=request, **context)
    return HTMLResponse(html, status_code=status)


@cache
def static_address(name: str) -> str:
    """Where a static file is served, with a mark of its content, so that browsers may keep it for ever."""
    mark = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{mark}"


@cache
def sheet(name: str) -> Markup:
    """A style sheet to stand inside a page; its hash is in the content security policy."""
    return Markup((_STATIC / name).read_text(encoding="utf-8").replace("</", "<\\/"))  # noqa: S704 - our own file


def inline_hashes() -> str:
    """The style sources that `INLINE_SHEETS` need in the content security policy."""
    digests = (hashlib.sha256(sheet(name).encode()).digest() for name in INLINE_SHEETS)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
