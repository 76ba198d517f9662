/// Small drawings on canvases, sharp on any screen.

import { colour } from "./palette.js";

/// A canvas made as large as it is shown, and cleared.
export function sheet(canvas) {
  const scale = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const draw = canvas.getContext("2d");
  draw.setTransform(scale, 0, 0, scale, 0, 0);
  draw.clearRect(0, 0, width, height);
  return { draw, width, height };
}

/// A line of values over the last minute.
///
/// @param points pairs of a time in milliseconds and a value
/// @param limit drawn as a dashed line, if it is more than 0
export function spark(canvas, points, limit = 0) {
  const { draw, width, height } = sheet(canvas);
  const now = performance.now();
  const most = Math.max(limit, ...points.map(([, value]) => value), 1e-9) * 1.08;
  const x = (at) => width - ((now - at) / 60_000) * width;
  const y = (value) => height - 1.5 - (value / most) * (height - 3);
  draw.strokeStyle = colour("line");
  draw.lineWidth = 1;
  draw.beginPath();
  draw.moveTo(0, height - 0.5);
  draw.lineTo(width, height - 0.5);
  draw.stroke();
  if (limit > 0) {
    draw.setLineDash([3, 3]);
    draw.strokeStyle = colour("muted");
    draw.beginPath();
    draw.moveTo(0, y(limit));
    draw.lineTo(width, y(limit));
    draw.stroke();
    draw.setLineDash([]);
  }
  if (points.length < 2) return;
  draw.strokeStyle = colour("accent");
  draw.lineWidth = 1.5;
  draw.lineJoin = "round";
  draw.beginPath();
  points.forEach(([at, value], i) => (i ? draw.lineTo : draw.moveTo).call(draw, x(at), y(value)));
  draw.stroke();
}

/// One upright bar for each part: how full it is, 0 to 1, and whether something is wrong with it.
export function meters(canvas, parts) {
  const { draw, width, height } = sheet(canvas);
  const rows = Math.max(1, Math.ceil(parts.length / Math.floor(width / 5)));
  const perRow = Math.ceil(parts.length / rows);
  const step = Math.min(16, width / perRow);
  const tall = height / rows;
  const gap = step > 4 ? Math.min(3, step / 4) : 0;
  parts.forEach((part, i) => {
    const x = (i % perRow) * step;
    const y = Math.floor(i / perRow) * tall;
    const bar = tall - (rows > 1 ? 2 : 0);
    draw.fillStyle = colour("free");
    draw.fillRect(x, y, step - gap, bar);
    const full = Math.max(0, Math.min(1, part.full)) * bar;
    draw.fillStyle = colour(part.level > 0 ? "warn" : "accent");
    draw.fillRect(x, y + bar - full, step - gap, full);
    if (part.level > 0) {
      // A notch, for whoever does not see the colour.
      draw.fillStyle = colour("bad");
      draw.fillRect(x, y, step - gap, Math.min(3, bar));
    }
  });
}
