/// Purpose: the machine below the kernel, as data and as a simulation, and planners that propose.
/// Start reading at `MachineModel` and `SimulatedDevice`.
/// Invariants: a model that could be read is one a kernel can run on; a device's report follows
/// from its plans, the seeds in them and its own seed alone.
/// Models are data files; the shipped ones are resources of this package.
/// It must never see the kernel or know of tenants.
package org.qmk.machine;
