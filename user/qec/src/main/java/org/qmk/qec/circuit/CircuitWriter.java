package org.qmk.qec.circuit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.qmk.qec.TextSource;

/// Writes circuits as `.stim` text. Numbers are the shortest that read back as they were.
public final class CircuitWriter {

    private CircuitWriter() {}

    public static String text(Circuit circuit) {
        var text = new StringBuilder();
        try {
            write(circuit, text);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString();
    }

    public static void write(Circuit circuit, Appendable to) throws IOException {
        write(circuit, "", to);
    }

    private static void write(Circuit circuit, String indent, Appendable to) throws IOException {
        for (CircuitItem item : circuit.items()) {
            to.append(indent);
            switch (item) {
                case CircuitInstruction instruction -> to.append(text(instruction)).append('\n');
                case RepeatBlock block -> {
                    to.append("REPEAT").append(TextSource.tagText(block.tag())).append(' ');
                    to.append(Long.toString(block.count())).append(" {\n");
                    write(block.body(), indent + "    ", to);
                    to.append(indent).append("}\n");
                }
            }
        }
    }

    static String text(CircuitInstruction instruction) {
        var text = new StringBuilder(instruction.gate().name());
        text.append(TextSource.tagText(instruction.tag()));
        for (int i = 0; i < instruction.argumentCount(); i++) {
            text.append(i == 0 ? "(" : ", ").append(TextSource.text(instruction.argument(i)));
        }
        if (instruction.argumentCount() > 0) text.append(')');
        boolean joined = false;
        for (int i = 0; i < instruction.targetCount(); i++) {
            int target = instruction.target(i);
            if (!joined && !Target.isCombiner(target)) text.append(' ');
            text.append(Target.text(target));
            joined = Target.isCombiner(target);
        }
        return text.toString();
    }
}
