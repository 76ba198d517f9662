/// Programs in whatever form they come.
///
/// `Loading` tells the language by content, reads, and verifies: what comes out may run, or all
/// that is wrong with it is known.
package org.qmk.source;
