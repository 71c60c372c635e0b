// Keys move the screen; news from the server changes it by a hard cut. Without this script the buttons still work.
"use strict";

const stage = document.getElementById("stage");
const remote = document.querySelector(".remote");
const lost = document.getElementById("lost");
const typedBox = document.getElementById("typed");
const address = stage.dataset.address;

// A module must be a whole number of pixels, and at least 7 of them on a picture 720 pixels high.
function sizeCodes() {
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080);
  for (const code of stage.querySelectorAll(".code")) {
    const side = Number(code.dataset.side);
    const smallest = innerWidth < 1200 ? 1 : Math.ceil(200 / side); // a smaller window is no studio picture
    const module = Math.max(Math.floor((462 * unit) / side), smallest);
    code.querySelector("svg").style.width = `${module * side}px`;
    const gap = stage.querySelector(".spoken");
    if (gap) gap.style.width = `${Math.max(module * side, 480 * unit)}px`;
  }
}

async function refresh() {
  const answer = await fetch(`${address}?fragment=1`, { cache: "no-store" });
  if (answer.redirected) location.reload(); // signed out meanwhile
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = document.createElement("template");
  fresh.innerHTML = await answer.text();
  stage.replaceChildren(fresh.content);
  sizeCodes();
}

async function update() {
  try {
    await refresh();
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
}

let moving = Promise.resolve();
function move(to) {
  // one after the other, so that two quick presses are two steps
  moving = moving.then(async () => {
    try {
      const answer = await fetch(`${address}/move`, { method: "POST", body: new URLSearchParams({ to }), redirect: "manual" });
      if (answer.type !== "opaqueredirect" && !answer.ok) say(to === "off" ? "没有成功，请再试一次" : `没有 ${to} 号，或已招满`);
      await update();
    } catch {
      lost.hidden = false;
    }
  });
}

function say(words) {
  typedBox.textContent = words;
  typedBox.hidden = !words;
  clearTimeout(say.timer);
  if (words) say.timer = setTimeout(() => { typed = ""; typedBox.hidden = true; }, 2500);
}

let typed = "";
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, button")) return;
  const moves = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous", b: "off", B: "off" };
  if (event.key in moves) move(moves[event.key]);
  else if (event.key === "f" || event.key === "F") fullScreen();
  else if (/^\d$/.test(event.key)) say((typed = (typed + event.key).slice(-4)));
  else if (event.key === "Backspace") say((typed = typed.slice(0, -1)));
  else if (event.key === "Enter" && typed) { const to = typed; typed = ""; say(""); move(to); }
  else return;
  event.preventDefault();
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

let resting;
function wake() {
  document.body.classList.add("awake");
  clearTimeout(resting);
  resting = setTimeout(() => document.body.classList.remove("awake"), 3000);
}

remote.addEventListener("submit", (event) => {
  event.preventDefault();
  move(event.submitter.value);
  event.submitter.blur();
});
document.getElementById("full").hidden = !document.documentElement.requestFullscreen;
document.getElementById("full").addEventListener("click", fullScreen);
addEventListener("keydown", onKey);
addEventListener("pointermove", wake);
addEventListener("resize", sizeCodes);
addEventListener("online", update);
addEventListener("offline", update);

const news = new EventSource(`${address}/stream`);
news.addEventListener("changed", update);
news.addEventListener("open", update);
news.addEventListener("error", () => { lost.hidden = false; });
setInterval(update, 15000);
sizeCodes();
wake();
