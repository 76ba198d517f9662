/// Purpose: what the kernel and the world outside say to each other about a machine.
/// Start reading at `LogicalDevice`, then `EpochPlan` and `EpochReport`.
/// Invariants: every value is immutable; a plan says all that a device needs to know.
/// Everything a device, planner or decoder answers is a proposal: the kernel checks it.
/// It must never know which tenant a job belongs to.
package org.qmk.device;
