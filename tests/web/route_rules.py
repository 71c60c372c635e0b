"""Who gets which answer from which route, on what the county owns, and what is sent to each."""

from typing import Any, NamedTuple


class Rule(NamedTuple):
    """Statuses; "login": led to the sign-in page. `nobody` is also an interviewer, whose link opens a desk only.

    `stranger`: the staff of another county, on the owner's things.
    """

    nobody: int | str
    host: int | str
    owner: int | str
    city: int | str
    stranger: int | str


def everybody(status: int) -> Rule:
    """No matter who asks: the address itself is the right, or there is nothing to protect."""
    return Rule(status, status, status, status, status)


def look(status: int = 200, *, stranger: int = 404) -> Rule:
    """For all staff who may see the thing, the host too."""
    return Rule("login", status, status, status, stranger)


def look_and_work(*, stranger: int = 404) -> Rule:
    """A page that the host is not shown: it holds contacts or a form."""
    return Rule("login", 403, 200, 200, stranger)


def work(status: int = 303, *, host: int = 403, stranger: int = 404) -> Rule:
    return Rule(401, host, status, status, stranger)


_EVENT = "/staff/events/{ref}"
_DESKS = f"{_EVENT}/desks"
_DESK = f"{_DESKS}/{{employer}}"
_POSTING = "/staff/postings/{public_id}"
_CALL = f"{_EVENT}/callbacks/{{employer}}/{{number}}"
_TALK = "/staff/inbox/{handover}"
_POLICY = "/staff/policies/{policy}"

RULES: dict[str, Rule] = {
    "GET /healthz": everybody(200),
    "GET /readyz": everybody(200),
    "GET /openapi.json": everybody(200),
    "GET /docs": everybody(200),
    "GET /static": everybody(307),
    # seekers
    "GET /": everybody(200),
    "GET /e/{event_id}": everybody(200),
    "GET /e/{event_id}/{number}": everybody(303),
    "GET /e/{event_id}/{number}/interview": everybody(303),
    "GET /{written:code}": everybody(200),
    "POST /{written:code}": everybody(303),
    "GET /my": everybody(200),
    "GET /my/data": everybody(200),
    "GET /my/data/file": everybody(200),
    "GET /my/data/delete": everybody(200),
    "POST /my/data/delete": everybody(303),
    "GET /place/{public_id}": everybody(200),
    "GET /place/{public_id}/stream": everybody(200),
    "GET /place/{public_id}/leave": everybody(200),
    "POST /place/{public_id}/leave": everybody(303),
    "POST /place/{public_id}/rejoin": everybody(303),
    # gives digits to the browser whose place it is, and nothing to any other
    "POST /place/{public_id}/tie": everybody(303),
    "GET /chat": everybody(200),
    "POST /chat": everybody(303),
    "GET /chat/stream": everybody(200),
    "GET /chat/lines": everybody(200),
    "POST /api/chat": everybody(200),
    # the platform's servers; where there is no account there is no such page
    "GET /wechat": everybody(404),
    "POST /wechat": everybody(404),
    # where WeChat leads back to: without its proof the page is shown as to anybody
    "GET /wechat/oauth": everybody(303),
    "GET /wechat/allowed": everybody(303),
    "GET /wechat/jssdk": everybody(404),
    # the API: what is open is for all
    "GET /api/v1/postings": everybody(200),
    "GET /api/v1/postings/{public_id}": everybody(200),
    "GET /api/v1/events": everybody(200),
    # interviewers, by a link
    "GET /desk/{secret}": everybody(200),
    "GET /desk/{secret}/stream": everybody(200),
    "POST /desk/{secret}/next": everybody(303),
    "POST /desk/{secret}/{number}/call": everybody(303),
    "POST /desk/{secret}/{number}/ring": everybody(303),
    "POST /desk/{secret}/{number}/outcome": everybody(303),
    "POST /desk/{secret}/{number}/undo": everybody(303),
    "POST /desk/{secret}/{number}/put-back": everybody(303),
    "POST /desk/{secret}/pause": everybody(303),
    "POST /desk/{secret}/resume": everybody(303),
    "POST /desk/{secret}/jobs/{posting}/fill": everybody(303),
    "POST /desk/{secret}/close": everybody(303),
    # the host's screen
    "GET /host/{ref}": look(),
    "GET /host/{ref}/stream": look(),
    "POST /host/{ref}/move": work(host=303),
    # staff
    "GET /staff": look(303, stranger=303),
    "GET /staff/": look(stranger=200),
    "GET /staff/events/new": look_and_work(stranger=200),
    "POST /staff/events": work(stranger=303),
    f"GET {_EVENT}": look(),
    f"GET {_EVENT}/stream": look(),
    f"GET {_EVENT}/edit": look_and_work(),
    f"POST {_EVENT}/edit": work(),
    f"GET {_EVENT}/employers": look(),
    f"GET {_EVENT}/import": look(),
    f"POST {_EVENT}/import": work(422),
    f"POST {_EVENT}/import/text": work(),
    f"GET {_EVENT}/import/{{public_id}}": look(),
    f"POST {_EVENT}/import/{{public_id}}": work(),
    f"GET {_EVENT}/postings": look(),
    f"GET {_EVENT}/postings/new": look_and_work(),
    f"POST {_EVENT}/postings/new": work(422),
    f"POST {_EVENT}/postings": work(),
    f"GET {_POSTING}": look(),
    f"GET {_POSTING}/codes": look(),
    f"POST {_POSTING}/findings/{{finding_id}}": work(),
    f"POST {_POSTING}": work(),
    f"POST {_POSTING}/act": work(),
    f"GET {_EVENT}/codes": look(),
    f"GET {_EVENT}/codes/employers": look(),
    "GET /staff/codes/{token}/{kind}.{form}": look(),
    f"GET {_DESKS}": look(),
    f"GET {_DESKS}/stream": look(),
    f"GET {_DESK}": look(),
    f"POST {_DESK}/links": work(200),
    f"POST {_DESK}/close": work(),
    f"POST {_DESK}/resume": work(),
    f"POST {_DESK}/links/{{handle}}/revoke": work(),
    f"GET {_EVENT}/callbacks": look_and_work(),
    f"POST {_CALL}/ring": work(),
    f"POST {_CALL}/outcome": work(),
    "GET /staff/inbox": look_and_work(stranger=200),
    "GET /staff/inbox/stream": look_and_work(stranger=200),
    "GET /staff/inbox/count": look_and_work(stranger=200),
    "GET /staff/inbox/complaints": look_and_work(stranger=200),
    "POST /staff/inbox/complaints/{complaint}": work(),
    f"GET {_TALK}": look_and_work(),
    f"GET {_TALK}/stream": look_and_work(),
    f"GET {_TALK}/lines": look_and_work(),
    f"POST {_TALK}/answer": work(),
    f"POST {_TALK}/end": work(),
    "GET /staff/policies": look(stranger=200),
    "GET /staff/policies/new": look_and_work(stranger=200),
    "POST /staff/policies/new": work(stranger=303),
    f"GET {_POLICY}": look(),
    f"POST {_POLICY}": work(),
    f"POST {_POLICY}/act": work(),
    f"GET {_EVENT}/asked": look(),
    f"GET {_EVENT}/asked.csv": look_and_work(),
    "GET /staff/words": look(stranger=200),
    "POST /staff/words": work(stranger=303),
    "POST /staff/words/try": work(200, stranger=200),
    "POST /staff/words/{word}/restore": work(),
    "POST /staff/words/{word}/remove": work(),
    # without an official account: there is a page that says so, and nothing to set
    "GET /staff/wechat": look(stranger=200),
    "POST /staff/wechat/check": Rule(401, 403, 403, 404, 403),
    "POST /staff/wechat/menu": Rule(401, 403, 403, 404, 403),
    "POST /staff/wechat/settings": Rule(401, 403, 403, 404, 403),
    "POST /staff/wechat/sends": Rule(401, 403, 403, 404, 403),
    "GET /MP_verify_{word}.txt": everybody(404),
    # last: signing out ends what the others need
    "GET /staff/login": Rule(200, 303, 303, 303, 303),
    "POST /staff/login": everybody(422),
    "POST /staff/logout": everybody(303),
}

