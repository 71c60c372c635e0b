// The desk without reloads: news swaps the board, buttons post in the background, and what was typed stays typed.
// Without this script every button is a form and the page says the same.
"use strict";

const POLL_MS = 15000;
let sending = false;
let stale = false;

const board = () => document.getElementById("board");

// what a fresh board does not know: words being typed, and what was unfolded
function keep(fresh) {
  board().querySelectorAll("textarea").forEach((old) => {
    const next = fresh.querySelector(`#${CSS.escape(old.id)}`);
    if (next && old.value !== old.defaultValue) next.value = old.value;
  });
  board().querySelectorAll("details[open][id]").forEach((old) => {
    const next = fresh.querySelector(`#${CSS.escape(old.id)}`);
    if (next) next.open = true;
  });
}

function swap(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("board");
  if (!fresh) {
    window.location.reload(); // the link was taken back, or something is wrong: the page itself says what
    return;
  }
  const active = document.activeElement;
  const typing = active && active.id && board().contains(active) ? active : null;
  keep(fresh);
  board().replaceWith(fresh);
  if (typing) {
    const next = document.getElementById(typing.id);
    if (next) {
      next.focus({ preventScroll: true });
      if (typing.selectionStart !== undefined) next.setSelectionRange?.(typing.selectionStart, typing.selectionEnd);
    }
  }
}

async function refresh() {
  if (sending) {
    stale = true;
    return;
  }
  try {
    const answer = await fetch(board().dataset.fragment, { cache: "no-store" });
    const html = await answer.text();
    away(false);
    if (sending) stale = true;
    else if (answer.ok) swap(html);
    else if (answer.status === 404 || answer.status === 410) window.location.reload();
  } catch {
    away(true); // the next ring or poll brings the news
  }
}

function away(is) {
  document.getElementById("away").hidden = !is;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (sending) {
    event.preventDefault();
    return;
  }
  event.preventDefault();
  sending = true;
  const fields = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
  let answer = null;
  try {
    answer = await fetch(form.action, { method: "POST", body: fields });
  } catch {
    window.alert("网络断开了，刚才的操作没有送达。请检查网络后再点一次。");
  }
  if (answer) {
    if (form.classList.contains("outcome")) form.reset();
    form.closest("details")?.removeAttribute("open");
    swap(await answer.text());
    const number = form.dataset.ring;
    const tel = number && document.querySelector(`[data-tel="${CSS.escape(number)}"]`);
    // a phone dials at once; a laptop would only ask which program to dial with
    if (tel && window.matchMedia("(pointer: coarse)").matches) window.location.href = tel.href;
  }
  sending = false;
  if (stale) {
    stale = false;
    refresh();
  }
});

new EventSource(board().dataset.live).addEventListener("changed", refresh);
setInterval(refresh, POLL_MS);
for (const kind of ["online", "offline"]) window.addEventListener(kind, refresh);
