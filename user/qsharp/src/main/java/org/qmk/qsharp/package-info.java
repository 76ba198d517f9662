/// Compiles Q# to QIR with the npm package qsharp-lang, in a Node.js process of its own.
///
/// Start reading at `QsharpCompiler`. Invariants: the package's version and contents are pinned;
/// one process serves one compiler and is killed when it is late; what it says is data, never
/// trusted to be well formed. It must never install anything unless a program is compiled, nor run
/// a program.
package org.qmk.qsharp;
