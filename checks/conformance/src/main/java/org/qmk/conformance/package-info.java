/// Purpose: hold every implementation of QVM against one set of scripts, and ours against oracles.
/// Start reading at checks/conformance/README.md, then `ConformanceTest` among the tests.
/// Invariants: scripts and oracles know the specification, never the code under test.
/// Every rule and every operation has an accepting and a refusing script; a test lists what lacks.
/// It must never be needed by anything but tests.
package org.qmk.conformance;
