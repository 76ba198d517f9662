package org.qmk.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qmk.codec.QvmForm;
import org.qmk.qasm.QasmReader;
import org.qmk.qec.circuit.Gate;

/// The language of a program, as its content tells. The name decides only where the content does
/// not.
public enum SourceForm {
    OPENQASM,
    QVM,
    LLVM_IR,
    LLVM_BITCODE,
    QSHARP,
    MLIR,
    STIM,
    EMPTY,
    UNKNOWN;

    /// The first words of a program are in its first bytes, unless its author writes books.
    private static final int LOOKED_AT = 1 << 16;

    private static final List<String> LLVM_WORDS =
            List.of("source_filename", "target", "define", "declare", "attributes", "module");

    /// `%Qubit = type opaque`, `@0 = internal constant ...`: how a module without a header begins.
    private static final Pattern LLVM_DEFINITION =
            Pattern.compile(
                    "%[\\w.$-]+ *= *type\\b|@[\\w.$-]+ *= *(?:[a-z_]+"
                            + " +){0,6}(?:constant|global)\\b");

    /// How a module begins, in the generic form or the custom one.
    private static final Pattern MLIR_MODULE =
            Pattern.compile(
                    "\"(?:builtin\\.module|func\\.func|qvm\\.)|module *(?:@|\\{|attributes)");

    /// A line of Stim: a name, perhaps a tag and arguments, and targets.
    private static final Pattern STIM_LINE =
            Pattern.compile(
                    "([A-Z][A-Z0-9_]*+)(?:\\[[^\\]\\n]*+\\])?+(?:\\([^)\\n]*+\\))?+"
                            + "(?:[ \\t]++(?:rec\\[-\\d++\\]|sweep\\[\\d++\\]|[!XYZ*0-9]++))*+"
                            + "[ \\t]*+\\{?+[ \\t\\r]*+(?:#[^\\n]*+)?+(?:\\n|\\z)");

    private static final List<String> QSHARP_WORDS =
            List.of("namespace", "operation", "function", "open", "import", "newtype", "internal");

    /// @param name the file's name, which may be anything
    public static SourceForm of(byte[] bytes, String name) {
        if (startsWith(bytes, 'B', 'C', 0xC0, 0xDE)) return LLVM_BITCODE;
        if (startsWith(bytes, 0xDE, 0xC0, 0x17, 0x0B)) return LLVM_BITCODE; // its wrapper
        Optional<QvmForm> qvm = QvmForm.detect(bytes);
        if (qvm.isPresent() && qvm.get() != QvmForm.TEXT) return QVM;
        if (isBlank(bytes)) return EMPTY;
        int length = Math.min(bytes.length, LOOKED_AT);
        String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        String word = firstWord(start);
        if (LLVM_DEFINITION.matcher(start).region(afterComments(start), length).lookingAt()) {
            return LLVM_IR;
        }
        if (MLIR_MODULE.matcher(start).region(afterComments(start), length).lookingAt()) {
            return MLIR;
        }
        if (isStim(start.substring(afterComments(start)))) return STIM;
        if (word.equals("qvm")) return QVM;
        if (QSHARP_WORDS.contains(word) || start.contains("@EntryPoint")) return QSHARP;
        if (LLVM_WORDS.contains(word) || start.startsWith("; ModuleID")) return LLVM_IR;
        if (word.equals("OPENQASM") || QasmReader.looksLikeQasm(bytes)) return OPENQASM;
        return ofName(name);
    }

    private static boolean isStim(String text) {
        Matcher line = STIM_LINE.matcher(text);
        if (!line.lookingAt()) return false;
        return line.group(1).equals("REPEAT") || Gate.of(line.group(1)).isPresent();
    }

    private static SourceForm ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".qasm")) return OPENQASM;
        for (QvmForm form : QvmForm.values()) {
            if (lower.endsWith(form.ending())) return QVM;
        }
        if (lower.endsWith(".ll")) return LLVM_IR;
        if (lower.endsWith(".bc")) return LLVM_BITCODE;
        if (lower.endsWith(".mlir")) return MLIR;
        if (lower.endsWith(".stim")) return STIM;
        return lower.endsWith(".qs") ? QSHARP : UNKNOWN;
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) return false;
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xFF) != expected[i]) return false;
        }
        return true;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') return false;
        }
        return true;
    }

    /// The first word after blanks and after comments of any of the languages.
    private static String firstWord(String text) {
        int at = afterComments(text);
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) end++;
        return text.substring(at, end);
    }

    private static int afterComments(String text) {
        int at = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0; // a byte order mark
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == ';' || c == '#' || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return at;
            }
        }
        return at;
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
