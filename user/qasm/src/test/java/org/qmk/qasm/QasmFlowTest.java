package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loops, branches and jumps do what a plain interpreter does, on every path of measurements.
class QasmFlowTest {

    private static final int PROGRAMS = 150;
    private static final int BITS = 3;

    /// Rounds that a `while` may take here, and its bound.
    private static final int ROUNDS = 3;

    /// How a statement ends.
    private enum Signal {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN,
        END
    }

    /// What a run knows: measured bits, a counter and whether a loop had more rounds to go.
    private static final class State {
        final int bits;
        int r;
        boolean overflow;

        State(int bits) {
            this.bits = bits;
        }
    }

    private interface Act {
        Signal on(State state);
    }

    /// A statement as text and as what it does.
    private record Piece(String text, Act act) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void random_control_flow_does_what_an_interpreter_does(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < PROGRAMS; i++) {
            Piece body = block(3, false, true, random);
            Piece main = block(3, false, false, random);
            String text = program(body, main);

            assertEquals(expected(body, main, text), found(text), text);
        }
    }

    private static String program(Piece body, Piece main) {
        return "include \"stdgates.inc\"; qubit q; bit[3] b; output uint[5] r = 0;"
                + " def f(bit[3] b, uint[5] s) -> uint[5] { uint[5] r = s; "
                + body.text
                + " return r; } for int i in [0:2] { reset q; h q; b[i] = measure q; } "
                + main.text
                + " r = f(b, r); "
                + main.text;
    }

    private static Map<String, Double> found(String text) {
        return rounded(GraphDistribution.of(QasmGateTest.read(text)));
    }

    private static Map<String, Double> rounded(Map<String, Double> distribution) {
        var rounded = new TreeMap<String, Double>();
        distribution.forEach((key, p) -> rounded.put(key, Math.rint(p * 1024) / 1024));
        return rounded;
    }

    private static Map<String, Double> expected(Piece body, Piece main, String text) {
        // the result is there only if some loop could have more rounds to go
        boolean flagged = QasmGateTest.read(text).outputs().name(0).equals("loop-overflow");
        var distribution = new TreeMap<String, Double>();
        for (int bits = 0; bits < 1 << BITS; bits++) {
            var state = new State(bits);
            boolean ended = main.act.on(state) == Signal.END;
            if (!ended) {
                ended = body.act.on(state) == Signal.END;
                // a run that ends within the subroutine never assigns its result
                if (!ended) main.act.on(state);
            }
            String r = Integer.toBinaryString(32 + (state.r & 31)).substring(1);
            String key = (flagged ? state.overflow ? "1" : "0" : "") + r;
            if (!flagged && state.overflow) throw new AssertionError("no flag: " + text);
            distribution.merge(key, 1.0 / (1 << BITS), Double::sum);
        }
        return rounded(distribution);
    }

    private static Piece block(
            int depth, boolean inLoop, boolean inSubroutine, SplittableRandom random) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            pieces.add(statement(depth, inLoop, inSubroutine, random));
        }
        var text = new StringBuilder();
        for (Piece piece : pieces) text.append(piece.text).append(' ');
        return new Piece(
                text.toString(),
                state -> {
                    for (Piece piece : pieces) {
                        Signal signal = piece.act.on(state);
                        if (signal != Signal.NEXT) return signal;
                    }
                    return Signal.NEXT;
                });
    }

    private static Piece statement(
            int depth, boolean inLoop, boolean inSubroutine, SplittableRandom random) {
        int kind = depth == 0 ? random.nextInt(3) : random.nextInt(9);
        return switch (kind) {
            case 0, 1 -> added(random.nextInt(1, 9));
            case 2 -> jump(inLoop, inSubroutine, random);
            case 3, 4, 5 -> branch(depth, inLoop, inSubroutine, random);
            case 6, 7 -> loop(depth, inSubroutine, random);
            default -> bounded(depth, inSubroutine, random);
        };
    }

    private static Piece added(int n) {
        return new Piece(
                "r += " + n + ";",
                state -> {
                    state.r = state.r + n & 31;
                    return Signal.NEXT;
                });
    }

    /// A jump, or an addition where none may stand. It has a condition most of the time.
    private static Piece jump(boolean inLoop, boolean inSubroutine, SplittableRandom random) {
        List<Piece> jumps = new ArrayList<>();
        if (inLoop) jumps.add(new Piece("break;", _ -> Signal.BREAK));
        if (inLoop) jumps.add(new Piece("continue;", _ -> Signal.CONTINUE));
        if (inSubroutine) jumps.add(new Piece("return r;", _ -> Signal.RETURN));
        if (!inSubroutine) jumps.add(new Piece("end;", _ -> Signal.END));
        Piece jump = jumps.get(random.nextInt(jumps.size()));
        if (random.nextInt(6) == 0) return jump;
        int bit = random.nextInt(BITS);
        return new Piece(
                "if (b[" + bit + "]) { " + jump.text + " }",
                state -> (state.bits >> bit & 1) != 0 ? jump.act.on(state) : Signal.NEXT);
    }

    private static Piece branch(
            int depth, boolean inLoop, boolean inSubroutine, SplittableRandom random) {
        Piece then = block(depth - 1, inLoop, inSubroutine, random);
        Piece otherwise = block(depth - 1, inLoop, inSubroutine, random);
        int bit = random.nextInt(BITS);
        int least = random.nextInt(32);
        boolean byBit = random.nextBoolean();
        String condition = byBit ? "b[" + bit + "]" : "r >= " + least;
        return new Piece(
                "if (" + condition + ") { " + then.text + "} else { " + otherwise.text + "}",
                state -> {
                    boolean holds = byBit ? (state.bits >> bit & 1) != 0 : state.r >= least;
                    return (holds ? then : otherwise).act.on(state);
                });
    }

    private static Piece loop(int depth, boolean inSubroutine, SplittableRandom random) {
        Piece body = block(depth - 1, true, inSubroutine, random);
        int rounds = random.nextInt(1, 4);
        return new Piece(
                "for int i in [1:" + rounds + "] { " + body.text + "}",
                state -> {
                    for (int i = 0; i < rounds; i++) {
                        Signal signal = body.act.on(state);
                        if (signal == Signal.BREAK) break;
                        if (signal == Signal.RETURN || signal == Signal.END) return signal;
                    }
                    return Signal.NEXT;
                });
    }

    private static Piece bounded(int depth, boolean inSubroutine, SplittableRandom random) {
        Piece body = block(depth - 1, true, inSubroutine, random);
        int most = random.nextInt(32);
        int bit = random.nextInt(BITS);
        return new Piece(
                "\n@qmk.bound "
                        + ROUNDS
                        + "\nwhile (r < "
                        + most
                        + " && b["
                        + bit
                        + "]) { "
                        + body.text
                        + "}",
                state -> {
                    for (int i = 0; state.r < most && (state.bits >> bit & 1) != 0; i++) {
                        if (i == ROUNDS) {
                            state.overflow = true;
                            break;
                        }
                        Signal signal = body.act.on(state);
                        if (signal == Signal.BREAK) break;
                        if (signal == Signal.RETURN || signal == Signal.END) return signal;
                    }
                    return Signal.NEXT;
                });
    }
}
