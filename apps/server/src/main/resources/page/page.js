/// The page: logs in, listens, and hands each picture to whatever shows a part of it.

import { $, say, brief, number } from "./dom.js";
import { get, post, listen, Unknown } from "./server.js";
import { startTheme } from "./theme.js";
import { spark } from "./charts.js";
import { Rates } from "./rates.js";
import { MachineMap } from "./machine-map.js";
import { showTenants } from "./tenants.js";
import { showHealth } from "./health.js";
import { Jobs } from "./jobs.js";
import { Audit } from "./audit.js";

const STALE_MILLIS = 4_000;
const WORDS_PER_SECOND = 4;

let shape;
let latest;
let source;
let rates = new Rates();
let paused = false;
let told = 0;
let connected = false;

const map = new MachineMap();
const jobs = new Jobs((job) => map.choose(job), failed);
const audit = new Audit(failed);

/// What a failed request means for the page as a whole.
function failed(failure) {
  if (failure instanceof Unknown) showLogin("");
}

function showLogin(words) {
  source?.close();
  source = undefined;
  $("main").hidden = true;
  $("login").hidden = false;
  $("logout").hidden = true;
  say($("viewer"), "");
  say($("login-error"), words);
  state("off", "logged out");
  $("key").focus();
}

function state(kind, words) {
  $("state").className = `pill ${kind}`;
  say($("state"), words);
}

function takeShape(next) {
  shape = next;
  connected = true;
  document.title = `QMK ${shape.machine}`;
  say($("machine"), shape.machine);
  $("machine").title = shape.description;
  say($("viewer"), shape.administrator ? "administrator" : shape.name);
  say($("running-label"), shape.administrator ? "Running" : "Yours running");
  say($("queued-label"), shape.administrator ? "Queued" : "Yours queued");
  map.shape(shape);
  jobs.shape(shape);
}

function takePicture(picture) {
  if (latest && !picture.map) picture.map = latest.map;
  latest = picture;
  rates.add(picture);
  audit.picture(picture);
  if (!paused) show();
}

const sum = (counter) => latest.tenants.reduce((all, each) => all + each[counter], 0);

/// Shows the latest picture. What people read letter by letter changes a few times a second only.
function show() {
  say($("epoch"), number(latest.epoch));
  map.picture(latest);
  if (performance.now() - told < 1000 / WORDS_PER_SECOND) return;
  told = performance.now();
  const blocks = shape.modules * shape.blocksPerModule;
  $("held").replaceChildren(`${brief(latest.held)} `, small(`of ${brief(blocks)}`));
  say($("running"), brief(sum("running") + sum("parked")));
  say($("queued"), brief(sum("queued")));
  showTenants(latest, shape, rates);
  showHealth(latest, shape, rates);
  jobs.picture(latest);
}

function small(text) {
  const made = document.createElement("small");
  made.textContent = text;
  return made;
}

/// Once a second: what changes although no picture comes.
function tick() {
  if (!latest || !source) return;
  const rate = rates.epochsPerSecond();
  pulse.push([performance.now(), rate]);
  while (pulse.length > 120) pulse.shift();
  say($("rate"), brief(rate));
  spark($("pulse"), pulse);
  if (!paused) {
    told = 0;
    show();
  }
  const old = performance.now() - rates.all.at(-1).at;
  if (latest.state === "STOPPED") state("off", "the kernel has stopped");
  else if (!connected) state("", "connecting");
  else if (paused) state("", "paused");
  else if (latest.state === "DRAINING") state("live", "draining");
  else if (old > STALE_MILLIS) state("", "idle");
  else state("live", "live");
}

const pulse = [];

async function start() {
  let first;
  try {
    first = await get("/page/machine");
  } catch (failure) {
    if (failure instanceof Unknown) return showLogin("");
    state("off", "no answer");
    setTimeout(start, 3_000);
    return undefined;
  }
  $("login").hidden = true;
  $("main").hidden = false;
  $("logout").hidden = false;
  rates = new Rates();
  pulse.length = 0;
  latest = undefined;
  takeShape(first.shape);
  takePicture(first.picture);
  jobs.look();
  audit.start().catch(failed);
  source = listen({
    shape: takeShape,
    picture: takePicture,
    lost: () => (connected = false),
    refused: async (words) => {
      connected = false;
      state("off", words);
      // Too many streams, or a session that is over: the next request tells which.
      await get("/page/machine").catch(failed);
    },
  });
  return undefined;
}

$("login-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const key = $("key").value;
  $("key").value = "";
  try {
    await post("/page/login", { key });
    await start();
  } catch (failure) {
    showLogin(failure.message);
  }
});

$("logout").addEventListener("click", async () => {
  await post("/page/logout").catch(() => {});
  location.reload();
});

$("pause").addEventListener("click", () => {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", paused);
  say($("pause"), paused ? "Go on" : "Pause");
});

startTheme();
setInterval(tick, 1_000);
start();
