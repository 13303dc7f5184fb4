// The lanes over one time axis: speech by side, silences, tools, findings, replies; zoomed by its width alone.
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
const MOST_PX_PER_S = 120;
const TICK_PX = 84;
const MARK_PX = 18;
const LATE_S = 2;
const BOTH_S = 0.3;
const LABEL_PX = 48;
const OVER_PX = 84;
const TALLEST_S = 8;
const LONG_S = 1200;
const FAILED = new Set(["failed", "soft_failure", "unanswered"]);
const OUTCOMES = { ok: "ok", failed: "failed", soft_failure: "failed, though marked ok", unanswered: "never answered", running: "running" };

class Lanes {
  // Args: data of the timeline; rows of the transcript; pick(turn) is called when something is clicked.
  constructor(data, rows, pick) {
    Object.assign(this, { data, rows, pick, zoom: 1, chosen: null, lengths: [], length: Math.max(data.length, 1) });
    this.canvas = el("div", { class: "canvas" });
    this.scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": this.summary() }, this.canvas);
    this.ruler = el("div", { class: "ruler", "aria-hidden": "true" });
    this.marks = el("div", { class: "lane marks" });
    this.tools = el("div", { class: "lane tools" });
    this.parts = new Map();
    this.canvas.append(this.ruler, this.marks, this.speech(), this.tools, this.strip());
    this.drawTools();
    this.gutter = el("div", { class: "gutter", "aria-hidden": "true" },
      el("span", { class: "ruler" }), el("span", { class: "marks" }, "findings"),
      ...data.speakers.map((name, side) => el("span", { class: `side s${Math.min(side, 2)}` }, name)),
      el("span", { class: "tools" }, "tools"), el("span", { class: "strip" }, ...this.percentiles()));
    this.mini = new Minimap(this);
    this.element = el("div", { class: "lanes" }, el("div", { class: "frame" }, this.gutter, this.scroll), this.mini.element);
    this.listen();
  }

  summary() {
    const { data } = this;
    const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
    return `Timeline of ${lasting(this.length)}: ${count(data.silences.length, "silence")}, ${count(data.tools.length, "tool call")}, ` +
      `${count(data.findings.length, "finding")}. Arrow keys scroll, plus and minus zoom.`;
  }

  share(seconds) { return Math.min(1, Math.max(0, seconds / this.length)); }

  span(start, end) { return { left: this.share(start), width: this.share(end) - this.share(start) }; }

  // One lane for each side, and the silences across all of them.
  speech() {
    const { data } = this;
    const sides = data.speakers.map((name, side) => el("div", { class: `lane side s${Math.min(side, 2)}` }));
    const spoken = data.speech.length ? data.speech : this.beginnings();
    for (const [turn, side, start, seconds] of spoken) {
      const bar = el("div", { class: seconds === null ? "said point" : "said", at: seconds === null ? { left: this.share(start) } : this.span(start, start + seconds), "data-turn": turn });
      sides[side].append(bar);
      if (!this.parts.has(turn)) this.parts.set(turn, []);
      this.parts.get(turn).push(bar);
    }
    const quiet = data.silences.map(([turn, start, seconds, tools]) =>
      el("div", { class: `silence ${seconds >= TALLEST_S ? "long" : "warn"}`, at: this.span(start, start + seconds), "data-turn": turn,
        title: `nobody spoke for ${seconds} s (${tools})` }, this.lasted(seconds)));
    const both = this.overlaps(spoken).map(([start, end]) => el("i", { class: "both", at: this.span(start, end), title: `both spoke for ${(end - start).toFixed(1)} s` }));
    return el("div", { class: "sides", "aria-hidden": "true" }, ...quiet, ...sides, ...both);
  }

  // The seconds of a silence, which stand where there is room.
  lasted(seconds) {
    const words = el("span", {}, `${seconds.toFixed(1)} s`);
    this.lengths.push([seconds, words]);
    return words;
  }

