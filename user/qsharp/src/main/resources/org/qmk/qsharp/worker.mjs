// Compiles Q# to QIR, one request after another: a line of JSON in, a line of JSON out.
//
//   in   {"name": "x.qs", "source": "...", "profile": "adaptive"}
//   out  {"qir": "..."}
//        {"diagnostics": [{"file": "x.qs", "line": 1, "column": 1, "code": "...", "message": "..."}]}
//        {"failure": "..."}                 the compiler itself broke; start another worker
//
// The first line out is {"ready": true}. The compiler runs in a thread of its own, so that this
// process ends with its standard input even while a program is being compiled.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

const DOCUMENT = "file:///program.qs";

function fail(error) {
  process.stderr.write(String(error?.message ?? error) + "\n");
  process.exit(1);
}

function serve() {
  const compiler = new Worker(new URL(import.meta.url));
  compiler.on("message", (line) => process.stdout.write(line + "\n"));
  compiler.on("error", fail);
  createInterface({ input: process.stdin })
    .on("line", (line) => compiler.postMessage(line))
    .on("close", () => process.exit(0));
}

// Lines and columns are counted from 1, columns in code points.
function place(source, { line, character }) {
  const text = source.split("\n")[line] ?? "";
  return { line: line + 1, column: [...text.slice(0, character)].length + 1 };
}

function diagnostic(request, { document, diagnostic: found }) {
  const own = document === DOCUMENT;
  const at = own ? place(request.source, found.range.start) : { line: 0, column: 0 };
  return {
    file: own ? request.name : document,
    ...at,
    code: found.code ?? "",
    message: found.message,
  };
}

async function answer(compiler, request) {
  try {
    const qir = await compiler.getQir({
      sources: [[DOCUMENT, request.source]],
      languageFeatures: [],
      profile: request.profile,
    });
    return { qir };
  } catch (error) {
    if (!Array.isArray(error?.diagnostics)) {
      return { failure: String(error?.message ?? error) };
    }
    const errors = error.diagnostics.filter((each) => each.diagnostic.severity === "error");
    const told = errors.length > 0 ? errors : error.diagnostics;
    return { diagnostics: told.map((each) => diagnostic(request, each)) };
  }
}

async function compile() {
  console.log = console.info = console.debug = console.error;
  const { getCompiler, loadWasmModule } = await import("qsharp-lang");
  const wasm = new URL("node_modules/qsharp-lang/lib/web/qsc_wasm_bg.wasm", import.meta.url);
  await loadWasmModule(readFileSync(wasm));
  const compiler = await getCompiler();
  parentPort.on("message", async (line) => {
    parentPort.postMessage(JSON.stringify(await answer(compiler, JSON.parse(line))));
  });
  parentPort.postMessage(JSON.stringify({ ready: true }));
}

if (isMainThread) serve();
else await compile();
