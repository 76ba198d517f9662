package org.qmk.estimate;

/// Every way in which an estimate can fail after its parameters were read.
public enum EstimateRule {
    NOTHING("QMK-ESTIMATE-1", "the program has no magic state and no measurement"),
    BUDGET(
            "QMK-ESTIMATE-2",
            "an error budget is not between 0 and 1, or has no part that it needs"),
    DEPTH_FACTOR("QMK-ESTIMATE-3", "the logical depth factor is less than 1"),
    DISTANCE("QMK-ESTIMATE-4", "no distance that the code may have is good enough"),
    THRESHOLD("QMK-ESTIMATE-5", "the physical error rate is not below the code's threshold"),
    DURATION("QMK-ESTIMATE-6", "nothing is within the largest duration"),
    QUBITS("QMK-ESTIMATE-7", "nothing is within the largest number of qubits"),
    CONSTRAINTS("QMK-ESTIMATE-8", "constraints contradict one another, or the frontier"),
    INSTRUCTIONS("QMK-ESTIMATE-9", "the code needs qubits with another instruction set"),
    RATE("QMK-ESTIMATE-10", "the profile says no error rate at this physical error rate"),
    FACTORY("QMK-ESTIMATE-11", "no factory gives states that are good enough"),
    SIZE("QMK-ESTIMATE-12", "a number does not fit 64 bits"),
    FORMULA("QMK-ESTIMATE-13", "a formula of the code gives a value that is not above 0");

    private final String code;
    private final String meaning;

    EstimateRule(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public String code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
