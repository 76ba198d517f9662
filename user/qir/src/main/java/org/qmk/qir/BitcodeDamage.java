package org.qmk.qir;

/// Ends the reading of bitcode that cannot be read.
final class BitcodeDamage extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final QirRule rule;

    /// Bitcode that is not what LLVM writes.
    BitcodeDamage(String why) {
        this(QirRule.BITCODE, why);
    }

    /// @param why the fact of the rule's sentence
    BitcodeDamage(QirRule rule, String why) {
        super(why, null, false, false);
        this.rule = rule;
    }

    QirRule rule() {
        return rule;
    }
}
