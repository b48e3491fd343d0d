/* Pages that only show: load again when the board changed, but not under somebody who types. */
(function () {
  "use strict";
  const root = document.currentScript.src.replace(/[^/]*$/, "");
  const typing = () => /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName) && document.activeElement.value;
  let known = null;

  function begin() {
    if (!typing()) location.reload();
    else document.addEventListener("focusout", () => setTimeout(begin), { once: true });
  }

  let stream = null;
  function listen() {
    if (stream || document.hidden) return;
    const mine = stream = new EventSource(root + "hand/changes");
    mine.onmessage = (event) => {
      if (known !== null && known !== event.data) begin();
      known = event.data;
    };
    mine.onerror = () => {
      if (mine.readyState !== EventSource.CLOSED) return;
      if (stream === mine) stream = null;
      setTimeout(listen, 2000);
    };
  }
  /* A window that nobody sees holds none of the few connections that a browser has to one server. */
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { listen(); return; }
    stream?.close();
    stream = null;
  });
  listen();
})();
