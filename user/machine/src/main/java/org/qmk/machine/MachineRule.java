package org.qmk.machine;

/// Every way in which a machine file can be refused. Codes never change their meaning; words may.
///
/// In a sentence, `{}` stands for the facts in the order in which they are given.
public enum MachineRule {
    LENGTH("QMK-MACHINE-1", "the file has {} bytes, expected at most {}. Shorten it."),
    YAML("QMK-MACHINE-1", "not YAML: {}"),
    MAPPING("QMK-MACHINE-1", "expected a mapping with the fields {}"),
    FIELD("QMK-MACHINE-2", "the field {} is unknown; expected are {}"),
    VALUE("QMK-MACHINE-3", "the field {} is {}, expected {}"),
    SIZE("QMK-MACHINE-4", "the machine has {} {}, expected at most {}. Make it smaller."),
    ENDS(
            "QMK-MACHINE-5",
            "{} joins modules {} and {}, expected two different ones from 0 to {}. Change an end."),
    LATENCY(
            "QMK-MACHINE-6",
            "decoder.latencyRounds is {} where rates.decoderRounds is unlimited, expected 0. Limit"
                    + " the decoders or drop the latency."),
    FARM_LIMIT(
            "QMK-MACHINE-6",
            "decoder.farm is given where rates.decoderRounds is unlimited. Limit the decoders or"
                    + " drop the farm."),
    FARM_RATE(
            "QMK-MACHINE-7",
            "rates.decoderRounds is {}, and the decoders of decoder.farm decode {} rounds in an"
                    + " epoch on average. Lower the rate or add decoders."),
    FLOOR_BLOCKS(
            "QMK-MACHINE-8",
            "the floor has {} blocks, expected {} as in blocksPerModule. Add or take tiles Q."),
    FLOOR_APART(
            "QMK-MACHINE-8",
            "the floor has lanes apart from others, or a block or port beside no lane. Join them by"
                    + " tiles of lane.");

    private final String code;
    private final String sentence;

    MachineRule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /// Shared by rules that mean the same: 1, no machine file at all.
    public String code() {
        return code;
    }

    /// What it means; `{}` stands for the facts of a case.
    public String sentence() {
        return sentence;
    }

    /// The code and the sentence with the facts put in.
    String message(Object... facts) {
        var message = new StringBuilder(code).append(": ");
        int at = 0;
        for (Object fact : facts) {
            int gap = sentence.indexOf("{}", at);
            message.append(sentence, at, gap).append(fact);
            at = gap + 2;
        }
        return message.append(sentence, at, sentence.length()).toString();
    }
}
