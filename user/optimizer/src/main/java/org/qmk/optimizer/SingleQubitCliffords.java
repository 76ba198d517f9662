package org.qmk.optimizer;

import java.util.Arrays;
import org.qmk.qvm.Opcode;

/// The 24 Clifford operations on one qubit, up to a phase: their products and shortest circuits.
///
/// An operation is told by what it makes of X and of Z. Circuits have as few gates as possible that
/// are no Pauli gates, and then as few as possible: Pauli gates cost a machine nothing.
final class SingleQubitCliffords {

    static final int COUNT = 24;

    private static final GateKind[] GENERATORS = {
        GateKind.X, GateKind.Y, GateKind.Z, GateKind.H,
        GateKind.S, GateKind.SDG, GateKind.SX, GateKind.SXDG
    };
    private static final int PAULI_COST = 1;
    private static final int GATE_COST = 16;

    // By gate, then by a signed Pauli matrix: what becomes of it.
    private static final int[][] TURNED = new int[GateKind.values().length][8];
    // By element: the images of X and of Z, each 1 to 3 as an axis, plus 4 if negative.
    private static final int[] IMAGES = new int[COUNT];
    private static final int[] COSTS = new int[COUNT];
    private static final GateKind[][] WORDS = new GateKind[COUNT][];
    // By element and gate: the element, then the gate.
    private static final int[][] THEN = new int[COUNT][GateKind.values().length];
    // By two elements: the first, then the second.
    private static final int[][] PRODUCTS = new int[COUNT][COUNT];

    static {
        fill();
    }

    private SingleQubitCliffords() {}

    /// The element that does nothing is 0.
    private static void fill() {
        for (GateKind gate : GENERATORS) {
            for (int axis = GateKind.AXIS_X; axis <= GateKind.AXIS_Y; axis++) {
                TURNED[gate.ordinal()][axis] = told(gate, axis);
                TURNED[gate.ordinal()][axis | 4] = told(gate, axis | 4);
            }
        }
        Arrays.fill(COSTS, Integer.MAX_VALUE);
        IMAGES[0] = images(GateKind.AXIS_X, GateKind.AXIS_Z);
        COSTS[0] = 0;
        WORDS[0] = new GateKind[0];
        int count = 1;
        for (int i = 0; i < count; i++) {
            for (GateKind gate : GENERATORS) {
                int x = turned(gate, IMAGES[i] & 7);
                int z = turned(gate, IMAGES[i] >>> 3);
                int found = indexOf(images(x, z), count);
                if (found == count) IMAGES[count++] = images(x, z);
                THEN[i][gate.ordinal()] = found;
            }
        }
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < COUNT; i++) {
                if (WORDS[i] != null) relax(i);
            }
        }
        for (int a = 0; a < COUNT; a++) {
            for (int b = 0; b < COUNT; b++) {
                int product = a;
                for (GateKind gate : WORDS[b]) product = THEN[product][gate.ordinal()];
                PRODUCTS[a][b] = product;
            }
        }
    }

    private static void relax(int element) {
        for (GateKind gate : GENERATORS) {
            int next = THEN[element][gate.ordinal()];
            boolean pauli = gate.ordinal() <= GateKind.Z.ordinal();
            int cost = COSTS[element] + (pauli ? PAULI_COST : GATE_COST);
            if (cost >= COSTS[next]) continue;
            COSTS[next] = cost;
            WORDS[next] = Arrays.copyOf(WORDS[element], WORDS[element].length + 1);
            WORDS[next][WORDS[element].length] = gate;
        }
    }

    private static int images(int x, int z) {
        return x | z << 3;
    }

    private static int indexOf(int images, int count) {
        int index = 0;
        while (index < count && IMAGES[index] != images) index++;
        return index;
    }

    /// What a gate makes of a Pauli matrix: an axis, plus 4 if negative.
    static int turned(GateKind gate, int pauli) {
        return TURNED[gate.ordinal()][pauli];
    }

    /// What the flows of a gate tell of a Pauli matrix.
    private static int told(GateKind gate, int pauli) {
        String from = "XZY".substring((pauli & 3) - 1, pauli & 3);
        boolean negative = (pauli & 4) != 0;
        String to = image(gate.opcode(), from);
        if (to.startsWith("-")) negative = !negative;
        int letter = "XZY".indexOf(to.charAt(to.length() - 1)) + 1;
        return letter | (negative ? 4 : 0);
    }

    /// What the flows of a gate tell; of Y, which is i X Z, by way of X and Z.
    private static String image(Opcode opcode, String letter) {
        if (!letter.equals("Y")) {
            for (String flow : opcode.flows()) {
                if (flow.startsWith(letter + " -> ")) return flow.substring(5);
            }
            throw new IllegalStateException(opcode + " has no flow of " + letter);
        }
        String x = image(opcode, "X");
        String z = image(opcode, "Z");
        char first = x.charAt(x.length() - 1);
        char second = z.charAt(z.length() - 1);
        char third = (char) ('X' + 'Y' + 'Z' - first - second);
        // i X Z is Y, and so is i times any two in the order X Z, Z Y or Y X.
        boolean turning = "XZYX".contains("" + first + second);
        boolean negative = x.startsWith("-") ^ z.startsWith("-") ^ !turning;
        return negative ? "-" + third : "" + third;
    }

    /// The element, then a gate.
    static int then(int element, GateKind gate) {
        return THEN[element][gate.ordinal()];
    }

    /// One element, then another.
    static int product(int first, int second) {
        return PRODUCTS[first][second];
    }

    static int cost(int element) {
        return COSTS[element];
    }

    static void add(GateList gates, int qubit, int element) {
        for (GateKind gate : WORDS[element]) gates.add(gate.opcode(), qubit);
    }
}
