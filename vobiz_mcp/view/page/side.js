// Beside the transcript: what went wrong, what was done beside what was claimed, how long replies took.
const MOST_ALIKE = 3;
const MOST_PRINTED = 8;
const SEVERITIES = ["critical", "warn", "info"];

function findingsPanel(data, pick, ask) {
  const grave = data.incidents.filter(([f]) => f.severity !== "info"), rest = data.incidents.filter(([f]) => f.severity === "info");
  const list = (all) => el("ul", { class: "cards" }, ...all.map((incident) => card(incident, data.advice, pick, ask)));
  const cards = (all) => {
    const kinds = new Map(byTurn(all, ([worst]) => worst.code));
    const first = all.filter((one) => kinds.get(one[0].code).indexOf(one) < MOST_ALIKE), more = all.filter((one) => !first.includes(one));
    return [list(first), more.length ? el("details", { class: "alike" }, el("summary", {}, `${more.length} more of these kinds`), list(more)) : ""];
  };
  const none = data.findings.length ? "" : el("p", { class: "none" }, data.is_live ? "Nothing so far." : data.notes.length ? "Nothing found in what could be judged." : "Nothing found.");
  return panel("What went wrong", none, ...cards(grave),
    rest.length ? el("details", { class: "rest", open: !grave.length }, el("summary", {}, `${rest.length} ${grave.length ? "more " : ""}that explain${rest.length === 1 ? "s" : ""}`), ...cards(rest)) : "");
}

function panel(title, ...inside) {
  return el("section", { class: "panel", "aria-label": title }, el("h2", {}, title), ...inside);
}

// Findings by what happened: those of one kind at one turn, and those of one moment; the worst of each first, the worst incident first.
function incidents(findings) {
  const ordered = [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const found = [];
  for (const finding of ordered) {
    const one = found.find(([worst]) => worst.turn === finding.turn && finding.turn !== null &&
      (worst.at === finding.at || (worst.code === finding.code && worst.severity === finding.severity)));
    if (one) one.push(finding);
    else found.push([finding]);
  }
  return found;
}

function keyOf(finding) { return `${finding.code} ${finding.turn} ${finding.at}`; }

function card(incident, advice, pick, ask) {
  const [finding] = incident, others = incident.filter((one) => one.code !== finding.code);
  const alike = incident.length - others.length;
  const where = [finding.turn === null ? "" : `t${finding.turn}`, finding.at === null ? "" : clock(finding.at)].filter(Boolean).join(" · ");
  const link = finding.turn === null ? el("span", { class: "where" }, where) : button(where, () => pick(finding.turn, "finding", finding), { class: "where link" });
  const head = el("div", { class: "title" }, shape(finding.severity), el("b", {}, finding.title, alike > 1 ? ` ×${alike}` : ""), el("span", { class: "sr" }, `, ${finding.severity}`), link);
  const told = advice[finding.code] ? el("details", {}, el("summary", {}, "What to do"), el("p", {}, advice[finding.code])) : "";
  const asking = ask ? button("Ask about this", (event) => ask(finding, event.currentTarget), { class: "ask" }) : "";
  return el("li", { class: `card ${finding.severity}`, "data-key": keyOf(finding), title: finding.code }, head, el("p", {}, finding.detail),
    ...others.map((one) => el("p", { class: "also" }, shape(one.severity), el("span", {}, el("b", {}, one.title), ` · ${one.detail}`))), el("div", { class: "more" }, told, asking));
}

function ledgerPanel(data, pick) {
  const reads = data.looked_up ? `${data.looked_up} tool call${data.looked_up === 1 ? "" : "s"} only looked something up.` : "";
  if (!data.ledger.length) {
    return panel("Done and claimed", el("p", { class: "none" }, data.tools.length ? `No tool changed anything. ${reads}` : "No tool was used."));
  }
  const worth = (row) => (row.is_untrue ? 2 : FAILED.has(row.outcome) ? 1 : 0);
  const printed = new Set([...data.ledger].sort((a, b) => worth(b) - worth(a)).slice(0, MOST_PRINTED));
  const rows = data.ledger.map((row) => el("li", { class: `deed${row.is_untrue ? " untrue" : ""}${printed.has(row) ? "" : " unprinted"}` }, done(row, pick), claimed(row, pick, data.is_hidden)));
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
  if (!row.claims.length) return el("div", { class: "said-so" }, el("p", { class: "none" }, isHidden ? "not shown" : "the agent said nothing of it"));
  return el("div", { class: "said-so" }, ...row.claims.map(([turn, said]) => el("p", {}, turnLink(turn, pick), el("q", {}, plain(said)))),
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
