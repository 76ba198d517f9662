/// The machine's blocks: modules as grids, blocks in the colour and pattern of who holds them.

import { $, el, say, fill, plural, number } from "./dom.js";
import { colour, fillOf, swatch, FREE, OTHERS } from "./palette.js";
import { sheet } from "./charts.js";
import { onTheme } from "./theme.js";

const CELL_MAX = 28;

/// Of machines with few cells.
const CELL_MAX_FEW = 48;
const FEW = 64;
const HEIGHT_MAX = 430;
const LABEL = 13;

/// Cells of that size have lines between them.
const GAP_FROM = 9;

export class MachineMap {
  #canvas = $("map");
  #shape;
  #holders = new Int32Array(0);
  #tickets = [];
  #names = new Map();
  #modes = new Map();
  #place;
  #cursor = -1;
  #chosen;
  #asTable = false;
  #due = false;

  constructor() {
    new ResizeObserver(() => this.#arrange()).observe(this.#canvas.parentElement);
    onTheme(() => {
      this.draw();
      $("legend").replaceChildren();
      this.#legend();
    });
    this.#canvas.addEventListener("pointermove", (event) => this.#point(event));
    this.#canvas.addEventListener("pointerleave", () => this.#read(-1));
    this.#canvas.addEventListener("keydown", (event) => this.#key(event));
    this.#canvas.addEventListener("blur", () => this.#read(-1));
    $("map-table-button").addEventListener("click", () => this.#toggle());
  }

  shape(shape) {
    this.#shape = shape;
    this.#arrange();
  }

  /// Takes a picture in; one without a map has that of the picture before.
  picture(picture) {
    this.#names = new Map(picture.tenants.map((each) => [each.tenant, each.name]));
    const modes = new Map();
    for (const mode of picture.modes) {
      const word = { DRIFT: "drift", HOT_MODULE: "hot" }[mode.condition];
      if (word) modes.set(mode.subject, [...(modes.get(mode.subject) ?? []), word]);
    }
    this.#modes = modes;
    if (picture.map) this.#unpack(picture.map);
    this.draw();
    this.#legend();
    if (this.#asTable) this.#table();
    if (this.#cursor >= 0) this.#read(this.#cursor);
  }

  /// Frames the blocks of a job; nothing for none.
  choose(job) {
    this.#chosen = job;
    this.draw();
  }

  #unpack(runs) {
    const cells = this.#shape.groups * this.#cellsPerGroup();
    this.#holders = new Int32Array(cells);
    this.#tickets = new Array(cells).fill(0);
    let at = 0;
    for (let i = 0; i < runs.length; i += 3) {
      this.#holders.fill(runs[i + 1], at, at + runs[i]);
      this.#tickets.fill(runs[i + 2], at, at + runs[i]);
      at += runs[i];
    }
  }

  #cellsPerGroup() {
    return Math.ceil(this.#shape.blocksPerGroup / this.#shape.blocksPerCell);
  }

  /// Chooses how many groups stand in a row so that cells are as large as can be.
  #arrange() {
    if (!this.#shape) return;
    const cells = this.#cellsPerGroup();
    const groups = this.#shape.groups;
    const width = this.#canvas.parentElement.clientWidth - 24;
    if (width <= 0) return;
    const columns = columnsOf(cells, groups === 1 ? width / HEIGHT_MAX : 1);
    const rows = Math.ceil(cells / columns);
    const gap = groups > 36 ? 5 : 10;
    const label = groups > 1 && groups <= 36 ? LABEL : 0;
    const most = cells * groups <= FEW ? CELL_MAX_FEW : CELL_MAX;
    let best = { cell: 0 };
    for (let across = 1; across <= groups; across++) {
      const down = Math.ceil(groups / across);
      const wide = (width - gap * (across - 1)) / (across * columns);
      const high = (HEIGHT_MAX - (gap + label) * down) / (down * rows);
      const cell = Math.min(wide, Math.max(high, 3), most);
      if (cell >= best.cell) best = { cell, across, down };
    }
    const { cell, across, down } = best;
    const height = Math.ceil(down * (rows * cell + label) + gap * (down - 1)) + 1;
    this.#place = { cells, columns, rows, gap, label, cell, across, height };
    this.#canvas.style.height = `${height}px`;
    const perCell = this.#shape.blocksPerCell;
    say($("map-note"), [
      this.#shape.groups > 1
        ? plural(this.#shape.modules, "module", "modules") + " of " +
          plural(this.#shape.blocksPerModule, "block", "blocks")
        : plural(this.#shape.modules * this.#shape.blocksPerModule, "block", "blocks"),
      perCell > 1 ? `a square is ${number(perCell)} blocks` : "",
      this.#shape.apart ? "tenants are kept apart: others are not shown" : "",
    ].filter(Boolean).join("; "));
    this.draw();
  }

  #origin(group) {
    const { across, columns, rows, cell, gap, label } = this.#place;
    const x = (group % across) * (columns * cell + gap);
    const y = Math.floor(group / across) * (rows * cell + gap + label) + label;
    return [x, y];
  }

  draw() {
    if (this.#due || !this.#place || this.#asTable) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#paint();
    });
  }

  #paint() {
    const { draw } = sheet(this.#canvas);
    const { cells, columns, rows, cell, label } = this.#place;
    for (let group = 0; group < this.#shape.groups; group++) {
      const [x, y] = this.#origin(group);
      if (label) this.#caption(draw, group, x, y - 4, columns * cell);
      for (let i = 0; i < cells; ) {
        // Small cells of one holder are drawn as one, without lines between them.
        const holder = this.#holders[group * cells + i] ?? FREE;
        const rowEnd = Math.min(cells, i - (i % columns) + columns);
        let next = i + 1;
        while (cell < GAP_FROM && next < rowEnd && this.#holders[group * cells + next] === holder) {
          next++;
        }
        draw.fillStyle = fillOf(draw, holder);
        draw.fillRect(...this.#box(x, y, i, next - i));
        i = next;
      }
    }
    for (const [group, words] of this.#modes) {
      if (group >= this.#shape.groups || this.#shape.groups === 1) continue;
      const [x, y] = this.#origin(group);
      draw.strokeStyle = colour(words.includes("hot") ? "bad" : "warn");
      draw.setLineDash(words.includes("hot") ? [] : [4, 3]);
      draw.lineWidth = 2;
      draw.strokeRect(x - 2, y - 2, columns * cell + 3, rows * cell + 3);
      draw.setLineDash([]);
    }
    if (this.#chosen) {
      this.#frame(draw, (i) => this.#holders[i] === this.#chosen.tenant
        && this.#tickets[i] === this.#chosen.ticket);
    }
    if (this.#cursor >= 0) this.#frame(draw, (i) => i === this.#cursor);
  }

  /// The box of cells in a row, on whole pixels.
  #box(x, y, at, count) {
    const { columns, cell } = this.#place;
    const gap = cell < GAP_FROM ? 0 : 1;
    const left = Math.round(x + (at % columns) * cell);
    const top = Math.round(y + Math.floor(at / columns) * cell);
    const right = Math.round(x + ((at % columns) + count) * cell) - gap;
    const bottom = Math.round(y + (Math.floor(at / columns) + 1) * cell) - gap;
    return [left, top, right - left, bottom - top];
  }

  #caption(draw, group, x, y, width) {
    const words = this.#modes.get(group);
    draw.font = "10px system-ui, sans-serif";
    draw.fillStyle = colour(words ? "bad" : "muted");
    draw.fillText(words ? `${group} ${words.join(", ")}` : `${group}`, x, y, width);
  }

  /// Draws a line around cells, where their neighbours are not among them.
  #frame(draw, among) {
    const { cells, columns } = this.#place;
    draw.strokeStyle = colour("text");
    draw.lineWidth = 1.5;
    draw.beginPath();
    for (let i = 0; i < this.#holders.length; i++) {
      if (!among(i)) continue;
      const group = Math.floor(i / cells);
      const at = i % cells;
      const [x0, y0] = this.#origin(group);
      const [x, y, width, height] = this.#box(x0, y0, at, 1);
      const other = (step, same) =>
        !same || at + step < 0 || at + step >= cells || !among(i + step);
      const sides = [
        [other(-1, at % columns > 0), x, y, x, y + height],
        [other(1, at % columns < columns - 1), x + width, y, x + width, y + height],
        [other(-columns, true), x, y, x + width, y],
        [other(columns, true), x, y + height, x + width, y + height],
      ];
      for (const [open, x1, y1, x2, y2] of sides) {
        if (!open) continue;
        draw.moveTo(x1, y1);
        draw.lineTo(x2, y2);
      }
    }
    draw.stroke();
  }

  #point(event) {
    if (!this.#place) return;
    const { cells, columns, rows, cell, across, gap, label } = this.#place;
    const x = event.offsetX;
    const y = event.offsetY;
    const column = Math.floor(x / (columns * cell + gap));
    const row = Math.floor(y / (rows * cell + gap + label));
    const group = row * across + column;
    if (column >= across || group >= this.#shape.groups) return this.#read(-1);
    const [x0, y0] = this.#origin(group);
    const inX = Math.floor((x - x0) / cell);
    const inY = Math.floor((y - y0) / cell);
    const at = inY * columns + inX;
    const inside = inX >= 0 && inX < columns && inY >= 0 && at < cells;
    this.#read(inside ? group * cells + at : -1);
  }

  #key(event) {
    if (!this.#place) return;
    const { columns, cells } = this.#place;
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns,
      PageUp: -cells, PageDown: cells, Home: -Infinity, End: Infinity,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const from = this.#cursor < 0 ? 0 : this.#cursor + steps[event.key];
    this.#read(Math.max(0, Math.min(this.#holders.length - 1, from)));
  }

  #read(cell) {
    const moved = this.#cursor !== cell;
    this.#cursor = cell;
    if (moved) this.draw();
    say($("map-readout"), cell < 0 ? "\u00a0" : this.#words(cell));
  }

  #words(cell) {
    const { cells } = this.#place;
    const { blocksPerCell: perCell, blocksPerGroup, groups, blocksPerModule } = this.#shape;
    const group = Math.floor(cell / cells);
    const first = (cell % cells) * perCell;
    const last = Math.min(blocksPerGroup, first + perCell) - 1;
    const which = first === last ? `block ${first}` : `blocks ${first} to ${last}`;
    const where = groups > 1 ? `Module ${group}, ${which}`
      : this.#shape.modules > 1 ? `Module ${Math.floor(first / blocksPerModule)}, ${which}`
        : which.replace("b", "B");
    const words = groups > 1 ? this.#modes.get(group) : undefined;
    return `${where}: ${this.#held(cell)}${words ? ` (module: ${words.join(", ")})` : ""}`;
  }

  #held(cell) {
    const holder = this.#holders[cell];
    if (holder === FREE) return "free";
    if (holder === OTHERS) return "held by others";
    return `held by ${this.#name(holder)}, job ${this.#tickets[cell]}`;
  }

  #name(holder) {
    if (holder === OTHERS) return "others";
    return this.#names.get(holder) || `tenant ${holder}`;
  }

  /// Holders, and of how many cells.
  #count(from, to) {
    const counts = new Map();
    for (let i = from; i < to; i++) {
      const holder = this.#holders[i];
      if (holder !== FREE) counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => (a === OTHERS) - (b === OTHERS) || a - b);
  }

  #legend() {
    const holders = this.#count(0, this.#holders.length).map(([holder]) => holder);
    const list = $("legend");
    const wanted = [...holders, FREE];
    const same = list.children.length === wanted.length && wanted.every((holder, i) =>
      list.children[i].dataset.holder === `${holder}:${this.#name(holder)}`);
    if (same) return;
    list.replaceChildren(...wanted.map((holder) =>
      el("li", { "data-holder": `${holder}:${this.#name(holder)}` }, swatch(holder),
        holder === FREE ? "free" : holder === OTHERS ? "held by others" : this.#name(holder))));
  }

  #toggle() {
    this.#asTable = !this.#asTable;
    $("map-table-button").setAttribute("aria-pressed", this.#asTable);
    $("map-table").hidden = !this.#asTable;
    this.#canvas.hidden = this.#asTable;
    if (this.#asTable) this.#table();
    else this.#arrange();
  }

  #table() {
    const box = $("map-table");
    if (!box.firstChild) box.append(el("table"));
    const cells = this.#cellsPerGroup();
    const unit = this.#shape.blocksPerCell > 1 ? "squares" : "blocks";
    const rows = [];
    for (let group = 0; group < this.#shape.groups; group++) {
      const counts = this.#count(group * cells, (group + 1) * cells);
      const held = counts.reduce((sum, [, count]) => sum + count, 0);
      rows.push(el("tr", {},
        el("th", { scope: "row" }, this.#shape.groups > 1 ? `${group}` : "all"),
        el("td", { class: "n" }, number(held)),
        el("td", { class: "n" }, number(cells - held)),
        el("td", {}, counts.map(([who, count]) => `${this.#name(who)} ${count}`).join(", ")),
        el("td", {}, (this.#modes.get(group) ?? []).join(", "))));
    }
    fill(box.firstChild, ["Module", `#${unit} held`, "#free", "by", "condition"], rows);
  }
}

/// How many columns a grid of so many cells has: a divisor near the wanted shape, if there is one.
function columnsOf(cells, aspect) {
  const ideal = Math.sqrt(cells * aspect);
  let best = Math.max(1, Math.ceil(ideal));
  for (let columns = Math.ceil(ideal); columns <= Math.min(cells, 2 * ideal); columns++) {
    if (cells % columns === 0) return columns;
  }
  return best;
}
