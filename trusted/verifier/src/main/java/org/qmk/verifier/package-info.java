/// Purpose: decide whether a QVM graph may run, and say all that is wrong with one that may not.
/// Start reading at `Verifier` (what is checked, in which order), then `Lifelines`, `Conditions`.
/// Invariants: only `Verifier` makes a `Verified`; equal graphs get equal verdicts; the time is
/// linear in the graph, apart from the analysis of guards, which `Limits.guardAnalysis` bounds.
/// Each rule of `org.qmk.qvm.Rule` is raised in one place; readers raise the QVM-FORM group.
/// It must never throw, whatever the graph, nor change a graph, nor let a wrong one pass.
package org.qmk.verifier;
