/* The button beside each command copies it as it stands. Where a browser lets nobody copy there is none: commands are text. */
(function () {
  "use strict";
  document.querySelectorAll(".copy").forEach(function (button) {
    if (!navigator.clipboard) { button.remove(); return; }
    var command = button.previousElementSibling.textContent, said = button.textContent;
    button.setAttribute("aria-label", said + " " + command);
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(command).then(function () {
        button.textContent = document.body.dataset.copied;
        setTimeout(function () { button.textContent = said; }, 1500);
      });
    });
  });
})();
