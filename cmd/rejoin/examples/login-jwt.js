// Logs people in with identity tokens: JWTs that our server signs.

window.rejoinConfig = { platformId: "acme_platform_20260302090000000-0123456789abcde", domain: "acme", authenticateWith: "identities" };

(function (w, d, n) {
  if (w[n]) { w[n]("update"); return; }
  w[n] = function () { (w[n].q = w[n].q || []).push(arguments); };
  var s = d.createElement("script");
  s.async = true; s.id = "rejoin-chat"; s.src = "https://chat.example.com/webchat.js";
  s.onload = function () { w[n]("init"); };
  d.head.appendChild(s);
})(window, document, "Rejoin");

// The chat wants to know for sure who is here: at the start, when the person changes, and when its session has ended. It waits five seconds.
Rejoin("addEventListener", "onLoginRequest", async ({ userId }) => {
  note(`onLoginRequest for ${userId}`);
  const { token } = await (await fetch("/account/jwt")).json();
  if (token) Rejoin("login", { identity_token: token, full_privacy_enabled: false });
});
Rejoin("addEventListener", "onWebChatRuntimeError", (e) => note(`${e.error}: ${e.reason}`));

/** tell takes what our server says of who is signed in; {} is nobody. */
function tell({ userId, userEmail, userName }) {
  document.getElementById("who").textContent = userId ? `Signed in as ${userName} (${userId}).` : "Nobody is signed in.";
  if (userId) {
    Object.assign(rejoinConfig, { userId, userEmail, userName });
    Rejoin("updateRejoinConfig");
    return;
  }
  for (const key of ["userId", "userEmail", "userName"]) delete rejoinConfig[key];
  Rejoin("logout");
  Rejoin("updateRejoinConfig");
}

/** ask posts to our server, which keeps who is signed in in a cookie. */
async function ask(path, form) {
  const answer = await fetch(path, form && { method: "POST", body: new URLSearchParams({ ...form, back: "/account/me" }) });
  tell(await answer.json());
}

for (const button of document.querySelectorAll("[data-customer]")) {
  button.onclick = () => ask("/account/sign-in", { customer: button.dataset.customer });
}
document.getElementById("out").onclick = () => ask("/account/sign-out", {});

function note(text) {
  const line = document.createElement("li");
  line.textContent = text;
  document.getElementById("log").append(line);
}

ask("/account/me");
