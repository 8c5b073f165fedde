// Search as you type. An answer is shown only if no newer question was asked meanwhile.

import { byId, count, counted, duration, element, getJson, highlighted, path, write } from "./text.js";

const LIMIT = 50;
const DEBOUNCE = 60;
const REFRESH = 1500; // while the index grows

const query = byId("query");
const hits = byId("hits");
const summary = byId("summary");
const empty = byId("empty");

let asked = "";
let asking = null; // the AbortController of the question that is under way
let timer = 0;
let shown = "";
let refreshedAt = 0;
let index = { indexing: false, files: 0 };
let open = () => {};

export function startSearch(onOpen) {
  open = onOpen;
  query.value = new URLSearchParams(location.search).get("q") ?? "";
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DEBOUNCE);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(event, 0);
    if (event.key === "Enter") hits.querySelector("button")?.click();
    if (event.key === "Escape" && query.value) {
      event.preventDefault();
      query.value = "";
      ask();
    }
  });
  hits.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) open(button.dataset.path, Number(button.dataset.line));
  });
  hits.addEventListener("keydown", onHitKey);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, dialog");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
      query.select();
    }
  });
  ask();
}

/** Tells how far the index is: answers are asked for again while it grows. */
export function indexChanged(now) {
  const grown = now.files !== index.files || now.indexing !== index.indexing;
  index = now;
  if (!asked) return showNothing();
  const busy = asking || hits.contains(document.activeElement);
  if (grown && !busy && (!now.indexing || Date.now() - refreshedAt > REFRESH)) ask();
}

async function ask() {
  clearTimeout(timer);
  asking?.abort();
  asked = query.value.trim();
  remember(asked);
  if (!asked) {
    asking = null;
    return showNothing();
  }
  const mine = new AbortController();
  asking = mine;
  refreshedAt = Date.now();
  hits.setAttribute("aria-busy", "true");
  try {
    const answer = await getJson(`api/search?${new URLSearchParams({ q: asked, limit: LIMIT })}`, mine.signal);
    if (asking === mine) show(answer);
  } catch (failure) {
    if (asking === mine && failure.name !== "AbortError") showFailure(failure);
  } finally {
    if (asking === mine) {
      asking = null;
      hits.removeAttribute("aria-busy");
    }
  }
}

function remember(text) {
  const url = new URL(location.href);
  if (text) url.searchParams.set("q", text);
  else url.searchParams.delete("q");
  if (url.href !== location.href) history.replaceState(null, "", url);
}

function show(answer) {
  const found = answer.hits.length;
  const best = answer.total > found ? `, the best ${found} shown` : "";
  write(summary, found ? `${counted(answer.total, "file")} in ${duration(answer.tookMillis)}${best}` : "No files");
  const what = JSON.stringify(answer.hits);
  if (what !== shown) {
    shown = what;
    hits.replaceChildren(...answer.hits.map(hit));
  }
  empty.hidden = found > 0;
  if (!found) {
    say(`Nothing matches “${answer.query}”`, index.indexing ? "Indexing goes on: hits appear as files are read." : "Fewer or shorter words find more.");
  }
}

function hit(of) {
  const where = element("span", "path", ...path(of.path, of.line, of.pathRanges));
  const often = element("span", "often", of.count > 1 ? `${count(of.count)} ×` : "");
  const button = element("button", "", element("span", "where", where, often));
  if (of.excerpt) button.append(element("span", "excerpt", ...highlighted(...dedented(of.excerpt, of.ranges))));
  if (of.note) button.append(element("span", "note", of.note));
  button.type = "button";
  button.dataset.path = of.path;
  button.dataset.line = of.line;
  return element("li", "hit", button);
}

/** Without the indentation, which would push the text of a narrow window aside. */
function dedented(text, ranges) {
  const by = text.length - text.trimStart().length;
  return [text.slice(by), ranges.map(([start, end]) => [start - by, end - by])];
}

function showNothing() {
  shown = "";
  hits.replaceChildren();
  hits.removeAttribute("aria-busy");
  write(summary, "\u00a0");
  empty.hidden = false;
  if (index.indexing) say("Type to search", "The index is still growing; what is in it can be searched already.");
  else if (index.files) say("Type to search", `${counted(index.files, "file")} to look through.`);
  else say("Nothing to search", "The index holds no files.");
}

function showFailure(failure) {
  write(summary, "The search failed");
  empty.hidden = hits.childElementCount > 0;
  say("The search failed", failure instanceof TypeError ? "The server cannot be reached." : failure.message);
}

function say(title, text) {
  write(byId("empty-title"), title);
  write(byId("empty-text"), text);
}

function onHitKey(event) {
  const all = [...hits.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown") move(event, Math.min(at + 1, all.length - 1));
  else if (event.key === "ArrowUp") at === 0 ? back(event) : move(event, at - 1);
  else if (event.key === "Home") move(event, 0);
  else if (event.key === "End") move(event, all.length - 1);
  else if (event.key === "Escape") back(event);
}

function move(event, to) {
  const button = hits.querySelectorAll("button")[to];
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.scrollIntoView({ block: "nearest" });
}

function back(event) {
  event.preventDefault();
  query.focus();
}
