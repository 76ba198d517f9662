/// Purpose: what goes into the kernel and what comes out, as plain values.
/// Start reading at `Input` and `Notice`; `Refusal` lists every way to be told no.
/// Invariants: values are immutable; an input holds all that a step depends on, so that the
/// sequence of inputs is the journal.
/// Handles are numbers that mean something only inside the kernel that gave them.
/// It must never hold a name, time or count that the kernel did not decide or was not given.
package org.qmk.kernel.call;
