package org.qmk.machine.magic;

/// The magic states that a program takes: those of T gates and rotations, and those of CCZ gates.
public record StateNeeds(long tStates, long cczStates) {}
