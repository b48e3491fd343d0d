/* Search, filters and keys. The page is complete without this file. The state stands after the # of the address
   (#q=acme&owner=zoe&state=late), so a filtered board can be sent to a colleague; nothing is stored. */
(function () {
  "use strict";
  var tools = document.querySelector(".tools");
  var search = document.getElementById("search");
  if (!tools || !search) return;

  var selects = Array.from(tools.querySelectorAll("select"));
  var signals = Array.from(document.querySelectorAll("[data-state]:not([data-state=''])"));
  var found = tools.querySelector(".found");
  var clearing = tools.querySelector(".clear");
  var nothing = document.querySelector(".nothing");
  var columns = Array.from(document.querySelectorAll(".column"));
  var entries = Array.from(document.querySelectorAll(".card, .lines li, .entry")).map(function (element) {
    return { element: element, text: plain(element.textContent + " " + (element.dataset.find || "")) };
  });
  var kinds = ["expedite", "fixed-date", "partner"];
  var state = {};

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function fits(entry) {
    var element = entry.element;
    if (state.owner && element.dataset.owner !== state.owner) return false;
    if (state.state && !element.classList.contains(state.state)) return false;
    if (state.class === "standard" && kinds.some(function (kind) { return element.classList.contains(kind); })) return false;
    if (state.class && state.class !== "standard" && !element.classList.contains(state.class)) return false;
    return plain(state.q || "").split(/\s+/).every(function (word) { return entry.text.indexOf(word) >= 0; });
  }

  function apply() {
    var active = Object.keys(state).some(function (key) { return state[key]; });
    var count = 0;
    entries.forEach(function (entry) {
      var shown = !active || fits(entry);
      entry.element.hidden = !shown;
      if (shown) count += 1;
    });
    signals.forEach(function (link) {
      if (link.dataset.state === state.state) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    columns.forEach(function (column) {
      column.classList.toggle("unmatched", active && !cardsOf(column).length);
    });
    nothing.hidden = !active || count > 0;
    clearing.hidden = !active;
    found.textContent = active ? (count === 1 ? found.dataset.one : found.dataset.many).replace("{count}", count) : "";
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
      if (["q", "owner", "class", "state"].indexOf(pair[0]) >= 0) state[pair[0]] = decodeURIComponent(pair[1] || "");
    });
    search.value = state.q || "";
    selects.forEach(function (select) { select.value = state[select.dataset.filter] || ""; });
  }

  function clear() {
    state = {};
    search.value = "";
    selects.forEach(function (select) { select.value = ""; });
    remember();
    apply();
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
  selects.forEach(function (select) {
    select.addEventListener("change", function () { change(select.dataset.filter, select.value); });
  });
  clearing.addEventListener("click", function () { clear(); search.focus(); });
  signals.forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      change("state", state.state === link.dataset.state ? "" : link.dataset.state);
    });
  });
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", function () { recall(); apply(); });

  tools.hidden = false;
  document.querySelectorAll(".keys").forEach(function (keys) { keys.hidden = false; });
  recall();
  apply();
})();
