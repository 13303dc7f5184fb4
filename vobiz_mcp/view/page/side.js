// Beside the transcript: what went wrong, what was done beside what was claimed, how long replies took.
const MOST_ALIKE = 3;

function findingsPanel(data, pick, ask) {
  const grave = data.findings.filter((f) => f.severity !== "info"), rest = data.findings.filter((f) => f.severity === "info");
  const one = (f) => card(f, data.advice[f.code], pick, ask);
  const cards = (all) => [...byTurn(all, (f) => f.code).values()].map((same) => [el("ul", { class: "cards" }, ...same.slice(0, MOST_ALIKE).map(one)),
    same.length > MOST_ALIKE ? el("details", { class: "alike" }, el("summary", {}, `${same.length - MOST_ALIKE} more of this kind`), el("ul", { class: "cards" }, ...same.slice(MOST_ALIKE).map(one))) : ""]).flat();
  const none = data.findings.length ? "" : el("p", { class: "none" }, data.is_live ? "Nothing so far." : data.notes.length ? "Nothing found in what could be judged." : "Nothing found.");
  return panel("What went wrong", none, ...cards(grave),
    rest.length ? el("details", { class: "rest", open: !grave.length }, el("summary", {}, `${rest.length} ${grave.length ? "more " : ""}that explain${rest.length === 1 ? "s" : ""}`), ...cards(rest)) : "");
}

function panel(title, ...inside) {
  return el("section", { class: "panel", "aria-label": title }, el("h2", {}, title), ...inside);
}

function keyOf(finding) { return `${finding.code} ${finding.turn} ${finding.at}`; }

function card(finding, told, pick, ask) {
  const where = [finding.turn === null ? "" : `t${finding.turn}`, finding.at === null ? "" : clock(finding.at)].filter(Boolean).join(" · ");
  const link = finding.turn === null ? el("span", { class: "where" }, where) : button(where, () => pick(finding.turn, "finding", finding), { class: "where link" });
  const head = el("div", { class: "title" }, shape(finding.severity), el("b", {}, finding.title), el("span", { class: "sr" }, `, ${finding.severity}`), link);
  const advice = told ? el("details", {}, el("summary", {}, "What to do"), el("p", {}, told)) : "";
  const asking = ask ? button("Ask about this", (event) => ask(finding, event.currentTarget), { class: "ask" }) : "";
  return el("li", { class: `card ${finding.severity}`, "data-key": keyOf(finding), title: finding.code }, head, el("p", {}, finding.detail), el("div", { class: "more" }, advice, asking));
}

function ledgerPanel(data, pick) {
  const reads = data.looked_up ? `${data.looked_up} tool call${data.looked_up === 1 ? "" : "s"} only looked something up.` : "";
  if (!data.ledger.length) {
    return panel("Done and claimed", el("p", { class: "none" }, data.tools.length ? `No tool changed anything. ${reads}` : "No tool was used."));
  }
  const rows = data.ledger.map((row) => el("li", { class: `deed${row.is_untrue ? " untrue" : ""}` }, done(row, pick), claimed(row, pick, data.is_hidden)));
  return panel("Done and claimed", el("div", { class: "heads", "aria-hidden": "true" }, el("span", {}, "what tools did"), el("span", {}, "what the agent said of it")),
    el("ul", { class: "ledger" }, ...rows), reads ? el("p", { class: "none" }, reads) : "");
}

function done(row, pick) {
  if (!row.tool) return el("div", { class: "did" }, el("b", { class: "bad" }, "✕ no tool did this"));
  const bad = FAILED.has(row.outcome);
  return el("div", { class: "did" }, el("div", {}, turnLink(row.turn, pick), el("b", {}, row.tool), el("span", { class: bad ? "bad" : "good" }, `${bad ? "✕" : row.outcome === "ok" ? "✓" : "…"} ${OUTCOMES[row.outcome]}`)),
    row.asked ? el("p", {}, row.asked) : "", row.came_back ? el("p", { class: bad ? "why" : "" }, `→ ${row.came_back}`) : "");
}

function claimed(row, pick, isHidden) {
  if (!row.claims.length) return el("div", { class: "said-so" }, el("p", { class: "none" }, isHidden ? "not shown" : "nothing"));
  return el("div", { class: "said-so" }, ...row.claims.map(([turn, said]) => el("p", {}, turnLink(turn, pick), el("q", {}, said))),
    row.is_untrue ? el("p", { class: "bad" }, "✕ not borne out") : "");
}

function turnLink(turn, pick) { return button(`t${turn}`, () => pick(turn, "ledger"), { class: "link", "aria-label": `turn ${turn}` }); }

function repliesPanel(data) {
  const row = (name, of, why) => (of ? el("tr", {}, el("th", { scope: "row" }, name, el("small", {}, why)), el("td", {}, figure(of.p50)), el("td", {}, figure(of.p95)), el("td", {}, String(of.count))) : "");
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...["", "p50", "p95", "replies"].map((name) => el("th", { scope: "col" }, name || el("span", { class: "sr" }, "of what"))))),
    el("tbody", {}, row("measured", data.measured, "last word to first word"), row("reported", data.reported, "by the platform, without tools")));
  const slow = [...data.replies].sort((a, b) => b[2] - a[2])[0];
  return panel("How long replies took", data.measured || data.reported ? table : el("p", { class: "none" }, "No reply could be measured."),
    slow ? el("p", { class: "none" }, `The slowest came ${slow[2].toFixed(1)} s after t${slow[0]}.`) : "");
}

function figure(seconds) { return seconds === null || seconds === undefined ? "–" : `${seconds.toFixed(2)} s`; }

function chaptersPanel(data, pick) {
  if (!data.chapters.length) return "";
  return panel("Chapters", el("ol", { class: "chapters" }, ...data.chapters.map((c) => el("li", {},
    button(c.start === null ? `t${c.first}` : clock(c.start), () => pick(c.first, "chapter"), { class: "link" }), el("span", {}, c.about, c.outcome ? el("small", {}, c.outcome) : "")))));
}

function notesPanel(data) {
  return data.notes.length ? el("section", { class: "panel notes", "aria-label": "Notes" }, el("h2", {}, "Notes"), ...data.notes.map((note) => el("p", {}, note))) : "";
}
