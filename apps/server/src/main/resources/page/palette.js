/// Colours and patterns of tenants. No two of the first forty look alike, and neighbours differ in
/// both, so that colour is never all there is.

import { onTheme } from "./theme.js";

export const FREE = 0;
export const OTHERS = -1;

const HUES = 8;
const PATTERNS = 5;
const TILE = 8;
const colours = new Map();
const tiles = new Map();

onTheme(() => {
  colours.clear();
  tiles.clear();
});

/// The colour that a variable of the style sheet has now.
export function colour(name) {
  if (!colours.has(name)) {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    colours.set(name, getComputedStyle(probe).color);
    probe.remove();
  }
  return colours.get(name);
}

function tile(holder) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TILE;
  const draw = canvas.getContext("2d");
  draw.fillStyle = holder === OTHERS ? colour("others") : colour(`t${(holder - 1) % HUES}`);
  draw.fillRect(0, 0, TILE, TILE);
  draw.strokeStyle = draw.fillStyle = colour("overlay");
  draw.lineWidth = 1.4;
  const lines = (...ends) => {
    draw.beginPath();
    for (const [x1, y1, x2, y2] of ends) {
      draw.moveTo(x1, y1);
      draw.lineTo(x2, y2);
    }
    draw.stroke();
  };
  const pattern = holder === OTHERS ? PATTERNS : (holder - 1) % PATTERNS;
  if (pattern === 1) lines([-2, 6, 6, -2], [-2, 10, 10, -2], [2, 10, 10, 2]);
  if (pattern === 2) lines([-2, 2, 6, 10], [-2, -2, 10, 10], [2, -2, 10, 6]);
  if (pattern === 3) for (const [x, y] of [[1, 1], [5, 5]]) draw.fillRect(x, y, 2, 2);
  if (pattern === 4) lines([0, 2, 8, 2], [0, 6, 8, 6]);
  if (pattern === PATTERNS) lines([-2, 6, 6, -2], [2, 10, 10, 2], [-2, 2, 6, 10], [2, -2, 10, 6]);
  return canvas;
}

/// What fills the blocks of a holder on a canvas.
export function fillOf(draw, holder) {
  if (holder === FREE) return colour("free");
  if (!tiles.has(holder)) tiles.set(holder, tile(holder));
  return draw.createPattern(tiles.get(holder), "repeat");
}

/// A small square that looks as the holder's blocks do.
export function swatch(holder) {
  const canvas = document.createElement("canvas");
  canvas.className = "swatch";
  canvas.width = canvas.height = 14;
  canvas.setAttribute("aria-hidden", "true");
  canvas.dataset.holder = holder;
  const draw = canvas.getContext("2d");
  draw.fillStyle = fillOf(draw, holder);
  draw.fillRect(0, 0, 14, 14);
  return canvas;
}
