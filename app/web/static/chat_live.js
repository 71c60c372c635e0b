// Lines of the conversation, each once and in order, whoever brings them: the answer to what was sent, or the stream.
// Without this script the page shows them when it is opened again.
const chatLog = (() => {
  const log = document.getElementById("log");
  const POLL = 15000;
  const title = document.title;
  let stream = null;
  let sending = 0;
  let reading = false;
  let again = false;

  const numbered = (line) => Number(line.dataset.n);

  const last = () => {
    const lines = log.querySelectorAll(".line[data-n]");
    return lines.length ? numbered(lines[lines.length - 1]) : 0;
  };

  // the first new line; what waits to be sent stays below the lines that the server has
  const add = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const waiting = log.querySelector(".line:not([data-n])");
    const fresh = [...page.querySelectorAll(".line[data-n]")].filter((line) => numbered(line) > last());
    fresh.forEach((line) => log.insertBefore(line, waiting));
    return fresh[0] || null;
  };

  const tellHidden = () => {
    document.title = document.hidden ? `有新消息 · ${title}` : title;
  };

  const read = async () => {
    if (reading || sending) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    try {
      const answer = await fetch(`/chat/lines?after=${last()}`);
      if (answer.ok && !answer.redirected && add(await answer.text())) tellHidden();
    } catch {
      // away for a moment: the next ring or poll brings it
    } finally {
      reading = false;
    }
    if (again && !sending) read();
  };

  // nothing to listen to before anything was said; a ring that was missed is made up for by each new connection
  const listen = () => {
    if (last() === 0 || (stream && stream.readyState !== EventSource.CLOSED)) return;
    stream = new EventSource("/chat/stream");
    stream.addEventListener("open", read);
    stream.addEventListener("changed", read);
  };

  // what is being sent brings all lines up to its answer with it
  const whileSending = async (work) => {
    sending += 1;
    try {
      return await work();
    } finally {
      sending -= 1;
      if (again && !sending) setTimeout(read);
    }
  };

  listen();
  setInterval(() => {
    if (last() === 0 || (stream && stream.readyState === EventSource.OPEN)) return;
    listen();
    read();
  }, POLL);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    if (last() > 0) read();
  });
  return { add, last, listen, whileSending };
})();
