/// Plots for documents, as SVG.
/// Start at `LogPlot`.
/// Invariant: the same plot is the same bytes on every machine, whatever fonts it has.
/// Text stays text, and colours follow a reader's choice of a light or a dark page.
/// Every axis spans whole decades.
/// Never: a file, a clock, a font's metrics.
package org.qmk.plot;
