package org.qmk.qec;

/// A circuit, a model or a file of results that is wrong: which rule it breaks, where and how.
public final class QecFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final QecRule rule;
    private final int line;
    private final int column;
    private final String sentence;

    private QecFailure(QecRule rule, int line, int column, String sentence) {
        super(
                rule.code()
                        + ": "
                        + (line > 0 ? "line %d, column %d: ".formatted(line, column) : "")
                        + sentence);
        this.rule = rule;
        this.line = line;
        this.column = column;
        this.sentence = sentence;
    }

    /// A failure that has no place in a text.
    public QecFailure(QecRule rule, String sentence) {
        this(rule, 0, 0, sentence);
    }

    /// The same failure at a place of a text, both counted from 1.
    public QecFailure at(int line, int column) {
        return new QecFailure(rule, line, column, sentence);
    }

    public QecRule rule() {
        return rule;
    }

    /// What is wrong, without its code and place.
    public String sentence() {
        return sentence;
    }

    /// From 1; 0 if no text is at fault.
    public int line() {
        return line;
    }

    /// From 1; 0 if no text is at fault.
    public int column() {
        return column;
    }
}
