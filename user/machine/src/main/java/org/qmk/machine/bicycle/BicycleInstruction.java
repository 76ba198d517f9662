package org.qmk.machine.bicycle;

import org.qmk.machine.profile.BicycleCosts;

/// What a bicycle module does, besides being idle.
public enum BicycleInstruction {

    /// Permutes the logical qubits: two shifts.
    AUTOMORPHISM,

    /// Measures a product on qubits 0 and 6 of a module.
    IN_MODULE,

    /// Measures a product of two modules' pivots.
    INTER_MODULE,

    /// Rotates the pivot of the last module by a magic state.
    T_INJECTION;

    /// Steps of the machine.
    public int steps(BicycleCosts costs, BicycleCosts.Point point) {
        return switch (this) {
            case AUTOMORPHISM -> costs.automorphismSteps();
            case IN_MODULE -> costs.steps().inModule();
            case INTER_MODULE -> costs.steps().interModule();
            case T_INJECTION -> point.tInjectionSteps();
        };
    }

    /// How often it fails.
    public double error(BicycleCosts costs, BicycleCosts.Point point) {
        return switch (this) {
            case AUTOMORPHISM -> costs.automorphism(point);
            case IN_MODULE -> point.inModule();
            case INTER_MODULE -> point.interModule();
            case T_INJECTION -> point.tInjection();
        };
    }
}
