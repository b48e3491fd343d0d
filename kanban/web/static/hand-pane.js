/* Forms: what a column asks before a card is put down, and the pane of a card. What is typed is kept until it is saved,
   also over a reload. */
(function () {
  "use strict";
  const { make, say } = hand;
  let number = 0;

  const drafts = {
    of: (card) => { try { return JSON.parse(sessionStorage.getItem("draft:" + card)) || {}; } catch (error) { return {}; } },
    store: (card, all) => {
      if (Object.keys(all).length) sessionStorage.setItem("draft:" + card, JSON.stringify(all));
      else sessionStorage.removeItem("draft:" + card);
    },
    keep: (card, field) => { if (field.name) drafts.store(card, { ...drafts.of(card), [field.name]: typed(field) }); },
    drop: (card, prefix) => drafts.store(card, Object.fromEntries(Object.entries(drafts.of(card)).filter(([name]) => !name.startsWith(prefix)))),
    /* What was sent is done; what was typed after that is not. */
    sent: (card, sent) => drafts.store(card, Object.fromEntries(Object.entries(drafts.of(card)).map(([name, now]) => [name, name in sent ? typedSince(sent[name], now) : now]).filter(([, left]) => left !== null))),
  };
  const typed = ({ type, checked, value }) => (type === "checkbox" ? checked : value);
  function typedSince(sent, now) {
    if (sent === now) return null;
    return sent && typeof now === "string" && now.startsWith(sent.trimEnd() + "\n") ? now.slice(sent.trimEnd().length).trimStart() || null : now;
  }

  /* A form that is sent once, however often Enter is pressed; `made` gets what stood in it. What was typed and sent
     meanwhile goes after it, from the form as it stands then. */
  hand.once = async function (form, made) {
    const sent = Object.fromEntries(Array.from(form.elements).filter((one) => one.name).map((one) => [one.name, typed(one)]));
    const text = JSON.stringify(sent);
    if (form.sending) { form.more = form.sending !== text; return; }
    form.sending = text;
    form.setAttribute("aria-busy", "true");
    try { await made(sent); } finally {
      form.sending = null;
      form.removeAttribute("aria-busy");
      const { more } = form;
      form.more = false;
      if (more) (form.isConnected ? form : document.querySelector('#pane [data-form="' + form.dataset.form + '"]'))?.requestSubmit();
    }
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
    const inputs = [], draft = drafts.of(card);
    const add = (one) => { const name = place.column + ":" + one.word + one.before + one.value, input = hand.input(one, name, draft[name]); inputs.push(input); return input.element; };
    const known = new Set();
    const opening = (one) => {
      const key = one.input.word + one.input.before + one.input.value;
      if (known.has(key)) return make("span", {}, one.message);
      known.add(key);
      return add({ ...one.input, label: one.message, hint: one.input.hint || one.input.label }); // the reason is what it is about, not what is typed
    };
    const said = place.hindrances.map((one) => make(one.hard ? "li" : "li.soft", {}, one.input && one.hard ? opening(one)
      : [make("span", {}, one.message), one.cure ? make("small", {}, " → " + one.cure) : null], one.cards.length ? cardLinks(one.cards) : null));
    const error = make("div.refused", { role: "alert", hidden: true });
    const form = make("form.place", { onsubmit: (event) => { event.preventDefault(); hand.once(form, (sent) => send({}, sent)); } },
      said.length ? make("ul.reasons", {}, said) : null, place.optional.map(add), error);
    form.addEventListener("input", (event) => drafts.keep(card, event.target));
    async function send(more, sent) {
      const answer = await hand.gesture(place.gesture, hand.filled({ ...place.words, ...more }, inputs), [card]);
      if (answer.ok) { drafts.sent(card, sent); done(); return; }
      refusal(error, answer.document.refused);
      if (answer.changed) hand.refresh();
    }
    if (place.state !== "shut") form.append(make("p.do", {}, make("button.primary", { type: "submit" }, say("putDown"))));
    if (place.may_force) {
      const name = place.column + ":why", why = make("input", { type: "text", name, value: draft[name] || "", "aria-label": say("why"), placeholder: say("why") });
      form.append(make("details.force", {}, make("summary", {}, say("allTheSame")),
        make("p", {}, why, make("button", { type: "button", onclick: () => { if (why.value.trim()) hand.once(form, (sent) => send({ force: true, reason: why.value.trim() }, sent)); else why.focus(); } }, say("putDown")))));
    }
    return form;
  };

  /* The question that stands before a card is put down, beside the column where the hand is. */
  hand.askAt = function (card, place, section) {
    const title = hand.cards.get(card).label + " → " + place.title;
    const news = make("div.news", { role: "alert", hidden: true });
    const dialog = make("dialog.ask", { "aria-label": title }, make("h2", {}, title), news);
    hand.asking = { card, news };
    dialog.append(hand.placeForm(card, place, () => dialog.close()), make("p.do", {}, make("button", { type: "button", onclick: () => dialog.close() }, say("cancel"))));
    dialog.addEventListener("close", () => { hand.asking = null; dialog.remove(); hand.focusOn(card); });
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

  /* The pane. What was asked for last is what is shown, whichever answer comes first. */
  let open = null, asked = 0;

  hand.open = (card) => opened({ card });

  async function opened(name) {
    const mine = (asked += 1);
    const answer = await hand.ask("pane", name);
    if (mine !== asked) return;
    if (!answer.ok) { hand.toast(answer.document.refused ? hand.lines(answer.document.refused) : [say("gone")], { bad: true }); return; }
    const pane = answer.document, again = open && open.pane.id === pane.id;
    open = { pane, shown: again ? open.shown : "note", news: again ? open.news : [] };
    sessionStorage.setItem("pane", pane.id);
    show(!again);
    await tellPast(pane);
  }

  hand.close = function () {
    asked += 1;
    if (!open) return;
    const { id } = open.pane;
    open = null;
    sessionStorage.removeItem("pane");
    document.getElementById("pane")?.remove();
    document.body.classList.remove("with-pane");
    hand.focusOn(id);
  };
  hand.versionOf = (card) => (open && open.pane.id === card ? open.pane.version : hand.cards.get(card)?.version);

  /* Notes and history, from the card's page. */
  async function tellPast(pane) {
    const page = await hand.page(pane.address).catch(() => null);
    if (!page) return;
    const told = document.querySelector("#pane .told");
    if (!told || !open || open.pane.id !== pane.id) return;
    const root = hand.href("cards/");
    const parts = [page.querySelector(".notes"), page.querySelector(".past")].filter(Boolean);
    parts.forEach((part) => part.querySelectorAll("a[href]").forEach((link) => { if (!/^[a-z]+:/i.test(link.getAttribute("href"))) link.href = new URL(link.getAttribute("href"), root); }));
    told.replaceChildren(...parts);
  }

  function formOf(form, pane) {
    const draft = drafts.of(pane.id);
    const inputs = form.inputs.map((one) => { const name = form.gesture + ":" + one.word; return hand.input(one, name, draft[name]); });
    const error = make("div.refused", { role: "alert", hidden: true });
    return make("form.gesture", { "data-form": form.gesture, onsubmit: (event) => {
      event.preventDefault();
      hand.once(event.target, async (sent) => {
        const answer = await hand.gesture(form.gesture, hand.filled(form.words, inputs), [pane.id]);
        if (!answer.ok) { refusal(error, answer.document.refused); if (answer.changed) hand.refresh(); return; }
        drafts.sent(pane.id, sent);
        cleared += 1;
        if (open && open.pane.id === pane.id) Object.assign(open, { shown: begun(pane.id, open.shown) ? open.shown : "note", news: [] });
        await renewPane();
      });
    } }, inputs.map((input) => input.element), error, make("p.do", {}, make("button.primary", { type: "submit" }, form.title)));
  }

  const begun = (card, gesture) => Object.entries(drafts.of(card)).some(([name, value]) => name.startsWith(gesture + ":") && value);

  function fieldsOf(pane) {
    const draft = drafts.of(pane.id);
    const inputs = [];
    const add = (one) => { const input = hand.input(one, "set:" + one.before, draft["set:" + one.before]); inputs.push(input); return input.element; };
    const error = make("div.refused", { role: "alert", hidden: true });
    return make("form.gesture.fields", { "data-form": "set", onsubmit: (event) => {
      event.preventDefault();
      hand.once(event.target, save);
    } }, make("h3", {}, say("fields")), pane.fields.map(add), make("details", { open: moreOpen, ontoggle: (event) => { moreOpen = event.target.open; } }, make("summary", {}, say("moreFields")), pane.more.map(add)), error,
    make("p.do", {}, make("button.primary", { type: "submit" }, say("save"))));

    async function save(sent) {
      const assignments = inputs.filter((input) => input.value().trim() !== input.one.value).map((input) => input.one.before + input.value().trim());
      if (!assignments.length) { hand.toast([say("nothing")]); return; }
      const answer = await hand.gesture("set", { card: pane.id, assignments }, [pane.id]);
      if (answer.ok) { drafts.sent(pane.id, sent); cleared += 1; await renewPane(); }
      else { refusal(error, answer.document.refused); if (answer.changed) hand.refresh(); }
    }
  }

  /* A tick means the same whatever else was changed on the card meanwhile. */
  function ticksOf(pane) {
    if (!pane.ticks.length) return null;
    return make("fieldset.ticks", {}, make("legend", {}, say("ticks")), pane.ticks.map((one) => {
      const box = make("input", { type: "checkbox", id: "tick-" + one.id, checked: one.ticked, onchange: async () => {
        const answer = await hand.gesture("tick", { card: pane.id, ticks: [one.id], off: !box.checked }, []);
        if (!answer.ok) { box.checked = !box.checked; hand.toast(hand.lines(answer.document.refused), { bad: true }); }
        await renewPane();
      } });
      return make("p.tick", {}, box, make("label", { htmlFor: "tick-" + one.id }, one.text, make("small", {}, " · " + one.column)));
    }));
  }

  function newsOf(news) {
    if (!news.length) return null;
    return make("div.news", { role: "alert" }, make("b", {}, say("changed")), make("dl", {}, news.map((one) => [
      make("dt", {}, one.label), make("dd", {}, say("was", { value: one.was || "–" })), make("dd", {}, say("is", { value: one.now || "–" })),
      one.typed !== undefined ? make("dd.typed", {}, say("yours", { value: one.typed }) + " ", make("button", { type: "button", onclick: () => { drafts.drop(open.pane.id, one.name); cleared += 1; open.news = open.news.filter((other) => other !== one); show(); } }, say("takeTheirs"))) : null,
    ])), make("p.do", {}, make("button", { type: "button", onclick: () => { open.news = []; show(); } }, say("close"))));
  }

  /* What the card cannot be asked any more stays as long as words stand in it: it is blocked by now, and I type why. */
  function formShown(one) {
    const found = one.pane.forms.find((form) => form.gesture === one.shown);
    if (found) one.form = found;
    else if (one.shown !== "move" && !(one.form?.gesture === one.shown && begun(one.pane.id, one.shown))) {
      one.shown = "note";
      return one.pane.forms.find((form) => form.gesture === "note");
    }
    return found || (one.shown === "move" ? null : one.form);
  }

  /* The pane in parts: one that says the same as before stays as it is, under the pointer and under the keys. */
  function partsOf(one) {
    const form = formShown(one), { pane, shown, news } = one, idle = hand.cards.get(pane.id)?.idle;
    const parts = [
      ["head", [pane.label, pane.column_title, pane.address, idle], () => make("header", {}, make("h2", {}, pane.label), make("button.close", { type: "button", "aria-label": say("close"), onclick: hand.close }, "×"),
        make("p.where", {}, pane.column_title, idle ? " · " + say("idle", { days: idle }) : "", " · ", make("a", { href: hand.href(pane.address) }, say("page"))))],
      ["due", [pane.next_action, pane.next_when], () => (pane.next_action || pane.next_when ? make("p.due", {}, make("b", {}, pane.next_action), " ", make("span", {}, pane.next_when)) : null)],
    ];
    parts.push(["block", [pane.block], () => (pane.block ? make("p.due.blocked", {}, pane.block) : null)]);
    if (hand.wall.readOnly) parts.push(["empty", [], () => make("p.empty", {}, say("readOnly"))]);
    else parts.push(
      ["kinds", [pane.forms.map((one) => one.title), shown], () => kindsOf(pane, shown)],
      ["form", [form, cleared], () => (form ? formOf(form, pane) : null)],
      ["places", [shown === "move" && pane.version], () => (shown === "move" ? placesOf(pane) : null)],
      ["ticks", pane.ticks.map((one) => [one.id, one.text, one.column]), () => ticksOf(pane)],
      ["fields", [pane.fields, pane.more, cleared], () => fieldsOf(pane)],
      ["undo", [], () => make("p.do", {}, make("button", { type: "button", onclick: () => hand.undo(pane.id) }, say("undo")))],
    );
    return [...parts, ["told", [], () => make("div.told", {})], ["news", news, () => newsOf(news)]];
  }

  let cleared = 0, moreOpen = false;

  function show(focus) {
    let place = document.getElementById("pane");
    const { pane } = open, active = document.activeElement, within = place && place.contains(active);
    const was = within ? { name: active.name, id: active.id, at: active.selectionStart } : null;
    if (!place || place.dataset.of !== pane.id) {
      place?.remove();
      place = make("aside", { id: "pane", tabIndex: -1, "data-of": pane.id });
      document.body.append(place);
    }
    place.setAttribute("aria-label", pane.label);
    const top = place.scrollTop, standing = new Map(Array.from(place.children, (one) => [one.dataset.part, one]));
    let after = null;
    partsOf(open).forEach(([name, facts, made]) => {
      const says = JSON.stringify([pane.id, facts]), old = standing.get(name);
      standing.delete(name);
      if (old && old.says === says) { after = old; return; }
      const fresh = made();
      old?.remove();
      if (!fresh) return;
      fresh.dataset.part = name;
      fresh.says = says;
      if (after) after.after(fresh);
      else place.prepend(fresh);
      after = fresh;
    });
    standing.forEach((one) => one.remove());
    pane.ticks.forEach((one) => { const box = document.getElementById("tick-" + one.id); if (box) box.checked = one.ticked; });
    place.scrollTop = top;
    document.body.classList.add("with-pane");
    if (was && !place.contains(document.activeElement)) {
      refocus((was.name && place.querySelector('[name="' + CSS.escape(was.name) + '"]')) || (was.id && document.getElementById(was.id)) || place, was.at);
    } else if (focus) (place.querySelector("textarea") || place).focus({ preventScroll: true });
  }

  function refocus(field, at) {
    if (!field) return;
    field.focus({ preventScroll: true });
    if (at !== null && at !== undefined && field.setSelectionRange) field.setSelectionRange(at, at);
  }

  function kindsOf(pane, shown) {
    const choose = (name) => { open.shown = name; show(); document.querySelector('#pane [data-form="' + name + '"] :is(input, textarea, select)')?.focus(); };
    const button = (name, title) => make("button", { type: "button", "aria-pressed": String(shown === name), onclick: () => choose(name) }, title);
    return make("div.kinds", { role: "group" }, pane.forms.map((form) => button(form.gesture, form.title)), button("move", say("move")));
  }

  function placesOf(pane) {
    const list = make("div.places", {}), was = document.querySelector("#pane .places");
    if (was) list.append(...was.childNodes); // until the columns have answered anew
    hand.ask("places", { card: pane.id }).then((answer) => {
      if (!answer.ok) return;
      const opened = new Set(Array.from(list.querySelectorAll("details[open][data-column]"), (one) => one.dataset.column));
      const at = document.activeElement, typing = list.contains(at) ? [at.name, at.selectionStart] : null;
      list.replaceChildren(...answer.document.filter((one) => one.state !== "here").map((one) =>
        make("details." + one.state, { "data-column": one.column, open: opened.has(one.column) }, make("summary", {}, make("b", {}, one.title), " ", make("span", {}, say(one.state))), hand.placeForm(pane.id, one, () => renewPane()))));
      if (typing && typing[0]) refocus(list.querySelector('[name="' + CSS.escape(typing[0]) + '"]'), typing[1]);
    });
    return list;
  }

  /* The card as it is now; what differs from what was seen is said, what was typed stays. */
  async function renewPane(theirs) {
    if (!open) return;
    const { id } = open.pane;
    const answer = await hand.ask("pane", { card: id, since: theirs === true ? open.pane.version : "" });
    await hand.still();
    if (!open || open.pane.id !== id) return;
    if (!answer.status) return; // nobody answers: that is said, and asked again
    if (!answer.ok) { if (!open.gone) hand.toast([say("gone")], { bad: true }); open.gone = true; return; }
    const seen = open.pane, changed = seen.version !== answer.document.version;
    open.pane = answer.document;
    if (theirs === true && changed) open.news = newsWith(answer.document);
    show();
    if (changed) await tellPast(answer.document);
  }

  function newsWith(now) {
    const drafted = drafts.of(now.id);
    const found = now.news.map((one) => ({ ...one, name: "set:" + one.before, typed: one.before ? drafted["set:" + one.before] : undefined }));
    return found.length ? found : [{ label: say("page"), was: "", now: "…" }];
  }

  /* A card in the hand, or in a question that stands before it is put down, was changed by others: both are said. */
  hand.newsOf = async function (card, version) {
    const answer = await hand.ask("pane", { card, since: version });
    return answer.ok ? answer.document.news.map((one) => one.line) : [];
  };

  /* A closed card that is not on the wall is asked for: its page says whether it is still as it was. */
  hand.onrefresh(() => {
    if (!open) return;
    const now = hand.cards.get(open.pane.id);
    if (!now || now.version !== open.pane.version) renewPane(!hand.own.has(open.pane.id)).catch(() => {});
  });

  document.addEventListener("input", (event) => { if (open && event.target.closest("#pane")) drafts.keep(open.pane.id, event.target); });

  /* Any link to a card opens it here; before the scripts know the board, the click waits for it. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.closest("#pane header") || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const page = link.href.startsWith(hand.href("cards/")) && link.href.slice(hand.href("").length).split("#")[0];
    if (!link.dataset.opens && !page) return;
    event.preventDefault();
    hand.ready.then(() => opened(link.dataset.opens ? { card: link.dataset.opens } : { page })).catch(() => { location.href = link.href; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !hand.held && !document.querySelector("dialog[open]")) { event.stopImmediatePropagation(); hand.close(); }
  }, { capture: true });

  hand.ready.then(() => { const card = sessionStorage.getItem("pane"); if (card) hand.open(card); });
})();
