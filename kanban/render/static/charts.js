/* Charts that answer. A mark that is touched, or come to with the arrow keys, says its words below the chart and opens the
   list of its cards; dragging across days (or Shift with the arrows) picks a stretch, and one owner or column is picked out, in
   all charts at once. The lists stand in the page: without this file they are opened by hand, and a mouse still sees each value. */
(function () {
  "use strict";
  var reach = 28, stretch = 8;
  var charts = [];
  var picking = document.querySelector(".picking");
  var stretched = null, offer = function () {};

  function plain(text) { return text.replace(/\s+/g, " ").trim(); }

  function wordsOf(mark) {
    var title = mark.querySelector("title") || (mark.parentNode.tagName.toLowerCase() === "a" && mark.parentNode.querySelector("title"));
    return title ? title.textContent : "";
  }

  /* The day of a mark, as a number of days; NaN where it lies over something else. */
  function dayOf(mark) {
    var title = mark.querySelector("title") || (mark.parentNode.tagName.toLowerCase() === "a" && mark.parentNode.querySelector("title"));
    return title ? Date.parse(title.getAttribute("data-day")) / 864e5 : NaN;
  }

  function hrefOf(mark) {
    var link = mark.closest("a");
    return link ? link.href.baseVal || link.getAttribute("href") : "";
  }

  function Chart(drawing) {
    var figure = drawing.closest("figure");
    var chart = this;
    this.drawing = drawing;
    this.figure = figure;
    this.at = -1;
    this.anchor = -1;
    this.weeks = figure.dataset.time === "week";
    this.said = document.createElement("output");
    this.said.className = "said";
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", figure.querySelector("h3").textContent);
    drawing.addEventListener("focusin", function () { chart.read(); });
    drawing.addEventListener("click", function (event) { chart.read().touched(event); });
    drawing.addEventListener("keydown", function (event) { chart.read().keyed(event); });
    if (figure.hasAttribute("data-time")) this.brush();
  }

  /* Its marks and the rows that tell of them: a list of cards by what the mark says, a line of the table by its card. They are
     read when they are first needed, so a page of many charts is neither kept waiting for it nor laid out anew. */
  Chart.prototype.read = function () {
    if (this.marks) return this;
    this.drawing.append(this.said);
    if (this.band) this.drawing.append(this.band);
    var lists = new Map(), lines = new Map();
    this.figure.querySelectorAll(".behind dl > div").forEach(function (row) { lists.set(plain(row.firstElementChild.textContent), row); });
    this.figure.querySelectorAll("tbody tr").forEach(function (row) {
      var link = row.querySelector("th a");
      if (link) lines.set(link.getAttribute("href"), row);
    });
    this.marks = Array.from(this.drawing.querySelectorAll("path")).filter(wordsOf);
    this.days = this.marks.map(dayOf);
    this.rows = this.marks.map(function (mark) { return lists.get(plain(wordsOf(mark))) || lines.get(hrefOf(mark)) || null; });
    return this;
  };

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

  /* The marks chosen, one or those of a stretch of days: it is said, and their rows alone stay below the chart. */
  Chart.prototype.choose = function (chosen, stretch, elsewhere) {
    var figure = this.figure, rows = this.rows, marks = this.marks, stretched = Boolean(stretch);
    var kept = new Set(chosen.map(function (index) { return rows[index]; }).filter(Boolean));
    marks.forEach(function (mark, index) {
      var one = chosen.indexOf(index) >= 0;
      mark.classList.toggle("told", one && !stretched);
      mark.classList.toggle("faded", stretched && !one);
    });
    figure.querySelectorAll("details").forEach(function (details) {
      var parts = Array.from(details.querySelectorAll("dl > div, tbody tr"));
      var mine = parts.filter(function (part) { return kept.has(part); });
      parts.forEach(function (part) { part.hidden = kept.size > 0 && mine.length > 0 && !kept.has(part); });
      if (!elsewhere && mine.length && (stretched || details.className === "behind")) details.open = true;
    });
    var box = document.createElement("span");
    if (stretched) {
      box.textContent = said(stretch);
    } else if (chosen.length === 1) {
      var href = hrefOf(marks[chosen[0]]);
      if (href) { box = document.createElement("a"); box.href = href; }
      box.textContent = wordsOf(marks[chosen[0]]);
    }
    this.said.replaceChildren(box);
  };

  Chart.prototype.clear = function () {
    this.at = this.anchor = -1;
    if (this.band && !this.band.hidden) return everywhere(null);
    this.choose([]);
  };

  Chart.prototype.touched = function (event) {
    if (this.said.contains(event.target) || this.dragged) return;
    var found = this.nearest(event.clientX, event.clientY);
    if (found < 0) return this.clear();
    if (window.matchMedia("(pointer: coarse)").matches) event.preventDefault();
    if (this.band && !this.band.hidden) everywhere(null);
    this.at = this.anchor = found;
    this.choose([found]);
  };

  /* Days lie evenly across a chart: its first and its last mark tell how. A week's mark stands at its Monday for all its days. */
  Chart.prototype.ruler = function () {
    var chart = this, first = 0, last = 0;
    this.days.forEach(function (day, index) {
      if (day < chart.days[first]) first = index;
      if (day > chart.days[last]) last = index;
    });
    var begin = this.middle(first), wide = (this.middle(last) - begin) / (this.days[last] - this.days[first] || 1);
    return { begin: begin, wide: wide, from: this.days[first] + (this.weeks ? 3 : 0) };
  };

  /* The stretch of days between two places, whole weeks where the marks are weeks. */
  Chart.prototype.between = function (from, to) {
    var ruler = this.ruler(), low = Math.min(from, to), high = Math.max(from, to);
    var found = [low, high].map(function (x) { return ruler.from + (x - ruler.begin) / ruler.wide; });
    if (!this.weeks) return [Math.round(found[0]), Math.round(found[1])];
    var mondays = this.days.filter(function (day) { return day + 3 >= found[0] - 0.5 && day + 3 <= found[1] + 0.5; });
    return mondays.length ? [Math.min.apply(null, mondays), Math.max.apply(null, mondays) + 6] : null;
  };

  Chart.prototype.within = function (days, elsewhere) {
    var chart = this, middle = this.weeks ? 3 : 0;
    this.band.hidden = !days;
    if (!days) return this.choose([]);
    var ruler = this.ruler(), left = this.drawing.getBoundingClientRect().left, wide = ruler.wide * (this.days.length > 1 ? 1 : 0);
    var ends = [days[0] - 0.5, days[1] + 0.5].map(function (day) {
      return Math.max(ruler.begin, Math.min(ruler.begin + wide * (Math.max.apply(null, chart.days) + middle - ruler.from), ruler.begin + (day - ruler.from) * wide)) - left;
    });
    this.band.style.left = ends[0] - 2 + "px";
    this.band.style.width = ends[1] - ends[0] + 4 + "px";
    this.choose(this.days.map(function (_day, index) { return index; }).filter(function (index) {
      return chart.days[index] + middle >= days[0] && chart.days[index] + middle <= days[1];
    }), days, elsewhere);
  };

  /* What is picked in one chart is picked in all that lie over days; null: nothing. */
  function everywhere(days, source) {
    charts.forEach(function (chart) { if (chart.band) chart.read().within(days, chart !== source); });
    stretched = days;
    offer();
  }

  function said(days) {
    var format = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    return format.formatRange(days[0] * 864e5, days[1] * 864e5);
  }

  Chart.prototype.keyed = function (event) {
    var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") return this.clear();
    if (!step || event.target !== this.drawing) return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(this.marks.length - 1, this.at + step));
    if (!event.shiftKey || !this.band) { this.anchor = this.at; return this.choose([this.at]); }
    if (this.anchor < 0) this.anchor = this.at;
    everywhere(this.between(this.middle(this.anchor), this.middle(this.at)), this);
  };

  Chart.prototype.brush = function () {
    var chart = this, drawing = this.drawing, begun = null;
    var band = this.band = document.createElement("div");
    band.className = "band";
    band.hidden = true;
    drawing.addEventListener("pointerdown", function (event) {
      chart.dragged = false;
      if (event.button || chart.said.contains(event.target)) return;
      begun = event.clientX;
    });
    drawing.addEventListener("pointermove", function (event) {
      if (begun === null || (!chart.dragged && Math.abs(event.clientX - begun) < stretch)) return;
      if (!chart.dragged) drawing.setPointerCapture(event.pointerId);
      chart.dragged = true;
      chart.read();
      everywhere(chart.between(begun, event.clientX), chart);
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
    window.kanbanSearch = function (rows, words) {
      if (before) before(rows, words);
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
      chart.read().marks.forEach(function (mark, index) {
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
    if (drawing.querySelector("path title, a > title")) charts.push(new Chart(drawing));
  });
  if (picking) {
    var select = picking.querySelector("select"), all = picking.querySelector(".clear");
    offer = function () { all.hidden = !select.value && !stretched; };
    var picked = function () {
      offer();
      withCards(function () { pick(select.value); });
    };
    select.addEventListener("change", picked);
    all.addEventListener("click", function () { select.value = ""; everywhere(null); picked(); });
    picking.addEventListener("submit", function (event) { event.preventDefault(); });
  }
})();
