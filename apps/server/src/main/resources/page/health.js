/// Factories, links, decoders, degraded modes and faults.

import { $, el, say, fill, number, percent, plural } from "./dom.js";
import { spark, meters } from "./charts.js";

/// What the kernel does about a condition, by level; see docs/spec/kernel.md, section 11.
const RESPONSES = {
  DRIFT: ["2 rounds more an epoch; layers wait for all outcomes"],
  LINK: ["one round of purification more", "pairs are given out every 4th epoch",
    "one remote operation at a time"],
  HOT_MODULE: ["its blocks move away"],
  DECODER: ["half the measurements", "epochs twice as long", "new jobs are refused"],
  FACTORY: ["one wave with magic states an epoch", "strictly by what tenants are due"],
  LIES: ["new jobs are refused for 32 quiet epochs"],
};

const SUBJECTS = { DRIFT: "module", HOT_MODULE: "module", LINK: "link", FACTORY: "factory" };

const CONDITIONS = {
  DRIFT: "Drift", LINK: "Poor link", HOT_MODULE: "Hot module", DECODER: "Decoders behind",
  FACTORY: "Poor factory", LIES: "Reports that do not fit",
};

export function showHealth(picture, shape, rates) {
  showModes(picture, shape);
  showMishaps(picture, shape);
  const level = (condition, subject) => picture.modes.find((mode) =>
    mode.condition === condition && mode.subject === subject)?.level ?? 0;
  showSources(picture, rates, {
    prefix: "factories", figure: "states", counters: "magic", what: "factory", many: "factories",
    count: shape.factoryCount, rate: shape.statesPerEpoch,
    parts: shape.factories.map((rate, i) => ({ name: `${i}`, rate, level: level("FACTORY", i) })),
    condition: "FACTORY",
  });
  showSources(picture, rates, {
    prefix: "links", figure: "pairs", counters: "links", what: "link", many: "links",
    count: shape.linkCount, rate: shape.pairsPerEpoch,
    parts: shape.links.map(([from, to, rate, fidelity], i) =>
      ({ name: `${i}: ${from}–${to}`, rate, fidelity, level: level("LINK", i) })),
    condition: "LINK",
  });
  showDecoder(picture, shape, rates);
  $("main").dataset.sources = (shape.factoryCount > 0) + (shape.linkCount > 0);
}

function showSources(picture, rates, sources) {
  const { prefix, figure, counters, what, count, rate, parts } = sources;
  const isTold = picture[counters] !== undefined;
  const made = isTold ? rates.perEpoch((old) => old[figure] ?? 0) : NaN;
  say($(`${prefix}-note`), count === 0 ? "" : plural(count, what, sources.many));
  $(`${prefix}-chart`).hidden = parts.length === 0;
  $(`${prefix}-details`).hidden = parts.length === 0;
  $(prefix).hidden = count === 0;
  if (count === 0) return;
  say($(figure), isTold ? `${number(made)} / ${number(rate)}` : number(rate));
  parts.forEach((part, i) => {
    const mean = isTold ? rates.perEpoch((old) => old[counters]?.[i] ?? 0) : NaN;
    part.mean = mean;
    part.full = isTold ? (Number.isFinite(mean) ? mean / part.rate : 0) : 1;
  });
  meters($(`${prefix}-chart`), parts);
  const degraded = picture.modes.filter((mode) => mode.condition === sources.condition).length;
  const worst = parts.reduce((low, part) =>
    (part.full < (low?.full ?? 2) ? part : low), undefined);
  const words = [
    isTold && worst && Number.isFinite(worst.mean)
      ? `made in each of the last epochs; least by ${what} ${worst.name}, ${percent(worst.full)}`
      : isTold ? "made in each epoch: none was closed lately" : "at full rate",
    degraded > 0 ? `${plural(degraded, what, sources.many)} degraded` : "",
  ].filter(Boolean).join("; ");
  say($(`${prefix}-text`), words);
  $(`${prefix}-chart`).setAttribute("aria-label", `${plural(count, what, sources.many)}: ${words}`);
  if (!$(`${prefix}-details`).open) return;
  const links = prefix === "links";
  fill($(`${prefix}-table`),
    [links ? "Link" : "Factory", "#Made", "#Rate", ...(links ? ["#Fidelity"] : []), "Mode"],
    parts.map((part) => el("tr", {},
      el("th", { scope: "row" }, part.name),
      el("td", { class: "n" }, number(part.mean)),
      el("td", { class: "n" }, number(part.rate)),
      ...(links ? [el("td", { class: "n" }, part.fidelity.toFixed(3))] : []),
      el("td", {}, part.level > 0 ? `level ${part.level}` : "at rest"))));
}

function showDecoder(picture, shape, rates) {
  if (picture.backlog === undefined) {
    say($("backlog"), "–");
    return say($("backlog-text"), "Not told where tenants are kept apart.");
  }
  const limit = picture.held * shape.backlogRoundsPerBlock;
  say($("backlog"), number(picture.backlog));
  say($("decoder-note"), shape.decoderRounds
    ? `${number(shape.decoderRounds)} rounds an epoch at most` : "decoders never wait");
  spark($("backlog-chart"), rates.all.map((old) => [old.at, old.backlog ?? 0]),
    picture.backlog * 8 > limit ? limit : 0);
  const words = decoderWords(picture, shape, limit);
  say($("backlog-text"), words);
  $("backlog-chart").setAttribute("aria-label", `Backlog over the last minute. ${words}`);
}

function decoderWords(picture, shape, limit) {
  if (!shape.decoderRounds) return "Outcomes are decoded in the epoch that measures them.";
  if (picture.backlog > limit && picture.held > 0) {
    return `More than ${number(limit)} rounds: nothing is measured until they are decoded.`;
  }
  return `Measuring goes on up to ${number(limit)} rounds. An epoch has `
    + `${plural(picture.rounds, "round", "rounds")} of each block.`;
}

function showModes(picture, shape) {
  const items = picture.modes.map((mode) => {
    const link = mode.condition === "LINK" ? shape.links[mode.subject] : undefined;
    const part = SUBJECTS[mode.condition];
    const ends = link ? ` (${link[0]}–${link[1]})` : "";
    const where = part ? `, ${part} ${mode.subject}${ends}` : "";
    const response = RESPONSES[mode.condition][mode.level - 1];
    return el("li", {},
      el("span", { class: mode.level > 1 ? "level high" : "level" }, `▲ level ${mode.level}`),
      el("span", {}, `${CONDITIONS[mode.condition]}${where}: ${response}`),
      el("span", {}, `since epoch ${number(mode.since)}`));
  });
  list($("modes"), items, "All parts of the machine are at rest.");
}

function showMishaps(picture, shape) {
  const words = { NOT_DONE: "not done", LOST: "lost", REFUSED: "refused" };
  const items = picture.mishaps.slice(0, 8).map((mishap) =>
    el("li", {},
      el("span", { class: "level" }, words[mishap.kind]),
      el("span", {}, `${shape.administrator ? `${mishap.name} ` : ""}job ${mishap.ticket}: `
        + mishap.cause),
      el("span", {}, `epoch ${number(mishap.epoch)}`)));
  list($("mishaps"), items, "None.");
}

function list(node, items, none) {
  const next = el("ul", {}, ...(items.length ? items : [el("li", { class: "none" }, none)]));
  if (node.innerHTML !== next.innerHTML) node.replaceChildren(...next.childNodes);
}
