// The place in the queue, live: the server says that something changed, and this page asks what.
"use strict";
(() => {
  const place = document.getElementById("place");
  const address = place.dataset.live;
  const ring = document.getElementById("ring");
  const away = document.getElementById("away");
  const title = document.title;
  const POLL = 15000;
  let audio = null;
  let before = state();
  let ringing = 0;

  function state() {
    const section = place.querySelector("[data-state]");
    return section ? section.dataset.state : "";
  }

  async function refresh() {
    try {
      const answer = await fetch(address + "?fragment=1", { cache: "no-store" });
      if (!answer.ok) return;
      away.hidden = true;
      const text = await answer.text();
      if (text !== refresh.last) {
        refresh.last = text;
        place.innerHTML = text;
      }
      arrive();
    } catch {
      away.hidden = false; // the next poll asks again
    }
  }

  function arrive() {
    const now = state();
    if (now === "called" && before !== "called") {
      alarm();
      window.scrollTo({ top: 0 });
    }
    if (now !== "called") quiet();
    ring.hidden = !(now === "waiting" && (window.AudioContext || navigator.vibrate));
    before = now;
  }

  function alarm() {
    quiet();
    let times = 0;
    const once = () => {
      beep();
      vibrate([500, 200, 500]);
      document.title = times % 2 ? title : "正在叫您 · " + title;
      if (++times >= 20) quiet();
    };
    ringing = window.setInterval(once, 1500);
    once();
  }

  // browsers refuse it, and say so, before the page has been touched
  function vibrate(pattern) {
    const touched = !navigator.userActivation || navigator.userActivation.hasBeenActive;
    if (navigator.vibrate && touched) navigator.vibrate(pattern);
  }

  function quiet() {
    window.clearInterval(ringing);
    document.title = title;
  }

  // two tones, loud enough to be heard from a pocket; silent until a touch has allowed sound
  function beep() {
    if (!audio || audio.state !== "running") return;
    for (const [pitch, at] of [[880, 0], [1175, 0.35]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.value = 0.5;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + at);
      tone.stop(audio.currentTime + at + 0.3);
    }
  }

  async function allowSound() {
    if (window.AudioContext) {
      audio = audio || new AudioContext();
      await audio.resume();
      beep();
    }
    vibrate(200);
    ring.querySelector("button").hidden = true;
    ring.querySelector("p").hidden = false;
  }

  ring.querySelector("button").addEventListener("click", allowSound);

  const copy = document.getElementById("copy");
  if (navigator.clipboard) {
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.origin + address);
      copy.textContent = "已复制";
    });
  }

  // many wait in one line: they do not all ask in the same moment
  const soon = () => window.setTimeout(refresh, Math.random() * 800);
  const news = new EventSource(address + "/stream");
  news.addEventListener("changed", soon);
  window.setInterval(() => { if (news.readyState !== EventSource.OPEN) refresh(); }, POLL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  for (const kind of ["online", "offline"]) window.addEventListener(kind, refresh);
  if (before === "called") alarm();
  arrive();
})();
