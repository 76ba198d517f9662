package org.qmk.mlir;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Cuts a source into words. Works on its bytes; what is not ASCII stands only in texts.
final class MlirLexer {

    private final byte[] source;

    /// The word at hand.
    MlirToken kind = MlirToken.END;

    int start;
    int end;

    MlirLexer(byte[] source) {
        this.source = source;
    }

    /// The word at hand as it is written.
    String spelling() {
        return new String(source, start, end - start, StandardCharsets.ISO_8859_1);
    }

    boolean isWord(String word) {
        return kind == MlirToken.WORD && spelling().equals(word);
    }

    void next() {
        skip();
        start = end;
        if (end == source.length) {
            kind = MlirToken.END;
            return;
        }
        byte first = source[end];
        switch (first) {
            case '"' -> string();
            case '%' -> marked(MlirToken.VALUE);
            case '^' -> marked(MlirToken.BLOCK);
            case '!' -> marked(MlirToken.TYPE);
            case '#' -> marked(MlirToken.ATTRIBUTE);
            case '@' -> symbol();
            case '-' -> dash();
            case '(' -> single(MlirToken.OPEN);
            case ')' -> single(MlirToken.CLOSE);
            case '{' -> single(MlirToken.LEFT_BRACE);
            case '}' -> single(MlirToken.RIGHT_BRACE);
            case '[' -> single(MlirToken.LEFT_BRACKET);
            case ']' -> single(MlirToken.RIGHT_BRACKET);
            case '<' -> single(MlirToken.LESS);
            case '>' -> single(MlirToken.GREATER);
            case ',' -> single(MlirToken.COMMA);
            case ':' -> single(MlirToken.COLON);
            case '=' -> single(MlirToken.EQUALS);
            default -> word(first);
        }
    }

    private void skip() {
        while (end < source.length) {
            byte each = source[end];
            if (each == ' ' || each == '\n' || each == '\t' || each == '\r') {
                end++;
            } else if (each == '/' && end + 1 < source.length && source[end + 1] == '/') {
                while (end < source.length && source[end] != '\n') end++;
            } else {
                return;
            }
        }
    }

    private void single(MlirToken token) {
        kind = token;
        end++;
    }

    private void dash() {
        if (end + 1 < source.length && source[end + 1] == '>') {
            kind = MlirToken.ARROW;
            end += 2;
        } else {
            end++;
            number();
        }
    }

    private void word(byte first) {
        if (first >= '0' && first <= '9') {
            number();
        } else if (isLetter(first)) {
            kind = MlirToken.WORD;
            while (end < source.length && isWordPart(source[end])) end++;
        } else {
            String shown = "byte 0x%02X".formatted(first);
            if (first > ' ' && first <= '~') shown = "'" + (char) first + "'";
            throw new MlirRefusal(MlirRule.SYNTAX_CHARACTER, start, shown);
        }
    }

    private void number() {
        kind = MlirToken.NUMBER;
        int from = end;
        boolean hexadecimal = at(end) == '0' && at(end + 1) == 'x';
        if (hexadecimal) end += 2;
        while (end < source.length) {
            byte each = source[end];
            boolean exponent = !hexadecimal && (each == 'e' || each == 'E');
            boolean digit = each >= '0' && each <= '9';
            boolean hexDigit = each >= 'a' && each <= 'f' || each >= 'A' && each <= 'F';
            if (exponent && (at(end + 1) == '-' || at(end + 1) == '+')) end += 2;
            else if (digit || exponent || hexadecimal && hexDigit || !hexadecimal && each == '.')
                end++;
            else break;
        }
        if (end == from) throw new MlirRefusal(MlirRule.SYNTAX_CHARACTER, start, "'-'");
    }

    private int at(int place) {
        return place < source.length ? source[place] : -1;
    }

    private void marked(MlirToken token) {
        kind = token;
        end++;
        int from = end;
        while (end < source.length && isWordPart(source[end])) end++;
        if (token == MlirToken.VALUE && at(end) == '#') {
            end++;
            while (end < source.length && source[end] >= '0' && source[end] <= '9') end++;
        }
        if (end == from) {
            String shown = "'" + (char) source[start] + "'";
            throw new MlirRefusal(MlirRule.SYNTAX_CHARACTER, start, shown);
        }
    }

    private void symbol() {
        if (at(end + 1) == '"') {
            end++;
            string();
            kind = MlirToken.SYMBOL;
        } else {
            marked(MlirToken.SYMBOL);
        }
    }

    private void string() {
        kind = MlirToken.STRING;
        end++;
        while (end < source.length && source[end] != '"' && source[end] != '\n') {
            end += source[end] == '\\' ? 2 : 1;
        }
        if (end >= source.length || source[end] != '"') {
            end = source.length;
            throw new MlirRefusal(MlirRule.SYNTAX_TEXT, start);
        }
        end++;
    }

    /// What the text at hand means.
    String text() {
        var bytes = new ByteArrayOutputStream();
        int i = start + 1;
        while (i < end - 1) {
            byte each = source[i++];
            if (each != '\\') {
                bytes.write(each);
                continue;
            }
            int high = Character.digit(source[i], 16);
            int low = i + 1 < end - 1 ? Character.digit(source[i + 1], 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes.write(16 * high + low);
                i += 2;
            } else {
                bytes.write(escaped(source[i++]));
            }
        }
        try {
            ByteBuffer utf8 = ByteBuffer.wrap(bytes.toByteArray());
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException _) {
            throw new MlirRefusal(MlirRule.SYNTAX_TEXT, start);
        }
    }

    private int escaped(byte letter) {
        return switch (letter) {
            case '"', '\\' -> letter;
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> throw new MlirRefusal(MlirRule.SYNTAX_TEXT, start);
        };
    }

    private static boolean isLetter(byte each) {
        return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each == '_';
    }

    private static boolean isWordPart(byte each) {
        return isLetter(each) || each >= '0' && each <= '9' || each == '.' || each == '$';
    }
}