  // When two sides spoke at once, [start, end] each.
  overlaps(spoken) {
    const found = [], last = [];
    for (const [, side, start, seconds] of [...spoken].sort((a, b) => a[2] - b[2])) {
      for (const [other, end] of last.entries()) if (other !== side && Math.min(end, start + seconds) - start >= BOTH_S) found.push([start, Math.min(end, start + seconds)]);
      last[side] = Math.max(last[side] || 0, start + seconds);
    }
    return found;
  }

  // Without word times a turn is the moment at which it was sent, where that is known.
  beginnings() {
    const side = (name) => Math.max(0, this.data.speakers.indexOf(name));
    return this.rows.filter((row) => row.kind === "turn" && row.at !== null).map((row) => [row.turn, side(row.speaker), row.at, null]);
  }

  strip() {
    const lane = el("div", { class: "lane strip", "aria-hidden": "true" }, el("i", { class: "limit", title: "2 s: felt as a gap" }));
    for (const [turn, start, seconds] of this.waits()) {
      const bar = el("div", { class: `reply${seconds > TALLEST_S ? " tallest" : seconds > LATE_S ? " late" : ""}`, at: this.span(start, start + seconds),
        "data-turn": turn, title: `${seconds} s after t${turn}` });
      bar.style.height = `${Math.max(6, Math.sqrt(Math.min(seconds, TALLEST_S) / TALLEST_S) * 100)}%`;
      lane.append(bar);
    }
    return lane;
  }

  // Every wait that was measured: replies, and the other silences.
  waits() {
    const { replies, silences } = this.data;
    return [...replies, ...silences.filter((s) => !replies.some((r) => r[1] === s[1]))];
  }

  percentiles() {
    const { measured } = this.data;
    return measured ? [el("span", {}, "p50 ", el("b", {}, `${measured.p50.toFixed(1)} s`)), el("span", {}, "p95 ", el("b", {}, `${measured.p95.toFixed(1)} s`))] : ["waits"];
  }

  // When a tool ran; one without times stands where the turn before it ends.
  times(tool) {
    const said = tool.start === null && this.data.speech.findLast(([turn]) => turn === tool.turn);
    const start = said ? said[2] + said[3] : tool.start;
    return start === null ? null : [start, Math.max(start, tool.end ?? (tool.outcome === "running" ? this.length : start))];
  }

  drawTools() {
    this.bars = [];
    for (const [place, tool] of this.data.tools.entries()) {
      const times = this.times(tool);
      if (!times) continue;
      const took = tool.start !== null && tool.end !== null ? `, ${(tool.end - tool.start).toFixed(1)} s` : "";
      const words = `${tool.name}: ${OUTCOMES[tool.outcome]}${took}${tool.why ? `: ${tool.why}` : ""}, after turn ${tool.turn}`;
      const name = el("b", {}, tool.name);
      const bar = button("", () => this.pick(tool.turn, "tool", null, place), { class: `tool ${tool.outcome}${tool.changes ? " changes" : ""}${FAILED.has(tool.outcome) ? " bad" : ""}`,
        at: this.span(...times), "aria-label": words, title: words, tabindex: "-1" });
      bar.append(name);
      this.bars.push({ place, failed: FAILED.has(tool.outcome), start: times[0], end: times[1], name, bar });
      this.tools.append(bar);
    }
  }

