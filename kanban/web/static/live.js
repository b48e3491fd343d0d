/* Pages that only show: load again when the board changed. */
(function () {
  "use strict";
  const root = document.currentScript.src.replace(/[^/]*$/, "");
  const stream = new EventSource(root + "hand/changes");
  let known = null;
  stream.onmessage = (event) => {
    if (known !== null && known !== event.data) location.reload();
    known = event.data;
  };
})();
