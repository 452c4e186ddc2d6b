// Tries the whole API of the widget: commands at the press of a button, events as they come.

window.rejoinConfig = { platformId: "acme_platform_20260302090000000-0123456789abcde", domain: "acme" };

(function (w, d, n) {
  if (w[n]) { w[n]("update"); return; }
  w[n] = function () { (w[n].q = w[n].q || []).push(arguments); };
  var s = d.createElement("script");
  s.async = true; s.id = "rejoin-chat"; s.src = "https://chat.example.com/webchat.js";
  s.onload = function () { w[n]("init"); };
  d.head.appendChild(s);
})(window, document, "Rejoin");

// Each command with an example of what it takes. Tags and custom issue fields must exist under Settings → Tags and Settings → Custom issue fields.
const commands = {
  open: undefined,
  close: undefined,
  hide: undefined,
  show: undefined,
  setInitialUserMessage: "Where is my parcel?",
  setCustomIssueFields: { order_number: { type: "singleline", value: "HP-2041" } },
  replaceCustomIssueFields: { gift: { type: "checkbox", value: true } },
  setLanguage: "de",
  login: { identity_token: "", full_privacy_enabled: false },
  logout: undefined,
  addUserIdentities: { identity_token: "" },
  updateGlobalUserData: { preferred_language: "de", user_vip_segment: "gold" },
  updateAppUserData: { app_version: "2.1" },
};

const events = [
  "widgetToggle", "newUnreadMessages", "conversationStart", "messageAdd", "agentMessageReceived", "conversationResolved",
  "conversationRejected", "conversationReopened", "conversationEnd", "csatSubmit", "chatEnd", "userChanged", "userAuthFailure", "onLoginRequest",
  "onWebChatRuntimeError",
];

/** element makes an element with properties and children. */
function element(name, properties, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

function note(...words) {
  document.getElementById("log").append(element("li", {}, element("pre", { textContent: words.join(" ") })));
}

/** run calls a command with what stands in its field. A token that is left empty is fetched from our server. */
async function run(name, text) {
  try {
    const data = text && JSON.parse(text);
    if (data && data.identity_token === "") data.identity_token = (await (await fetch("/account/jwt")).json()).token;
    if (data === undefined) Rejoin(name);
    else Rejoin(name, data);
  } catch (e) {
    note(String(e));
  }
}

for (const [name, example] of Object.entries(commands)) {
  const field = example !== undefined && element("input", { value: JSON.stringify(example), ariaLabel: `What goes along with ${name}`, spellcheck: false });
  const button = element("button", { type: "button", textContent: name, onclick: () => run(name, field ? field.value : undefined) });
  document.getElementById("commands").append(element("div", { className: "command" }, button, field || ""));
}

for (const name of events) {
  const listener = (data) => note(name, data === undefined ? "" : JSON.stringify(data));
  const box = element("input", { type: "checkbox", checked: true });
  box.onchange = () => Rejoin(box.checked ? "addEventListener" : "removeEventListener", name, listener);
  document.getElementById("events").append(element("label", {}, box, " ", name));
  Rejoin("addEventListener", name, listener);
}

const config = document.getElementById("config");
config.value = JSON.stringify({ ...rejoinConfig, language: "en", tags: ["shipping"], widgetOptions: { position: "bottom-right" } }, null, 2);
document.getElementById("apply").onclick = () => {
  try {
    const wanted = JSON.parse(config.value);
    for (const key of Object.keys(rejoinConfig)) delete rejoinConfig[key];
    Object.assign(rejoinConfig, wanted);
    Rejoin("updateRejoinConfig");
  } catch (e) {
    note(String(e));
  }
};
