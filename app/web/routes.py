"""All routes, in the order they are tried."""

from fastapi import APIRouter

from app.web import health
from app.web.api import postings as api_postings
from app.web.api import reference
from app.web.chat import pages as chat
from app.web.desk import pages as desk
from app.web.host import pages as host
from app.web.seeker import door, my_data, places, scan
from app.web.staff import (
    asked,
    callbacks,
    codes,
    desks,
    employers,
    events,
    imports,
    inbox,
    policies,
    policies_edit,
    postings,
    signin,
    words,
)
from app.web.staff import wechat as staff_wechat
from app.web.wechat import callback as wechat
from app.web.wechat import jssdk, oauth, proof, tying

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    door.router,
    scan.router,
    places.router,
    my_data.router,
    chat.router,
    wechat.router,
    proof.router,
    oauth.router,
    jssdk.router,
    tying.router,
    signin.router,
    events.router,
    employers.router,
    imports.router,
    postings.router,
    codes.router,
    desks.router,
    callbacks.router,
    inbox.router,
    asked.router,
    words.router,
    staff_wechat.router,
    policies.router,
    policies_edit.router,
    desk.router,
    host.router,
    api_postings.router,
    reference.router,
)
