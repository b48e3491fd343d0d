/* Pages for a wall: one part of the page at a time fills the screen, and what has no room follows on the next. A wall screen
   turns by itself and begins again with what was rendered meanwhile; a meeting is turned by whoever leads it (key P, or the
   button). Without this file everything stands one below the other. */
(function () {
  "use strict";
  var box = document.querySelector("[data-slides]");
  if (!box) return;
  var auto = Number(box.dataset.auto || 0);
  var slides = Array.from(box.children);
  var at = 0, part = 0, parts = [], timer = null, bar = null, turning = auto > 0;

  /* The lists whose entries follow one another: the cards of each column, or all points of a meeting's step. */
  function streams(slide) {
    var lists = Array.from(slide.querySelectorAll(".cards"));
    if (lists.length) return lists.map(function (list) { return Array.from(list.children); });
    var points = Array.from(slide.querySelectorAll(".points > li"));
    return points.length ? [points] : [];
  }

  /* How many entries from `start` on end above the foot of the screen; one at least. */
  function fitting(items, start, foot) {
    items.forEach(function (item, index) { item.hidden = index < start; });
    var count = 0;
    while (start + count < items.length && items[start + count].getBoundingClientRect().bottom <= foot) count += 1;
    return Math.max(1, count);
  }

  function cut(slide) {
    var foot = bar.getBoundingClientRect().top - 4;
    return streams(slide).map(function (items) {
      var cuts = [], start = 0;
      while (start < items.length) {
        var count = fitting(items, start, foot);
        cuts.push([start, start + count]);
        start += count;
      }
      return { items: items, cuts: cuts };
    });
  }

  function length() { return Math.max.apply(null, [1].concat(parts.map(function (one) { return one.cuts.length; }))); }

  function show(index, which) {
    at = (index + slides.length) % slides.length;
    slides.forEach(function (slide, place) { slide.classList.toggle("shown", place === at); });
    slides[at].querySelectorAll("details").forEach(function (one) { one.open = true; });
    parts = cut(slides[at]);
    part = which < 0 ? length() - 1 : Math.min(which, length() - 1);
    turn();
  }

  /* A list that has come to its end stays with its last entries. */
  function turn() {
    parts.forEach(function (one) {
      var range = one.cuts[Math.min(part, one.cuts.length - 1)] || [0, 0];
      one.items.forEach(function (item, index) { item.hidden = index < range[0] || index >= range[1]; });
    });
    tell();
  }

  function next(step) {
    if (step > 0 && part + 1 < length()) { part += 1; return turn(); }
    if (step < 0 && part > 0) { part -= 1; return turn(); }
    if (auto && step > 0 && turning && at + 1 === slides.length && navigator.onLine) return location.reload();
    show(at + step, step < 0 ? -1 : 0);
  }

  function tell() {
    var title = slides[at].querySelector("h2");
    bar.querySelector("output").textContent = (title ? title.textContent + " · " : "") + (at + 1) + " / " + slides.length +
      (length() > 1 ? " (" + (part + 1) + " / " + length() + ")" : "");
    bar.querySelector(".turning").textContent = turning ? box.dataset.pause : box.dataset.go;
    window.clearTimeout(timer);
    if (turning) timer = window.setTimeout(function () { next(1); }, 1000 * (auto || 30));
  }

  function button(words, css, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = css;
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function begin() {
    document.documentElement.classList.add("presenting");
    bar = document.createElement("div");
    bar.className = "presenter";
    bar.title = box.dataset.help;
    bar.append(
      button(box.dataset.previous, "back", function () { next(-1); }),
      document.createElement("output"),
      button(box.dataset.go, "turning", pause),
      button(box.dataset.next, "on", function () { next(1); })
    );
    document.querySelector("main").append(bar);
    show(0, 0);
  }

  function end() {
    window.clearTimeout(timer);
    document.documentElement.classList.remove("presenting", "blank");
    bar.remove();
    bar = null;
    turning = auto > 0;
    slides.forEach(function (slide) {
      slide.classList.remove("shown");
      streams(slide).forEach(function (items) { items.forEach(function (item) { item.hidden = false; }); });
    });
  }

  function pause() { turning = !turning; tell(); }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  }

  var keys = {
    ArrowRight: function () { next(1); }, PageDown: function () { next(1); }, " ": function () { next(1); },
    ArrowLeft: function () { next(-1); }, PageUp: function () { next(-1); },
    Home: function () { show(0, 0); }, End: function () { show(slides.length - 1, 0); },
    p: pause, f: full, b: function () { document.documentElement.classList.toggle("blank"); },
    Escape: function () { end(); }
  };

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (!bar) { if (event.key === "p") begin(); return; }
    if (event.key === " " && event.target.tagName === "BUTTON") return;
    var number = Number(event.key);
    if (number > 0 && number <= slides.length) return show(number - 1, 0);
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  window.addEventListener("resize", function () { if (bar) show(at, part); });

  if (auto || location.hash === "#present") begin();
  else {
    var present = document.querySelector(".present");
    if (present) present.addEventListener("click", begin);
  }
})();
