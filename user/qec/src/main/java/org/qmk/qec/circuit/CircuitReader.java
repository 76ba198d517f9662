package org.qmk.qec.circuit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.TextSource;

/// Reads `.stim` text, in one pass.
public final class CircuitReader {

    /// How deep loops may be nested.
    public static final int DEPTH_MAX = 256;

    private record Open(Circuit.Builder outer, long count, String tag, int line, int column) {}

    private final TextSource source;
    private final Deque<Open> open = new ArrayDeque<>();
    private Circuit.Builder builder = new Circuit.Builder();
    private int[] targets = new int[64];
    private int count;

    private CircuitReader(InputStream in) throws IOException {
        source = new TextSource(in);
    }

    /// @throws QecFailure if it is no circuit: with line and column
    public static Circuit read(InputStream in) throws IOException, QecFailure {
        return new CircuitReader(in).read();
    }

    private Circuit read() throws IOException, QecFailure {
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
        return builder.build();
    }

    private void close() throws IOException, QecFailure {
        if (open.isEmpty()) throw source.failure(QecRule.BLOCK, "a '}' ends no block");
        int line = source.line();
        int column = source.column();
        source.next();
        Open block = open.pop();
        try {
            Circuit body = builder.build();
            builder = block.outer.add(new RepeatBlock(block.count, body, block.tag));
        } catch (QecFailure e) {
            throw e.at(line, column);
        }
        source.endLine();
    }

    private void instruction() throws IOException, QecFailure {
        int line = source.line();
        int column = source.column();
        String name = source.name();
        if (name.isEmpty()) {
            throw source.failure(
                    QecRule.SYNTAX, "found " + source.found() + ", expected an instruction");
        }
        if (name.equalsIgnoreCase("REPEAT")) {
            repeat(line, column);
            return;
        }
        Optional<Gate> gate = Gate.of(name);
        if (gate.isEmpty()) {
            throw new QecFailure(QecRule.UNKNOWN_NAME, "'" + name + "' is no instruction")
                    .at(line, column);
        }
        String tag = source.tag();
        double[] arguments = source.arguments();
        count = 0;
        while (source.lineGoesOn()) target();
        source.endLine();
        if (source.peek() == '{') {
            throw source.failure(QecRule.BLOCK, "'" + name + "' has no block");
        }
        try {
            builder.add(
                    CircuitInstruction.owning(
                            gate.get(), tag, arguments, Arrays.copyOf(targets, count)));
        } catch (QecFailure e) {
            throw e.at(line, column);
        }
    }

    private void repeat(int line, int column) throws IOException, QecFailure {
        String tag = source.tag();
        source.skipBlanks();
        long turns = source.number(Long.MAX_VALUE);
        if (turns == 0) throw source.failure(QecRule.NUMBER, "a loop has 0 turns, expected 1");
        source.skipBlanks();
        source.expect('{');
        if (open.size() == DEPTH_MAX) {
            throw source.failure(QecRule.SIZE, "loops are more than %d deep".formatted(DEPTH_MAX));
        }
        open.push(new Open(builder, turns, tag, line, column));
        builder = new Circuit.Builder();
    }

    private void target() throws IOException, QecFailure {
        if (source.take('*')) {
            push(Target.COMBINER);
            return;
        }
        boolean inverted = source.take('!');
        int c = source.peek();
        int target =
                switch (c) {
                    case 'r' -> record();
                    case 's' -> {
                        bracket("sweep[");
                        int bit = value();
                        source.expect(']');
                        yield Target.sweep(bit);
                    }
                    case 'X', 'Y', 'Z', 'x', 'y', 'z' -> {
                        source.next();
                        yield Target.pauli((char) (c & ~32), value());
                    }
                    default -> Target.qubit(value());
                };
        push(inverted ? Target.inverted(target) : target);
        int next = source.peek();
        if (next > ' ' && next != '*' && next != '#') {
            throw source.failure(QecRule.SYNTAX, "found " + source.found() + ", expected a space");
        }
    }

    private int record() throws IOException, QecFailure {
        bracket("rec[");
        if (source.peek() != '-') {
            throw source.failure(
                    QecRule.LOOKBACK,
                    "found " + source.found() + ", expected '-': records are counted backwards");
        }
        source.next();
        int back = value();
        source.expect(']');
        if (back == 0) throw source.failure(QecRule.LOOKBACK, "rec[-0] is no measurement");
        return Target.record(back);
    }

    private void bracket(String word) throws IOException, QecFailure {
        for (int i = 0; i < word.length(); i++) source.expect(word.charAt(i));
    }

    private int value() throws IOException, QecFailure {
        return (int) source.number(Target.VALUE_MAX);
    }

    private void push(int target) {
        if (count == targets.length) targets = Arrays.copyOf(targets, 2 * count);
        targets[count++] = target;
    }
}
