"""What every request passes: foreign origins refused, security headers on every answer."""

import httpx
import pytest


async def test_health_and_readiness_answer(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).json() == {"status": "ready"}


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://mashang.test.evil.test", "http://["])
async def test_an_unsafe_request_of_another_site_is_refused(client: httpx.AsyncClient, origin: str) -> None:
    answer = await client.post("/healthz", headers={"origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "http://mashang.test"}, {"origin": "HTTP://MASHANG.TEST"}])
async def test_our_own_pages_may_post(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.post("/healthz", headers=headers)).status_code == 405


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/nowhere"):
        headers = (await client.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


async def test_an_unknown_address_is_a_page_with_a_way_on(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nowhere")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("path", ["/staff/login", "/desk/nothing", "/my", "/place/nothing"])
async def test_pages_with_people_in_them_are_kept_by_nobody(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).headers["cache-control"] == "no-store"


async def test_an_answer_with_a_cookie_is_kept_by_nobody(client: httpx.AsyncClient) -> None:
    """A proxy that kept it would make one person of two."""
    first, again = await client.get("/e/nothing"), await client.get("/")
    assert "set-cookie" in again.headers
    assert (first.headers.get("set-cookie"), again.headers["cache-control"]) == (None, "private, no-cache")
    for path in ("/", "/chat", "/my", "/J7K3M9Q"):
        client.cookies.clear()
        answer = await client.get(path)
        assert "set-cookie" in answer.headers
        assert answer.headers["cache-control"].split(", ")[0] in {"private", "no-store"}
