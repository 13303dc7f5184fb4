// The page: one call, drawn and followed; keys, search, and one turn that is chosen everywhere.
const view = document.getElementById("view");
const SHARE = /(\d[\d,]*) of (\d[\d,]*)[^(]*\(([\d.]+) %, ([\d.]+)–([\d.]+)\)/;
const KEYS = "j k turn · n N finding · / search · + − 0 zoom";

class CallPage {
  constructor(data, text, chat) {
    const all = rowsOf(text);
    Object.assign(this, { data, text, chat, rows: all.some((row) => row.kind === "turn") ? all : silentRows(data, all) });
    this.turns = this.rows.filter((row) => row.kind === "turn").map((row) => row.turn);
    const pick = (...what) => this.pick(...what);
    this.lanes = new Lanes(data, this.rows, pick);
    this.transcript = new Transcript(data, this.rows, pick);
    this.count = el("output", { class: "count", "aria-live": "polite" });
    this.box = el("input", { type: "search", placeholder: "Search what was said", "aria-label": "Search what was said", oninput: () => this.search(), onkeydown: (e) => this.searchKey(e) });
    const timed = data.speech.length || data.tools.some((tool) => tool.start !== null) || this.rows.some((row) => row.at !== null);
    const bare = el("p", { class: "state" }, data.tools.length || this.turns.length ? "No times were sent: only the order is known." : data.is_live ? "Nothing has happened yet." : "Nothing was said or done that the API has sent.");
    this.side = el("aside", { "aria-label": "Findings and ledger" }, findingsPanel(data, pick, this.asking()), ledgerPanel(data, pick), repliesPanel(data), chaptersPanel(data, pick), notesPanel(data));
    this.element = el("div", { class: "page" }, header(data, pick, this.rows),
      el("section", { class: "time", "aria-label": "Timeline" }, this.toolbar(), timed ? this.lanes.element : bare),
      el("div", { class: "columns" }, this.side, this.transcript.element));
  }

  toolbar() {
    const zoom = (factor) => () => this.lanes.zoomBy(factor);
    return el("div", { class: "bar" }, el("div", { class: "find" }, this.box, this.count), el("span", { class: "keys", "aria-hidden": "true" }, KEYS),
      el("div", { class: "zoom", role: "group", "aria-label": "Zoom" }, button("next finding", () => this.nextFinding(1), { class: "next", disabled: !this.data.findings.length }),
        button("−", zoom(0.5), { "aria-label": "Zoom out" }), button("+", zoom(2), { "aria-label": "Zoom in" }), button("fit", () => this.lanes.fit(), { "aria-label": "Show all" })));
  }

  // A question about a finding: to the chat where there is one, else to the clipboard.
  asking() {
    if (!this.chat) return null;
    return async (finding, asked) => {
      const where = finding.turn === null ? "" : ` at t${finding.turn}`;
      const words = `On agent call ${this.data.call_id}, finding ${finding.code}${where}: what happened, and what should we do?`;
      try { await this.chat(words); asked.textContent = "Asked"; } catch {
        try { await navigator.clipboard.writeText(words); asked.textContent = "Question copied"; } catch { asked.replaceWith(el("q", { class: "question" }, words)); }
      }
    };
  }

  // Args: turn; from where; the finding, and the tool's place among the call's tools, if it is about one.
  pick(turn, from, finding, tool = finding ? this.toolOf(finding) : -1) {
    for (const one of this.element.querySelectorAll(".card.on")) one.classList.remove("on");
    if (finding) this.choose(finding, from !== "again");
    if (turn === null || turn === undefined) return;
    this.turn = turn;
    this.transcript.select(turn, from !== "transcript" && from !== "again", tool);
    this.lanes.select(turn, from !== "lanes" && from !== "again", tool);
  }

  toolOf(finding) {
    return finding.code.startsWith("tool_") ? this.data.tools.findIndex((tool) => tool.turn === (finding.turn ?? 0) && tool.start !== null && tool.start === finding.at) : -1;
  }

  // The card of a finding, marked and in view, also where it is folded away.
  choose(finding, moving) {
    this.finding = finding;
    const key = keyOf(this.data.incidents.find((incident) => incident.includes(finding))[0]);
    const mine = [...this.element.querySelectorAll(".card")].find((one) => one.dataset.key === key);
    mine?.classList.add("on");
    for (let fold = mine?.parentElement.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (moving && innerWidth >= 900) mine?.scrollIntoView({ block: "nearest" });
  }

  step(by) {
    const at = this.turns.indexOf(this.turn);
    const next = this.turns[at < 0 ? 0 : Math.min(this.turns.length - 1, Math.max(0, at + by))];
    if (next !== undefined) this.pick(next, "keys");
  }

  nextFinding(by) {
    const all = this.data.incidents;
    if (!all.length) return;
    const at = this.finding ? all.findIndex((incident) => incident.includes(this.finding)) : by > 0 ? -1 : 0;
    const [next] = all[(at + by + all.length) % all.length];
    this.pick(next.turn, "finding", next);
  }

  search() {
    this.found = this.transcript.search(this.box.value.trim());
    this.lanes.hits(new Set(this.found));
    this.count.textContent = this.box.value.trim() ? `${this.found.length || "no"} turn${this.found.length === 1 ? "" : "s"}` : "";
  }

  searchKey(event) {
    if (event.key === "Escape") { this.box.value = ""; this.search(); this.box.blur(); }
    if (event.key !== "Enter" || !this.found?.length) return;
    const at = this.found.indexOf(this.turn);
    this.pick(this.found[(at + (event.shiftKey ? -1 : 1) + this.found.length) % this.found.length], "keys");
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input")) return;
    const act = { j: () => this.step(1), k: () => this.step(-1), n: () => this.nextFinding(1), N: () => this.nextFinding(-1), "/": () => this.box.focus(),
      "+": () => this.lanes.zoomBy(2), "=": () => this.lanes.zoomBy(2), "-": () => this.lanes.zoomBy(0.5), 0: () => this.lanes.fit() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    const goal = "jk".includes(event.key) ? ".turn.on .when" : "nN".includes(event.key) ? ".card.on .link" : "input:focus";
    this.element.querySelector(goal)?.focus({ preventScroll: true });
  }

  // What a reader does on the page, to go on with on the next one; read while the page still stands.
  get reading() {
    const { scroll } = this.lanes, atEnd = (one, way, size) => one[way] > 0 && one[way] + one[`client${size}`] >= one[`scroll${size}`] - 4;
    return { page: this, top: atEnd(document.scrollingElement, "scrollTop", "Height") ? Infinity : scrollY, left: atEnd(scroll, "scrollLeft", "Width") ? Infinity : scroll.scrollLeft,
      side: this.side.scrollTop, focused: document.activeElement, caret: [this.box.selectionStart, this.box.selectionEnd] };
  }

  // A later look at the same call goes on where the reader was: what was chosen, searched, unfolded, scrolled to and focused.
  resume({ page, top, left, side, focused, caret }) {
    this.transcript.more(Infinity);
    this.lanes.resume(page.lanes);
    this.box.value = page.box.value;
    if (this.box.value) this.search();
    const chosen = page.element.querySelector(".card.on");
    this.finding = page.finding && this.data.findings.find((one) => keyOf(one) === keyOf(page.finding));
    this.pick(page.turn, "again", chosen && this.finding);
    const before = page.controls(), now = this.controls();
    for (const [name, all] of before) {
      for (const [place, one] of all.entries()) {
        const twin = now.get(name)?.[place];
        if (twin && one.tagName === "SUMMARY") twin.parentElement.open = one.parentElement.open;
        if (twin && one === focused) twin.focus({ preventScroll: true });
      }
    }
    if (focused === page.box) this.box.setSelectionRange(...caret);
    this.lanes.scroll.scrollLeft = Math.min(left, this.lanes.scroll.scrollWidth);
    this.side.scrollTop = side;
    scrollTo(0, Math.min(top, document.scrollingElement.scrollHeight));
  }

  // All that can be focused, by what it is called.
  controls() {
    return byTurn([...this.element.querySelectorAll("button, summary, input, [tabindex]")], (one) => `${one.classList[0]} ${one.getAttribute("aria-label") || one.textContent}`);
  }
}

function header(data, pick, rows) {
  const worst = data.incidents[0]?.[0];
  const state = data.is_live ? el("span", { class: "live" }, "live") : "";
  const chip = !worst || worst.severity === "info" ? el("span", { class: "verdict fine" }, data.is_live ? "nothing wrong so far" : "nothing went wrong that is known")
    : button([shape(worst.severity), el("span", {}, worst.title), el("span", { class: "sr" }, `, ${worst.severity}`)], () => pick(worst.turn, "finding", worst), { class: `verdict ${worst.severity}` });
  const facts = [data.length ? `${lasting(data.length)}${data.is_live ? " so far" : ""}` : "", data.started, data.who && data.call_id].filter(Boolean);
  return el("header", {}, el("h1", {}, data.who || data.call_id), state, el("p", { class: "facts" }, facts.join(" · ")), chip, data.sandbox ? el("span", { class: "sandbox" }, "sandbox") : "", story(data, worst, rows));
}

// What went worst, in its finding's own words, and how the call ended.
function story(data, worst, rows) {
  const told = worst && worst.severity !== "info" ? worst.detail.replace(/^agent: /, "agent said ") : "";
  const parted = /hung up$/.test(data.end) && rows.filter((row) => row.kind === "turn").slice(-4).some((row) => /\b(good)?bye\b/i.test(row.text));
  return el("p", { class: "story" }, el("span", {}, told), told ? " · " : "", data.end + (parted ? " after goodbyes" : ""));
}

// A page of which only the model's text is known: of a call that cannot be fetched, or of many calls.
function textPage(text, chat) {
  const rows = [];
  for (const line of text.split("\n")) {
    const turn = TURN.exec(line), finding = FINDING.exec(line);
    if (turn) rows.push(el("li", { class: `turn s${turn[3] === "agent" ? 1 : 0}` }, el("span", { class: "when" }, turn[2] || `t${turn[1]}`), el("div", {}, el("span", { class: "who" }, turn[3], el("small", {}, ` t${turn[1]}`)), el("p", {}, turn[4]))));
    else if (finding) rows.push(el("li", { class: `card ${finding[1]}` }, el("div", { class: "title" }, shape(finding[1]), el("b", {}, finding[2].replaceAll("_", " "))), el("p", {}, finding[3].replace(/^[,:\s]+/, ""))));
    else if (line.startsWith("- ")) rows.push(fact(line.slice(2), chat));
    else if (/^\S.*:$/.test(line) && rows.length) rows.push(el("li", {}, el("h2", {}, line.slice(0, -1))));
    else if (line.trim()) rows.push(el("li", { class: rows.length ? "plain" : "plain first" }, line.replace(/^\[sandbox\] /, "")));
  }
  return el("div", { class: "page text" }, el("ol", { class: "rows" }, ...rows));
}

// A line of a review: its share as a bar with its interval, and the call that it names, to open.
function fact(line, chat) {
  const share = SHARE.exec(line), named = /; ([A-Za-z0-9_-]{3,128})( t\d+)?$/.exec(line);
  const bar = share ? el("span", { class: "share", "aria-hidden": "true" }, el("i", { class: "part", at: { left: 0, width: share[3] / 100 } }),
    el("i", { class: "reach", at: { left: share[4] / 100, width: (share[5] - share[4]) / 100 } })) : "";
  const words = `Show agent call ${named?.[1]}${named?.[2] ? ` around${named[2]}` : ""}: what went wrong, and why?`;
  const open = named && chat ? button(named[1] + (named[2] || ""), (event) => { chat(words).then(() => event.target.replaceWith("asked"), () => {}); }, { class: "link", title: words }) : named ? named[0].slice(2) : "";
  return el("li", { class: "fact" }, el("span", {}, named ? line.slice(0, named.index) : line, named ? " · " : "", open), bar);
}

const source = { embedded, served, host: () => new Host() }[document.documentElement.dataset.source]();
let shown = null;

function show(data, text) {
  data = filled(data);
  data.incidents = incidents(data.findings);
  const now = JSON.stringify(data) + text;
  if (source.shown === now) return;
  source.shown = now;
  const reading = shown?.reading;
  const page = new CallPage(data, text, source.chat && ((words) => source.chat(words)));
  view.replaceChildren(page.element);
  view.removeAttribute("aria-busy");
  document.title = `${data.call_id || "A call"}: ${data.end}`;
  page.lanes.layout();
  const time = page.element.querySelector(".time");
  const measure = () => {
    page.side.style.setProperty("--time", `${time.offsetHeight}px`);
    document.documentElement.style.scrollPaddingTop = `${time.offsetHeight + 12}px`;
  };
  new ResizeObserver(measure).observe(time);
  if (reading) page.resume(reading);
  shown = page;
}

function fail(why) {
  if (shown) {
    const live = view.querySelector(".live");
    if (live) live.textContent = "not reached";
    return;
  }
  view.replaceChildren(el("div", { class: "state error", role: "alert" }, el("b", {}, "This call cannot be shown."), el("p", {}, why)));
  view.removeAttribute("aria-busy");
}

function showText(text) {
  if (shown) return;
  view.replaceChildren(textPage(text, source.chat && source.can.message && ((words) => source.chat(words))));
  view.removeAttribute("aria-busy");
}

addEventListener("keydown", (event) => shown?.key(event));
source.start(show, fail, showText);
