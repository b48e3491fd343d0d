/* The board's hands: what the other scripts share. Asks the server, follows its changes, and puts each card's place on
   the page and its facts together. Texts come from the server; nothing here is words of its own, and nothing that a
   card says is ever anything but text. */
const hand = (function () {
  "use strict";
  const root = document.currentScript.src.replace(/[^/]*$/, "");
  const listeners = [];
  const it = { wall: null, texts: {}, cards: new Map(), columns: new Map(), held: null, own: new Set() };

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

  const against = (status, message) => ({ ok: false, changed: false, status, document: { refused: { message, hindrances: [], cure: "" } } });

  /* An answer, or words for it that there is none: every refusal has its text, whoever it comes from. */
  async function answered(promise) {
    let answer, text;
    try { answer = await promise; text = await answer.text(); } catch (error) {
      it.trouble([it.say("offline")]);
      return against(0, it.say("offline"));
    }
    let document = null;
    try { document = JSON.parse(text); } catch (error) { /* not ours, or the server of another start */ }
    if (!document || (!answer.ok && !document.refused)) return against(answer.status, answer.status === 403 ? it.say("anew") : document?.message || text || String(answer.status));
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
    (seen || []).forEach((id) => { const version = it.versionOf(id); if (version) versions[id] = version; });
    it.own = new Set(seen || []);
    const answer = await it.post("gesture", { gesture, words, versions });
    if (answer.ok) {
      it.decided.push({ at: Date.now(), lines: answer.document.done, cards: answer.document.cards });
      it.toast([...answer.document.done, ...answer.document.warnings], { undo: answer.document.cards[0] });
      answer.document.cards.forEach((card) => it.own.add(card));
      await it.refresh();
    }
    it.own = new Set();
    return answer;
  }
  it.decided = [];

  it.undo = async function (card) {
    it.own = new Set(card ? [card] : []);
    const answer = await it.post("undo", { card: card || "" });
    it.toast(answer.ok ? answer.document.done : it.lines(answer.document.refused), { bad: !answer.ok });
    if (answer.ok) it.decided.push({ at: Date.now(), lines: answer.document.done, cards: answer.document.cards });
    (answer.document.cards || []).forEach((one) => it.own.add(one));
    await it.refresh();
    it.own = new Set();
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

  /* Said as long as it is so: nobody answers, the board cannot be read. */
  const wrong = it.make("div.trouble", { role: "alert", hidden: true });
  document.body.append(wrong);
  it.trouble = function (lines) {
    const text = lines.join("\n");
    if (wrong.textContent === text) return;
    wrong.hidden = !text;
    wrong.textContent = text;
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
    it.cards.forEach((card) => {
      const place = document.getElementById(card.anchor);
      const link = place?.querySelector("a");
      if (!link) return;
      place.dataset.card = card.id;
      link.draggable = false;
      link.dataset.opens = card.id;
      const age = place.querySelector(".age");
      if (age && card.idle) age.dataset.idle = card.idle;
    });
  }

  /* Makes one element say what another says and stay the same element: what the pointer is pressed on, what has the
     focus, is never put away for a copy of itself. */
  function become(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) { old.replaceWith(fresh); return; }
    if (old.nodeType !== Node.ELEMENT_NODE) { if (old.data !== fresh.data) old.data = fresh.data; return; }
    Array.from(old.attributes).forEach((one) => { if (!fresh.hasAttribute(one.name)) old.removeAttribute(one.name); });
    Array.from(fresh.attributes).forEach((one) => { if (old.getAttribute(one.name) !== one.value) old.setAttribute(one.name, one.value); });
    become.inside(old, fresh.childNodes);
  }
  become.inside = function (old, coming) {
    const fresh = Array.from(coming), now = Array.from(old.childNodes);
    fresh.forEach((one, at) => { if (now[at]) become(now[at], one); else old.append(one); });
    now.slice(fresh.length).forEach((one) => one.remove());
  };

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

  /* What a place was last made to say; the same again changes nothing. */
  const said = new Map();
  function tell(place, name, html) {
    if (!place || said.get(name) === html) return;
    said.set(name, html);
    const fresh = parsed(html);
    become.inside(place, (fresh.querySelector(":scope > dl") || fresh).childNodes);
  }

  /* Puts the elements into the list in this order; those that stand right already are not touched. */
  function arrange(list, order) {
    const wanted = new Set(order);
    Array.from(list.children).forEach((one) => { if (!wanted.has(one)) one.remove(); });
    let at = list.firstElementChild;
    order.forEach((one) => {
      if (at && at !== one && at.nextElementSibling === one) at = one;
      if (at === one) at = one.nextElementSibling;
      else list.insertBefore(one, at);
    });
  }

  function renewColumn(place, wall, standing) {
    const chosen = place.classList.contains("chosen");
    place.className = ("column " + wall.css).trim();
    place.classList.toggle("chosen", chosen);
    let list = place.querySelector(":scope > .cards");
    const head = parsed(wall.head);
    become(place.querySelector(":scope > header"), head.querySelector("header"));
    const open = place.querySelector("details")?.open;
    become(place.querySelector(":scope > .about"), head.querySelector(".about"));
    if (open && place.querySelector("details")) place.querySelector("details").open = true;
    place.querySelector(":scope > .empty")?.remove();
    if (wall.empty) { list?.remove(); place.append(...parsed(wall.empty).childNodes); return; }
    if (!list) { list = it.make("ol.cards", {}); place.append(list); }
    arrange(list, wall.cards.map((anchor) => standing.get(anchor)).filter(Boolean));
  }

  /* A page that was opened when the columns were others begins anew; drafts are kept. */
  function sameColumns(wall) {
    const places = Array.from(document.querySelectorAll(".columns > .column:not(.exits)"), (one) => one.id);
    return places.length === wall.order.length && wall.order.every((anchor, at) => places[at] === anchor);
  }

  /* …but not under somebody who answers a question or holds a meeting. */
  function begin() {
    if (!document.querySelector("dialog[open]")) location.reload();
    else document.addEventListener("close", () => setTimeout(begin), { capture: true, once: true });
  }

  function renew(wall) {
    const main = document.getElementById("main");
    const standing = new Map(Array.from(main.querySelectorAll(".columns .card[id]"), (one) => [one.id, one]));
    const faces = parsed(Object.values(wall.faces).join(""));  // all in one go: a page begins without most of its cards
    Array.from(faces.children).forEach((fresh) => {
      const anchor = fresh.id, old = standing.get(anchor);
      if (old) become(old, fresh);
      else standing.set(anchor, fresh);
    });
    wall.walls.forEach((one) => renewColumn(document.getElementById(one.anchor), one, standing));
    tell(main.querySelector(".signals"), "signals", wall.signals);
    tell(main.querySelector(".legend dl"), "legend", wall.legend);
    tell(document.getElementById("exits"), "exits", wall.exits);
    const stops = parsed(wall.stops);
    main.querySelectorAll(":scope > .stop").forEach((one) => one.remove());
    main.querySelector(".jumps").before(...stops.childNodes);
    wall.walls.forEach((one) => { const jump = main.querySelector('.jumps a[href="#' + one.anchor + '"] b'); if (jump) jump.textContent = one.cards.length; });
    const stamp = parsed(wall.stamp).firstElementChild;
    if (wall.readOnly) stamp.querySelector(".audience")?.append(" · " + it.say("readOnly"));
    become(document.querySelector(".stamp"), stamp);
    document.querySelector(".columns").dataset.showing = wall.showing;
  }

  /* Between pressing and letting go nothing on the page moves: a click goes where it was aimed. A card that is dragged
     moves on, and so does the page under it. */
  const PRESSED = 3000, CLICKED = 120;
  let pressing = false, timer = 0, resting = [];
  const rest = () => { pressing = false; resting.splice(0).forEach((go) => go()); };
  const within = (time) => { clearTimeout(timer); timer = setTimeout(rest, time); };
  document.addEventListener("pointerdown", () => { pressing = true; within(PRESSED); }, { capture: true });
  ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, () => within(CLICKED), { capture: true }));
  it.still = () => (pressing && !it.held ? new Promise((go) => { resting.push(go); }) : Promise.resolve());

  async function follow() {
    const shows = document.querySelector(".columns").dataset.showing;
    const answer = await it.ask("wall", { showing: shows, know: it.wall ? "1" : "" });
    it.trouble(answer.ok ? [] : it.lines(answer.document.refused));
    if (!answer.ok) return;
    await it.still();
    const wall = answer.document, before = it.cards;
    it.texts = wall.texts;
    if (!sameColumns(wall)) { begin(); return; }
    it.wall = wall;
    it.cards = new Map(wall.whole ? [] : before);
    wall.gone.forEach((anchor) => it.cards.forEach((card) => { if (card.anchor === anchor) it.cards.delete(card.id); }));
    wall.cards.forEach((card) => it.cards.set(card.id, card));
    it.columns = new Map(wall.columns.map((column) => [column.key, column]));
    const focus = document.activeElement?.dataset?.opens, other = shows !== wall.showing;
    if (other) document.dispatchEvent(new Event("board:renewing"));
    if (other) renew(wall);
    adorn();
    if (other) document.dispatchEvent(new Event("board:renewed"));
    if (focus && document.activeElement?.dataset?.opens !== focus) document.querySelector('[data-opens="' + CSS.escape(focus) + '"]')?.focus({ preventScroll: true });
    listeners.forEach((listener) => listener(before));
  }

  let running = null, again = false;
  it.refresh = function () {
    if (running) { again = true; return running; }
    running = (async () => {
      do { again = false; await follow(); } while (again);
    })().finally(() => { running = null; });
    return running;
  };

  /* What the page begins with is on the screen before the rest is asked for; in a window that nobody sees nothing is painted. */
  const pause = (time) => new Promise((go) => setTimeout(go, time));
  const painted = () => new Promise((go) => {
    if (document.hidden) { go(); return; }
    requestAnimationFrame(() => setTimeout(go));
    setTimeout(go, 500);
  });

  it.ready = painted().then(async () => {
    for (await it.refresh(); !it.wall; await it.refresh()) await pause(1000);
    const target = location.hash.length > 1 && !location.hash.includes("=") && document.getElementById(location.hash.slice(1));
    if (!target || target.matches(":target")) return;
    location.replace(location.hash); // it was not there yet when the page began
    window.dispatchEvent(new Event("hashchange"));
  });
  /* A stream that breaks is begun again by the browser; one that was turned away, by us: the server may have been started
     anew. A window that nobody sees has none: a browser has six connections to one server, and each stream holds one. */
  let known = null, changes = null;
  function listen() {
    if (changes || document.hidden) return;
    const mine = changes = new EventSource(root + "hand/changes");
    mine.onmessage = (event) => {
      if (known !== event.data && it.wall) it.refresh();
      known = event.data;
    };
    mine.onerror = () => {
      known = null;
      it.trouble([it.say("offline")]);
      if (mine.readyState !== EventSource.CLOSED) return;
      if (changes === mine) changes = null;
      it.refresh();
      setTimeout(listen, 2000);
    };
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { listen(); return; }
    changes?.close();
    changes = null;
  });
  listen();
  return it;
})();
