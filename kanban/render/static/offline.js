/* Where the site is served over https it can be put on a phone's home screen, and pages seen once can be read without a network:
   from the pages one begins with. From a disk, or over http, this file does nothing, and nothing needs it. */
(function () {
  "use strict";
  if (!/page-(board|monday|screen)/.test(document.body.className)) return;
  if (location.protocol !== "https:" || !("serviceWorker" in navigator)) return;
  var root = document.currentScript.src.replace(/[^/]*$/, "");
  var link = document.createElement("link");
  link.rel = "manifest";
  link.href = root + "manifest.webmanifest";
  document.head.append(link);
  navigator.serviceWorker.register(root + "sw.js").catch(function () { /* Refused by the browser: the site is as it was. */ });
})();
