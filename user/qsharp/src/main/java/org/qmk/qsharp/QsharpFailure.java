package org.qmk.qsharp;

/// The compiler cannot be had, or broke: nothing that the program's author could mend.
final class QsharpFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final QsharpRule rule;

    QsharpFailure(QsharpRule rule, Object... facts) {
        super(rule.message(facts), null, false, false);
        this.rule = rule;
    }

    QsharpRule rule() {
        return rule;
    }
}
