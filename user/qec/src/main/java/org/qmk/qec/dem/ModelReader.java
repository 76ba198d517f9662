package org.qmk.qec.dem;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.TextSource;

/// Reads `.dem` text, in one pass.
public final class ModelReader {

    /// How deep loops may be nested.
    public static final int DEPTH_MAX = 256;

    private record Open(List<ModelItem> outer, long count, String tag, int line, int column) {}

    private final TextSource source;
    private final Deque<Open> open = new ArrayDeque<>();
    private List<ModelItem> items = new ArrayList<>();
    private long[] targets = new long[16];
    private int count;

    private ModelReader(InputStream in) throws IOException {
        source = new TextSource(in);
    }

    /// @throws QecFailure if it is no model: with line and column
    public static DetectorErrorModel read(InputStream in) throws IOException, QecFailure {
        return new ModelReader(in).read();
    }

    private DetectorErrorModel read() throws IOException, QecFailure {
        while (true) {
            source.skipLines();
            int c = source.peek();
            if (c == TextSource.END) break;
            if (c == '}') close();
            else instruction();
        }
        if (!open.isEmpty()) {
            Open block = open.peek();
            throw new QecFailure(QecRule.BLOCK, "the block that begins here has no end")
                    .at(block.line, block.column);
        }
        return DetectorErrorModel.of(items);
    }

    private void close() throws IOException, QecFailure {
        if (open.isEmpty()) throw source.failure(QecRule.BLOCK, "a '}' ends no block");
        int line = source.line();
        int column = source.column();
        source.next();
        Open block = open.pop();
        try {
            var body = DetectorErrorModel.of(items);
            items = block.outer;
            items.add(new ModelRepeat(block.count, body, block.tag));
        } catch (QecFailure e) {
            throw e.at(line, column);
        }
        source.endLine();
    }

    private void instruction() throws IOException, QecFailure {
        int line = source.line();
        int column = source.column();
        String name = source.name().toLowerCase(Locale.ROOT);
        switch (name) {
            case "error" -> item(ModelInstruction.Type.ERROR, line, column);
            case "detector" -> item(ModelInstruction.Type.DETECTOR, line, column);
            case "logical_observable" ->
                    item(ModelInstruction.Type.LOGICAL_OBSERVABLE, line, column);
            case "shift_detectors" -> item(ModelInstruction.Type.SHIFT_DETECTORS, line, column);
            case "repeat" -> repeat(line, column);
            default ->
                    throw new QecFailure(QecRule.UNKNOWN_NAME, "'" + name + "' is no instruction")
                            .at(line, column);
        }
    }

    private void repeat(int line, int column) throws IOException, QecFailure {
        String tag = source.tag();
        source.skipBlanks();
        long turns = source.number(Symptom.DETECTOR_MAX);
        source.skipBlanks();
        source.expect('{');
        if (open.size() == DEPTH_MAX) {
            throw source.failure(QecRule.SIZE, "loops are more than %d deep".formatted(DEPTH_MAX));
        }
        open.push(new Open(items, turns, tag, line, column));
        items = new ArrayList<>();
    }

    private void item(ModelInstruction.Type type, int line, int column)
            throws IOException, QecFailure {
        String tag = source.tag();
        double[] arguments = source.arguments();
        count = 0;
        while (source.lineGoesOn()) target(type);
        source.endLine();
        String wrong = wrong(type, arguments);
        if (!wrong.isEmpty()) {
            throw new QecFailure(QecRule.ARGUMENT, wrong).at(line, column);
        }
        items.add(ModelInstruction.owning(type, tag, arguments, Arrays.copyOf(targets, count)));
    }

    private void target(ModelInstruction.Type type) throws IOException, QecFailure {
        int c = source.peek();
        boolean good =
                switch (type) {
                    case ERROR -> c == 'D' || c == 'd' || c == 'L' || c == 'l' || c == '^';
                    case DETECTOR -> c == 'D' || c == 'd';
                    case LOGICAL_OBSERVABLE -> c == 'L' || c == 'l';
                    case SHIFT_DETECTORS -> c >= '0' && c <= '9';
                };
        if (!good) {
            throw source.failure(QecRule.TARGET, type.word() + " does not take " + source.found());
        }
        if (type == ModelInstruction.Type.SHIFT_DETECTORS) {
            push(source.number(Symptom.DETECTOR_MAX));
            return;
        }
        source.next();
        if (c == '^') {
            if (count == 0 || targets[count - 1] == Symptom.SEPARATOR) {
                throw source.failure(QecRule.TARGET, "a ^ comes before it has a part to end");
            }
            push(Symptom.SEPARATOR);
        } else if (c == 'D' || c == 'd') {
            push(Symptom.detector(source.number(Symptom.DETECTOR_MAX)));
        } else {
            push(Symptom.observable(source.number(Integer.MAX_VALUE)));
        }
        int next = source.peek();
        if (next > ' ' && next != '#') {
            throw source.failure(QecRule.SYNTAX, "found " + source.found() + ", expected a space");
        }
    }

    /// What is wrong with an instruction, or nothing.
    private String wrong(ModelInstruction.Type type, double[] arguments) {
        return switch (type) {
            case ERROR -> {
                if (arguments.length != 1 || !(arguments[0] >= 0 && arguments[0] <= 1)) {
                    yield "an error has one argument, its chance, from 0 to 1";
                }
                boolean ends = count > 0 && targets[count - 1] == Symptom.SEPARATOR;
                yield ends ? "an error ends with a ^" : "";
            }
            case DETECTOR -> count == 1 ? "" : "detector takes one target";
            case LOGICAL_OBSERVABLE ->
                    count == 1 && arguments.length == 0
                            ? ""
                            : "logical_observable takes one target and no arguments";
            case SHIFT_DETECTORS -> count == 1 ? "" : "shift_detectors takes one number";
        };
    }

    private void push(long target) {
        if (count == targets.length) targets = Arrays.copyOf(targets, 2 * count);
        targets[count++] = target;
    }
}
