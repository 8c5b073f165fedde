// How the page writes numbers and builds elements. Text from files goes in as text nodes only, never as HTML.

const grouped = new Intl.NumberFormat("en");

export const count = (n) => grouped.format(Math.round(n));

export const counted = (n, one, many = one + "s") => `${count(n)} ${n === 1 ? one : many}`;

/** A duration in three digits at most: 0.4 ms, 12 ms, 1.25 s. */
export function duration(millis) {
  if (millis < 10) return `${millis.toFixed(millis < 1 ? 2 : 1)} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  return `${(millis / 1000).toFixed(millis < 10_000 ? 2 : 1)} s`;
}

export const byId = (id) => document.getElementById(id);

/** Writes only what differs, so that nothing is announced or laid out again in vain. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** The text with the given ranges, pairs of start and end, in <mark>. */
export function highlighted(text, ranges) {
  const parts = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end > text.length) continue;
    parts.push(text.slice(at, start), element("mark", "", text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

/** A path with its file's name set off, and what matches in it; a line may end behind each slash. */
export function path(whole, line, ranges = []) {
  const parts = [];
  let at = 0;
  for (const part of whole.split(/(?<=\/)/)) {
    const from = at;
    at += part.length;
    const here = ranges
      .filter(([start, end]) => start < at && end > from)
      .map(([start, end]) => [Math.max(start, from) - from, Math.min(end, at) - from]);
    const last = at === whole.length;
    parts.push(element("span", last ? "name" : "folder", ...highlighted(part, here)));
    if (!last) parts.push(document.createElement("wbr"));
  }
  if (line) parts.push(element("span", "at", `:${line}`));
  return parts;
}

export async function getJson(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

/** What the server says went wrong: its JSON's `error`, else the status. */
export async function problem(response) {
  const body = await response.json().catch(() => null);
  return body?.error ?? `The server answered ${response.status}.`;
}
