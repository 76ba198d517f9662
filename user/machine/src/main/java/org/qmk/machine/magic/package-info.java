/// Where magic states come from: distillation units and pipelines of them, factories on surface
/// codes, and cultivation.
///
/// Start at `DistillationUnit` and `PipelineSearch` for the pipelines that Azure's estimator finds,
/// at `LitinskiFactory` for factories whose errors are simulated, at `CczFactory` and at
/// `Cultivation`. All of it is plain arithmetic: nothing is drawn at random.
package org.qmk.machine.magic;
