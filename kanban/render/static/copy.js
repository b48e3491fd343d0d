/* A button beside each command that copies it as it stands. Without this file the commands are text, to be selected. */
(function () {
  "use strict";
  if (!navigator.clipboard || !document.body.dataset.copy) return;
  document.querySelectorAll(".typed").forEach(function (place) {
    var button = document.createElement("button");
    var command = place.querySelector("code").textContent;
    button.type = "button";
    button.className = "copy";
    button.textContent = document.body.dataset.copy;
    button.setAttribute("aria-label", document.body.dataset.copy + " " + command);
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(command).then(function () {
        button.textContent = document.body.dataset.copied;
        setTimeout(function () { button.textContent = document.body.dataset.copy; }, 1500);
      });
    });
    place.append(button);
  });
})();
