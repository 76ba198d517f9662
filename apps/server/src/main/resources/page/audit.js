/// The audit log's head, and a proof that the browser verifies itself.

import { $, el, say, number, plural } from "./dom.js";
import { get, post, Refused } from "./server.js";
import { canHash, verify, Wrong } from "./merkle.js";

const DIGESTS_KEPT = 512;

export class Audit {
  #failed;
  #head;

  /// Digests that the page was shown while it watched, by epoch.
  #shown = new Map();

  /// @param failed is told what the server answered instead
  constructor(failed) {
    this.#failed = failed;
    $("audit-sign").addEventListener("click", () => this.#sign());
    $("audit-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#verify();
    });
  }

  async start() {
    this.#show(await get("/page/audit"));
  }

  picture(picture) {
    this.#shown.set(picture.epoch, picture.digest);
    if (this.#shown.size > DIGESTS_KEPT) this.#shown.delete(this.#shown.keys().next().value);
    if (this.#head) this.#note(picture.epoch);
  }

  #note(epoch) {
    const covered = this.#head.size;
    say($("audit-note"), covered >= epoch ? "the head covers all epochs"
      : `${plural(epoch - covered, "epoch", "epochs")} not signed for yet`);
  }

  #show(head) {
    this.#head = head;
    const facts = [
      ["Log", head.origin],
      ["Epochs", number(head.size)],
      ["Root", el("code", {}, head.root)],
      ["Key", el("code", {}, head.key.split("+").slice(0, 2).join("+"))],
      ["Head", el("a", { href: "/page/audit", download: "head.json" }, "save")],
    ];
    $("audit-head").replaceChildren(
      ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
    if (!$("audit-key").value) $("audit-key").value = head.key;
    if (!$("audit-epoch").value && head.size > 0) $("audit-epoch").value = head.size;
    this.#note(head.epoch);
  }

  async #sign() {
    $("audit-sign").disabled = true;
    try {
      this.#show(await (await post("/page/audit/head")).json());
      $("audit-epoch").value = this.#head.size || "";
    } catch (failure) {
      this.#failed(failure);
    } finally {
      $("audit-sign").disabled = false;
    }
  }

  #step(kind, words) {
    $("audit-steps").append(el("li", { class: kind }, words));
  }

  async #verify() {
    const epoch = Number($("audit-epoch").value);
    for (const id of ["audit-steps", "audit-entry", "audit-part"]) $(id).replaceChildren();
    if (!canHash()) {
      return this.#step("unknown", "This browser gives a page its cryptography over HTTPS or from"
        + " the machine itself only. Save the proof and run: qmk audit verify.");
    }
    $("audit-verify").disabled = true;
    try {
      const proof = await this.#proof(epoch);
      const tell = (good, words) => this.#step(good ? "yes" : "unknown", words);
      const found = await verify(proof, $("audit-key").value, epoch, tell);
      const shown = this.#shown.get(epoch);
      if (shown === found.entry.digest) {
        tell(true, "the digest is the one that this page was shown live");
      } else if (shown) {
        throw new Wrong("the digest is not the one that this page was shown live");
      }
      this.#entry(epoch, found);
    } catch (failure) {
      this.#step("no", `${failure.message}.`);
      this.#failed(failure);
    } finally {
      $("audit-verify").disabled = false;
    }
  }

  /// The proof; a head is signed first if none covers the epoch.
  async #proof(epoch) {
    try {
      return await get(`/page/audit/${epoch}`);
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status !== 404) throw failure;
      this.#show(await (await post("/page/audit/head")).json());
      return get(`/page/audit/${epoch}`);
    }
  }

  #entry(epoch, { entry, part }) {
    const facts = [
      ["Decisions", el("code", {}, entry.digest)],
      ["Placements", el("code", {}, entry.mapping)],
      ["Outcomes", el("code", {}, entry.outcomes)],
      ["Everybody sees", [
        `${plural(entry.running, "job", "jobs")} with a wave, ${number(entry.waiting)} without`,
        `${plural(entry.held, "block", "blocks")} held`,
        plural(entry.faults, "fault", "faults"),
        plural(entry.signals, "signal", "signals"),
        `parts of ${plural(entry.parts, "tenant", "tenants")}`,
      ].join("; ")],
      ["Proof", el("a", { href: `/page/audit/${epoch}`, download: `epoch-${epoch}.json` }, "save")],
    ];
    if (part) facts.push(["Your part", el("ul", {}, ...part.map((said) => el("li", {}, said)))]);
    $("audit-entry").replaceChildren(
      ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  }
}
