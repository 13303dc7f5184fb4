// The transcript: turns, tool calls, silences and findings in the order in which they came.
const FIRST_ROWS = 60;
const MORE_ROWS = 20;
const SPARE_MS = 4;

class Transcript {
  // Args: data of the timeline; rows; pick(turn) is called when a turn is clicked.
  constructor(data, rows, pick) {
    Object.assign(this, { data, rows, pick, turns: new Map(), tools: [], chosen: null });
    this.list = el("ol", { class: "rows" });
    this.element = el("section", { class: "transcript", "aria-label": "Transcript" }, el("h2", {}, "Transcript"),
      data.is_hidden ? el("p", { class: "banner" }, "What was said is not kept: the organisation opted out of storing it. Who spoke when, and what tools did, is shown.") : "", this.list);
    this.draw();
  }

  draw() {
    const waiting = { silences: byTurn(this.data.silences, (s) => s[0]), findings: byTurn(this.data.findings.filter((f) => f.turn !== null), (f) => f.turn),
      chapters: new Map(this.data.chapters.map((c) => [c.first, c])), broken: byTurn(this.data.interruptions, (i) => i[0]) };
    const made = [];
    let open = null;
    const silent = (until) => {
      const left = waiting.silences.get(open) || [];
      made.push(...left.splice(0, left.filter(([, start]) => start <= until).length).map((silence) => () => quiet(silence)));
    };
    for (const row of this.rows) {
      if (row.kind === "turn") {
        silent(Infinity);
        open = row.turn;
        const chapter = waiting.chapters.get(row.turn);
        if (chapter) made.push(() => heading(chapter));
        made.push(() => this.turn(row, waiting.findings.get(row.turn) || [], waiting.broken.get(row.turn)));
        continue;
      }
      if (row.at !== null) silent(row.at);
      made.push(() => row.kind === "tool" ? this.tool(row) : el("li", { class: "other" }, timeCell(row.at), el("div", {}, row.text)));
    }
    silent(Infinity);
    this.left = made.reverse();
    this.more(FIRST_ROWS);
    requestAnimationFrame(() => this.rest());
    if (!this.list.childElementCount) this.list.append(el("li", { class: "none" }, "Nothing was said that the API has sent."));
  }

  more(count) {
    const rows = [];
    while (rows.length < count && this.left.length) rows.push(this.left.pop()());
    this.list.append(...rows);
  }

  // The rows below the first screens come once those are drawn, as long as nothing else is to be done.
  rest() {
    if (!this.left.length) return;
    const idle = window.requestIdleCallback || ((act) => setTimeout(() => act({ timeRemaining: () => 0 })));
    idle((until) => { do this.more(MORE_ROWS); while (this.left.length && until.timeRemaining() > SPARE_MS); this.rest(); });
  }

  turn(row, findings, broken) {
    const side = Math.min(2, Math.max(0, this.data.speakers.indexOf(row.speaker)));
    const body = el("p", {}, row.text);
    const link = button(row.at === null ? `t${row.turn}` : clock(row.at), null,
      { class: "when", tabindex: this.turns.size ? "-1" : "0", "aria-label": `turn ${row.turn}, ${row.speaker}${row.at === null ? "" : ` at ${clock(row.at)}`}` });
    const heard = byTurn(findings.filter((f) => f.code !== "dead_air"), (f) => `${f.severity} ${f.title}`);
    const notes = [...heard.values()].map((all) => el("div", { class: `note ${all[0].severity}` }, shape(all[0].severity), el("span", {}, all[0].title, all.length > 1 ? ` ×${all.length}` : "")));
    const item = el("li", { class: `turn s${side}${row.hidden ? " hidden" : ""}`, onclick: (event) => { if (event.target === link || !String(getSelection())) this.pick(row.turn, "transcript"); } },
      link, el("div", {}, el("span", { class: "who" }, row.speaker, el("small", {}, ` t${row.turn}`), broken ? el("small", {}, " · interrupted") : ""), body, ...notes));
    this.turns.set(row.turn, { item, link, body, text: row.text });
    return item;
  }

  tool(row) {
    const failed = row.verdict !== "ok";
    const verdict = row.verdict === "FAILED" ? "failed" : row.verdict;
    const took = (/^ ?in ([\d.]+ s):? ?/.exec(row.answered) || ["", ""]);
    const inside = [el("summary", {}, el("b", {}, row.name), el("span", { class: failed ? "bad" : "good" }, `${failed ? "✕" : "✓"} ${verdict}`), el("small", {}, took[1]))];
    const answered = row.answered.slice(took[0].length);
    if (row.asked || answered) inside.push(el("dl", {}, el("dt", {}, "asked"), el("dd", {}, row.asked || "nothing"), el("dt", {}, "came back"), el("dd", {}, answered || "nothing")));
    const item = el("li", { class: `call${failed ? " failed" : ""}` }, timeCell(row.at), el("details", { open: failed }, ...inside));
    this.tools.push(item);
    return item;
  }

  // Choose a turn, or what a tool did after it: its place among the call's tools.
  select(turn, moving = true, tool = -1) {
    if (!this.turns.has(turn) || (tool >= 0 && !this.tools[tool])) this.more(Infinity);
    for (const one of this.list.querySelectorAll(".on")) one.classList.remove("on");
    this.tools[tool]?.classList.add("on");
    if (this.chosen) this.chosen.link.tabIndex = -1;
    this.chosen = this.turns.get(turn) || this.chosen;
    if (!this.chosen) return;
    this.chosen.item.classList.add("on");
    this.chosen.link.tabIndex = 0;
    const goal = this.tools[tool] || this.chosen.item;
    if (moving) goal.scrollIntoView({ block: goal.offsetHeight > innerHeight / 2 ? "start" : "center" });
  }

  // The turns whose words hold a text, marked.
  search(words) {
    const found = [];
    this.more(Infinity);
    for (const [turn, { body, text }] of this.turns) {
      const parts = words ? split(text, words) : [text];
      if (parts.length > 1) found.push(turn);
      if (parts.length > 1 || body.childElementCount) body.replaceChildren(...parts.map((part, n) => (n % 2 ? el("mark", {}, part) : part)));
    }
    return found;
  }
}

// A text parted by what is sought, which stands at the odd places.
function split(text, words) {
  return text.split(new RegExp(`(${words.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")})`, "giu"));
}

function byTurn(all, turnOf) {
  const found = new Map();
  for (const one of all) {
    const turn = turnOf(one);
    if (found.has(turn)) found.get(turn).push(one);
    else found.set(turn, [one]);
  }
  return found;
}

function timeCell(at) { return el("span", { class: "when" }, at === null || at === undefined ? "" : clock(at)); }

function quiet([, start, seconds, tools]) {
  return el("li", { class: `quiet ${seconds >= TALLEST_S ? "long" : "warn"}` }, timeCell(start), el("div", {}, el("b", {}, `${seconds.toFixed(1)} s of silence`), ` · ${tools}`));
}

function heading(chapter) {
  return el("li", { class: "chapter" }, el("h3", {}, chapter.about), el("small", {}, `t${chapter.first}–${chapter.last}${chapter.outcome ? ` · ${chapter.outcome}` : ""}`));
}
