package org.qmk.qec.dem;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.qmk.qec.TextSource;

/// Writes models as `.dem` text. Numbers are the shortest that read back as they were.
public final class ModelWriter {

    private ModelWriter() {}

    public static String text(DetectorErrorModel model) {
        var text = new StringBuilder();
        try {
            write(model, text);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString();
    }

    public static void write(DetectorErrorModel model, Appendable to) throws IOException {
        write(model, "", to);
    }

    private static void write(DetectorErrorModel model, String indent, Appendable to)
            throws IOException {
        for (ModelItem item : model.items()) {
            to.append(indent);
            switch (item) {
                case ModelInstruction instruction -> to.append(text(instruction)).append('\n');
                case ModelRepeat(long count, var body, var tag) -> {
                    to.append("repeat").append(TextSource.tagText(tag)).append(' ');
                    to.append(Long.toString(count)).append(" {\n");
                    write(body, indent + "    ", to);
                    to.append(indent).append("}\n");
                }
            }
        }
    }

    static String text(ModelInstruction instruction) {
        var text = new StringBuilder(instruction.type().word());
        text.append(TextSource.tagText(instruction.tag()));
        for (int i = 0; i < instruction.argumentCount(); i++) {
            text.append(i == 0 ? "(" : ", ").append(TextSource.text(instruction.argument(i)));
        }
        if (instruction.argumentCount() > 0) text.append(')');
        boolean shift = instruction.type() == ModelInstruction.Type.SHIFT_DETECTORS;
        for (int i = 0; i < instruction.targetCount(); i++) {
            long target = instruction.target(i);
            text.append(' ').append(shift ? Long.toString(target) : Symptom.text(target));
        }
        return text.toString();
    }
}