  listen() {
    const { scroll } = this;
    this.canvas.addEventListener("click", (event) => {
      const turn = event.target.closest("[data-turn]")?.dataset.turn;
      if (turn) this.pick(Number(turn), "lanes");
    });
    scroll.addEventListener("wheel", (event) => {
      const wanted = event.ctrlKey || event.metaKey || (document.activeElement === scroll && Math.abs(event.deltaY) > Math.abs(event.deltaX));
      if (!wanted || event.shiftKey) return;
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY / 240), event.clientX);
    }, { passive: false });
    let apart = 0;
    const spread = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
    scroll.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2) { apart = 0; return; }
      event.preventDefault();
      const now = spread(event.touches);
      if (apart) this.zoomBy(now / apart, (event.touches[0].clientX + event.touches[1].clientX) / 2);
      apart = now;
    }, { passive: false });
    scroll.addEventListener("touchend", () => { apart = 0; });
    scroll.addEventListener("scroll", () => {
      if (Math.abs(scroll.scrollLeft - this.ticked) > scroll.clientWidth / 2) this.tick();
      this.mini.follow();
    }, { passive: true });
    new ResizeObserver(() => { if (scroll.clientWidth !== this.wide) this.layout(); }).observe(scroll);
  }

  get most() { return Math.max(1, (this.length * MOST_PX_PER_S) / Math.max(1, this.scroll.clientWidth)); }

  // What is pointed at keeps its place; else what is chosen, which comes into view; else the middle.
  zoomBy(factor, x) {
    const { scroll, chosen } = this;
    const middle = scroll.clientWidth / 2, seen = this.left(chosen ?? 0) - scroll.scrollLeft;
    const held = chosen !== null && seen >= 0 && seen <= scroll.clientWidth ? seen : middle;
    const at = x === undefined ? held : x - scroll.getBoundingClientRect().left;
    const seconds = x === undefined && chosen !== null ? chosen : ((scroll.scrollLeft + at - this.marks.offsetLeft) / this.width) * this.length;
    this.zoom = Math.min(this.most, Math.max(1, this.zoom * factor));
    this.layout();
    scroll.scrollLeft = this.left(seconds) - at;
  }

  // Pixels from the canvas's left edge.
  left(seconds) { return this.marks.offsetLeft + this.share(seconds) * this.width; }

  fit() { this.zoom = 1; this.layout(); }

  // As close as on the page before, of a call that has gone on since.
  resume(before) {
    if (before.zoom === 1) return;
    this.zoom = Math.min(this.most, (before.zoom * this.length) / before.length);
    this.layout();
  }

  // All that depends on how many pixels a second has.
  layout() {
    this.wide = this.scroll.clientWidth;
    if (!this.wide) return;
    this.canvas.style.width = this.zoom === 1 ? "" : `${this.wide * this.zoom}px`;
    const width = this.marks.clientWidth;
    this.width = width;
    this.tick();
    this.marks.replaceChildren(...this.clusters(width));
    this.label(width / this.length);
    for (const [seconds, words] of this.lengths) words.hidden = (seconds * width) / this.length < LABEL_PX;
    this.mini.follow();
  }

  // Names of tools: first of those that failed, over the bars of others and to the left at the end; then where there is room.
  label(px) {
    const taken = [], ends = (one) => Math.max(one.end * px, one.start * px + 9);
    const free = (left, right) => taken.every(([from, to]) => right <= from || left >= to);
    for (const wanted of [true, false]) {
      for (const [number, one] of this.bars.entries()) {
        if (one.failed !== wanted) continue;
        const next = this.bars[number + 1], stop = this.bars.slice(number + 1).find((other) => other.failed);
        const before = this.bars.slice(0, number).findLast((other) => other.failed);
        const until = (other) => (other ? other.start * px : this.width) - ends(one) - 8;
        const ahead = one.start * px - (before ? ends(before) : 0) - 8, after = wanted ? Math.max(until(next), Math.min(OVER_PX, until(stop))) : until(next);
        const turned = wanted && after < LABEL_PX && after < ahead, room = Math.min(turned ? Math.min(OVER_PX, ahead) : after, one.name.textContent.length * 7 + 20);
        const span = turned ? [one.start * px - room - 4, one.start * px] : [ends(one), ends(one) + room + 4];
        one.name.hidden = room < LABEL_PX || !free(...span);
        one.name.style.maxWidth = `${room}px`;
        one.name.classList.toggle("turned", turned);
        if (!one.name.hidden) taken.push(span);
      }
    }
  }

  // The marks of the ruler that are in view, and as far around it.
  tick() {
    const px = this.width / this.length, step = STEPS.find((s) => s * px >= TICK_PX) || 14400;
    this.ticked = this.scroll.scrollLeft;
    const first = Math.max(0, Math.floor((this.ticked - this.wide) / px / step)) * step, last = Math.min((this.ticked + 2 * this.wide) / px, this.length - 26 / px);
    const made = [];
    for (let t = first; t === 0 || t <= last; t += step) made.push(el("span", { at: { left: t / this.length } }, clock(t)));
    this.ruler.replaceChildren(...made);
  }

  // Findings in their places; those that would lie on each other are one mark with their number.
  clusters(width) {
    const placed = this.data.findings.filter((f) => f.at !== null).sort((a, b) => a.at - b.at);
    const groups = [];
    for (const finding of placed) {
      const left = (finding.at / this.length) * width;
      const last = groups.at(-1);
      if (!last || left - last.left >= MARK_PX) groups.push({ left, worst: finding, all: [finding] });
      else {
        last.all.push(finding);
        if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(last.worst.severity)) Object.assign(last, { left, worst: finding });
      }
    }
    return groups.map(({ all, worst }) => {
      const words = all.map((f) => `${f.severity}: ${f.title}`).join("; ");
      const mark = button("", () => this.pick(worst.turn, "finding", worst), { class: `mark ${worst.severity}`, at: { left: this.share(worst.at) },
        "aria-label": `${words}, at ${clock(worst.at)}`, title: words });
      mark.append(shape(worst.severity), all.length > 1 ? el("i", {}, String(all.length)) : "");
      return mark;
    });
  }

  // Show where a turn is, or a tool by its place among the call's tools, and bring it into view.
  select(turn, moving = true, tool = -1) {
    for (const one of this.scroll.querySelectorAll(".on")) one.classList.remove("on");
    const bars = this.parts.get(turn) || [];
    for (const bar of bars) bar.classList.add("on");
    for (const one of this.canvas.querySelectorAll(`.silence[data-turn="${turn}"], .reply[data-turn="${turn}"]`)) one.classList.add("on");
    const ran = this.bars.find((one) => one.place === tool);
    ran?.bar.classList.add("on");
    const said = this.data.speech.find((speech) => speech[0] === turn);
    this.chosen = ran?.start ?? said?.[2] ?? this.rows.find((row) => row.turn === turn)?.at ?? null;
    if (!moving || this.chosen === null) return;
    const left = this.left(this.chosen), view = this.scroll;
    if (left < view.scrollLeft + 24 || left > view.scrollLeft + view.clientWidth - 60) view.scrollLeft = left - view.clientWidth / 3;
  }

  hits(turns) {
    for (const [turn, bars] of this.parts) for (const bar of bars) bar.classList.toggle("hit", turns.has(turn));
  }
}

