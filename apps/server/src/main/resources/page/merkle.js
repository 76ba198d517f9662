/// Verifies a proof of the audit log as docs/spec/audit.md has it, with nothing but what the
/// browser brings: SHA-256 and Ed25519 of Web Crypto. Shares no code with the server.

const LEAF = 0;
const NODE = 1;
const HASH = 32;

/// The cause of a job's end that has not come.
const NO_CAUSE = "QMK-END-0";

export class Wrong extends Error {}

/// Whether this browser can hash here: Web Crypto needs HTTPS or the machine itself.
export const canHash = () => Boolean(globalThis.crypto?.subtle);

export function bytes(base64) {
  const text = atob(base64);
  if (btoa(text) !== base64) throw new Wrong("base 64 that is not in its shortest form");
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export const hex = (array) => Array.from(array, (b) => b.toString(16).padStart(2, "0")).join("");

const same = (one, other) => hex(one) === hex(other);

const utf8 = (text) => new TextEncoder().encode(text);

function join(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

const leafHash = (entry) => sha256([LEAF], entry);
const nodeHash = (left, right) => sha256([NODE], left, right);

/// The root that a leaf and its inclusion proof lead to (RFC 9162, 2.1.3.2).
///
/// @param index of the leaf, BigInt
/// @param size of the tree, BigInt
export async function rootOf(leaf, index, size, proof) {
  if (index < 0n || index >= size) throw new Wrong(`leaf ${index} in a tree of ${size}`);
  let node = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (sibling.length !== HASH) throw new Wrong("a hash that has not 32 bytes");
    if (last === 0n) throw new Wrong("the proof is too long");
    if (node % 2n === 1n || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node /= 2n;
    last /= 2n;
  }
  if (last !== 0n) throw new Wrong("the proof is too short");
  return hash;
}

/// A verifier key, NAME+HASH+KEY.
export async function readKey(text) {
  const fields = text.trim().split("+");
  const [name, hash] = fields;
  const typed = bytes(fields.slice(2).join("+"));
  if (!name || typed.length !== 33 || typed[0] !== 1) throw new Wrong("no Ed25519 verifier key");
  const expected = hex((await sha256(utf8(`${name}\n`), typed)).slice(0, 4));
  if (expected !== hash) throw new Wrong("the key's own hash does not fit it");
  return { name, hash: bytesOfHex(hash), point: typed.slice(1) };
}

const bytesOfHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));

/// A checkpoint, taken apart: the text that is signed, what it says, and the key's signature.
export function readCheckpoint(note, key) {
  const blank = note.lastIndexOf("\n\n");
  if (blank < 0 || !note.endsWith("\n")) throw new Wrong("no signed note");
  const text = note.slice(0, blank + 1);
  const [origin, size, root] = text.split("\n");
  if (!/^(0|[1-9][0-9]{0,17})$/.test(size ?? "")) throw new Wrong("no head of a log");
  if (origin !== key.name) throw new Wrong(`a head of ${origin}, and the key is of ${key.name}`);
  const head = { text, origin, size: BigInt(size), root: bytes(root) };
  if (head.root.length !== HASH) throw new Wrong("a root that has not 32 bytes");
  for (const line of note.slice(blank + 2, -1).split("\n")) {
    const [dash, name, signed] = line.split(" ");
    if (dash !== "\u2014" || name !== key.name) continue;
    const tagged = bytes(signed);
    if (same(tagged.slice(0, 4), key.hash)) return { ...head, signature: tagged.slice(4) };
  }
  throw new Wrong(`not signed by ${key.name}+${hex(key.hash)}`);
}

/// Whether the signature is right; nothing where the browser has no Ed25519.
export async function isSigned(head, key) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.point, "Ed25519", false, ["verify"]);
  } catch {
    return undefined;
  }
  return crypto.subtle.verify("Ed25519", imported, head.signature, utf8(head.text));
}

/// Reads numbers and texts one after another.
class Reader {
  #bytes;
  #at = 0;

  constructor(from) {
    this.#bytes = from;
  }

  get done() {
    return this.#at === this.#bytes.length;
  }

  raw(count) {
    if (this.#at + count > this.#bytes.length) throw new Wrong("it ends too early");
    this.#at += count;
    return this.#bytes.slice(this.#at - count, this.#at);
  }

  /// LEB128, as a number: what is told here is far below 2^53.
  uint() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const [byte] = this.raw(1);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (scale > 2 ** 56) throw new Wrong("a number that is too long");
    }
  }

  counted() {
    return this.raw(this.uint());
  }

  text() {
    return new TextDecoder().decode(this.counted());
  }
}

