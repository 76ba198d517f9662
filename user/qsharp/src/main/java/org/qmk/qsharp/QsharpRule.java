package org.qmk.qsharp;

/// Every way in which a Q# program can be refused. Codes never change their meaning; words may.
///
/// In a sentence, `{}` stands for the facts in the order in which they are given.
public enum QsharpRule {
    COMPILE("QSHARP-COMPILE-1", "the Q# compiler says {}. Mend the program."),
    BOUND_SOURCE("QSHARP-BOUND-1", "the source has {} bytes, at most {} are read. Split it."),
    TEXT("QSHARP-TEXT-1", "the bytes here are not UTF-8 text. Save the file as UTF-8."),
    NODE(
            "QSHARP-NODE-1",
            "Q# is compiled by a package for Node.js, and there is no {} on the path. Install"
                    + " Node.js 18 or later with npm, or give QIR."),
    INSTALL(
            "QSHARP-INSTALL-1",
            "the Q# compiler could not be installed into {}: {}. See that npm reaches its registry"
                    + " and try again, or give QIR."),
    WORKER_ENDED(
            "QSHARP-WORKER-1",
            "the Q# compiler ended before it answered: {}. Try again; if it goes on, remove {}."),
    WORKER_LATE(
            "QSHARP-WORKER-2",
            "the Q# compiler took longer than {} s and was ended. Shorten the program."),
    WORKER_ANSWER(
            "QSHARP-WORKER-3", "the answer of the Q# compiler cannot be read: {}. Try again.");

    private final String code;
    private final String sentence;

    QsharpRule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// The sentence with its placeholders.
    public String sentence() {
        return sentence;
    }

    /// The sentence with the facts in the places of its placeholders, one by one.
    String message(Object... facts) {
        var text = new StringBuilder();
        int from = 0;
        for (Object fact : facts) {
            int place = sentence.indexOf("{}", from);
            text.append(sentence, from, place).append(fact);
            from = place + 2;
        }
        return text.append(sentence, from, sentence.length()).toString();
    }
}
