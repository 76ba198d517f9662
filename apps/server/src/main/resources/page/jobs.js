/// The list of jobs, and one job's timeline and results.

import { $, el, svg, say, fill, number, brief, percent, plural } from "./dom.js";
import { swatch } from "./palette.js";
import { get } from "./server.js";

const MILLIS_PER_LOOK = 1_000;

export class Jobs {
  #shape;
  #chosen;
  #choose;
  #failed;
  #seen = "";
  #looked = 0;
  #busy = false;

  /// @param choose is told of the job that is chosen
  /// @param failed is told what the server answered instead of jobs
  constructor(choose, failed) {
    this.#choose = choose;
    this.#failed = failed;
    $("jobs-flight").addEventListener("change", () => this.look());
  }

  shape(shape) {
    this.#shape = shape;
  }

  /// Looks again if something changed, but not too often.
  picture(picture) {
    const key = `${picture.epoch} ${picture.tenants.map((each) => each.queued + each.running)}`;
    if (key === this.#seen || performance.now() - this.#looked < MILLIS_PER_LOOK) return;
    this.#seen = key;
    this.look();
  }

  async look() {
    if (this.#busy || document.hidden) return;
    this.#busy = true;
    this.#looked = performance.now();
    try {
      this.#list((await get("/page/jobs")).jobs);
      if (this.#chosen) this.#show(await get(`/page/jobs/${this.#chosen}`));
    } catch (failure) {
      this.#failed(failure);
    } finally {
      this.#busy = false;
    }
  }

  #list(jobs) {
    const flying = (job) => job.ended === 0;
    const shown = $("jobs-flight").checked ? jobs.filter(flying) : jobs;
    say($("jobs-note"), jobs.length === 0 ? "none yet"
      : `the last ${number(jobs.length)}, ${number(jobs.filter(flying).length)} in flight`);
    const owners = this.#shape.administrator;
    fill($("jobs"),
      ["Job", ...(owners ? ["Tenant"] : []), "Name", "State", "#Shots", "#Blocks", "#Accepted",
        "Why"],
      shown.map((job) => this.#row(job, owners)));
    // Listeners do not live in rows that are compared: one for all of them.
    $("jobs").onclick = (event) => {
      const id = event.target.closest("button")?.dataset.job;
      if (id) this.open(id);
    };
  }

  #row(job, owners) {
    const chosen = job.id === this.#chosen;
    return el("tr", { class: chosen ? "chosen" : "" },
      el("td", { class: "tight" },
        el("button", { type: "button", class: "plain", id: `job-${job.id}`, "data-job": job.id,
          "aria-pressed": chosen ? "true" : "false" }, `${job.ticket}`)),
      ...(owners ? [el("td", { class: "cut" }, swatch(job.tenant), ` ${job.owner}`)] : []),
      el("td", { class: "cut", title: job.name }, job.name || "–"),
      el("td", {}, el("span", { class: `state ${job.state}` }, word(job.state))),
      el("td", { class: "n tight" }, `${brief(job.shotsDone)} / ${brief(job.shots)}`),
      el("td", { class: "n" }, brief(job.blocks)),
      el("td", { class: "n" }, number(job.accepted)),
      el("td", { class: "cut", title: job.why }, why(job)));
  }

  async open(id) {
    this.#chosen = id;
    const [tenant, ticket] = id.split(".").map(Number);
    this.#choose({ tenant, ticket });
    while (this.#busy) await new Promise((done) => setTimeout(done, 20));
    await this.look();
  }

  #show(job) {
    if (job.id !== this.#chosen) return;
    say($("job-title"), `Job ${job.ticket}${job.name ? `: ${job.name}` : ""}`);
    say($("job-note"), this.#shape.administrator ? job.owner : "");
    const now = job.ended || Math.max(job.now, job.accepted);
    const facts = [
      ["State", el("span", { class: `state ${job.state}` }, word(job.state))],
      ["Why", job.code ? `${job.code}: ${job.why}` : job.why],
      ...(job.detail ? [["Device", job.detail]] : []),
      ["Shots", `${number(job.shotsDone)} of ${number(job.shots)}, seed ${job.seed}`],
      ["Epochs",
        `${number(job.accepted + 1)} to ${number(now)}; worked on in ${number(job.epochs)}`],
      ...(job.waited.length
        ? [["Waited",
          job.waited.map((wait) => `${number(wait.epochs)}: ${wait.sentence}`).join("; ")]]
        : []),
      ["Program", el("code", {}, job.digest.slice(0, 24) + "…")],
      ...job.warnings.map((warning) => ["Warning", warning]),
    ];
    const details = $("job").querySelector("details");
    $("job").replaceChildren(
      el("dl", { class: "facts" },
        ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
      el("h3", {}, "Timeline"), timeline(job, now), keys(),
      asText(job, details?.open ?? false),
      el("h3", {}, "Results"), histogram(job));
  }
}

const word = (state) => state[0] + state.slice(1).toLowerCase();

/// What is worth a word: an ended job that is complete needs none.
const why = (job) => (job.state === "COMPLETED" ? "" : job.why);

const LEFT = 46;

/// Epochs from left to right: what the job did, its waves, what befell it.
function timeline(job, now) {
  const wide = Math.max(200, $("job").clientWidth);
  const first = job.spans[0]?.[1] ?? job.accepted + 1;
  const end = Math.max(now, first) + 1;
  const x = (epoch) => LEFT + ((epoch - first) / (end - first)) * (wide - LEFT - 2);
  const words = `Timeline of epochs ${first} to ${end - 1}; the same as a table below`;
  const drawn = svg("svg", { class: "timeline", viewBox: `0 0 ${wide} 86`, role: "img",
    "aria-label": words }, patterns());
  const text = (at, y, said, anchor = "start") =>
    svg("text", { x: at, y, "text-anchor": anchor }, said);
  drawn.append(text(0, 20, "doing"), text(0, 48, "waves"));
  for (const [doing, from, to] of job.spans) {
    const thin = doing === "WORKING" ? 2 : 0.5;
    drawn.append(svg("rect", { class: doing, x: x(from), y: 8, height: 18,
      width: Math.max(thin, x(to + 1) - x(from)) },
      svg("title", {}, `${meaning[doing]}, epochs ${from} to ${to}`)));
  }
  for (const wave of job.waves) {
    const to = wave.to || now;
    drawn.append(svg("rect", { class: "wave", x: x(wave.from), y: 36, height: 18,
      width: Math.max(1, x(to + 1) - x(wave.from)) },
      svg("title", {}, waveWords(wave))));
  }
  for (const [epoch, what] of job.marks) {
    const at = x(epoch) + 1;
    drawn.append(svg("path", { class: "mark", d: `M${at},62 l4,6 h-8 z` },
      svg("title", {}, `epoch ${epoch}: ${what}`)));
  }
  drawn.append(svg("line", { class: "axis", x1: LEFT, x2: wide, y1: 70.5, y2: 70.5 }));
  drawn.append(text(LEFT, 82, `epoch ${number(first)}`),
    text(wide - 2, 82, number(end - 1), "end"));
  if (job.dropped > 0) drawn.append(text(wide / 2, 82, "older parts are not kept", "middle"));
  return drawn;
}

const waveWords = (wave) => `shots ${wave.firstShot} to ${wave.firstShot + wave.shots - 1} on `
  + `${plural(wave.blocks, "block", "blocks")}, epochs ${wave.from} to ${wave.to || "now"}`;

function patterns() {
  const tile = (id, ...parts) => svg("pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, ...parts);
  return svg("defs", {},
    tile("hatch", svg("path", { class: "hatching", d: "M0,6 L6,0" })),
    tile("dots", svg("circle", { class: "dotting", cx: 3, cy: 3, r: 1.4 })));
}

const meaning = {
  WORKING: "worked on", WAITING: "has blocks, waits", QUEUED: "queued", PARKED: "parked",
};

function keys() {
  return el("div", { class: "keys", "aria-hidden": "true" },
    ...Object.entries(meaning).map(([name, said]) => el("span", {},
      svg("svg", { class: "timeline key", viewBox: "0 0 14 10" },
        svg("rect", { class: name, x: 0.5, y: 0.5, width: 13, height: 9 })), said)),
    el("span", {}, svg("svg", { class: "timeline key", viewBox: "0 0 14 10" },
      svg("path", { class: "mark", d: "M7,1 l4,7 h-8 z" })), "rolled back, moved, made room"));
}

function asText(job, open) {
  const rows = [
    ...job.spans.map(([doing, from, to]) => [from, to, meaning[doing]]),
    ...job.waves.map((wave) =>
      [wave.from, wave.to || "now", `wave of ${waveWords(wave).split(", ")[0]}`]),
    ...job.marks.map(([epoch, what]) => [epoch, epoch, what]),
  ].sort((a, b) => a[0] - b[0]);
  const table = el("table");
  fill(table, ["#From", "#To", "What"], rows.map(([from, to, what]) => el("tr", {},
    el("td", { class: "n" }, `${from}`), el("td", { class: "n" }, `${to}`), el("td", {}, what))));
  return el("details", { open }, el("summary", {}, "As a table"),
    el("div", { class: "scroll" }, table));
}

function histogram(job) {
  if (job.counts.length === 0) return el("p", { class: "note" }, "No shot is done yet.");
  const all = job.counts.reduce((sum, [, count]) => sum + count, 0) + job.otherShots;
  const most = Math.max(...job.counts.map(([, count]) => count));
  const table = el("table", { class: "histogram", "aria-label": "Results" });
  fill(table, ["Result", "", "#Shots", "#Part"], job.counts.map(([key, count]) => {
    const inner = el("i");
    inner.style.width = `${(100 * count) / most}%`;
    return el("tr", {},
      el("td", { class: key.length > 24 ? "mono" : "mono tight" }, key || "(no bits)"),
      el("td", { class: "wide" }, el("span", { class: "share", "aria-hidden": "true" }, inner)),
      el("td", { class: "n" }, number(count)),
      el("td", { class: "n tight" }, percent(count / all)));
  }));
  const notes = [
    job.bits.length ? `bits from left to right: ${job.bits.slice(0, 24).join(" ")}`
      + (job.bits.length > 24 ? " …" : "") : "",
    job.otherResults > 0 ? `${plural(job.otherResults, "rarer result", "rarer results")}, `
      + plural(job.otherShots, "shot", "shots") : "",
  ].filter(Boolean).join("; ");
  return el("div", {}, el("div", { class: "scroll" }, table), el("p", { class: "note" }, notes));
}
