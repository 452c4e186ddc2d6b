// Tells the chat who is signed in, and keeps it up to date while people sign in and out.

window.rejoinConfig = { platformId: "acme_platform_20260302090000000-0123456789abcde", domain: "acme" };

/** tell takes {userId, userEmail, userName, userAuthToken} from our server; {} is nobody. */
function tell(person) {
  for (const key of ["userId", "userEmail", "userName", "userAuthToken"]) delete rejoinConfig[key];
  Object.assign(rejoinConfig, person); // the same object: the chat reads it again
  document.getElementById("who").textContent = person.userId
    ? `Signed in as ${person.userName} (${person.userId}).`
    : "Nobody is signed in.";
  if (window.Rejoin) Rejoin("updateRejoinConfig");
}

/** ask posts to our server, which keeps who is signed in in a cookie and answers with the person it has signed. */
async function ask(path, form) {
  const answer = await fetch(path, form && { method: "POST", body: new URLSearchParams({ ...form, back: "/account/me" }) });
  tell(await answer.json());
}

for (const button of document.querySelectorAll("[data-customer]")) {
  button.onclick = () => ask("/account/sign-in", { customer: button.dataset.customer });
}
document.getElementById("out").onclick = () => ask("/account/sign-out", {});

function route() {
  document.getElementById("view").textContent = location.hash.startsWith("#/orders") ? "Orders" : "Shop";
}
addEventListener("hashchange", route);
route();

/** start is the snippet. It runs when we know who is here, so that nobody is anonymous for a moment. */
function start() {
  (function (w, d, n) {
    if (w[n]) { w[n]("update"); return; }
    w[n] = function () { (w[n].q = w[n].q || []).push(arguments); };
    var s = d.createElement("script");
    s.async = true; s.id = "rejoin-chat"; s.src = "https://chat.example.com/webchat.js";
    s.onload = function () { w[n]("init"); };
    d.head.appendChild(s);
  })(window, document, "Rejoin");
}

ask("/account/me").finally(start);
