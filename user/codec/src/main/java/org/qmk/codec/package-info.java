/// Purpose: graphs as bytes: text, JSON 1.0 and 0.1, protobuf, and the canonical encoding.
/// Start reading at `GraphReader` and `GraphWriter`, then at one form, `TextFormReader` for one.
/// Invariants: what a writer writes reads back to the same digest and labels; whatever the input,
/// a reader answers with a `Reading`, in linear time and bounded memory.
/// Forms are described in docs/spec/qvm-forms.md, which is normative.
/// It must never decide whether a graph may run: that is the verifier's.
package org.qmk.codec;
