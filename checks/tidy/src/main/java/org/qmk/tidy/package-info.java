/// The rules of the house, as code that reads the checkout.
///
/// Start reading at `Checkout`, then any rule; each rule returns what it found, one line a finding.
/// Invariant: a rule decides from the text or the class files it is given, so that its test can
/// plant a violation and see it found.
/// A rule must never depend on the order of the file system, and never change a file.
package org.qmk.tidy;
