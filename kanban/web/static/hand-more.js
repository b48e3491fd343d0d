/* Beside the cards: a new one from a line, a further filter. */
(function () {
  "use strict";
  const { make, say } = hand;

  /* A new card from one natural line: shown as it was understood before it is saved. */
  function quickAdd() {
    const line = make("input", { type: "text", id: "new-line", placeholder: say("newHint"), autocomplete: "off", spellcheck: false, value: sessionStorage.getItem("draft:new") || "", "aria-label": say("new") });
    const told = make("div.understood", { "aria-live": "polite" });
    const saving = make("button.primary", { type: "submit", disabled: true }, say("save"));
    const form = make("form.new", {}, line, saving, told);
    let words = null, timer = 0, asked = 0;
    async function understand() {
      const text = line.value.trim(), mine = (asked += 1);
      if (text.length < 2) { told.replaceChildren(); saving.disabled = true; return; }
      const answer = await hand.ask("understand", { line: text });
      if (mine !== asked) return;
      const { pieces, outcome } = answer.document;
      words = answer.document.words;
      saving.disabled = Boolean(outcome.refused);
      told.replaceChildren(make("dl", {}, pieces.map(([label, value]) => make("div", {}, label ? make("dt", {}, label) : null, make("dd", {}, value)))),
        ...(outcome.refused ? hand.lines(outcome.refused).map((text) => make("p.bad", {}, text)) : [...outcome.done, ...outcome.warnings].map((text) => make("p", {}, text.trim()))));
    }
    line.addEventListener("input", () => { sessionStorage.setItem("draft:new", line.value); clearTimeout(timer); timer = setTimeout(understand, 150); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      await understand();
      if (saving.disabled || !words) return;
      const answer = await hand.gesture("new", words);
      if (!answer.ok) { told.replaceChildren(...hand.lines(answer.document.refused).map((text) => make("p.bad", {}, text))); return; }
      line.value = "";
      sessionStorage.removeItem("draft:new");
      told.replaceChildren();
      saving.disabled = true;
      hand.focusOn(answer.document.cards[0]);
    });
    line.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); line.blur(); } });
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

  hand.ready.then(() => {
    const tools = document.querySelector(".tools");
    const strip = document.querySelector(".strip");
    if (!hand.wall.readOnly) strip.before(quickAdd());
    else document.querySelector(".stamp .audience")?.append(" · " + say("readOnly"));
    const choice = sources();
    if (choice) tools.querySelector("label.by, .tools > :last-child").before(choice);
    document.dispatchEvent(new Event("board:renewed"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "n" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const line = document.getElementById("new-line");
      if (line) { event.preventDefault(); line.focus(); }
    }
  });
})();
