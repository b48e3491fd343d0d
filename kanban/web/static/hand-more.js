/* Beside the cards: a new one from a line, a further filter. */
(function () {
  "use strict";
  const { make, say } = hand;

  /* A new card from one natural line: shown as it was understood before it is saved. */
  function quickAdd() {
    const line = make("input", { type: "text", id: "new-line", name: "line", placeholder: say("newHint"), autocomplete: "off", spellcheck: false, value: sessionStorage.getItem("draft:new") || "", "aria-label": say("new") });
    const told = make("div.understood", { "aria-live": "polite" });
    const saving = make("button.primary", { type: "submit", disabled: true }, say("save"));
    const template = select(say("template"), hand.wall.templates.map((one) => [one.value, one.label]), { name: "template", onchange: () => understand() });
    const form = make("form.new", {}, line, template, saving, told);
    let timer = 0, asked = 0;
    /* What the line says, as it is told below it; null while it says nothing, or nobody answers. */
    async function understand() {
      const text = line.value, mine = (asked += 1);
      if (text.trim().length < 2) { told.replaceChildren(); saving.disabled = true; return null; }
      const answer = await hand.ask("understand", { line: text.trim(), template: template.querySelector("select").value });
      if (!answer.ok) { if (mine === asked) refuse(answer.document.refused); return null; }
      const { pieces, outcome, words, readings } = answer.document;
      if (mine === asked) {
        saving.disabled = Boolean(outcome.refused);
        told.replaceChildren(make("dl", {}, pieces.map(([label, value]) => make("div", {}, label ? make("dt", {}, label) : null, make("dd", {}, value)))),
          ...(outcome.refused ? [...hand.lines(outcome.refused).map((text) => make("p.bad", {}, text)), ...readings.map(meaning)] : [...outcome.done.map((text) => "→ " + text.trim()), ...outcome.warnings].map((text) => make("p", {}, text.trim()))));
      }
      return outcome.refused ? null : { text, words };
    }
    /* One of several things the line can mean: chosen, the line says that and nothing else. */
    const meaning = (one) => make("button", { type: "button", onclick: () => { line.value = one.value; line.focus(); line.dispatchEvent(new Event("input")); } }, one.label);
    const refuse = (refused) => told.replaceChildren(...hand.lines(refused).map((text) => make("p.bad", {}, text)));
    line.addEventListener("input", () => { sessionStorage.setItem("draft:new", line.value); clearTimeout(timer); timer = setTimeout(understand, 150); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      hand.once(form, async () => {
        const meant = await understand();
        if (!meant) return;
        const answer = await hand.gesture("new", meant.words);
        if (!answer.ok) { refuse(answer.document.refused); return; }
        const more = line.value.startsWith(meant.text) ? line.value.slice(meant.text.length).trimStart() : line.value;
        line.value = more;
        if (more) { sessionStorage.setItem("draft:new", more); understand(); return; } // the next card, begun while this one was saved
        told.replaceChildren();
        saving.disabled = true;
        sessionStorage.removeItem("draft:new");
        if (document.activeElement === line || document.activeElement === document.body || form.contains(document.activeElement)) hand.focusOn(answer.document.cards[0]);
      });
    });
    line.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); line.blur(); }
      if (event.key === "Enter") { event.preventDefault(); form.requestSubmit(); } // also before the line was understood
    });
    if (line.value) understand();
    return form;
  }

  function select(label, options, attributes) {
    return make("label", {}, make("span.visually-hidden", {}, label), make("select", attributes, make("option", { value: "" }, label), options.map(([value, text]) => make("option", { value }, text))));
  }

  function sources() {
    const known = Array.from(new Set(hand.wall.cards.map((card) => card.source).filter(Boolean))).sort();
    return known.length > 1 ? select(say("sources"), known.map((one) => [one, one]), { "data-filter": "source" }) : null;
  }

  /* Sharing: what waits is counted; what only a person can decide is asked here. */
  const sharing = make("button.share", { type: "button", hidden: true, onclick: () => share([]) });
  function tellShare() {
    const { unshared, upstream, readOnly } = hand.wall;
    sharing.hidden = !upstream || readOnly;
    sharing.textContent = unshared ? say("share") + " · " + say("unshared", { count: unshared }) : say("share");
    sharing.title = unshared ? upstream : say("shared") + " · " + upstream;
  }

  async function share(takes) {
    sharing.disabled = true;
    const answer = await hand.post("share", { takes }).finally(() => { sharing.disabled = false; });
    const { lines, questions, refused } = answer.document;
    if (refused) hand.toast(hand.lines(refused), { bad: true });
    else if (questions.length) question(questions, takes);
    else hand.toast(lines);
    await hand.refresh();
  }

  function question(questions, takes) {
    const dialog = make("dialog.ask.sync", { "aria-label": say("share") }, make("h2", {}, say("share")));
    const choices = questions.map((one, at) => ({ one, element: make("fieldset", {}, make("legend", {}, hand.cards.get(one.card)?.label || one.card), make("p", {}, one.text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part))),
      one.choices.map((choice, number) => make("p.tick", {}, make("input", { type: "radio", name: "q" + at, id: "q" + at + "-" + number, value: choice.value, required: true }), make("label", { htmlFor: "q" + at + "-" + number }, choice.label)))) }));
    dialog.append(make("form", { onsubmit: (event) => {
      event.preventDefault();
      dialog.close();
      share([...takes, ...choices.map(({ one, element }) => one.name + "=" + element.querySelector(":checked").value)]);
    } }, choices.map((choice) => choice.element), make("p.do", {}, make("button.primary", { type: "submit" }, say("share")), make("button", { type: "button", onclick: () => dialog.close() }, say("cancel")))));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /* A meeting: one item after the other on the whole screen, with a clock; each decision is a gesture. */
  async function meet(name) {
    const answer = await hand.ask("meeting", { name });
    if (!answer.ok) return;
    const { title, minutes, items } = answer.document;
    const began = Date.now(), first = hand.decided.length;
    const clock = make("span.clock", { role: "timer" });
    const body = make("div.body", {});
    const dialog = make("dialog.meeting", { "aria-label": title }, make("header", {}, make("h1", {}, title), clock), body);
    const two = (number) => String(number).padStart(2, "0");
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      clock.textContent = two(Math.floor(seconds / 60)) + ":" + two(seconds % 60) + " / " + minutes + ":00";
      clock.classList.toggle("late", seconds >= minutes * 60);
    };
    tick();
    const ticking = setInterval(tick, 1000);
    let at = 0, deciding = false;

    const cardOf = (choice) => choice.words.card || (choice.words.cards || [])[0] || "";

    function item() {
      if (at >= items.length) { ending(); return; }
      const one = items[at];
      const space = make("div.form", {});
      const decide = (choice) => {
        if (!choice.inputs.length) { if (!deciding) send(choice, []); return; }
        const card = cardOf(choice), draft = hand.drafts.of(card);
        const inputs = choice.inputs.map((input) => { const name = "meeting:" + choice.gesture + ":" + input.word + input.before; return hand.input(input, name, draft[name]); });
        const form = make("form.gesture", { onsubmit: (event) => { event.preventDefault(); hand.once(form, () => send(choice, inputs)); } },
          inputs.map((input) => input.element), make("p.do", {}, make("button.primary", { type: "submit" }, choice.label)));
        form.addEventListener("input", (event) => hand.drafts.keep(card, event.target));
        space.replaceChildren(form);
        const field = space.querySelector("input, textarea, select");
        field.focus();
        if (field.select) field.select();
      };
      const send = async (choice, inputs) => {
        const mine = at;
        deciding = true; // pressed twice is not meant twice
        const made = await hand.gesture(choice.gesture, hand.filled(choice.words, inputs), cardOf(choice) ? [cardOf(choice)] : []).finally(() => { deciding = false; });
        if (made.ok) {
          hand.drafts.drop(cardOf(choice), "meeting:");
          if (at === mine) at += 1;
          else if (at < items.length) return; // the meeting went on meanwhile
          item();
          return;
        }
        if (at !== mine) { at = mine; item(); }
        const error = body.querySelector(".refused");
        error.replaceChildren(...hand.lines(made.document.refused).map((line) => make("p", {}, line)));
        error.hidden = false;
      };
      body.replaceChildren(make("p.count", {}, at + 1 + " / " + items.length + " · " + one.section), make("h2" + (one.light ? "." + one.light : ""), {}, one.head),
        ...one.lines.map((line) => make("p", {}, line)),
        make("p.do", {}, one.answers.map((choice) => make("button", { type: "button", "data-key": choice.letter, onclick: () => decide(choice) }, make("kbd", {}, choice.letter), " ", choice.label)),
          make("button", { type: "button", "data-key": "s", onclick: () => { at += 1; item(); } }, make("kbd", {}, "s"), " ", say("skip")),
          at ? make("button", { type: "button", "data-key": "b", onclick: () => { at -= 1; item(); } }, make("kbd", {}, "b"), " ", say("back")) : null,
          make("button", { type: "button", "data-key": "q", onclick: ending }, make("kbd", {}, "q"), " ", say("endMeeting"))), space, make("div.refused", { role: "alert", hidden: true }));
      body.querySelector("button").focus();
    }

    function ending() {
      clearInterval(ticking);
      const lines = hand.decided.slice(first).flatMap((one) => one.lines).filter((line) => !line.startsWith("  "));
      body.replaceChildren(make("h2", {}, say("decided")), lines.length ? make("ol.decided", {}, lines.map((line) => make("li", {}, line))) : make("p", {}, say("nothing")),
        make("p.do", {}, make("button.primary", { type: "button", onclick: () => dialog.close() }, say("close"))));
      body.querySelector("button").focus();
      at = items.length;
    }

    dialog.addEventListener("keydown", (event) => {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
      const button = body.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
      if (button) { event.preventDefault(); event.stopPropagation(); button.click(); }
    });
    dialog.addEventListener("close", () => { clearInterval(ticking); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
    item();
  }

  hand.ready.then(() => {
    const bar = make("div.bar", { role: "group", "aria-label": say("hands") }, sharing);
    if (!hand.wall.readOnly) bar.append(...["daily", "weekly"].map((name) => make("button", { type: "button", "data-meeting": name, onclick: () => meet(name) }, say(name))));
    tellShare();
    hand.onrefresh(tellShare);

    const tools = document.querySelector(".tools");
    document.querySelector(".upper").replaceWith(make("div.upper", {}, hand.wall.readOnly ? null : quickAdd(), bar));
    if (hand.wall.readOnly) document.querySelector(".stamp .audience")?.append(" · " + say("readOnly"));
    const choice = sources();
    if (choice) tools.querySelector("label.by, .tools > :last-child").before(choice);
    document.querySelector(".reading")?.remove();
    document.dispatchEvent(new Event("board:renewed"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "n" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const line = document.getElementById("new-line");
      if (line) { event.preventDefault(); line.focus(); }
    }
  });
})();
