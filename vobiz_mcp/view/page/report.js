// The page of many calls: tables in which each number is a share with its interval, and opens its calls.
const root = document.getElementById("view");
const report = JSON.parse(document.getElementById("report").textContent);

function percent(share) { return share > 0.0005 && share < 0.0095 ? (share * 100).toFixed(1) : String(Math.round(share * 100)); }

function numberCell(cell, what, open) {
  const bar = cell.share === null ? "" : el("span", { class: "share", "aria-hidden": "true" },
    el("i", { class: "part", at: { left: 0, width: cell.share } }), el("i", { class: "reach", at: { left: cell.low, width: cell.high - cell.low } }));
  const words = el("span", { class: "figures" }, cell.share === null ? "" : el("b", {}, `${percent(cell.share)} %`), el("span", {}, cell.text));
  const about = cell.share === null ? cell.text : `${cell.text}, ${percent(cell.share)} percent, 95 % interval ${percent(cell.low)} to ${percent(cell.high)}`;
  const inside = cell.calls.length ? button([words, bar], () => open(cell, what), { class: "number", "aria-label": `${what}: ${about}. Open the calls`, title: about })
    : el("span", { class: "number", title: about }, words, bar);
  return el("td", {}, inside);
}

function tableSection(table, open) {
  const head = el("tr", {}, el("td", {}), ...table.columns.map((name) => el("th", { scope: "col" }, name)));
  const rows = table.lines.map((line) => el("tr", {}, el("th", { scope: "row", title: line.means }, line.name),
    ...line.cells.map((cell, place) => numberCell(cell, `${line.name}, ${table.columns[place]}`, open))));
  return el("section", { class: "panel", "aria-label": table.title }, el("h2", {}, table.title), el("p", { class: "none" }, table.note),
    el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": `${table.title}, scrolls sideways` }, el("table", { class: "numbers" }, el("thead", {}, head), el("tbody", {}, ...rows))));
}

// A name as a shell takes it for one word and runs nothing of it.
function quoted(name) { return /^[\w./][\w./-]*$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`; }

function openCalls(cell, what) {
  const rows = cell.calls.map((place) => report.calls[place]).map((call) => el("li", { class: "opened" },
    el("div", { class: "title" }, call.severity ? shape(call.severity) : "", el("b", {}, call.call_id), el("span", { class: "none" }, [call.started, call.length].filter(Boolean).join(" · "))),
    el("p", {}, [call.agent, call.worst].filter(Boolean).join(" · ")), el("code", {}, ["vobiz-mcp view", ...[call.source, call.call_id].filter(Boolean).map(quoted)].join(" "))));
  const more = cell.more > 0 ? el("p", { class: "none" }, `and ${cell.more.toLocaleString("en")} more; the newest are shown`) : "";
  const box = el("dialog", { "aria-label": what, onclick: (event) => { if (event.target === box) box.close(); }, onclose: () => box.remove() },
    el("div", { class: "inside" }, el("div", { class: "bar" }, el("h2", {}, what), button("close", () => box.close(), { class: "ask" })), el("ul", {}, ...rows), more));
  root.append(box);
  box.showModal();
}

root.replaceChildren(el("div", { class: "page report" }, el("header", {}, el("h1", {}, "Review of calls"), el("p", { class: "facts" }, report.facts.join(" · "))),
  ...(report.tables.length ? report.tables.map((table) => tableSection(table, openCalls)) : [el("p", { class: "state" }, "No call could be read.")])));
root.removeAttribute("aria-busy");
