// The small charts: three lines of the last minute, and the histogram of a burst. Plain SVG.

import { duration, element } from "./text.js";

const SECONDS = 60;
const HEIGHT = 100;
const SVG = "http://www.w3.org/2000/svg";

/** A line of the last 60 values, one a second; a null is a second of which nothing is known. */
export class Sparkline {
  constructor(figure, format, leastTop) {
    this.values = [];
    this.format = format;
    this.leastTop = leastTop;
    this.output = figure.querySelector("output");
    this.scale = figure.querySelector(".scale");
    this.svg = figure.querySelector("svg");
    this.svg.setAttribute("viewBox", `0 0 ${SECONDS - 1} ${HEIGHT}`);
  }

  add(value) {
    this.values.push(value);
    if (this.values.length > SECONDS) this.values.shift();
    this.draw();
  }

  draw() {
    const known = this.values.filter((v) => v !== null);
    const top = roundUp(Math.max(this.leastTop, ...known));
    const x = (i) => SECONDS - this.values.length + i;
    const y = (v) => HEIGHT - (v / top) * HEIGHT;
    let line = "";
    let area = "";
    let from = null;
    this.values.forEach((v, i) => {
      if (v === null) {
        if (from !== null) area += `L${x(i - 1)} ${HEIGHT}Z`;
        from = null;
        return;
      }
      line += `${from === null ? "M" : "L"}${x(i)} ${y(v).toFixed(2)}`;
      area += `${from === null ? `M${x(i)} ${HEIGHT}` : ""}L${x(i)} ${y(v).toFixed(2)}`;
      from ??= i;
    });
    if (from !== null) area += `L${x(this.values.length - 1)} ${HEIGHT}Z`;
    this.svg.querySelector(".line").setAttribute("d", line);
    this.svg.querySelector(".area").setAttribute("d", area);
    const last = this.values.at(-1) ?? null;
    this.output.textContent = last === null ? "–" : this.format(last);
    this.scale.textContent = top < 1000 ? this.format(top) : `${top / 1000}k`;
  }
}

/** The next of 1, 2, 5, 10, 20, 50, … */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((step) => value <= step * power * 1.000001);
}

/** Bars over a logarithmic axis, with a line at each percentile. */
export class Histogram {
  constructor(figure) {
    this.plot = figure.querySelector(".plot");
    this.svg = this.plot.querySelector("svg");
    this.axis = figure.querySelector(".axis");
  }

  /** bins: [{from, to, count}] in milliseconds, ascending; marks: milliseconds. */
  draw(bins, marks) {
    this.plot.querySelector(".plot-empty").hidden = bins.length > 0;
    if (!bins.length) {
      this.svg.replaceChildren();
      this.axis.replaceChildren();
      return;
    }
    const low = Math.log10(bins[0].from);
    const high = Math.log10(bins.at(-1).to);
    const x = (millis) => ((Math.log10(millis) - low) / (high - low)) * 1000;
    const most = Math.max(...bins.map((b) => b.count));
    this.svg.setAttribute("viewBox", `0 0 1000 ${HEIGHT}`);
    const bars = bins
      .filter((b) => b.count > 0)
      .map((b) => {
        const height = Math.max(1.5, (b.count / most) * (HEIGHT - 4));
        return shape("rect", { x: x(b.from) + 1, y: HEIGHT - height, width: Math.max(1, x(b.to) - x(b.from) - 2), height });
      });
    const lines = marks.map((at) => shape("line", { x1: x(at), x2: x(at), y1: 0, y2: HEIGHT }));
    this.svg.replaceChildren(...bars, ...lines);
    this.axis.replaceChildren(...ticks(low, high).map((at) => this.tick(at, x(at) / 10)));
  }

  tick(millis, percent) {
    const label = element("span", "", duration(millis).replace(/\.0+(?= )/, ""));
    label.style.left = `${percent}%`;
    return label;
  }
}

const ROOM = 0.19; // what a label needs of the width

/** Round values with room for their labels, and the ends. */
function ticks(low, high) {
  const chosen = [];
  let taken = 0;
  for (let power = Math.floor(low); power <= high; power++) {
    for (const step of [1, 3]) {
      const inside = (power + Math.log10(step) - low) / (high - low);
      if (inside - taken > ROOM && inside < 1 - ROOM) {
        chosen.push(step * 10 ** power);
        taken = inside;
      }
    }
  }
  return [10 ** low, ...chosen, 10 ** high];
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
