/// Small words for the document.

export const $ = (id) => document.getElementById(id);

/// An element. Attributes that are functions listen; text and elements become children.
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/// The same for drawings.
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
}

/// Changes a text only where it differs: screen readers and layout are left in peace.
export function say(node, text) {
  const next = String(text);
  if (node.textContent !== next) node.textContent = next;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/// A number for people: whole, with one digit after the point below ten.
export function number(value) {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) < 10 ? tenth.format(value) : whole.format(value);
}

/// A number in few letters.
export const brief = (value) => (Math.abs(value) < 10_000 ? number(value) : short.format(value));

export const percent = (part) => `${number(100 * part)} %`;

export const plural = (count, one, many) => `${whole.format(count)} ${count === 1 ? one : many}`;

/// A table's head. A heading that begins with # is of numbers.
export function head(...titles) {
  const cells = titles.map((title) =>
    title.startsWith("#")
      ? el("th", { scope: "col", class: "n" }, title.slice(1))
      : el("th", { scope: "col" }, title));
  return el("thead", {}, el("tr", {}, ...cells));
}

/// Gives a table new rows, without touching it if they are the same.
export function fill(table, titles, rows) {
  const body = el("tbody", {}, ...rows);
  const before = table.tBodies[0];
  const sameHead = table.dataset.titles === titles.join("\n");
  if (sameHead && before && before.isEqualNode(body)) return;
  // Who has the keyboard on a button keeps it there.
  const focused = table.contains(document.activeElement) ? document.activeElement.id : "";
  if (sameHead && before) before.replaceWith(body);
  else table.replaceChildren(head(...titles), body);
  table.dataset.titles = titles.join("\n");
  if (focused) $(focused)?.focus();
}
