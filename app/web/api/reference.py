"""Routes: the API's OpenAPI schema, and a reference page made from it, without script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.web.rendering import page

router = APIRouter(include_in_schema=False)
# /api/chat is the chat page's own business
_OURS = "/api/v1/"
_METHODS = ("get", "post", "put", "patch", "delete")
_WORDS = {"string": "文字", "integer": "整数", "number": "数", "boolean": "是否", "array": "列表", "object": "对象"}
_FORMATS = {"date": "日期", "date-time": "时间"}


@dataclass(frozen=True)
class Field:
    """A parameter or a field of an answer: `type` in words, `link` the name of the shape it holds."""

    name: str
    type: str
    link: str | None
    required: bool
    default: str
    description: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    answers: list[str]


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    return JSONResponse(api_schema(request.app))


@router.get("/docs")
async def reference(request: Request) -> Response:
    schema = api_schema(request.app)
    return page(
        request,
        "api/reference.html",
        operations=list(_operations(schema)),
        shapes=[(name, shape) for name, shape in _shapes(schema).items() if "properties" in shape],
        fields=_fields,
    )


def api_schema(app: FastAPI) -> dict[str, Any]:
    """The application's schema without what is a page: only addresses under /api/v1/, and the shapes these use."""
    whole = app.openapi()
    paths = {path: item for path, item in whole["paths"].items() if path.startswith(_OURS)}
    used = _used(paths, whole.get("components", {}).get("schemas", {}))
    return {**whole, "paths": paths, "components": {"schemas": used}}


def _used(part: Any, shapes: dict[str, Any]) -> dict[str, Any]:
    """The shapes that a part refers to, and those these refer to, in the schema's own order."""
    names: set[str] = set()
    open_names = set(_references(part))
    while open_names:
        names |= open_names
        open_names = {found for name in open_names for found in _references(shapes[name])} - names
    return {name: shape for name, shape in shapes.items() if name in names}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield _name_in(part["$ref"])
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _name_in(reference: str) -> str:
    return reference.rpartition("/")[2]


def _shapes(schema: dict[str, Any]) -> dict[str, Any]:
    shapes: dict[str, Any] = schema["components"]["schemas"]
    return shapes


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, item in schema["paths"].items():
        for method in _METHODS:
            if method not in item:
                continue
            about = item[method]
            yield Operation(
                method=method.upper(),
                path=path,
                summary=about.get("summary", ""),
                description=about.get("description", ""),
                parameters=[_parameter(parameter) for parameter in about.get("parameters", [])],
                answers=list(dict.fromkeys(_references(about["responses"].get("200", {})))),
            )


def _parameter(parameter: dict[str, Any]) -> Field:
    about = {"description": parameter.get("description", ""), **parameter["schema"]}
    return _field(parameter["name"], about, required=parameter.get("required", False))


def _fields(shape: dict[str, Any]) -> list[Field]:
    required = shape.get("required", [])
    return [_field(name, about, required=name in required) for name, about in shape["properties"].items()]


def _field(name: str, about: dict[str, Any], *, required: bool) -> Field:
    default = about.get("default")
    return Field(
        name=name,
        type=_type(about),
        link=next(_references(about), None),
        required=required,
        default="" if default is None else str(default),
        description=about.get("description", ""),
    )


def _type(about: dict[str, Any]) -> str:
    if "anyOf" in about:
        return "或".join(_type(one) for one in about["anyOf"] if one.get("type") != "null")
    if "$ref" in about:
        return _WORDS["object"]
    if "enum" in about:
        return "、".join(str(value) for value in about["enum"])
    return _FORMATS.get(about.get("format", "")) or _WORDS.get(about.get("type", ""), "")
