// The panel with a file's lines around a hit, and the list of what was skipped.

import { byId, count, counted, element, getJson, highlighted, path, write } from "./text.js";

const panel = byId("panel");
const skips = byId("skips");
let latest = 0;

for (const dialog of [panel, skips]) {
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && event.offsetX < 0) dialog.close(); // the backdrop
  });
}

export async function openFile(file, line) {
  const mine = ++latest;
  const body = byId("panel-body");
  byId("panel-title").replaceChildren(...path(file, line));
  write(byId("panel-note"), "\u00a0");
  body.replaceChildren();
  if (!panel.open) panel.showModal();
  body.focus();
  try {
    const words = byId("query").value;
    const answer = await getJson(`api/file?${new URLSearchParams({ path: file, line, q: words })}`);
    if (mine === latest) showFile(body, answer);
  } catch (failure) {
    if (mine === latest) body.replaceChildren(element("p", "", failure.message));
  }
}

function showFile(body, answer) {
  const rows = answer.lines.map((line, i) => {
    const number = answer.from + i;
    const row = element("tr", number === answer.line ? "here" : "", element("td", "", String(number)));
    row.append(element("td", "", ...highlighted(line.text, line.ranges)));
    return row;
  });
  body.replaceChildren(element("table", "", element("tbody", "", ...rows)));
  body.querySelector(".here")?.scrollIntoView({ block: "center" });
  body.scrollLeft = 0;
  const last = answer.from + answer.lines.length - 1;
  write(byId("panel-note"), rows.length ? `Lines ${count(answer.from)} to ${count(last)}${answer.more ? "; the file goes on" : ""}` : "The file is empty");
}

export async function openSkips() {
  const body = byId("skips-body");
  body.replaceChildren();
  skips.showModal();
  body.focus();
  try {
    const answer = await getJson("api/skipped");
    const byReason = Map.groupBy(answer.files, (file) => file.reason);
    const parts = [...byReason].flatMap(([reason, files]) => [
      element("h3", "", reason[0].toUpperCase() + reason.slice(1), " ", element("small", "", counted(files.length, "file"))),
      element("ul", "", ...files.map((file) => element("li", "path", ...path(file.path)))),
    ]);
    if (answer.total > answer.files.length) {
      parts.push(element("p", "", `And ${counted(answer.total - answer.files.length, "more file")}.`));
    }
    body.replaceChildren(...(parts.length ? parts : [element("p", "", "Nothing was skipped.")]));
  } catch (failure) {
    body.replaceChildren(element("p", "", failure.message));
  }
}
