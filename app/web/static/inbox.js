// How many conversations and reports wait for staff: in the top bar of every page, and in its title. Without this script
// the link is there without the count.
"use strict";

(() => {
  const POLL_MS = 15000;
  const badge = document.getElementById("inbox-count");
  if (!badge) return;
  const title = document.title;
  let shown = "";

  const show = ({ waiting, complaints }) => {
    const all = waiting + complaints;
    // a reader hears it once, when it changes
    const words = all ? `${all}` : "";
    if (words === shown) return;
    shown = words;
    badge.textContent = words;
    if (all) {
      const told = document.createElement("span");
      told.className = "visually-hidden";
      told.textContent = " 条消息等您处理";
      badge.append(told);
    }
    document.title = all ? `(${all}) ${title}` : title;
  };

  const read = async () => {
    try {
      const answer = await fetch("/staff/inbox/count", { headers: { accept: "application/json" } });
      if (answer.ok && !answer.redirected) show(await answer.json());
    } catch {
      // away for a moment: the next poll brings it
    }
  };

  read();
  setInterval(read, POLL_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) read();
  });
})();
