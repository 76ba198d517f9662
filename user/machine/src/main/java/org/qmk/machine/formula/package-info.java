/// Formulas in text: code profiles and distillation units have them as data.
///
/// Start at `Formula`. A formula has no names but those it is parsed with, calls nothing but the
/// functions of `FormulaFunction`, and has a bounded length and depth, so a hostile one costs
/// neither time nor memory.
package org.qmk.machine.formula;
