package org.qmk.machine.magic;

import java.util.ArrayList;
import java.util.List;

/// Circuits of eighth turns that distil magic states, and how their qubits lie on the floor. The
/// order is that of arXiv:1905.06903, figures 5 to 8, and of the scripts that came with it.
///
/// A step is a line. Each rotation of it is the product of Z, the first qubit first, with the
/// region that its measurement covers: multiples of dx, of dz and of dm. What follows `|` is what
/// the qubits do until the next step, one letter each: `i` waits, `o` is taken away as an output,
/// `b` does both, and `.` is not there.
public enum DistillationCircuit {
    FIFTEEN_TO_ONE_FIRST(
            1,
            1,
            """
            IZIII 0 1 0, IIZII 0 1 0, IIIZI 0 1 0, IZZZI 0 3 0 | .iii.
            ZZZII 1 2 0, ZZIZI 1 3 0 | iiii.
            ZIZZI 1 3 0, ZIIZZ 1 4 0, IIIIZ 0 1 0 | iiiii
            ZZIIZ 1 4 0, ZIZIZ 1 4 0 | iiiii
            ZZZZZ 1 4 0, IIZZZ 0 3 0 | oiiii
            IZIZZ 0 4 0, IZZIZ 0 4 0 | .iiii
            """),
    FIFTEEN_TO_ONE(
            1,
            1,
            """
            IZIII 1 1 1, IIZII 0 3 1 | .ii..
            IIIZI 1 3 1, IIIIZ 0 1 1 | .iiii
            ZZZII 1 2 1, IZZZI 0 4 1 | iiiii
            ZIZZI 1 3 1, ZZIZI 1 4 1 | iiiii
            ZZIIZ 1 4 1, ZIIZZ 1 4 1 | iiiii
            ZIZIZ 1 4 1, ZZZZZ 1 4 1 | iiiii
            IZIZZ 1 4 1, IIZZZ 0 3 1 | oiiii
            IZZIZ 0 4 1 | .ii.i
            """),
    TWENTY_TO_FOUR(
            4,
            4,
            """
            -IIIIZII 4 1 1, -IIIIIZI 0 2 1 | ....ii.
            ZIIIZZI 4 2 1, -IIIIZZZ 0 3 1 | i...iii
            ZIIIIZZ 4 3 1, -IIIIIIZ 0 1 1 | i...iii
            ZIIIZIZ 4 3 1, IZIIZZI 3 3 1 | ii..iii
            ZZZZIZI 4 2 1, IZIIZIZ 3 3 1 | iiiiiii
            ZZZZZII 4 1 1, IZIIIZZ 3 3 1 | iiiiiii
            ZZZZZZZ 4 3 1, IIZIZZI 2 3 1 | iiiiiii
            ZZZZIIZ 4 3 1, IIZIZIZ 2 3 1 | ooiiiii
            IIZIIZZ 4 3 1, IIIZZZI 1 3 1 | ..oiiii
            IIIZZIZ 4 3 1, IIIZIZZ 1 3 1 | ...biii
            """),
    EIGHT_TO_CCZ(
            3,
            1,
            """
            ZIIZ 3 1 1, -IIIZ 0 1 1 | i..i
            -ZZIZ 3 1 1, -ZIZZ 3 1 1 | iiii
            ZZZZ 3 1 1, -IZZZ 2 1 1 | oiii
            IZIZ 3 1 1, IIZZ 1 1 1 | .obi
            """);

    /// @param mask the qubits of the product, the first one the lowest bit
    /// @param x multiples of dx in the region of its measurement; `z` and `m` alike
    record Rotation(int mask, int sign, int x, int z, int m) {
        boolean single() {
            return Integer.bitCount(mask) == 1;
        }
    }

    /// @param then a letter for each qubit
    record Step(List<Rotation> rotations, String then) {}

    private final int outputQubits;
    private final int states;
    private final List<Step> steps = new ArrayList<>();

    DistillationCircuit(int outputQubits, int states, String text) {
        this.outputQubits = outputQubits;
        this.states = states;
        for (String line : text.strip().split("\n")) steps.add(step(line.strip()));
    }

    private static Step step(String line) {
        String[] parts = line.split(" \\| ");
        List<Rotation> rotations = new ArrayList<>();
        for (String rotation : parts[0].split(", ")) {
            String[] words = rotation.split(" ");
            boolean negative = words[0].startsWith("-");
            String product = negative ? words[0].substring(1) : words[0];
            int mask = 0;
            for (int i = 0; i < product.length(); i++) {
                if (product.charAt(i) == 'Z') mask |= 1 << i;
            }
            rotations.add(
                    new Rotation(
                            mask,
                            negative ? -1 : 1,
                            Integer.parseInt(words[1]),
                            Integer.parseInt(words[2]),
                            Integer.parseInt(words[3])));
        }
        return new Step(List.copyOf(rotations), parts[1]);
    }

    /// The first qubits are the outputs.
    int outputQubits() {
        return outputQubits;
    }

    /// States that a run gives: four, or one CCZ state of three qubits.
    public int states() {
        return states;
    }

    int qubits() {
        return steps.getFirst().then().length();
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /// How many rotations there are: states that come in.
    public int rotations() {
        int rotations = 0;
        for (Step step : steps) rotations += step.rotations().size();
        return rotations;
    }
}
