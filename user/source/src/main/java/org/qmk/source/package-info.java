/// Programs in whatever form they come.
///
/// `SourceForm` tells the language by content: the name decides only where the content does not.
/// `Loading` reads a program and verifies it: what comes out may run, or all that is wrong with it
/// is known, as `Diagnostic`s with a place, a code and a way to mend. `SourceRule` says why a file
/// is no program at all.
package org.qmk.source;
