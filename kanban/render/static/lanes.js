/* Lanes across the columns: the same cards, cut by owner, class or source, each lane with its count and sums. They follow the
   filters, and stand in the address (#by=owner). Without this file the wall is whole; people's pages and views cut it too. */
(function () {
  "use strict";
  var wall = document.querySelector(".columns");
  var select = document.querySelector("[data-lanes]");
  if (!wall || !select) return;

  var columns, places, shown = "";
  gather();

  function gather() {
    columns = Array.from(wall.querySelectorAll(".column:not(.exits)"));
    places = columns.map(function (column) { return Array.from(column.querySelectorAll(".card")); });
  }

  /* What a card says of itself; classes by the name that the legend gives their edge. */
  function laneOf(card, by) {
    if (by === "owner") return (card.querySelector("abbr") || {}).title || "";
    if (by === "source") return card.dataset.source || "";
    var kind = ["expedite", "fixed-date", "partner"].find(function (one) { return card.classList.contains(one); }) || "standard";
    var mark = document.querySelector(".legend .mark." + kind);
    return mark ? mark.parentNode.textContent.trim() : kind;
  }

  function names(by) {
    var found = new Map();
    places.forEach(function (cards) {
      cards.forEach(function (card) { found.set(laneOf(card, by), true); });
    });
    var order = by === "class" ? ["expedite", "fixed-date", "partner", "standard"].map(function (kind) {
      var mark = document.querySelector(".legend .mark." + kind);
      return mark ? mark.parentNode.textContent.trim() : kind;
    }) : Array.from(found.keys()).sort(function (a, b) { return !a - !b || a.localeCompare(b, document.documentElement.lang); });
    return order.filter(function (name) { return found.has(name); });
  }

  /* One list a lane in each column, side by side over all of them; the head of a lane lies across. */
  function cut(by) {
    undo();
    if (!by) return;
    var lanes = names(by);
    columns.forEach(function (column, at) {
      place(column.querySelector("header"), at + 1, "1 / span " + (2 * lanes.length + 2));
      place(column.querySelector(".about"), at + 1, 2);
    });
    lanes.forEach(function (name, row) {
      var head = document.createElement("h3");
      head.className = "lane";
      place(head, "1 / -1", 2 * row + 3);
      head.append(name || select.dataset.lanes, " ", document.createElement("b"), " ", document.createElement("small"));
      wall.append(head);
      columns.forEach(function (column, at) {
        var list = document.createElement("ol");
        list.className = "cards cell";
        place(list, at + 1, 2 * row + 4);
        list.dataset.lane = name || select.dataset.lanes;
        places[at].forEach(function (card) { if (laneOf(card, by) === name) list.append(card); });
        column.append(list);
      });
    });
    wall.style.gridTemplateColumns = "repeat(" + columns.length + ", minmax(0, 1fr))";
    wall.classList.add("lanes");
  }

  function place(one, column, row) {
    one.style.gridColumn = column;
    one.style.gridRow = row;
  }

  function undo() {
    wall.querySelectorAll(".lane").forEach(function (one) { one.remove(); });
    wall.classList.remove("lanes");
    wall.style.gridTemplateColumns = "";
    columns.forEach(function (column, at) {
      var list = column.querySelector(".cards:not(.cell)");
      if (list) list.append.apply(list, places[at]);
      column.querySelectorAll(".cell").forEach(function (one) { one.remove(); });
    });
  }

  function reckon(sums) {
    wall.querySelectorAll(".lane").forEach(function (head, row) {
      var cards = columns.flatMap(function (column) {
        return Array.from(column.querySelectorAll(".cell")[row].querySelectorAll(".card:not([hidden])"));
      });
      head.querySelector("b").textContent = cards.length;
      head.querySelector("small").textContent = sums(cards);
      head.hidden = !cards.length;
      columns.forEach(function (column) { column.querySelectorAll(".cell")[row].hidden = !cards.length; });
    });
  }

  /* Where a page renews what it shows, lanes are taken away before and cut again after it. */
  document.addEventListener("board:renewing", function () { undo(); shown = ""; });
  document.addEventListener("board:renewed", gather);
  document.addEventListener("kanban:shown", function (event) {
    if (event.detail.by !== shown) { cut(event.detail.by); shown = event.detail.by; }
    if (shown) reckon(event.detail.sums);
  });
})();
