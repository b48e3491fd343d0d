/* A card in the hand: by mouse, by finger (hold it a moment), or by keys. While it is held, each column says whether it
   may be put down there, and if not, why. */
(function () {
  "use strict";
  const { make, say } = hand;
  const FAR = 6, LONG = 350;
  let pressed = null;

  const columnAt = (x, y) => document.elementsFromPoint(x, y).map((one) => one.closest("[data-column]")).find(Boolean);
  const placeOf = (key) => hand.held && hand.held.places && hand.held.places.find((one) => one.column === key);
  const sectionOf = (key) => document.querySelector('.columns section[data-column="' + CSS.escape(key) + '"]');

  function reasons(place) {
    return make("ul.reasons", {}, place.hindrances.map((one) => make(one.hard ? "li" : "li.soft", {}, one.message)));
  }

  /* Takes the card up: the columns answer as soon as the server has. A card that left the board since it was pressed
     cannot be taken: nothing is held then. */
  async function take(card, how) {
    const place = document.querySelector('[data-card="' + CSS.escape(card) + '"]');
    if (!place || !hand.cards.has(card)) { hand.toast([say("gone")], { bad: true }); return; }
    hand.held = { card, how, place, places: null, over: null };
    place.classList.add("held");
    document.body.classList.add("holding");
    hand.announce(say("pickedUp", { card: hand.cards.get(card).label }));
    await judge(card);
  }

  async function judge(card) {
    const answer = await hand.ask("places", { card });
    if (!hand.held || hand.held.card !== card || !answer.ok) return;
    hand.held.places = answer.document;
    answer.document.forEach((place) => {
      const section = sectionOf(place.column);
      if (!section) return;
      section.dataset.verdict = place.state;
      section.querySelector(".verdict")?.remove();
      if (place.state === "here") return;
      const verdict = make("div.verdict", {}, make("b", {}, say(place.state)), reasons(place));
      const about = section.querySelector(":scope > .about");
      if (about) about.append(verdict);
      else section.querySelector(":scope > h3")?.after(verdict);
    });
    fillTray();
    if (hand.held.over) over(hand.held.over);
  }

  /* On a phone one column is seen at a time: all of them lie at the bottom while a card is held, to be dropped on or
     tapped. Lifting the finger elsewhere keeps the card in the hand. */
  const narrow = () => window.matchMedia("(max-width: 700px)").matches;

  function showTray() {
    if (!narrow() || hand.held.tray) return;
    hand.held.tray = make("div.tray", { role: "group", "aria-label": say("move") });
    document.body.append(hand.held.tray);
    fillTray();
  }

  function fillTray() {
    const tray = hand.held && hand.held.tray;
    if (!tray) return;
    const places = hand.held.places || hand.wall.columns.map((one) => ({ column: one.key, title: one.title, state: "", hindrances: [] }));
    tray.replaceChildren(...places.map((place) => make("button.place", { type: "button", "data-column": place.column, "data-verdict": place.state, disabled: place.state === "here", onclick: () => putDown(place.column) },
      make("b", {}, place.title), " ", make("span", {}, place.state ? say(place.state) : "…"), make("small", {}, place.hindrances.filter((one) => one.hard).map((one) => one.message).join(" · ")))),
      make("button.leave", { type: "button", onclick: () => letGo() }, say("cancel")));
  }

  function over(key) {
    if (!hand.held) return;
    hand.held.over = key;
    document.querySelectorAll(".aimed").forEach((one) => one.classList.remove("aimed"));
    if (!key) return;
    sectionOf(key)?.classList.add("aimed");
    hand.held.tray?.querySelector('[data-column="' + CSS.escape(key) + '"]')?.classList.add("aimed");
  }

  function letGo() {
    if (!hand.held) return;
    hand.held.place.classList.remove("held");
    hand.held.ghost?.remove();
    hand.held.tray?.remove();
    hand.held = null;
    document.body.classList.remove("holding");
    document.querySelectorAll(".verdict").forEach((one) => one.remove());
    document.querySelectorAll("[data-verdict]").forEach((one) => { delete one.dataset.verdict; });
    document.querySelectorAll(".aimed").forEach((one) => one.classList.remove("aimed"));
  }

  /* Puts the card down in a column: a gesture, or the question that stands before it. */
  async function putDown(key) {
    const { card, place: element } = hand.held;
    if (!hand.held.places) await judge(card);
    if (!hand.held) return;
    const place = placeOf(key);
    letGo();
    if (!place || place.state === "here") {
      hand.announce(say("leftAlone", { card: hand.cards.get(card).label, column: hand.columns.get(hand.cards.get(card).column).title }));
      element.querySelector("a")?.focus();
      return;
    }
    if (place.state !== "free" || place.optional.length) { hand.askAt(card, place, sectionOf(key)); return; }
    const answer = await hand.gesture(place.gesture, place.words, [card]);
    if (!answer.ok) hand.toast(hand.lines(answer.document.refused), { bad: true });
    const active = document.activeElement;
    if (!active || active === document.body) focusOn(card); // who went on typing elsewhere stays there
  }

  function focusOn(card) {
    document.querySelector('[data-opens="' + CSS.escape(card) + '"]')?.focus();
  }
  hand.focusOn = focusOn;
  hand.letGo = letGo;

  /* Mouse and finger */
  document.addEventListener("pointerdown", (event) => {
    const place = event.target.closest("[data-card]");
    if (!place || event.button !== 0 || hand.held || !hand.wall || hand.wall.readOnly || event.target.closest(".ask")) return;
    pressed = { place, x: event.clientX, y: event.clientY, id: event.pointerId, touch: event.pointerType === "touch" };
    if (pressed.touch) pressed.timer = setTimeout(() => start(pressed.x, pressed.y), LONG);
  });

  function start(x, y) {
    if (!pressed) return;
    const { place } = pressed;
    take(place.dataset.card, "pointer");
    if (!hand.held) { pressed = null; return; }
    const box = place.getBoundingClientRect();
    const ghost = place.cloneNode(true);
    ghost.removeAttribute("id");
    ghost.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    ghost.classList.remove("held");
    ghost.classList.add("ghost");
    ghost.setAttribute("aria-hidden", "true");
    delete ghost.dataset.card;
    ghost.style.width = box.width + "px";
    Object.assign(hand.held, { ghost, dx: x - box.left, dy: y - box.top });
    document.body.append(ghost);
    if (pressed.touch) showTray();
    follow(x, y);
    creep();
    if (pressed.touch && navigator.vibrate) navigator.vibrate(15);
  }

  function follow(x, y) {
    hand.held.ghost.style.transform = "translate(" + (x - hand.held.dx) + "px," + (y - hand.held.dy) + "px)";
    Object.assign(hand.held, { x, y });
    over(columnAt(x, y)?.dataset.column || null);
  }

  /* Near an edge the page goes on under the card, also while the hand is still. */
  const EDGE = 60, STEP = 12;
  function creep() {
    if (!hand.held || !hand.held.ghost || hand.held.tray) return;
    const { x, y } = hand.held;
    const down = y < EDGE ? -STEP : y > window.innerHeight - EDGE ? STEP : 0;
    if (down) {
      window.scrollBy(0, down);
      over(columnAt(x, y)?.dataset.column || null);
    }
    requestAnimationFrame(creep);
  }

  document.addEventListener("pointermove", (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > FAR;
    if (!hand.held && far && pressed.touch) { clearTimeout(pressed.timer); pressed = null; return; }
    if (!hand.held && far) start(pressed.x, pressed.y);
    if (hand.held && hand.held.ghost) { event.preventDefault(); follow(event.clientX, event.clientY); }
  });

  document.addEventListener("pointerup", (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    clearTimeout(pressed.timer);
    const from = pressed;
    pressed = null;
    if (!hand.held || !hand.held.ghost) return;
    quiet();
    const at = columnAt(event.clientX, event.clientY);
    const near = Math.hypot(event.clientX - from.x, event.clientY - from.y) < 30;
    if (hand.held.tray && (near || !at?.closest(".tray"))) { hand.held.ghost.remove(); hand.held.ghost = null; return; }
    if (at) putDown(at.dataset.column);
    else letGo();
  });

  document.addEventListener("pointercancel", (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    clearTimeout(pressed.timer);
    pressed = null;
    letGo();
  });
  document.addEventListener("touchmove", (event) => { if (hand.held && hand.held.ghost) event.preventDefault(); }, { passive: false });
  document.addEventListener("dragstart", (event) => { if (event.target.closest && event.target.closest("[data-card]")) event.preventDefault(); });
  document.addEventListener("contextmenu", (event) => { if (pressed && pressed.touch && event.target.closest("[data-card]")) event.preventDefault(); });

  /* The click that ends a drag opens nothing; one that is meant begins with pressing anew. */
  function quiet() {
    const stop = (event) => { event.preventDefault(); event.stopPropagation(); end(); };
    const end = () => { document.removeEventListener("click", stop, { capture: true }); document.removeEventListener("pointerdown", end, { capture: true }); };
    document.addEventListener("click", stop, { capture: true });
    document.addEventListener("pointerdown", end, { capture: true });
    setTimeout(end, 300);
  }

  /* Keys: space takes up, left and right choose, Enter or space puts down, Escape leaves it. */
  function step(right) {
    const keys = hand.wall.columns.map((one) => one.key);
    const at = keys.indexOf(hand.held.over || hand.cards.get(hand.held.card).column);
    const key = keys[Math.max(0, Math.min(keys.length - 1, at + right))];
    over(key);
    const section = sectionOf(key);
    section?.scrollIntoView({ block: "nearest", inline: "nearest" });
    tellPlace(key);
  }

  function tellPlace(key) {
    const place = placeOf(key);
    if (!place) return;
    const against = place.hindrances.map((one) => one.message).join("; ");
    hand.announce(say("over", { column: place.title, state: say(place.state), reasons: against }));
  }

  document.addEventListener("keydown", async (event) => {
    const keyed = hand.held && hand.held.how === "keys";
    if (keyed) {
      const right = { ArrowRight: 1, l: 1, ArrowLeft: -1, h: -1 }[event.key];
      if (right || [" ", "Enter", "Escape", "Tab"].includes(event.key)) { event.preventDefault(); event.stopImmediatePropagation(); }
      if (right) { if (!hand.held.places) await hand.held.asked; step(right); }
      else if (event.key === "Escape" || event.key === "Tab") {
        const { card } = hand.held;
        letGo();
        hand.announce(say("leftAlone", { card: hand.cards.get(card).label, column: hand.columns.get(hand.cards.get(card).column).title }));
        focusOn(card);
      } else if (event.key === " " || event.key === "Enter") putDown(hand.held.over || hand.cards.get(hand.held.card).column);
      return;
    }
    if (hand.held && event.key === "Escape") { event.stopImmediatePropagation(); pressed = null; letGo(); return; }
    const card = document.activeElement?.dataset?.opens;
    if (event.key === " " && card && !hand.wall.readOnly && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const asked = take(card, "keys");
      if (hand.held) hand.held.asked = asked;
    }
  }, { capture: true });

  /* Somebody else changed the card that is held, or of which is asked: what was seen and what is now are both said, and
     the columns answer anew. */
  hand.onrefresh(async (before) => {
    const { held, asking } = hand, one = held || asking;
    if (!one) return;
    const { card } = one, was = before.get(card), is = hand.cards.get(card);
    if (!is) {
      letGo();
      if (asking) asking.news.closest("dialog").close();
      hand.toast([say("gone")], { bad: true });
      return;
    }
    if (held) {
      held.place = document.querySelector('[data-card="' + CSS.escape(card) + '"]') || held.place;
      held.place.classList.add("held");
      judge(card);
    }
    if (!was || was.version === is.version || hand.own.has(card)) return;
    const lines = [say("labelled", { label: is.label, text: say("changed") }), ...await hand.newsOf(card, was.version)];
    if (held) { hand.toast(lines, { bad: true }); return; }
    asking.news.replaceChildren(...lines.map((line) => make("p", {}, line)));
    asking.news.hidden = false;
  });
})();
