// The page behind a link into the chat: exchanges the token of the fragment for what the chat begins with, and is then to the panel what an app is around it.
(() => {
  const token = () => /^#([\w-]{43})$/.exec(location.hash)?.[1];
  const key = `rejoin-opening:${location.pathname}`;
  const tab = (use) => {
    try {
      return use(sessionStorage);
    } catch {
      return null; // this browser keeps nothing here: the page cannot be loaded again
    }
  };

  const start = (opening) => {
    window.RejoinApp = { postMessage() {}, config: () => opening };
    for (const { href } of document.querySelectorAll("link[data-entry]")) {
      const script = document.createElement("script");
      script.type = "module";
      script.src = href;
      document.head.append(script);
    }
  };

  const lost = () => {
    const to = new URL(location.href);
    to.hash = "";
    to.searchParams.set("lost", "1");
    location.replace(to);
  };

  const open = async (body) => {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      try {
        const answer = await fetch(location.pathname, { method: "POST", headers: { "Content-Type": "application/json" }, body });
        const text = await answer.text();
        if (answer.ok) {
          tab((t) => t.setItem(key, text));
          return start(text);
        }
        if (answer.status < 500 && answer.status !== 429) return lost();
      } catch {
        // offline: tried again
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  };

  addEventListener("hashchange", () => token() && location.reload()); // another link, opened in the same tab
  const given = token();
  if (given) {
    tab((t) => t.removeItem(key));
    history.replaceState(history.state, "", location.pathname + location.search);
    return void open(JSON.stringify({ token: given }));
  }
  const kept = tab((t) => t.getItem(key));
  if (kept) start(kept);
  else location.replace(location.pathname.replace(/\/q\/([^/]*)$/, "/c/$1") + location.search + location.hash);
})();
