/* Forms: what a column asks before a card is put down, and the pane of a card. What is typed is kept until it is saved,
   also over a reload. */
(function () {
  "use strict";
  const { make, say } = hand;
  let number = 0;

  const drafts = {
    of: (card) => { try { return JSON.parse(sessionStorage.getItem("draft:" + card)) || {}; } catch (error) { return {}; } },
    keep: (card, name, value) => sessionStorage.setItem("draft:" + card, JSON.stringify({ ...drafts.of(card), [name]: value })),
    drop: (card, prefix) => {
      const left = Object.entries(drafts.of(card)).filter(([name]) => !name.startsWith(prefix));
      if (left.length) sessionStorage.setItem("draft:" + card, JSON.stringify(Object.fromEntries(left)));
      else sessionStorage.removeItem("draft:" + card);
    },
  };
  hand.drafts = drafts;

  /* One input with its label. `value()` is what was typed. */
  hand.input = function (one, name, draft) {
    const id = "in-" + (number += 1);
    const value = draft === undefined ? one.value : draft;
    const shared = { id, name, required: one.needed && one.kind !== "yes" };
    let field, lists = null;
    if (one.kind === "yes") {
      field = make("input", { id, name, type: "checkbox", checked: draft === true });
      return { element: make("p.tick", {}, field, make("label", { htmlFor: id }, one.label)), field, one, value: () => (field.checked ? one.value : "") };
    }
    if (one.kind === "long") field = make("textarea", { ...shared, rows: 3 });
    else if (one.kind === "choice" && (!one.open || one.choices.length)) {
      field = make("select", shared, make("option", { value: "" }, "–"), one.choices.map((choice) => make("option", { value: choice.value }, choice.label)));
      if (value && !one.choices.some((choice) => choice.value === value)) field.append(make("option", { value }, value));
    } else {
      field = make("input", { ...shared, type: "text", placeholder: one.hint || "", autocomplete: "off", spellcheck: false });
      if (one.choices.length) {
        lists = make("datalist", { id: id + "-list" }, one.choices.map((choice) => make("option", { value: choice.value }, choice.label)));
        field.setAttribute("list", id + "-list");
      }
    }
    field.value = value || "";
    return { element: make("p." + one.kind, {}, make("label", { htmlFor: id }, one.label), field, lists), field, one, value: () => field.value };
  };

  /* The gesture's words with what was typed: the same as `filled` of the desk. */
  hand.filled = function (words, inputs) {
    const found = { ...words };
    inputs.forEach((input) => {
      const { one } = input;
      const texts = (one.kind === "long" ? input.value().split("\n") : [input.value()]).map((text) => text.trim()).filter(Boolean).map((text) => one.before + text);
      if (!texts.length) return;
      found[one.word] = one.several ? [...(found[one.word] || []), ...texts] : texts.join(" ");
    });
    return found;
  };

  function refusal(place, refused) {
    place.replaceChildren(...hand.lines(refused).map((line) => make("p", {}, line)));
    place.hidden = false;
  }

  function cardLinks(ids) {
    const known = ids.filter((id) => hand.cards.has(id)).slice(0, 8);
    if (!known.length) return null;
    return make("span.cards-first", {}, say("finishFirst"), " ", known.map((id) => [make("button.link", { type: "button", onclick: () => { document.querySelector("dialog.ask")?.close(); hand.open(id); } }, hand.cards.get(id).label), " "]));
  }

  /* A place as a form: every reason, with its input where one opens it. */
  hand.placeForm = function (card, place, done) {
    const inputs = [];
    const add = (one) => { const input = hand.input(one, place.column + ":" + one.word + one.before + one.value); inputs.push(input); return input.element; };
    const known = new Set();
    const opening = (one) => {
      const key = one.input.word + one.input.before + one.input.value;
      if (known.has(key)) return make("span", {}, one.message);
      known.add(key);
      return add({ ...one.input, label: one.message });
    };
    const said = place.hindrances.map((one) => make(one.hard ? "li" : "li.soft", {}, one.input && one.hard ? opening(one)
      : [make("span", {}, one.message), one.cure ? make("small", {}, " → " + one.cure) : null], one.cards.length ? cardLinks(one.cards) : null));
    const error = make("div.refused", { role: "alert", hidden: true });
    const form = make("form.place", { onsubmit: (event) => { event.preventDefault(); send({}); } },
      said.length ? make("ul.reasons", {}, said) : null, place.optional.map(add), error);
    async function send(more) {
      const answer = await hand.gesture(place.gesture, hand.filled({ ...place.words, ...more }, inputs), [card]);
      if (answer.ok) { done(true); return; }
      refusal(error, answer.document.refused);
      if (answer.changed) hand.refresh();
    }
    if (place.state !== "shut") form.append(make("p.do", {}, make("button.primary", { type: "submit" }, say("putDown"))));
    if (place.may_force) {
      const why = make("input", { type: "text", "aria-label": say("why"), placeholder: say("why") });
      form.append(make("details.force", {}, make("summary", {}, say("allTheSame")),
        make("p", {}, why, make("button", { type: "button", onclick: () => { if (why.value.trim()) send({ force: true, reason: why.value.trim() }); else why.focus(); } }, say("putDown")))));
    }
    return form;
  };

  /* The question that stands before a card is put down, beside the column where the hand is. */
  hand.askAt = function (card, place, section) {
    const title = hand.cards.get(card).label + " → " + place.title;
    const dialog = make("dialog.ask", { "aria-label": title }, make("h2", {}, title));
    dialog.append(hand.placeForm(card, place, () => dialog.close()), make("p.do", {}, make("button", { type: "button", onclick: () => dialog.close() }, say("cancel"))));
    dialog.addEventListener("close", () => { dialog.remove(); hand.focusOn(card); });
    document.body.append(dialog);
    dialog.showModal();
    const box = section && section.getBoundingClientRect();
    if (box && window.innerWidth > 700) {
      const left = Math.max(8, Math.min(box.left, window.innerWidth - dialog.offsetWidth - 8));
      const top = Math.max(8, Math.min(box.top + 60, window.innerHeight - dialog.offsetHeight - 8));
      Object.assign(dialog.style, { left: left + "px", top: top + "px", margin: "0" });
    }
    dialog.querySelector("input, select, textarea, button")?.focus();
  };

  /* The pane */
  let open = null;

  hand.open = async function (card) {
    const answer = await hand.ask("pane", { card });
    if (!answer.ok) { hand.toast(hand.lines(answer.document.refused || { message: say("gone"), hindrances: [] }), { bad: true }); return; }
    const again = open && open.pane.id === card;
    open = { pane: answer.document, shown: again ? open.shown : "note", news: again ? open.news : [] };
    sessionStorage.setItem("pane", card);
    show(!again);
    const place = document.getElementById("pane");
    const page = await hand.page(answer.document.address);
    if (open && open.pane.id === card && place.isConnected) tellPast(place, page);
  };

  hand.close = function () {
    if (!open) return;
    const { id } = open.pane;
    open = null;
    sessionStorage.removeItem("pane");
    document.getElementById("pane")?.remove();
    document.body.classList.remove("with-pane");
    hand.focusOn(id);
  };

  function tellPast(place, page) {
    const root = hand.href("cards/");
    const parts = [page.querySelector(".notes"), page.querySelector(".past")].filter(Boolean);
    parts.forEach((part) => part.querySelectorAll("a[href]").forEach((link) => { if (!/^[a-z]+:/i.test(link.getAttribute("href"))) link.href = new URL(link.getAttribute("href"), root); }));
    place.querySelector(".told").replaceChildren(...parts);
  }

  function formOf(form, pane) {
    const draft = drafts.of(pane.id);
    const inputs = form.inputs.map((one) => { const name = form.gesture + ":" + one.word; return hand.input(one, name, draft[name]); });
    const error = make("div.refused", { role: "alert", hidden: true });
    return make("form.gesture", { "data-form": form.gesture, onsubmit: async (event) => {
      event.preventDefault();
      const answer = await hand.gesture(form.gesture, hand.filled(form.words, inputs), [pane.id]);
      if (answer.ok) { drafts.drop(pane.id, form.gesture + ":"); open && (open.shown = "note"); await renewPane(); }
      else { refusal(error, answer.document.refused); if (answer.changed) hand.refresh(); }
    } }, inputs.map((input) => input.element), error, make("p.do", {}, make("button.primary", { type: "submit" }, form.title)));
  }

  function fieldsOf(pane) {
    const draft = drafts.of(pane.id);
    const inputs = [];
    const add = (one) => { const input = hand.input(one, "set:" + one.before, draft["set:" + one.before]); inputs.push(input); return input.element; };
    const error = make("div.refused", { role: "alert", hidden: true });
    return make("form.gesture.fields", { "data-form": "set", onsubmit: async (event) => {
      event.preventDefault();
      const assignments = inputs.filter((input) => input.value().trim() !== input.one.value).map((input) => input.one.before + input.value().trim());
      if (!assignments.length) { hand.toast([say("nothing")]); return; }
      const answer = await hand.gesture("set", { card: pane.id, assignments }, [pane.id]);
      if (answer.ok) { drafts.drop(pane.id, "set:"); await renewPane(); }
      else { refusal(error, answer.document.refused); if (answer.changed) hand.refresh(); }
    } }, make("h3", {}, say("fields")), pane.fields.map(add), make("details", {}, make("summary", {}, say("moreFields")), pane.more.map(add)), error,
    make("p.do", {}, make("button.primary", { type: "submit" }, say("save"))));
  }

  function ticksOf(pane) {
    if (!pane.ticks.length) return null;
    return make("fieldset.ticks", {}, make("legend", {}, say("ticks")), pane.ticks.map((one) => {
      const box = make("input", { type: "checkbox", id: "tick-" + one.id, checked: one.ticked, onchange: async () => {
        const answer = await hand.gesture("tick", { card: pane.id, ticks: [one.id], off: !box.checked }, [pane.id]);
        if (!answer.ok) { box.checked = !box.checked; hand.toast(hand.lines(answer.document.refused), { bad: true }); }
        await renewPane();
      } });
      return make("p.tick", {}, box, make("label", { htmlFor: "tick-" + one.id }, one.text, make("small", {}, " · " + one.column)));
    }));
  }

  function newsOf(news) {
    if (!news.length) return null;
    return make("div.news", { role: "alert" }, make("b", {}, say("changed")), make("dl", {}, news.map((one) => [
      make("dt", {}, one.label), make("dd", {}, say("was") + ": " + (one.was || "–")), make("dd", {}, say("is") + ": " + (one.is || "–")),
      one.typed !== undefined ? make("dd.typed", {}, say("yours") + ": " + one.typed + " ", make("button", { type: "button", onclick: () => { drafts.drop(open.pane.id, one.name); open.news = open.news.filter((other) => other !== one); show(); } }, say("takeTheirs"))) : null,
    ])), make("p.do", {}, make("button", { type: "button", onclick: () => { open.news = []; show(); } }, say("close"))));
  }

  function show(focus) {
    const { pane, shown, news } = open;
    const active = document.activeElement;
    const was = active && active.closest("#pane") && active.name ? { name: active.name, at: active.selectionStart } : null;
    const told = document.querySelector("#pane .told");
    const top = document.getElementById("pane")?.scrollTop || 0;
    const kinds = pane.forms.map((form) => make("button", { type: "button", "aria-pressed": String(shown === form.gesture), onclick: () => { open.shown = form.gesture; show(); document.querySelector('#pane [data-form="' + form.gesture + '"] :is(input, textarea, select)')?.focus(); } }, form.title));
    const moving = make("button", { type: "button", "aria-pressed": String(shown === "move"), onclick: () => { open.shown = "move"; show(); } }, say("move"));
    const form = pane.forms.find((one) => one.gesture === shown);
    const place = make("aside", { id: "pane", "aria-label": pane.label, tabIndex: -1 },
      make("header", {}, make("h2", {}, pane.label), make("button.close", { type: "button", "aria-label": say("close"), onclick: hand.close }, "×"),
        make("p.where", {}, pane.column_title, " · ", make("a", { href: hand.href(pane.address) }, say("page")))),
      newsOf(news),
      pane.next_action || pane.next_when ? make("p.due", {}, make("b", {}, pane.next_action), " ", make("span", {}, pane.next_when)) : null,
      hand.wall.readOnly ? make("p.empty", {}, say("readOnly")) : [make("div.kinds", { role: "group" }, kinds, moving),
        form ? formOf(form, pane) : null, shown === "move" ? placesOf(pane) : null, ticksOf(pane), fieldsOf(pane),
        make("p.do", {}, make("button", { type: "button", onclick: () => hand.undo(pane.id) }, say("undo")))],
      make("div.told", {}));
    if (told) place.querySelector(".told").replaceChildren(...told.childNodes);
    const old = document.getElementById("pane");
    if (old) old.replaceWith(place);
    else document.body.append(place);
    place.scrollTop = top;
    document.body.classList.add("with-pane");
    if (was) {
      const field = place.querySelector('[name="' + CSS.escape(was.name) + '"]');
      field?.focus();
      if (field && was.at !== null && was.at !== undefined && field.setSelectionRange) field.setSelectionRange(was.at, was.at);
    } else if (focus) (place.querySelector("textarea") || place).focus({ preventScroll: true });
  }

  function placesOf(pane) {
    const list = make("div.places", {});
    hand.ask("places", { card: pane.id }).then((answer) => {
      if (!answer.ok) return;
      list.replaceChildren(...answer.document.filter((one) => one.state !== "here").map((one) =>
        make("details." + one.state, {}, make("summary", {}, make("b", {}, one.title), " ", make("span", {}, say(one.state))), hand.placeForm(pane.id, one, renewPane))));
    });
    return list;
  }

  /* The card as it is now; what differs from what was seen is said, what was typed stays. */
  async function renewPane(theirs) {
    if (!open) return;
    const seen = open.pane;
    const answer = await hand.ask("pane", { card: seen.id });
    if (!open || open.pane.id !== seen.id) return;
    if (!answer.ok) { hand.toast([say("gone")], { bad: true }); return; }
    open.pane = answer.document;
    if (theirs) open.news = differences(seen, answer.document);
    show();
    tellPast(document.getElementById("pane"), await hand.page(answer.document.address));
  }

  function differences(seen, now) {
    const all = (pane) => new Map([...pane.fields, ...pane.more].map((one) => [one.before, one]));
    const before = all(seen), after = all(now), typed = drafts.of(now.id);
    const found = [];
    if (seen.column !== now.column) found.push({ label: say("move"), was: seen.column_title, is: now.column_title });
    new Set([...before.keys(), ...after.keys()]).forEach((key) => {
      const was = before.get(key)?.value || "", is = after.get(key)?.value || "";
      if (was !== is) found.push({ label: (after.get(key) || before.get(key)).label, was, is, name: "set:" + key, typed: typed["set:" + key] });
    });
    seen.ticks.forEach((one) => {
      const other = now.ticks.find((tick) => tick.id === one.id);
      if (other && other.ticked !== one.ticked) found.push({ label: one.text, was: one.ticked ? "✓" : "–", is: other.ticked ? "✓" : "–" });
    });
    return found.length ? found : [{ label: say("page"), was: "", is: "…" }];
  }

  hand.onrefresh(() => {
    if (!open) return;
    const now = hand.cards.get(open.pane.id);
    if (!now) { hand.toast([say("gone")], { bad: true }); return; }
    if (now.version !== open.pane.version) renewPane(!hand.own.has(now.id));
  });

  document.addEventListener("input", (event) => {
    if (!open || !event.target.name || !event.target.closest("#pane")) return;
    drafts.keep(open.pane.id, event.target.name, event.target.type === "checkbox" ? event.target.checked : event.target.value);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const card = link && (link.dataset.opens || (!link.closest("#pane header") && hand.byAddress.get(link.href)));
    if (!card || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    hand.open(card);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !hand.held && !document.querySelector("dialog[open]")) { event.stopImmediatePropagation(); hand.close(); }
  }, { capture: true });

  hand.ready.then(() => { const card = sessionStorage.getItem("pane"); if (card && hand.cards.has(card)) hand.open(card); });
})();
