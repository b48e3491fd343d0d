/* Pages without a network: what was seen once is kept, and shown only when the network does not answer. What the network says
   is always taken before what is kept, so a page is never older than it must be; nothing is asked of another host. */
"use strict";
var KEPT = "kanban";
var FIRST = ["index.html", "monday.html", "calendar.html", "metrics.html", "wall.css", "site.css", "monday.css", "months.css",
  "numbers.css", "page.js", "wall.js", "charts.js", "search-index.js", "favicon.svg"];
var PATIENCE = 4000;

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(KEPT).then(function (kept) {
    return Promise.all(FIRST.map(function (name) { return kept.add(name).catch(function () { /* a public site has fewer pages */ }); }));
  }).then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function asked(request) {
  return new Promise(function (resolve, reject) {
    var timer = setTimeout(function () { reject(new Error("slow")); }, PATIENCE);
    fetch(request).then(function (answer) { clearTimeout(timer); resolve(answer); }, reject);
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(caches.open(KEPT).then(function (kept) {
    return asked(request).then(function (answer) {
      if (answer.ok && answer.type === "basic" && !answer.redirected) kept.put(request, answer.clone());
      else if (answer.status === 404 || answer.status === 410 || answer.status === 401 || answer.status === 403) kept.delete(request);
      return answer;
    }).catch(function () {
      return kept.match(request, { ignoreSearch: true }).then(function (found) { return found || fetch(request); });
    });
  }));
});
