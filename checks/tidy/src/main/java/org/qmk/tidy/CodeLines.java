package org.qmk.tidy;

/// Counts the lines of a Java source that hold code: neither blank nor comment alone.
final class CodeLines {
    private final String text;
    private int at;
    private int lines;
    private boolean code;

    private CodeLines(String text) {
        this.text = text;
    }

    static int of(String source) {
        return new CodeLines(source).count();
    }

    private int count() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) skipTo("\n", 0);
            else if (text.startsWith("/*", at)) skipComment();
            else if (text.startsWith("\"\"\"", at)) literal("\"\"\"");
            else if (text.charAt(at) == '"') literal("\"");
            else if (text.charAt(at) == '\'') literal("'");
            else step();
        }
        endLine();
        return lines;
    }

    private void step() {
        char c = text.charAt(at++);
        if (c == '\n') endLine();
        else if (!Character.isWhitespace(c)) code = true;
    }

    private void endLine() {
        if (code) lines++;
        code = false;
    }

    private void skipComment() {
        int end = text.indexOf("*/", at + 2);
        int stop = end < 0 ? text.length() : end + 2;
        while (at < stop) if (text.charAt(at++) == '\n') endLine();
    }

    private void skipTo(String mark, int from) {
        int end = text.indexOf(mark, at + from);
        at = end < 0 ? text.length() : end;
    }

    /// Steps over a literal; a backslash takes the next character with it.
    private void literal(String quote) {
        code = true;
        at += quote.length();
        while (at < text.length() && !text.startsWith(quote, at)) {
            if (text.charAt(at) == '\\') at++;
            if (at < text.length()) step();
        }
        at = Math.min(text.length(), at + quote.length());
        code = true;
    }
}
