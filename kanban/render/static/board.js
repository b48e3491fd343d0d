/* Search, filters and keys. The page is complete without this file. The state stands after the # of the address
   (#q=acme&owner=zoe&state=late&by=owner), so a filtered board can be sent to a colleague; nothing is stored. */
(function () {
  "use strict";
  var tools = document.querySelector(".tools");
  var search = document.getElementById("search");
  if (!tools || !search) return;

  var plain = window.kanbanPlain;
  var selects, signals, columns, entries;
  var lanes = tools.querySelector("[data-lanes]");
  var found = tools.querySelector(".found");
  var clearing = tools.querySelector(".clear");
  var nothing = document.querySelector(".nothing"), none = nothing.textContent;
  var kinds = ["expedite", "fixed-date", "partner"];
  var wall = document.querySelector(".columns");
  var heads = new Map();
  var signs = {};
  if (wall) wall.dataset.signs.split(" ").forEach(function (one) { signs[one.slice(0, 3)] = one.slice(4); });
  var state = {};
  gather();

  /* What stands on the page; again where a page renews what it shows. */
  function gather() {
    selects = Array.from(tools.querySelectorAll("select[data-filter]"));
    signals = Array.from(document.querySelectorAll("[data-state]:not([data-state=''])"));
    columns = Array.from(document.querySelectorAll(".column"));
    entries = Array.from(document.querySelectorAll(".card, .lines li, .entry"), function (element) { return { element: element, text: null }; });
  }

  /* What an entry says, read when words are first looked for: a page of thousands is not kept waiting for it. */
  function textOf(entry) {
    var element = entry.element, owner = element.querySelector("abbr");
    if (entry.text === null) entry.text = plain([element.textContent, element.dataset.find, owner && owner.title].filter(Boolean).join(" "));
    return entry.text;
  }

  /* A value as it stands in an address: what is not encoded as it should be is taken as it is. */
  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (error) { return text; }
  }

  /* The choice an address means: by its key, by its name, or by a key with a digest as addresses once had it. */
  function meant(select, value) {
    var wanted = plain(value);
    var options = Array.from(select.options).slice(1);
    var found = options.find(function (one) { return one.value === value; }) ||
      options.find(function (one) { return plain(one.label) === wanted || one.value === wanted.replace(/-[0-9a-f]{8}$/, ""); });
    return found ? found.value : "";
  }

  function fits(entry, words) {
    var element = entry.element;
    if (state.owner && element.dataset.owner !== state.owner) return false;
    if (state.source && element.dataset.source !== state.source) return false;
    if (state.state && !element.classList.contains(state.state)) return false;
    if (state.class === "standard" && kinds.some(function (kind) { return element.classList.contains(kind); })) return false;
    if (state.class && state.class !== "standard" && !element.classList.contains(state.class)) return false;
    return !state.q || words.every(function (word) { return textOf(entry).indexOf(word) >= 0; });
  }

  /* Sums over what is shown, in the short form of the page's language: 28 k€, €28k. */
  function money(amount, sign) {
    var french = document.documentElement.lang === "fr";
    var power = amount < 1000 ? 0 : 1;
    while (power && power < 3 && rounded(amount / Math.pow(1000, power)) >= 1000) power += 1;
    var digits = power ? String(rounded(amount / Math.pow(1000, power))) : amount.toFixed(amount % 1 ? 2 : 0);
    var scale = ["", "k", "M", french ? "Md" : "bn"][power];
    if (french) return digits.replace(".", ",") + "\u00a0" + scale + sign;
    return sign + (/[a-z]$/i.test(sign) ? "\u00a0" : "") + digits + scale;
  }

  function rounded(value) {
    var steps = value < 10 ? 100 : value < 100 ? 10 : 1;
    return Math.round(value * steps) / steps;
  }

  function joined(sums) {
    return Object.keys(sums).sort(function (a, b) { return sums[b] - sums[a] || (a < b ? -1 : 1); })
      .map(function (code) { return money(sums[code], signs[code] || code); }).join(" + ");
  }

  function sumsOf(cards) {
    var sums = {}, weighted = {};
    cards.forEach(function (card) {
      var parts = (card.dataset.worth || "").split(" ");
      if (parts.length > 1) sums[parts[1]] = (sums[parts[1]] || 0) + Number(parts[0]);
      if (parts.length > 2) weighted[parts[1]] = (weighted[parts[1]] || 0) + Number(parts[2]);
    });
    var text = joined(weighted);
    return [joined(sums), text && wall.dataset.weighted.replace("{amount}", text)].filter(Boolean).join(" · ");
  }

  /* What stands there already is not written again: nothing would change but that all is laid out a second time. */
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /* The head of a column says what it says of the cards one sees. */
  function reckon(column, active) {
    var count = column.querySelector("header .count b");
    var sums = column.querySelector(".sums");
    if (!count || !wall.dataset.part) return;
    var cards = Array.from(column.querySelectorAll(".card"));
    var seen = cards.filter(function (card) { return !card.hidden; });
    if (!heads.has(column)) heads.set(column, { count: count.textContent, sums: sums.textContent });
    var whole = heads.get(column);
    say(count, active ? wall.dataset.part.replace("{count}", seen.length).replace("{total}", whole.count) : whole.count);
    say(sums, active ? sumsOf(seen) : whole.sums);
  }

  /* Of a choice that an address names and the board does not have: what it is, and which there are. */
  function stranger() {
    var select = selects.find(function (one) { return state[one.dataset.filter] && !one.value; });
    if (!select || !nothing.dataset.unknown) return "";
    var names = Array.from(select.options, function (one) { return one.label; }).slice(1);
    if (names.length > 12) names.splice(12, names.length, "…");
    return nothing.dataset.unknown.replace("{text}", state[select.dataset.filter]).replace("{names}", names.join(", "));
  }

  function apply() {
    var active = Object.keys(state).some(function (key) { return key !== "by" && state[key]; });
    var count = 0, words = plain(state.q || "").split(/\s+/);
    entries.forEach(function (entry) {
      var shown = !active || fits(entry, words);
      entry.element.hidden = !shown;
      if (shown) count += 1;
    });
    signals.forEach(function (link) {
      if (link.dataset.state === state.state) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    columns.forEach(function (column) {
      column.classList.toggle("unmatched", active && !cardsOf(column).length);
      reckon(column, active);
    });
    if (wall) wall.classList.toggle("filtered", active);
    if (wall) wall.classList.toggle("one", !active);
    nothing.hidden = !active || count > 0;
    say(nothing, stranger() || none);
    clearing.hidden = !active;
    found.textContent = active ? (count === 1 ? found.dataset.one : found.dataset.many).replace("{count}", count) : "";
    if (wall) document.dispatchEvent(new CustomEvent("kanban:shown", { detail: { by: state.by || "", sums: sumsOf } }));
  }

  function remember() {
    var parts = Object.keys(state).filter(function (key) { return state[key]; }).map(function (key) {
      return key + "=" + encodeURIComponent(state[key]);
    });
    history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.href.split("#")[0]);
  }

  function change(key, value) {
    state[key] = value;
    remember();
    apply();
  }

  function recall() {
    state = {};
    if (location.hash.indexOf("=") < 0) return;
    location.hash.slice(1).split("&").forEach(function (part) {
      var pair = part.split("=");
      if (["q", "owner", "class", "source", "state", "by"].indexOf(pair[0]) >= 0) state[pair[0]] = decoded(pair[1] || "");
    });
    if (search.value.trim() !== (state.q || "")) search.value = state.q || ""; // a blank just typed stays
    if (lanes) lanes.value = state.by || "";
    selects.forEach(function (select) {
      var key = select.dataset.filter;
      if (state[key]) state[key] = meant(select, state[key]) || state[key];
      select.value = state[key] || "";
    });
  }

  function clear() {
    state = { by: state.by };
    search.value = "";
    selects.forEach(function (select) { select.value = ""; });
    remember();
    apply();
  }

  /* On a phone the strip of columns shows one at a time; a filter shows what it found in all of them. */
  var jumps = Array.from(document.querySelectorAll(".jumps a"));

  function choose(id) {
    var chosen = columns.find(function (one) { return one.id === id; }) ||
      columns.find(function (one) { return one.querySelector(".card"); }) || columns[0];
    columns.forEach(function (one) { one.classList.toggle("chosen", one === chosen); });
    jumps.forEach(function (link) {
      if (link.getAttribute("href") === "#" + chosen.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  function chooseByAddress() {
    var target = location.hash.length > 1 && location.hash.indexOf("=") < 0 && document.getElementById(location.hash.slice(1));
    var column = target && target.closest(".column");
    choose(column ? column.id : "");
    if (column) target.scrollIntoView();
  }

  if (jumps.length) {
    jumps.forEach(function (link) {
      link.addEventListener("click", function (event) {
        event.preventDefault();
        choose(link.getAttribute("href").slice(1));
      });
    });
    window.addEventListener("hashchange", chooseByAddress);
  }

  /* Keys: cards in reading order; left and right go to the card at the same height of the next column. */
  function cardsOf(column) {
    return Array.from(column.querySelectorAll(".card:not([hidden]) > a, .lines li:not([hidden]) > a"));
  }

  function step(down, right) {
    var filled = columns.map(cardsOf).filter(function (cards) { return cards.length; });
    if (!filled.length) return;
    var at = filled.findIndex(function (cards) { return cards.indexOf(document.activeElement) >= 0; });
    if (at < 0) return filled[0][0].focus();
    var row = filled[at].indexOf(document.activeElement);
    var column = filled[Math.max(0, Math.min(filled.length - 1, at + right))];
    column[Math.max(0, Math.min(column.length - 1, row + down))].focus();
  }

  var moves = { j: [1, 0], k: [-1, 0], h: [0, -1], l: [0, 1], ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape") { clear(); if (typing) event.target.blur(); return; }
    if (typing && !(event.target === search && event.key === "ArrowDown")) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); return; }
    var move = moves[event.key];
    var arrow = event.key.indexOf("Arrow") === 0;
    var onCard = document.activeElement !== document.body;
    if (move && columns.length && (!arrow || onCard)) { event.preventDefault(); step(move[0], move[1]); }
  });
  search.addEventListener("input", function () { change("q", search.value.trim()); });
  tools.addEventListener("change", function (event) {
    if (event.target.dataset.filter) change(event.target.dataset.filter, event.target.value);
  });
  if (lanes) lanes.addEventListener("change", function () { change("by", lanes.value); });
  clearing.addEventListener("click", function () { clear(); search.focus(); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-state]");
    if (!link || signals.indexOf(link) < 0) return;
    event.preventDefault();
    change("state", state.state === link.dataset.state ? "" : link.dataset.state);
  });
  document.addEventListener("board:renewing", function () {
    heads.forEach(function (whole, column) {
      column.querySelector("header .count b").textContent = whole.count;
      column.querySelector(".sums").textContent = whole.sums;
    });
    heads = new Map();
  });
  document.addEventListener("board:renewed", function () { gather(); recall(); apply(); });
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", function () { recall(); apply(); });

  recall();
  apply();
  if (jumps.length) chooseByAddress();
})();
