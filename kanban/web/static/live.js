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

  (function listen() {
    const stream = new EventSource(root + "hand/changes");
    stream.onmessage = (event) => {
      if (known !== null && known !== event.data) begin();
      known = event.data;
    };
    stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000); };
  })();
})();
