// The snippet, as the dashboard shows it under Settings → App settings → {app} → Web Chat.
window.rejoinConfig = { platformId: "acme_platform_20260302090000000-0123456789abcde", domain: "acme" };
(function (w, d, n) {
  if (w[n]) { w[n]("update"); return; }
  w[n] = function () { (w[n].q = w[n].q || []).push(arguments); };
  var s = d.createElement("script");
  s.async = true; s.id = "rejoin-chat"; s.src = "https://chat.example.com/webchat.js";
  s.onload = function () { w[n]("init"); };
  d.head.appendChild(s);
})(window, document, "Rejoin");