/// An entry, taken apart: what everybody may see of an epoch.
export function readEntry(entry) {
  const in1 = new Reader(entry);
  if (hex(in1.raw(4)) !== hex(utf8("QMKA")) || in1.uint() !== 1) throw new Wrong("no entry");
  const epoch = in1.uint();
  const shared = new Reader(in1.counted());
  const parts = in1.uint();
  const root = in1.raw(HASH);
  if (!in1.done) throw new Wrong("bytes after the entry");
  if (shared.uint() !== epoch) throw new Wrong("an entry of two epochs");
  const [digest, mapping, outcomes] = [0, 0, 0].map(() => hex(shared.raw(HASH)));
  const [running, waiting, held, faults, signals] = [0, 0, 0, 0, 0].map(() => shared.uint());
  return { epoch, digest, mapping, outcomes, running, waiting, held, faults, signals, parts, root };
}

/// A tenant's part, as sentences.
export function readPart(part) {
  const from = new Reader(part);
  const said = [];
  while (!from.done) {
    const ticket = from.uint();
    const job = ticket ? `job ${ticket}: ` : "";
    said.push(job + notice(from));
  }
  return said;
}

function notice(from) {
  const [kind] = from.raw(1);
  switch (kind) {
    case 2: return "a session was opened";
    case 3: return `a capability was granted, handle ${from.uint()}.${from.uint()}`;
    case 4: return `a capability was revoked, handle ${from.uint()}.${from.uint()}`;
    case 5: return "accepted";
    case 6: return `refused, ${from.text()}: ${from.text()}`;
    case 7: {
      const state = from.text();
      const cause = from.text();
      return cause === NO_CAUSE ? state : `${state}, ${cause}`;
    }
    case 14: return from.text();
    case 16: return "a session was closed";
    case 17: return `channel ${from.uint()} is ${from.text()}`;
    case 18: return `channel ${from.uint()} was used, ${from.uint()} pairs are left`;
    default: throw new Wrong(`a notice of the unknown kind ${kind}`);
  }
}

/// An unsigned LEB128 in its shortest form.
function uint(number) {
  const bytes = [];
  let left = number;
  while (left >= 128) {
    bytes.push((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  bytes.push(left);
  return new Uint8Array(bytes);
}

/// The leaf of the inner tree that commits to a tenant's part.
export const commitment = (blind, tenant, part) => sha256([LEAF], blind, uint(tenant), part);

/// Verifies what `/page/audit/N` gave, step by step. A step is told as it is done: whether it is so
/// (nothing where the browser cannot say), and in words.
///
/// @param proof the server's answer
/// @param keyText the key that the reader trusts
/// @param epoch the epoch that was asked for
/// @param step is told of each step
/// @return the entry, and the part's sentences if there is a part
export async function verify(proof, keyText, epoch, step) {
  const key = await readKey(keyText);
  const head = readCheckpoint(proof.checkpoint, key);
  const signed = await isSigned(head, key);
  const by = `${key.name}+${hex(key.hash)}`;
  if (signed === undefined) {
    step(undefined, "this browser has no Ed25519: the signature is not verified");
  } else if (!signed) {
    throw new Wrong(`the signature of ${by} under the head is wrong`);
  } else {
    step(true, `the head of ${head.size} epochs is signed by ${by} (Ed25519)`);
  }
  const isView = proof.format === "qmk-audit-view";
  const told = isView ? proof.epochs[0] : proof;
  const entryBytes = bytes(told.entry);
  const siblings = told.inclusion.map(bytes);
  const root = await rootOf(await leafHash(entryBytes), BigInt(told.index), head.size, siblings);
  if (!same(root, head.root)) throw new Wrong("the entry's proof does not lead to the signed root");
  step(true, `the entry is leaf ${told.index}: with ${siblings.length} hashes it leads to the root`
    + ` ${hex(root).slice(0, 16)}… (SHA-256)`);
  const entry = readEntry(entryBytes);
  if (entry.epoch !== epoch) throw new Wrong(`the entry is of epoch ${entry.epoch}`);
  step(true, `the entry is of epoch ${epoch}, kernel digest ${entry.digest.slice(0, 16)}…`);
  if (!isView) return { entry, part: undefined };
  const part = bytes(told.part);
  const leaf = await commitment(bytes(told.blind), proof.tenant, part);
  const inner = await rootOf(leaf, BigInt(told.place), BigInt(entry.parts),
    told.partInclusion.map(bytes));
  if (!same(inner, entry.root)) throw new Wrong("the part is not what the entry commits to");
  step(true, `the ${part.length} bytes of your part open its commitment, ${told.place + 1} of`
    + ` ${entry.parts} in the entry`);
  return { entry, part: readPart(part) };
}
