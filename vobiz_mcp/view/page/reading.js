// Data as it comes: times as a player shows them, and the lines of a transcript as rows.
const TURN = /^t(\d+)(?: (\d[\d:.]*))? (agent|caller|transfer target|someone): (.*)$/;
const TOOL = /^  tool(?: (\d[\d:.]*))? ([^(]*)\((.*?)\) → (ok|FAILED|no result yet|no result)(.*)$/;
const HEADING = /^(transcript\b.*|tool calls and events):$/;
const OTHER = /^  (\S[^:]*?)(?: (\d+:[\d:.]+))?: (.*)$/;
const FINDING = /^(?:\[sandbox\] )?(critical|warn|info) (\w+)(.*)$/;

function clock(seconds, tenths = false) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  const text = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  return tenths ? `${text}.${Math.floor((Math.max(0, seconds) - whole) * 10 + 1e-6)}` : text;
}

function lasting(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  return h ? `${h} h ${m} min` : `${m} min ${s} s`;
}

// Words without the two stars of Markdown's bold, which no one said; four hide a number.
function plain(text) { return text.replace(/(?<!\*)\*\*(?!\*)/g, ""); }

function secondsOf(text) {
  return text ? text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : null;
}

function rowOf(line) {
  let found = TURN.exec(line);
  if (found) return { kind: "turn", turn: Number(found[1]), at: secondsOf(found[2]), speaker: found[3], text: plain(found[4]) };
  found = TOOL.exec(line);
  if (found) {
    const [, at, name, asked, verdict, rest] = found;
    return { kind: "tool", at: secondsOf(at), name, asked, verdict, answered: rest.replace(/^:? ?/, "") };
  }
  found = OTHER.exec(line);
  return found ? { kind: "other", at: secondsOf(found[2]), text: `${found[1]}: ${found[3]}` } : null;
}

// The rows of a transcript; each knows the turn that it follows. What stands before its heading is told elsewhere on the page.
function rowsOf(text) {
  const lines = (text || "").split("\n");
  let turn = 0;
  return lines.slice(lines.findIndex((line) => HEADING.test(line)) + 1).map(rowOf).filter(Boolean).map((row) => {
    turn = row.kind === "turn" ? row.turn : turn;
    return { after: turn, ...row };
  });
}

// Of a call whose words nobody may see: that somebody spoke, and for how long; and what else happened.
function silentRows(data, rows) {
  const last = new Map();
  for (const [turn, speaker, start, seconds] of data.speech) {
    const row = last.get(turn) || { kind: "turn", turn, after: turn, at: start, speaker: data.speakers[speaker], lasts: 0 };
    row.lasts += seconds;
    last.set(turn, row);
  }
  let place = 0;
  const others = rows.map((row) => ({ ...row, after: row.kind === "tool" ? data.tools[place++]?.turn ?? 0 : data.tools[place]?.turn ?? Infinity }));
  const spoken = [...last.values()].map((row) => ({ ...row, text: `spoke for ${row.lasts.toFixed(1)} s`, hidden: true }));
  return [...spoken, ...others].sort((a, b) => a.after - b.after || (a.kind === "turn" ? -1 : 1));
}

// The data with what its writer left out because it says nothing.
function filled(data) {
  const given = (defaults) => (one) => ({ ...defaults, ...one });
  return { ...data, tools: data.tools.map(given({ start: null, end: null, outcome: "ok", changes: false, why: "" })),
    findings: data.findings.map((one) => ({ turn: null, at: null, ...one, detail: plain(one.detail) })), chapters: data.chapters.map(given({ start: null, outcome: "" })),
    ledger: data.ledger.map(given({ tool: "", outcome: "ok", asked: "", came_back: "", claims: [], is_untrue: false })) };
}

function idIn(text) {
  return (/agent call ([A-Za-z0-9_-]{1,128}) ·/.exec(text || "") || [])[1] || "";
}