// The whole call in a strip, with the part that the lanes show; there where they do not show all of a long call.
class Minimap {
  constructor(lanes) {
    this.lanes = lanes;
    const { data, length } = lanes;
    const rows = data.speakers.map((_, side) => {
      const d = data.speech.filter((s) => s[1] === side).map(([, , start, seconds]) => `M${start} ${side}.15H${start + seconds}V${side}.85H${start}Z`).join("");
      return path(d, { class: `s${Math.min(side, 2)}` });
    });
    const bad = data.findings.filter((f) => f.at !== null && f.severity !== "info")
      .map((f) => path(`M${f.at} 0V${data.speakers.length}`, { class: f.severity, "vector-effect": "non-scaling-stroke" }));
    const picture = drawing(`0 0 ${length} ${data.speakers.length}`, ...rows, ...bad);
    picture.setAttribute("preserveAspectRatio", "none");
    this.window = el("div", { class: "window" });
    this.element = el("div", { class: "mini", "aria-hidden": "true" }, picture, this.window);
    const drag = (event) => {
      if (!event.buttons) return;
      const box = this.element.getBoundingClientRect();
      lanes.scroll.scrollLeft = ((event.clientX - box.left) / box.width) * lanes.width - lanes.scroll.clientWidth / 2;
    };
    this.element.addEventListener("pointerdown", (event) => { this.element.setPointerCapture(event.pointerId); drag(event); });
    this.element.addEventListener("pointermove", drag);
  }

  follow() {
    const { scroll, zoom, width, marks } = this.lanes;
    this.element.hidden = zoom === 1 && this.lanes.length < LONG_S;
    this.window.hidden = zoom === 1;
    if (zoom !== 1) place(this.window, { left: (scroll.scrollLeft - marks.offsetLeft) / width, width: scroll.clientWidth / width });
  }
}
