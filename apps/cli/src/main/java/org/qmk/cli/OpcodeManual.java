package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Family;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Shape;
import org.qmk.qvm.Undo;

/// Writes the manual of operations from the table of operations.
final class OpcodeManual {

    private static final String HEAD =
            """
            # QVM operations

            Generated from the table `org.qmk.qvm.Opcode` by `qmk doc --write .`; do not edit.

            Operands stand in the order qubits, channels, events read, events made. A *flow* says
            what an operation does to stabilizers: `X_ -> XX` turns X on the first qubit into X on
            both, `1 -> Z` prepares Z, `Z -> m0` measures Z into the first event made; P is the
            node's Pauli string. A matrix numbers basis states with the first qubit as the most
            significant bit; w is e^(i pi/4), w* its conjugate, r is 1/sqrt 2. A *T count* is that
            of an exact realisation.

            """;

    private OpcodeManual() {}

    static String text() {
        var text = new StringBuilder(HEAD);
        overview(text);
        for (Family family : Family.values()) {
            text.append("## ").append(family.text()).append("\n\n");
            text.append(family.meaning()).append("\n\n");
            for (Opcode opcode : Opcode.values()) {
                if (opcode.family() == family) section(opcode, text);
            }
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static void overview(StringBuilder text) {
        text.append("| family | operations |\n|---|---|\n");
        for (Family family : Family.values()) {
            StringJoiner operations = new StringJoiner(", ");
            for (Opcode opcode : Opcode.values()) {
                if (opcode.family() != family) continue;
                String anchor = opcode.mnemonic().toLowerCase(Locale.ROOT);
                operations.add("[%s](#%s)".formatted(opcode.mnemonic(), anchor));
            }
            text.append("| %s | %s |\n".formatted(family.text(), operations));
        }
        text.append('\n');
    }

    private static void section(Opcode opcode, StringBuilder text) {
        text.append("### ").append(opcode.mnemonic()).append("\n\n");
        text.append(opcode.meaning()).append("\n\n");
        text.append("| code | 0x%02X, since QVM %s |\n".formatted(opcode.code(), opcode.since()));
        text.append("|---|---|\n");
        row("operands", operands(opcode.shape()), text);
        if (opcode.shape().argument != Argument.Kind.NONE) {
            row("argument", opcode.shape().argument.form(), text);
        }
        if (opcode.capability().isPresent()) {
            Capability capability = opcode.capability().get();
            row("capability", capability.text() + ": " + capability.meaning(), text);
        }
        row("undo", undo(opcode.undo()), text);
        if (opcode.tCount() > 0) row("T count", Integer.toString(opcode.tCount()), text);
        if (!opcode.flows().isEmpty()) {
            StringJoiner flows = new StringJoiner(", ");
            for (String flow : opcode.flows()) flows.add("`" + flow + "`");
            row("flows", flows.toString(), text);
        }
        switch (opcode.matrix()) {
            case Matrix.None() -> {}
            case Matrix.Rotation() -> row("matrix", "exp(-i angle/2 P)", text);
            case Matrix.Fixed _ -> {}
        }
        text.append('\n');
        if (opcode.matrix() instanceof Matrix.Fixed matrix) {
            text.append("```\n").append(rows(matrix)).append("```\n\n");
        }
    }

    private static void row(String name, String value, StringBuilder text) {
        text.append("| %s | %s |\n".formatted(name, value));
    }

    private static String operands(Shape shape) {
        List<String> parts = new ArrayList<>();
        add(parts, range(shape.qubitsMin, shape.qubitsMax), "qubit", life(shape.qubitLife));
        add(parts, range(shape.channels, shape.channels), "channel", life(shape.channelLife));
        add(parts, range(shape.inputsMin, shape.inputsMax), "event", " read");
        add(parts, range(shape.outputs, shape.outputs), "event", " made");
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String range, String thing, String suffix) {
        if (range.equals("0")) return;
        parts.add(range + " " + thing + (range.equals("1") ? "" : "s") + suffix);
    }

    private static String range(int min, int max) {
        if (max == Shape.MANY) return min + " or more";
        return min == max ? Integer.toString(min) : min + " to " + max;
    }

    private static String life(Shape.Life life) {
        return switch (life) {
            case MAKES -> " made";
            case USES -> "";
            case ENDS -> " ended";
        };
    }

    private static String undo(Undo undo) {
        return switch (undo) {
            case Undo.Self() -> "itself";
            case Undo.With(var mnemonic) -> mnemonic;
            case Undo.Negated() -> "itself with the opposite angle";
            case Undo.Nothing() -> "nothing to undo";
            case Undo.Never(var because) -> "never, because " + because;
        };
    }

    private static String rows(Matrix.Fixed matrix) {
        int n = matrix.dimension();
        String[] entries = new String[n * n];
        int width = 0;
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                String entry = entry(matrix.re(row, column), matrix.im(row, column));
                entries[row * n + column] = entry;
                width = Math.max(width, entry.length());
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < entries.length; i++) {
            text.append(" ".repeat(width - entries[i].length())).append(entries[i]);
            text.append((i + 1) % n == 0 ? "\n" : "  ");
        }
        return text.toString();
    }

    /// A number as the manual writes it: products of signs, halves, r and w.
    private static String entry(double re, double im) {
        double size = Math.hypot(re, im);
        if (size == 0) return "0";
        boolean half = Math.abs(size - Math.sqrt(0.5)) < 1e-12;
        if (half && re != 0 && im != 0) {
            return (re < 0 ? "-(1" : "(1") + (re > 0 == im > 0 ? "+i)/2" : "-i)/2");
        }
        if (re != 0 && im != 0) {
            return (re < 0 ? "-w" : "w") + (re > 0 == im > 0 ? "" : "*");
        }
        String unit = im == 0 ? (half ? "r" : "1") : (half ? "ir" : "i");
        return (re + im < 0 ? "-" : "") + unit;
    }
}
