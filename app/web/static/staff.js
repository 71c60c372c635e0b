// What the staff console adds to pages that work without it. Marks in the HTML switch each part on:
//   form                    a second press while the first is under way does nothing
//   data-confirm="words"    asks before a form is sent or a link is followed
//   .drop input[type=file]  shows where files may fall, and which were taken, in place of the browser's own words
//   .tabs                   brings the current tab into sight
//   data-live="address"     a part of the page (it has an id) that is read again when the event stream at that address
//                           rings, and every 15 seconds; data-fragment is where it is read, else this page
"use strict";

const POLL_MS = 15000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  const words = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
  if (words && !window.confirm(words)) {
    event.preventDefault();
    return;
  }
  if (form.method === "get") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
});

// back in the history brings the page as it was left
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

document.querySelectorAll(".drop").forEach((drop) => {
  const input = drop.querySelector("input[type=file]");
  if (!input) return;
  const pick = document.createElement("span");
  const taken = document.createElement("span");
  pick.className = "button";
  pick.setAttribute("aria-hidden", "true");
  taken.setAttribute("role", "status");
  drop.append(pick, taken);
  drop.classList.add("told");
  const show = () => {
    const names = [...input.files].map((file) => file.name);
    pick.textContent = names.length ? "重新选择" : "选择文件";
    taken.textContent = names.length ? `已选 ${names.length} 个文件：${names.join("、")}` : "";
  };
  show();
  ["dragover", "dragleave", "drop"].forEach((kind) => {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });
  input.addEventListener("change", show);
});

document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
  tab.parentElement.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - tab.parentElement.clientWidth / 2;
});

// whoever is typing in the part keeps what they typed; whoever stands on a button stays there
function swap(here, fresh) {
  const active = document.activeElement;
  const inside = here.contains(active);
  if (!fresh || (inside && active.matches("input, textarea, select"))) return;
  here.replaceWith(fresh);
  if (inside && active.id) document.getElementById(active.id)?.focus();
}

document.querySelectorAll("[data-live]").forEach((part) => {
  const { id } = part;
  const address = part.dataset.fragment || window.location.href;
  const stream = part.dataset.live;
  let busy = false;
  let again = false;
  const read = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const here = document.getElementById(id);
      if (!answer.ok || answer.redirected || !here) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      swap(here, page.getElementById(id));
    } catch {
      // away for a moment: the next ring or poll brings it
    } finally {
      busy = false;
    }
    if (again) {
      again = false;
      read();
    }
  };
  new EventSource(stream).addEventListener("changed", read);
  setInterval(read, POLL_MS);
});
