"""The API's schema and the page made from it."""

import re

import httpx
import pytest
from fastapi import FastAPI

from app.web.api.reference import api_schema


async def test_the_schema_says_what_the_api_answers(app: FastAPI) -> None:
    schema = api_schema(app)
    posting = schema["components"]["schemas"]["Posting"]["properties"]
    staff = schema["components"]["schemas"]["StaffPosting"]["properties"]
    assert sorted(schema["paths"]) == ["/api/v1/events", "/api/v1/postings", "/api/v1/postings/{public_id}"]
    assert sorted(set(staff) - set(posting)) == ["contact_name", "contact_phone", "state"]
    assert "pay" in posting


async def test_the_schema_holds_no_shape_without_use_and_lacks_none(app: FastAPI) -> None:
    schema = api_schema(app)
    used = set(re.findall(r"#/components/schemas/(\w+)", str(schema)))
    assert used == set(schema["components"]["schemas"])


async def test_the_schema_is_served(client: httpx.AsyncClient) -> None:
    schema = (await client.get("/openapi.json")).json()
    assert schema["openapi"].startswith("3.1")
    assert "/api/v1/postings" in schema["paths"]


async def test_the_reference_shows_each_address_parameter_and_field(client: httpx.AsyncClient, app: FastAPI) -> None:
    text = (await client.get("/docs")).text
    schema = api_schema(app)
    assert re.findall(r'mono">(/api/[^<]+)<', text) == list(schema["paths"])
    rows = re.findall(r'<th scope="row" class="mono nowrap">(\w+)</th>', text)
    fields = [name for shape in schema["components"]["schemas"].values() for name in shape.get("properties", ())]
    assert rows[-len(fields) :] == fields
    assert set(re.findall(r'href="#(\w+)"', text)) - {"content"} <= set(re.findall(r'id="(\w+)"', text))


@pytest.mark.parametrize("forbidden", ["<script", "http://", "https://", "style="])
async def test_the_reference_needs_no_script_and_nobody_else(client: httpx.AsyncClient, forbidden: str) -> None:
    assert forbidden not in (await client.get("/docs")).text
