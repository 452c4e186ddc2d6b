// What the shop adds to the chat: what a page gives along, and the way back into a conversation of another login.

const { fields } = JSON.parse(document.getElementById("page-data").textContent);
if (fields) Rejoin("setCustomIssueFields", fields);

const another = document.getElementById("another");

// Somebody has opened an e-mail's link, but is not logged in as whoever began the conversation.
Rejoin("addEventListener", "userChanged", ({ originalState, pageUrl }) => {
  const shown = another.querySelector(`[data-for="${originalState}"]`);
  if (!shown) return;
  Rejoin("hide");
  for (const part of another.querySelectorAll("[data-for]")) part.hidden = part !== shown;
  another.setAttribute("aria-label", shown.querySelector("h2").textContent);
  // Only the path: the shop sends nobody to another site, whatever the event says.
  const { pathname, search } = new URL(pageUrl || "/", location.href);
  for (const back of another.querySelectorAll("[name=back]")) back.value = pathname + search;
  another.showModal();
});

// After logging in or out, the page where the conversation began opens it.
another.addEventListener("submit", (e) => {
  if (e.target.method !== "dialog") sessionStorage.setItem("open", "1");
});
another.addEventListener("close", () => Rejoin("show"));

if (sessionStorage.getItem("open")) {
  sessionStorage.removeItem("open");
  Rejoin("open");
}
