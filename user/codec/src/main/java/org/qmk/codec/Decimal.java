package org.qmk.codec;

/// The numbers that the text and JSON forms know: a JSON number, optionally with a leading +.
final class Decimal {

    /// Longest number that is read; a double never needs more than 1,100 characters to be exact.
    static final int LENGTH_MAX = 1000;

    private Decimal() {}

    /// Whether the text is `[+-] digits [. digits] [e [+-] digits]`: no NaN, no Infinity, no hex.
    static boolean isNumber(String text) {
        if (text.length() > LENGTH_MAX) return false;
        int at = sign(text, 0);
        int end = digits(text, at);
        if (end == at) return false;
        at = end;
        if (at < text.length() && text.charAt(at) == '.') {
            end = digits(text, at + 1);
            if (end == at + 1) return false;
            at = end;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int start = sign(text, at + 1);
            end = digits(text, start);
            if (end == start) return false;
            at = end;
        }
        return at == text.length();
    }

    private static int sign(String text, int at) {
        boolean signed = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
        return signed ? at + 1 : at;
    }

    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
        return end;
    }
}
