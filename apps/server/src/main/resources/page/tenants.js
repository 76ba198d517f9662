/// Who is there, and how the machine is shared among them.

import { $, el, say, fill, brief, number, percent, plural } from "./dom.js";
import { swatch, OTHERS } from "./palette.js";

/// Shows the tenants of the latest picture.
export function showTenants(picture, shape, rates) {
  const busy = picture.tenants.filter((each) => each.queued + each.running + each.parked > 0);
  const weights = busy.reduce((sum, each) => sum + each.weight, 0);
  const held = (each) => rates.perEpochOf(each.tenant, (load) => load.blockEpochs);
  const blocks = shape.modules * shape.blocksPerModule;
  const all = rates.perEpoch((old) => old.tenants.reduce((sum, load) => sum + load.blockEpochs, 0));
  const rows = picture.tenants.map((each) => {
    const mean = held(each);
    const share = shape.administrator ? (all > 0 ? mean / all : 0) : (mean || 0) / blocks;
    const due = shape.administrator && busy.includes(each) ? each.weight / weights : NaN;
    return el("tr", {},
      el("td", { class: "cut tight" }, swatch(each.tenant),
        ` ${each.name || `tenant ${each.tenant}`}`,
        each.suspended ? " (suspended)" : ""),
      el("td", { class: "n" }, number(each.weight)),
      el("td", { class: "n" }, brief(each.held)),
      el("td", { class: "n" }, brief(each.running + each.parked)),
      el("td", { class: "n" }, brief(each.queued)),
      el("td", { class: "n" },
        brief(rates.perEpochOf(each.tenant, (load) => load.operations) || 0)),
      el("td", {}, bar(share, due)));
  });
  if (!shape.administrator && !shape.apart) {
    const others = picture.held - picture.tenants[0].held;
    rows.push(el("tr", {},
      el("td", { class: "tight" }, swatch(OTHERS), " others"),
      el("td"), el("td", { class: "n" }, brief(others)), el("td"), el("td"), el("td"),
      el("td", {}, bar(others / blocks, NaN))));
  }
  fill($("tenants"),
    ["Tenant", "#Weight", "#Blocks", "#Run", "#Queue", "#Ops/ep", "Share"], rows);
  const hidden = picture.tenantCount - picture.tenants.length;
  say($("tenants-note"), [
    shape.administrator ? "share of the blocks held; the mark is the weight's part"
      : "share of all blocks",
    hidden > 0 ? `and ${plural(hidden, "other", "others")}` : "",
  ].filter(Boolean).join("; "));
}

function bar(part, mark) {
  const inner = el("i");
  inner.style.width = `${100 * Math.max(0, Math.min(1, part || 0))}%`;
  const words = percent(part || 0) + (Number.isFinite(mark) ? `, due ${percent(mark)}` : "");
  const made = el("span",
    { class: "share", role: "img", "aria-label": words, title: words }, inner);
  if (Number.isFinite(mark)) {
    const due = el("b");
    due.style.left = `${100 * Math.min(0.99, mark)}%`;
    made.append(due);
  }
  return made;
}
