/* Charts that answer. A mark that is touched, or come to with the arrow keys, says its words below the chart and opens the
   list of its cards; dragging across days (or Shift with the arrows) picks a stretch; one owner or column can be picked out in
   all charts. The lists stand in the page: without this file they are opened by hand, and a mouse still sees each value. */
(function () {
  "use strict";
  var reach = 28, stretch = 8;
  var charts = [];
  var picking = document.querySelector(".picking");

  function plain(text) { return text.replace(/\s+/g, " ").trim(); }

  function wordsOf(mark) {
    var title = mark.querySelector("title") || (mark.parentNode.tagName.toLowerCase() === "a" && mark.parentNode.querySelector("title"));
    return title ? title.textContent : "";
  }

  function hrefOf(mark) {
    var link = mark.closest("a");
    return link ? link.href.baseVal || link.getAttribute("href") : "";
  }

  /* A chart with its marks and the rows that tell of them: a list of cards by what the mark says, a line of the table by its card. */
  function Chart(drawing) {
    var figure = drawing.closest("figure");
    var chart = this;
    this.drawing = drawing;
    this.figure = figure;
    this.at = -1;
    this.anchor = -1;
    var lists = new Map(), lines = new Map();
    figure.querySelectorAll(".behind dl > div").forEach(function (row) { lists.set(plain(row.firstElementChild.textContent), row); });
    figure.querySelectorAll("tbody tr").forEach(function (row) {
      var link = row.querySelector("th a");
      if (link) lines.set(link.getAttribute("href"), row);
    });
    this.marks = Array.from(drawing.querySelectorAll("path")).filter(wordsOf);
    this.rows = this.marks.map(function (mark) { return lists.get(plain(wordsOf(mark))) || lines.get(hrefOf(mark)) || null; });
    if (!this.marks.length) return;
    this.said = document.createElement("output");
    this.said.className = "said";
    drawing.append(this.said);
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", figure.querySelector("h3").textContent);
    drawing.addEventListener("click", function (event) { chart.touched(event); });
    drawing.addEventListener("keydown", function (event) { chart.keyed(event); });
    if (figure.hasAttribute("data-time")) this.brush();
  }

  Chart.prototype.middle = function (index) {
    var box = this.marks[index].getBoundingClientRect();
    return (box.left + box.right) / 2;
  };

  Chart.prototype.nearest = function (x, y) {
    var best = -1, least = reach;
    this.marks.forEach(function (mark, index) {
      var box = mark.getBoundingClientRect();
      var away = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
      if (away < least) { best = index; least = away; }
    });
    return best;
  };

  /* The marks chosen: one says its words, several how many they are; their rows alone stay below the chart. */
  Chart.prototype.choose = function (chosen) {
    var figure = this.figure, rows = this.rows, marks = this.marks;
    var kept = new Set(chosen.map(function (index) { return rows[index]; }).filter(Boolean));
    var stretched = chosen.length > 1;
    marks.forEach(function (mark, index) {
      var one = chosen.indexOf(index) >= 0;
      mark.classList.toggle("told", one && !stretched);
      mark.classList.toggle("faded", stretched && !one);
    });
    figure.querySelectorAll("details").forEach(function (details) {
      var parts = Array.from(details.querySelectorAll("dl > div, tbody tr"));
      var mine = parts.filter(function (part) { return kept.has(part); });
      parts.forEach(function (part) { part.hidden = kept.size > 0 && mine.length > 0 && !kept.has(part); });
      if (mine.length && (stretched || details.className === "behind")) details.open = true;
    });
    var box = document.createElement("span");
    if (chosen.length === 1) {
      var href = hrefOf(marks[chosen[0]]);
      if (href) { box = document.createElement("a"); box.href = href; }
      box.textContent = wordsOf(marks[chosen[0]]);
    } else if (stretched) {
      box.textContent = [wordsOf(marks[chosen[0]]), wordsOf(marks[chosen[chosen.length - 1]])].join(" – ");
    }
    this.said.replaceChildren(box);
  };

  Chart.prototype.clear = function () {
    this.at = this.anchor = -1;
    this.choose([]);
    if (this.band) this.band.hidden = true;
  };

  Chart.prototype.touched = function (event) {
    if (this.said.contains(event.target) || this.dragged) return;
    var found = this.nearest(event.clientX, event.clientY);
    if (found < 0) return this.clear();
    if (window.matchMedia("(pointer: coarse)").matches) event.preventDefault();
    if (this.band) this.band.hidden = true;
    this.at = this.anchor = found;
    this.choose([found]);
  };

  /* Marks between two, in the order in which they lie across the chart. */
  Chart.prototype.between = function (from, to) {
    var chart = this, low = Math.min(from, to) - 0.5, high = Math.max(from, to) + 0.5;
    return this.marks.map(function (_mark, index) { return index; }).filter(function (index) {
      var x = chart.middle(index);
      return x >= low && x <= high;
    }).sort(function (a, b) { return chart.middle(a) - chart.middle(b); });
  };

  Chart.prototype.keyed = function (event) {
    var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") return this.clear();
    if (!step || event.target !== this.drawing) return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(this.marks.length - 1, this.at + step));
    if (!event.shiftKey || !this.band) { this.anchor = this.at; return this.choose([this.at]); }
    if (this.anchor < 0) this.anchor = this.at;
    this.choose(this.between(this.middle(this.anchor), this.middle(this.at)));
  };

  Chart.prototype.brush = function () {
    var chart = this, drawing = this.drawing, begun = null;
    var band = this.band = document.createElement("div");
    band.className = "band";
    band.hidden = true;
    drawing.append(band);
    drawing.classList.add("brushed");
    drawing.addEventListener("pointerdown", function (event) {
      chart.dragged = false;
      if (event.button || chart.said.contains(event.target)) return;
      begun = event.clientX;
    });
    drawing.addEventListener("pointermove", function (event) {
      if (begun === null || (!chart.dragged && Math.abs(event.clientX - begun) < stretch)) return;
      if (!chart.dragged) drawing.setPointerCapture(event.pointerId);
      chart.dragged = true;
      var left = drawing.getBoundingClientRect().left;
      band.hidden = false;
      band.style.left = Math.min(begun, event.clientX) - left + "px";
      band.style.width = Math.abs(event.clientX - begun) + "px";
      chart.choose(chart.between(begun, event.clientX));
    });
    function ended() { begun = null; }
    drawing.addEventListener("pointerup", ended);
    drawing.addEventListener("pointercancel", ended);
    drawing.addEventListener("dragstart", function (event) { event.preventDefault(); });
    drawing.addEventListener("click", function (event) { if (chart.dragged) event.preventDefault(); }, true);
  };

  /* Picking out: whose a card is, and where it stands, is asked of the search index, which is read when first needed. */
  var known = null;

  function withCards(then) {
    if (known) return then();
    var before = window.kanbanSearch;
    var root = document.querySelector("script[src$='charts.js']").src.replace(/[^/]*$/, "");
    window.kanbanSearch = function (rows) {
      if (before) before(rows);
      known = new Map(rows.map(function (row) { return [root + row[0], { owner: row[3], column: row[2] }]; }));
      then();
    };
    var script = document.createElement("script");
    script.src = root + "search-index.js";
    document.head.append(script);
  }

  function pick(choice) {
    var key = choice.split(":")[0], name = choice.slice(key.length + 1);
    function fits(href) {
      var card = known.get(new URL(href, location.href).href);
      return !choice || (card && card[key] === name);
    }
    charts.forEach(function (chart) {
      chart.marks.forEach(function (mark, index) {
        var row = chart.rows[index], href = hrefOf(mark);
        var cards = row && !href ? Array.from(row.querySelectorAll("a")).map(function (link) { return link.href; }) : href ? [href] : [];
        mark.classList.toggle("faded", Boolean(choice) && cards.length > 0 && !cards.some(fits));
      });
      chart.figure.querySelectorAll(".behind a, tbody th a").forEach(function (link) {
        link.classList.toggle("faded", Boolean(choice) && !fits(link.href));
      });
    });
  }

  document.querySelectorAll(".drawing").forEach(function (drawing) {
    var chart = new Chart(drawing);
    if (chart.marks.length) charts.push(chart);
  });
  if (picking) {
    var select = picking.querySelector("select"), all = picking.querySelector(".clear");
    var picked = function () {
      all.hidden = !select.value;
      withCards(function () { pick(select.value); });
    };
    select.addEventListener("change", picked);
    all.addEventListener("click", function () { select.value = ""; picked(); });
    picking.addEventListener("submit", function (event) { event.preventDefault(); });
    picking.hidden = false;
  }
})();
