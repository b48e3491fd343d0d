/* Search over everything, on every page: cards open and closed, their notes, people, pages. The index is a script that
   is loaded when first asked for, so it works from a disk as from a server; nothing is asked of anybody else. */
/* A text as it is looked for: without case, accents and ligatures, with the apostrophes and hyphens of a keyboard. */
window.kanbanPlain = function (text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
    .replace(/ß/g, "ss").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u2010\u2011\u2013]/g, "-");
};
(function () {
  "use strict";
  var form = document.querySelector(".find");
  if (!form) return;
  var input = form.querySelector("input");
  var list = document.createElement("ul"), said = [];
  var root = document.currentScript.src.replace(/[^/]*$/, "");
  var rows = null, loading = false, going = false, most = 12;
  var folded = window.kanbanPlain;

  /* The same length as the text, so that a place in one is a place in the other. */
  function aligned(text) {
    return Array.from({ length: text.length }, function (_nothing, at) { return folded(text[at])[0] || text[at]; }).join("");
  }

  window.kanbanSearch = function (found, words) {
    said = words;
    rows = found.map(function (row) {
      return { href: row[0], name: row[1], kind: row[2], owner: row[3], text: row[4], head: folded(row[1]), all: folded(row.slice(1).join("\n")) };
    });
    show();
    if (going) go();
  };

  function load() {
    if (rows || loading) return;
    loading = true;
    if (!list.parentNode) form.append(list);
    var script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onerror = function () { loading = false; script.remove(); };
    document.head.append(script);
  }

  function matching(words) {
    var found = [], phrase = words.join(" ");
    rows.forEach(function (row, at) {
      if (!words.every(function (word) { return row.all.indexOf(word) >= 0; })) return;
      var named = words.every(function (word) { return row.head.indexOf(word) >= 0; });
      var begins = row.head.indexOf(words[0]) === 0;
      var said = row.all.indexOf(phrase) >= 0;
      found.push([(said ? 0 : 1) + (begins ? 0 : 2) + (named ? 0 : 4), at, row]);
    });
    found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return found.map(function (one) { return one[2]; });
  }

  function lineOf(row, words) {
    var best = "", most = 0, phrase = words.join(" ");
    row.text.split("\n").forEach(function (line) {
      var flat = folded(line);
      var hits = words.filter(function (word) { return flat.indexOf(word) >= 0; }).length + (flat.indexOf(phrase) >= 0 ? 1 : 0);
      if (hits > most) { best = line; most = hits; }
    });
    return best;
  }

  /* The line with what was found in it marked, as nodes: nothing a card says becomes markup. */
  function marked(line, words) {
    var box = document.createElement("span");
    var flat = aligned(line);
    var from = Math.max(0, Math.min.apply(null, words.map(function (word) { var at = flat.indexOf(word); return at < 0 ? line.length : at; })) - 30);
    var at = from;
    if (from) box.append("…");
    while (at < line.length) {
      var next = words.map(function (word) { return [flat.indexOf(word, at), word.length]; })
        .filter(function (one) { return one[0] >= 0 && one[1]; })
        .sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; })[0];
      if (!next) break;
      box.append(line.slice(at, next[0]));
      var mark = document.createElement("mark");
      mark.textContent = line.slice(next[0], next[0] + next[1]);
      box.append(mark);
      at = next[0] + next[1];
    }
    box.append(line.slice(at));
    return box;
  }

  function entry(row, words) {
    var link = document.createElement("a");
    link.href = root + row.href;
    var name = document.createElement("b");
    name.textContent = row.name;
    name.dir = "auto";
    var about = document.createElement("small");
    about.textContent = [row.kind, row.owner].filter(Boolean).join(" · ");
    link.append(name, " ", about);
    var line = lineOf(row, words);
    if (line) link.append(marked(line, words));
    var item = document.createElement("li");
    item.append(link);
    return item;
  }

  function show() {
    var words = folded(input.value).split(/\s+/).filter(Boolean);
    list.hidden = !rows || !words.length;
    if (list.hidden) return;
    var found = matching(words);
    list.replaceChildren.apply(list, found.slice(0, most).map(function (row) { return entry(row, words); }));
    var count = document.createElement("li");
    count.className = "count";
    count.textContent = said[found.length ? Number(found.length > 1) : 2].replace("{count}", found.length);
    list.append(count);
    list.setAttribute("aria-label", count.textContent);
  }

  function close() { list.hidden = true; }

  input.addEventListener("focus", load);
  input.addEventListener("input", function () { going = false; load(); show(); });
  /* Who types and presses Enter before the index has come goes there when it has. */
  function go() {
    var first = list.querySelector("a");
    going = !rows;
    if (rows && !list.hidden && first) location.href = first.href;
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); load(); go(); });
  form.addEventListener("keydown", function (event) {
    event.stopPropagation();
    var links = Array.from(list.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { going = false; close(); input.value = ""; input.blur(); }
    if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] || input).focus(); }
  });
  document.addEventListener("click", function (event) { if (!form.contains(event.target)) close(); });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    var everywhere = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    var here = event.key === "/" && !typing && !document.getElementById("search") && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!everywhere && !here) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  list.className = "results";
  list.hidden = true;
})();