_PRESS = {"press": "abcdefghijkl"}
_OUTCOME = {"outcome": "undecided", "note": "下周再谈"}
_ANSWER = {"topic": "policy", "title": "探亲补贴", "amount": "200元", "source": "县人社局", "words": "探亲补贴怎么领"}
# what a route needs to do its work; each is done once, on a stage of its own
FORMS: dict[str, dict[str, Any]] = {
    "POST /{written:code}": {"name": "程小满", "phone": "13955609876", "consent": "1"},
    "POST /chat": {"text": "你好"},
    "POST /api/chat": {"text": "你好"},
    "POST /desk/{secret}/next": _PRESS,
    "POST /desk/{secret}/{number}/call": {"press": "mnpqrstvwxyz"},
    "POST /desk/{secret}/{number}/outcome": _OUTCOME,
    "POST /desk/{secret}/close": {"days": "1"},
    "POST /host/{ref}/move": {"to": "next"},
    "POST /staff/events": {"name": "新的一场", "starts_at": "2026-03-09T19:00", "ends_at": "2026-03-09T21:00"},
    f"POST {_EVENT}/edit": {"name": "改了名", "starts_at": "2026-03-06T18:00", "ends_at": "2026-03-06T20:00"},
    f"POST {_EVENT}/import/text": {"text": "怀宁县顺风物流有限公司 招分拣员10名 月薪5000-7000元 包吃住"},
    f"POST {_EVENT}/import/{{public_id}}": {"act": "mend"},
    f"POST {_EVENT}/postings": {"act": "pause", "all": "1"},
    f"POST {_POSTING}/act": {"act": "reopen"},
    f"POST {_POSTING}/findings/{{finding_id}}": {"reason": "岗位确有此要求"},
    f"POST {_DESK}/links": {"press": "bcdfghjkmnpq", "label": "新来的面试官"},
    f"POST {_DESK}/close": {"days": "1"},
    f"POST {_CALL}/outcome": _OUTCOME,
    "POST /staff/inbox/complaints/{complaint}": {"outcome": "handled", "note": "已致电单位"},
    f"POST {_TALK}/answer": {"text": "您好，请讲。", "key": "bcdfghjkmnpq"},
    f"POST {_TALK}/end": {"how": "back"},
    "POST /staff/policies/new": _ANSWER,
    f"POST {_POLICY}": _ANSWER,
    f"POST {_POLICY}/act": {"act": "withdraw"},
    "POST /staff/words": {"word": "扫雪工", "means": "保洁", "key": "bcdfghjkmnpq"},
    "POST /staff/words/try": {"word": "扫雪工", "sentence": "找扫雪的活"},
    "POST /staff/login": {"name": "谁也不是", "password": "随便猜的一句话"},
}
