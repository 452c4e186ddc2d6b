// Written for Helpshift's names, in the style of older pages.

window.helpshiftConfig = {
  platformId: "acme_platform_20260302090000000-0123456789abcde",
  domain: "acme",
  language: "en",
  tags: ["shipping"]
};

(function () {
  var waiting;
  if (window.Helpshift) {
    window.Helpshift("update");
    return;
  }
  waiting = function () { waiting.q.push(arguments); };
  waiting.q = [];
  window.Helpshift = waiting;
  function load() {
    var before = document.getElementsByTagName("script")[0];
    var script = document.createElement("script");
    if (document.getElementById("hs-chat")) return;
    script.id = "hs-chat";
    script.type = "text/javascript";
    script.async = true;
    script.src = "https://chat.example.com/latest/webChat.js";
    script.onload = function () { window.Helpshift("init"); };
    before.parentNode.insertBefore(script, before);
  }
  if (document.readyState === "complete") load();
  else window.addEventListener("load", load);
})();

// Calls made before the script is there wait for it.
["widgetToggle", "conversationStart", "messageAdd", "agentMessageReceived", "conversationEnd", "onWebChatRuntimeError"].forEach(function (name) {
  Helpshift("addEventListener", name, function (data) {
    var line = document.createElement("li");
    line.textContent = name + " " + (JSON.stringify(data) || "");
    document.getElementById("log").appendChild(line);
  });
});
Helpshift("addEventListener", "newUnreadMessages", function (data) {
  document.getElementById("unread").textContent = data.unreadCount;
});

document.getElementById("ask").onclick = function () { Helpshift("open"); };
document.getElementById("german").onclick = function () {
  window.helpshiftConfig.language = "de";
  Helpshift("updateHelpshiftConfig");
};
