/* The board's hands: what the other scripts share. Asks the server, follows its changes, and puts each card's place on
   the page and its facts together. Texts come from the server; nothing here is words of its own, and nothing that a
   card says is ever anything but text. */
const hand = (function () {
  "use strict";
  const root = document.currentScript.src.replace(/[^/]*$/, "");
  const listeners = [];
  const it = { wall: null, texts: {}, cards: new Map(), columns: new Map(), held: null, own: new Set(), byAddress: new Map() };

  /* Elements: make("button.primary", { type: "button", onclick: f }, "text", other) */
  it.make = function (name, attributes, ...inside) {
    const [tag, ...classes] = name.split(".");
    const element = document.createElement(tag);
    if (classes.length) element.className = classes.join(" ");
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (value === null || value === undefined || value === false) return;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key in element && key !== "list" && key !== "role") element[key] = value;
      else element.setAttribute(key, value === true ? "" : value);
    });
    element.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
    return element;
  };

  it.say = (name, values) => (it.texts[name] || name).replace(/\{(\w+)\}/g, (all, key) => (values && key in values ? values[key] : all));

  async function answered(promise) {
    let answer;
    try { answer = await promise; } catch (error) { it.toast([it.say("offline")], { bad: true }); throw error; }
    const document = await answer.json();
    return { ok: answer.ok, changed: answer.status === 409, status: answer.status, document };
  }

  it.ask = (name, asked) => answered(fetch(root + "hand/" + name + "?" + new URLSearchParams(asked || {})));
  it.post = (name, body) =>
    answered(fetch(root + "hand/" + name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
  it.page = async (address) => new DOMParser().parseFromString(await (await fetch(root + address)).text(), "text/html");
  it.href = (address) => root + address;

  /* A gesture: done, or what stands against it. The cards it speaks of must be as they were seen; one after the other,
     so that the hand never outruns what it has done itself. */
  let before = Promise.resolve();
  it.gesture = function (gesture, words, seen) {
    const made = before.then(() => make(gesture, words, seen));
    before = made.catch(() => {});
    return made;
  };

  async function make(gesture, words, seen) {
    const versions = {};
    (seen || []).forEach((id) => { const card = it.cards.get(id); if (card) versions[id] = card.version; });
    const answer = await it.post("gesture", { gesture, words, versions });
    if (answer.ok) {
      it.decided.push({ at: Date.now(), lines: answer.document.done, cards: answer.document.cards });
      it.toast([...answer.document.done, ...answer.document.warnings], { undo: answer.document.cards[0] });
      it.own = new Set(answer.document.cards);
      await it.refresh();
      it.own = new Set();
    }
    return answer;
  }
  it.decided = [];

  it.undo = async function (card) {
    const answer = await it.post("undo", { card: card || "" });
    it.toast(answer.ok ? answer.document.done : it.lines(answer.document.refused), { bad: !answer.ok });
    if (answer.ok) it.decided.push({ at: Date.now(), lines: answer.document.done, cards: answer.document.cards });
    await it.refresh();
  };

  /* A refusal in lines, as the command line has it. */
  it.lines = (refused) => [
    refused.message,
    ...refused.hindrances.map((one) => "– " + one.message + (one.cure ? "  → " + one.cure : "")),
    ...(refused.cure ? ["→ " + refused.cure] : []),
  ];

  /* Said once to everybody: screen readers hear it, eyes see it for a while. */
  const polite = it.make("p.visually-hidden", { "aria-live": "polite", role: "status" });
  const shelf = it.make("div.toasts", { "aria-live": "polite" });
  document.body.append(polite, shelf);
  it.announce = (text) => { polite.textContent = ""; setTimeout(() => { polite.textContent = text; }, 30); };
  it.toast = function (lines, { bad, undo } = {}) {
    const toast = it.make("div.toast" + (bad ? ".bad" : ""), { role: bad ? "alert" : null }, lines.map((line) => it.make("p", {}, line.trim())));
    if (undo) toast.append(it.make("button", { type: "button", onclick: () => { toast.remove(); it.undo(undo); } }, it.say("undo")));
    shelf.append(toast);
    while (shelf.children.length > 3) shelf.firstChild.remove();
    setTimeout(() => toast.remove(), bad ? 15000 : 9000);
  };

  it.onrefresh = (listener) => listeners.push(listener);

  /* Puts every card's facts on its place, each time the page was renewed. */
  function adorn() {
    it.wall.columns.forEach((column) => {
      const place = document.getElementById(column.anchor) || document.getElementById(column.anchor + "-name")?.closest("section");
      if (!place) return;
      place.dataset.column = column.key;
      place.querySelectorAll(".empty").forEach((one) => { one.dataset.column = column.key; });
    });
    it.wall.cards.forEach((card) => {
      const place = document.getElementById(card.anchor);
      if (!place) return;
      place.dataset.card = card.id;
      place.dataset.source = card.source;
      const link = place.querySelector("a");
      if (!link) return;
      link.draggable = false;
      link.dataset.opens = card.id;
      const age = place.querySelector(".age");
      if (age && card.idle) age.dataset.idle = card.idle;
    });
  }

  function keyed(list) {
    const found = new Map();
    Array.from(list.children).forEach((one) => { if (one.id) found.set(one.id, one); });
    return found;
  }

  /* Keeps the places that say the same, so that focus, hover and a hold survive a renewal. */
  const written = new WeakMap();
  function renewCards(old, fresh) {
    const known = keyed(old);
    old.replaceChildren(...Array.from(fresh.children).map((one) => {
      const before = known.get(one.id);
      if (before && written.get(before) === one.outerHTML) return before;
      written.set(one, one.outerHTML);
      return one;
    }));
  }

  function renewColumn(old, fresh) {
    const cards = old.querySelector(":scope > .cards");
    const coming = fresh.querySelector(":scope > .cards");
    if (!cards || !coming) { old.replaceChildren(...fresh.childNodes); old.className = fresh.className; note(old); return; }
    old.className = fresh.className + (old.classList.contains("chosen") ? " chosen" : "");
    const open = old.querySelector("details")?.open;
    old.querySelector(":scope > header").replaceWith(fresh.querySelector(":scope > header"));
    old.querySelector(":scope > .about").replaceWith(fresh.querySelector(":scope > .about"));
    if (open && old.querySelector("details")) old.querySelector("details").open = true;
    renewCards(cards, coming);
  }

  const note = (place) => place.querySelectorAll(".cards > li").forEach((one) => { if (!written.has(one)) written.set(one, one.outerHTML); });

  function renew(fresh) {
    document.dispatchEvent(new Event("board:renewing"));
    const focus = document.activeElement?.dataset?.opens;
    const main = document.getElementById("main");
    const coming = fresh.getElementById("main");
    const jumps = main.querySelectorAll(".jumps b");
    coming.querySelectorAll(".jumps b").forEach((one, at) => { if (jumps[at]) jumps[at].textContent = one.textContent; });
    ["signals", "legend"].forEach((name) => {
      const old = main.querySelector("." + name), one = coming.querySelector("." + name);
      if (old && one && old.outerHTML !== one.outerHTML) old.replaceWith(one);
    });
    main.querySelectorAll(":scope > .stop").forEach((one) => one.remove());
    main.querySelector(".columns").before(...coming.querySelectorAll(":scope > .stop"));
    const places = keyed(main.querySelector(".columns"));
    const order = Array.from(coming.querySelector(".columns").children);
    const same = order.length === places.size && order.every((one) => places.has(one.id));
    if (!same) main.querySelector(".columns").replaceChildren(...order);
    else order.forEach((one) => renewColumn(places.get(one.id), one));
    document.querySelector(".stamp").replaceWith(fresh.querySelector(".stamp"));
    if (focus) document.querySelector('[data-opens="' + CSS.escape(focus) + '"]')?.focus({ preventScroll: true });
  }

  let running = null, again = false;
  it.refresh = function () {
    if (running) { again = true; return running; }
    running = (async () => {
      do {
        again = false;
        const [fresh, wall] = await Promise.all([it.wall ? it.page("index.html") : null, it.ask("wall")]);
        if (fresh && fresh.getElementById("main")) renew(fresh);
        if (!wall.ok) { it.toast(it.lines(wall.document.refused), { bad: true }); continue; }
        const before = it.cards;
        it.wall = wall.document;
        it.texts = it.wall.texts;
        it.cards = new Map(it.wall.cards.map((card) => [card.id, card]));
        it.byAddress = new Map(it.wall.cards.map((card) => [root + card.href, card.id]));
        it.columns = new Map(it.wall.columns.map((column) => [column.key, column]));
        adorn();
        document.dispatchEvent(new Event("board:renewed"));
        listeners.forEach((listener) => listener(before));
      } while (again);
    })().finally(() => { running = null; });
    return running;
  };

  document.querySelectorAll(".column").forEach(note);
  it.ready = it.refresh();
  let known = null;
  new EventSource(root + "hand/changes").onmessage = (event) => {
    if (known !== null && known !== event.data) it.refresh();
    known = event.data;
  };
  return it;
})();
