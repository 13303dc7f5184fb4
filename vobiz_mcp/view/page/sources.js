// Where the call comes from: it stands in this file, a server beside this page has it, or a chat host fetches it.
const POLL_MS = 2000;
const RETRY_MS = 10000;
const LEAST_PX = 360;
const MOST_PX = 720;
const PATIENCE_MS = 3000;

function embedded() {
  const { timeline, transcript } = JSON.parse(document.getElementById("call").textContent);
  return { start: (show) => show(timeline, transcript) };
}

// Served on loopback: asks again while the call goes on.
function served() {
  const fetchAll = async (show, fail) => {
    try {
      const answer = await fetch(`call${location.search}`);
      if (!answer.ok) throw new Error(await answer.text());
      const { timeline, transcript } = await answer.json();
      show(timeline, transcript);
      if (timeline.is_live) setTimeout(() => fetchAll(show, fail), POLL_MS);
    } catch (error) {
      fail(error.message);
      setTimeout(() => fetchAll(show, fail), RETRY_MS);
    }
  };
  return { start: fetchAll };
}

// MCP Apps: JSON-RPC over postMessage, by the specification of 2026-01-26.
class Host {
  constructor() { Object.assign(this, { waiting: new Map(), number: 0, can: {}, callId: "", answer: "", highest: MOST_PX }); }

  async start(show, fail, showText) {
    Object.assign(this, { show, fail, showText });
    addEventListener("message", (event) => { if (event.source === parent) this.heard(event.data); });
    const known = await this.ask("ui/initialize", { protocolVersion: "2026-01-26", appInfo: { name: "vobiz-call", version: "1" },
      appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] } }).catch(() => ({}));
    this.can = known.hostCapabilities || {};
    this.dress(known.hostContext || {});
    this.tell("ui/notifications/initialized", {});
    this.measure();
  }

  tell(method, params) { parent.postMessage({ jsonrpc: "2.0", method, params }, "*"); }

  ask(method, params) {
    const id = ++this.number;
    parent.postMessage({ jsonrpc: "2.0", id, method, params }, "*");
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  heard(message) {
    if (!message || message.jsonrpc !== "2.0") return;
    const pending = this.waiting.get(message.id);
    if (pending && !message.method) {
      this.waiting.delete(message.id);
      if (message.error) pending.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
      else pending.resolve(message.result);
    } else this.told(message.method, message.params || {}, message.id);
  }

  told(method, params, id) {
    if (method === "ui/notifications/tool-input") this.about((params.arguments || {}).call_id);
    else if (method === "ui/notifications/tool-result") this.result(params);
    else if (method === "ui/notifications/tool-cancelled") this.fail("The question was taken back.");
    else if (method === "ui/notifications/host-context-changed") this.dress(params);
    else if (id !== undefined) parent.postMessage({ jsonrpc: "2.0", id, result: {} }, "*");
    if (method === "ui/resource-teardown") this.over = true;
  }

  dress(context) {
    if (context.theme) document.documentElement.dataset.theme = context.theme;
    for (const [name, value] of Object.entries(context.styles?.variables || {})) if (value) document.documentElement.style.setProperty(`--host${name.slice(1)}`, value);
    const size = context.containerDimensions;
    if (size) this.highest = size.height || Math.min(MOST_PX, size.maxHeight || MOST_PX);
  }

  about(callId) { if (callId && !this.callId) { this.callId = callId; this.fetchAll(); } }

  result(params) {
    this.answer = (params.content || []).map((block) => block.text || "").join("\n");
    const id = this.callId || idIn(this.answer);
    if (!id) this.showText(this.answer);
    else if (this.callId && this.failed) this.showText(this.answer);
    else this.about(id);
    setTimeout(() => this.showText(this.answer), PATIENCE_MS);
  }

  // resources/read, else the public tool, else the text that came.
  async fetchAll() {
    const read = async (uri) => (await this.ask("resources/read", { uri })).contents[0].text;
    const uri = `vobiz://agent-calls/${this.callId}`;
    try {
      const [data, text] = await Promise.all([read(`${uri}/timeline`), read(`${uri}/transcript`)]);
      const timeline = JSON.parse(data);
      this.show(timeline, text);
      if (timeline.is_live && !this.over) setTimeout(() => this.fetchAll(), POLL_MS);
    } catch (error) {
      if (!this.shown) return this.fetchText();
      this.fail(error.message);
      if (!this.over) setTimeout(() => this.fetchAll(), RETRY_MS);
    }
  }

  async fetchText() {
    try {
      const told = await this.ask("tools/call", { name: "get_agent_call", arguments: { call_id: this.callId, max_tokens: 8000 } });
      if (told.isError) throw new Error(told.content?.[0]?.text);
      this.showText(told.content.map((block) => block.text || "").join("\n"));
    } catch {
      this.failed = true;
      if (this.answer) this.showText(this.answer);
    }
  }

  // Tell the host how high the page is; it scrolls inside where that is more than it gives.
  measure() {
    new ResizeObserver(() => {
      const height = Math.max(LEAST_PX, Math.min(this.highest, view.scrollHeight));
      if (height !== this.height) this.tell("ui/notifications/size-changed", { width: view.clientWidth, height: (this.height = height) });
    }).observe(view);
  }

  async chat(words) {
    if (!this.can.message) throw new Error("the host takes no messages");
    const told = await this.ask("ui/message", { role: "user", content: [{ type: "text", text: words }] });
    if (told?.isError) throw new Error("the host refused");
  }
}
