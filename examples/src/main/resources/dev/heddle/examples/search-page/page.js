// Brings the parts together: the stream of events from the server, the index line, the pulse, the burst.

import { Histogram, Sparkline } from "./charts.js";
import { openFile, openSkips } from "./panels.js";
import { indexChanged, startSearch } from "./search.js";
import { byId, count, counted, duration, element, getJson, problem, write } from "./text.js";

const RETRY = 1500;
const SECOND = 1000;

// ---- the connection ----

// A browser opens six connections to a server, and each stream is one. Pages that nobody looks at give theirs back;
// so must those that the browser keeps for going back, or the seventh page would wait for ever.
let source = null;

function connect() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource("api/events");
  source.addEventListener("open", () => connection("live", "Live"));
  source.addEventListener("error", lost);
  source.addEventListener("progress", (event) => showProgress(JSON.parse(event.data)));
  source.addEventListener("pulse", (event) => showPulse(JSON.parse(event.data)));
  source.addEventListener("burst", (event) => showBurst(JSON.parse(event.data)));
}

function disconnect() {
  source?.close();
  source = null;
  connection("paused", "Paused");
}

/** The browser tries again by itself after most failures; where it gives up, we do. */
function lost() {
  connection("lost", "Connection lost, retrying…");
  if (source.readyState === EventSource.CLOSED) setTimeout(() => source && connect(), RETRY);
}

document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);

function connection(state, text) {
  const badge = byId("connection");
  badge.dataset.state = state;
  write(badge.querySelector("span"), text);
}

// ---- the index ----

function showProgress(p) {
  const text = byId("index-text");
  const done = p.phase === "done";
  const parts = [];
  const unchanged = p.unchanged ? ` · ${count(p.unchanged)} unchanged` : "";
  const removed = p.removed ? ` · ${count(p.removed)} removed` : "";
  if (p.phase === "failed") parts.push(`Indexing failed: ${p.error}`);
  else if (done) parts.push(element("b", "", counted(p.files, "file")), ` in the index · ${count(p.read)} read${unchanged}${removed}`, element("span", "aside", ` · ${duration(p.elapsedMillis)}`));
  else parts.push("Indexing ", element("b", "", count(p.done)), p.total ? ` of ${count(p.total)} files` : " files", unchanged, element("span", "aside", ` · ${count(p.perSecond)} / s`));
  text.replaceChildren(...parts);

  const skipped = byId("skipped");
  skipped.hidden = p.skipped === 0;
  write(skipped, `${count(p.skipped)} skipped`);

  const bar = byId("bar");
  bar.dataset.state = p.phase === "failed" ? "failed" : done ? "idle" : p.total ? "known" : "unknown";
  bar.firstElementChild.style.transform = p.total && !done ? `scaleX(${Math.min(1, p.done / p.total)})` : "";
  if (p.total) bar.setAttribute("aria-valuenow", String(Math.floor((100 * p.done) / p.total)));
  else bar.removeAttribute("aria-valuenow");
  bar.setAttribute("aria-hidden", String(done));

  indexChanged({ indexing: !done && p.phase !== "failed", files: p.files });
}

// ---- the pulse ----

const whole = (v) => count(v);
const charts = {
  tasks: new Sparkline(byId("chart-tasks"), whole, 10),
  lag: new Sparkline(byId("chart-lag"), (v) => (v < 10 ? v.toFixed(1) : count(v)), 5),
  requests: new Sparkline(byId("chart-requests"), whole, 10),
};
let drawnTo = 0; // the moment of the last value

function showPulse(p) {
  catchUp();
  drawnTo = Date.now();
  charts.tasks.add(p.tasks);
  charts.lag.add(p.lagMillis);
  charts.requests.add(p.requestsPerSecond);
}

/** Seconds without news leave a gap in the lines, so that they keep to their time. */
function catchUp() {
  const now = Date.now();
  if (drawnTo === 0) return;
  drawnTo = Math.max(drawnTo, now - 61 * SECOND);
  while (now - drawnTo > 2.5 * SECOND) {
    for (const chart of Object.values(charts)) chart.add(null);
    drawnTo += SECOND;
  }
}

setInterval(catchUp, SECOND);

// ---- the burst ----

const histogram = new Histogram(byId("histogram"));
const button = byId("burst");

const REFUSAL_STAYS = 3000;
let refusedAt = 0;

button.addEventListener("click", async () => {
  try {
    const response = await fetch("api/burst", { method: "POST" });
    if (!response.ok) refused(await problem(response));
  } catch {
    refused("The server cannot be reached.");
  }
});

function refused(why) {
  refusedAt = Date.now();
  write(byId("burst-state"), why);
}

function showBurst(b) {
  const running = b.state === "running";
  button.setAttribute("aria-disabled", String(running));
  write(button, `Start ${count(b.planned)} clients`);
  if (b.state === "none") return;
  if (Date.now() - refusedAt > REFUSAL_STAYS || !running) write(byId("burst-state"), burstState(b));

  const known = b.answered > 0;
  histogram.draw(b.bins, known ? [b.p50, b.p90, b.p99] : []);
  const numbers = {
    p50: known ? duration(b.p50) : "–",
    p90: known ? duration(b.p90) : "–",
    p99: known ? duration(b.p99) : "–",
    max: known ? duration(b.max) : "–",
    requests: count(b.answered),
    errors: count(b.errors),
    connect: b.connectMillis === null ? "–" : duration(b.connectMillis),
    total: duration(b.elapsedMillis),
  };
  for (const [of, text] of Object.entries(numbers)) {
    const cell = document.querySelector(`#burst-numbers [data-of="${of}"]`);
    write(cell, text);
    cell.classList.toggle("bad", of === "errors" && b.errors > 0);
  }
  const notes = byId("burst-notes");
  notes.hidden = b.notes.length === 0;
  notes.replaceChildren(...b.notes.map((note) => element("li", "", note)));
}

function burstState(b) {
  if (b.state !== "running") return b.errors ? "Done, with errors" : "Done";
  return b.connectMillis === null ? `${count(b.connected)} connected` : `${count(b.answered)} of ${count(b.expected)}`;
}

// ---- the start ----

byId("skipped").addEventListener("click", openSkips);
startSearch(openFile);
if (!document.hidden) connect();
getJson("api/status").then((status) => {
  write(byId("root"), status.root);
  byId("root").title = status.root;
  document.title = `${status.name} · Heddle search`;
}, () => {});
