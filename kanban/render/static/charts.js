/* What a mark says, for fingers and keys: a tap near a mark shows its words under the chart, with its card where it is one;
   the marks that say something are walked with the arrow keys. Pointing with a mouse needs no script. */
(function () {
  "use strict";
  var reach = 28;

  function wordsOf(mark) {
    var title = mark.querySelector("title") || (mark.parentNode.tagName.toLowerCase() === "a" && mark.parentNode.querySelector("title"));
    return title ? title.textContent : "";
  }

  document.querySelectorAll(".drawing").forEach(function (drawing) {
    var marks = Array.from(drawing.querySelectorAll("path")).filter(wordsOf);
    if (!marks.length) return;
    var said = document.createElement("output");
    var at = -1;
    said.className = "said";
    drawing.append(said);
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", drawing.closest("figure").querySelector("h3").textContent);

    function show(index) {
      var link = marks[index].closest("a");
      var box = document.createElement(link ? "a" : "span");
      if (link) box.href = link.href.baseVal || link.getAttribute("href");
      box.textContent = wordsOf(marks[index]);
      said.replaceChildren(box);
      marks.forEach(function (one, place) { one.classList.toggle("told", place === index); });
      at = index;
    }

    function nearest(x, y) {
      var best = -1, least = reach;
      marks.forEach(function (mark, index) {
        var box = mark.getBoundingClientRect();
        var away = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
        if (away < least) { best = index; least = away; }
      });
      return best;
    }

    drawing.addEventListener("click", function (event) {
      if (said.contains(event.target)) return;
      var found = nearest(event.clientX, event.clientY);
      if (found < 0) return;
      if (window.matchMedia("(pointer: coarse)").matches) event.preventDefault();
      show(found);
    });
    drawing.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || event.target !== drawing) return;
      event.preventDefault();
      show(Math.max(0, Math.min(marks.length - 1, at + step)));
    });
  });
})();
