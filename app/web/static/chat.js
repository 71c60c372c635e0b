// Sends without leaving the page. Without this script the form does the same by itself.
(() => {
  const form = document.getElementById("say");
  const box = document.getElementById("text");
  const log = document.getElementById("log");
  const scroll = log.parentElement;
  const PATIENCE = 20000;
  let composed = 0;

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const made = (tag, className, text = "") => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };

  const toEnd = () => {
    scroll.scrollTop = 0; // the column is reversed: its end is where it begins
  };

  // a long answer is read from its beginning
  const toAnswer = (asked) => {
    toEnd();
    if (asked && asked.getBoundingClientRect().top < scroll.getBoundingClientRect().top) asked.scrollIntoView();
  };

  const grow = () => {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 4}px`;
  };

  // the message as it waits, until the server's own lines take its place
  const pending = (text) => {
    const line = made("div", "line mine");
    line.setAttribute("aria-hidden", "true"); // read aloud once, as the server's line
    const said = made("div", "said");
    said.append(made("p", "bubble", text));
    const state = made("p", "state", "正在发送");
    line.append(said, state);
    log.append(line);
    return { line, state };
  };

  const typing = () => {
    const line = made("div", "line");
    const said = made("div", "said");
    const face = made("span", "face", "码");
    face.setAttribute("aria-hidden", "true");
    const dots = made("p", "bubble typing");
    dots.append(made("span", "unseen", "正在回答"), made("i", ""), made("i", ""), made("i", ""));
    said.append(face, dots);
    line.append(said);
    log.append(line);
    return line;
  };

  const post = async (text, key) => {
    const body = new URLSearchParams({ text, request_key: key, after: chatLog.last() });
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), PATIENCE);
    try {
      const response = await fetch("/chat?fragment=1", { method: "POST", body, signal: giveUp.signal });
      return { ok: response.ok && !response.redirected, html: await response.text() };
    } catch {
      return { ok: false, html: "" };
    } finally {
      clearTimeout(timer);
    }
  };

  const failed = (waiting, sentence, again) => {
    waiting.line.removeAttribute("aria-hidden");
    waiting.state.className = "state failed";
    waiting.state.setAttribute("role", "alert");
    waiting.state.textContent = `${sentence} `;
    const button = made("button", "", "再发一次");
    button.type = "button";
    button.addEventListener("click", again);
    waiting.state.append(button);
    toEnd();
  };

  const sentenceIn = (answer) => {
    const found = new DOMParser().parseFromString(answer.html, "text/html").querySelector(".refusal");
    return found ? found.textContent : "没有发出去，可能是网络不好。";
  };

  // the same key at each try: what arrived already is not done twice
  const send = async (text, key, waiting) => {
    waiting.state.className = "state";
    waiting.state.textContent = "正在发送";
    const dots = typing();
    toEnd();
    const answer = await chatLog.whileSending(() => post(text, key));
    dots.remove();
    if (!answer.ok) {
      failed(waiting, sentenceIn(answer), () => send(text, key, waiting));
      return;
    }
    waiting.line.remove();
    toAnswer(chatLog.add(answer.html));
    chatLog.listen();
  };

  const start = (text) => {
    const said = text.trim();
    if (!said) return;
    const refusal = document.getElementById("refusal");
    if (refusal) refusal.remove();
    send(said, newKey(), pending(said));
  };

  const sendTyped = () => {
    start(box.value);
    box.value = "";
    grow();
    // on a phone the keyboard makes room for the answer
    if (matchMedia("(pointer: coarse)").matches) box.blur();
    else box.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendTyped();
  });
  log.addEventListener("click", (event) => {
    const choice = event.target.closest("button[name=pick]");
    if (!choice) return;
    event.preventDefault();
    start(choice.value);
  });

  box.addEventListener("compositionend", (event) => {
    composed = event.timeStamp;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    // Enter that ends a word being composed is not meant for us; Safari tells of it just after the composition
    if (event.isComposing || event.keyCode === 229 || event.timeStamp - composed < 50) return;
    event.preventDefault();
    sendTyped();
  });
  box.addEventListener("input", grow);
  addEventListener("pageshow", toEnd);
})();
