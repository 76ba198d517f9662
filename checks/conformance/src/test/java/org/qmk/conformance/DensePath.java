package org.qmk.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// One path through a graph: the state, not normalised, so that its squared norm is the path's
/// probability; the events so far; which handles are live.
///
/// The qubit in place p of the register is bit p of an amplitude's index. A method that performs a
/// node returns the paths that come of it and may change this one.
final class DensePath {

    private static final int NOWHERE = -1;

    private final Graph graph;
    private final int[] places;
    private final boolean[] channelsOpen;
    private final boolean[] events;
    private double[] re = {1};
    private double[] im = {0};
    private int width;

    DensePath(Graph graph) {
        this.graph = graph;
        places = new int[graph.qubits().size()];
        Arrays.fill(places, NOWHERE);
        channelsOpen = new boolean[graph.channels().size()];
        events = new boolean[graph.events().size()];
    }

    private DensePath(DensePath from) {
        graph = from.graph;
        places = from.places.clone();
        channelsOpen = from.channelsOpen.clone();
        events = from.events.clone();
        re = from.re.clone();
        im = from.im.clone();
        width = from.width;
    }

    int length() {
        return re.length;
    }

    double weight() {
        double weight = 0;
        for (int i = 0; i < re.length; i++) weight += re[i] * re[i] + im[i] * im[i];
        return weight;
    }

    /// Makes the weight 1 again.
    void normalise() {
        scale(1 / Math.sqrt(weight()));
    }

    /// The largest difference between this path's amplitudes and another's, 2 if they hold other
    /// qubits or have other events.
    double distance(DensePath other) {
        boolean comparable = Arrays.equals(places, other.places);
        if (!comparable || !Arrays.equals(events, other.events) || width != other.width) return 2;
        double distance = 0;
        for (int i = 0; i < re.length; i++) {
            distance = Math.max(distance, Math.hypot(re[i] - other.re[i], im[i] - other.im[i]));
        }
        return distance;
    }

    boolean event(int event) {
        return events[event];
    }

    int ones(int[] wanted) {
        int ones = 0;
        for (int event : wanted) if (events[event]) ones++;
        return ones;
    }

    boolean holds(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(int event, boolean value) -> events[event] == value;
            case Guard.All(var parts) -> parts.stream().allMatch(this::holds);
            case Guard.Any(var parts) -> parts.stream().anyMatch(this::holds);
        };
    }

    /// The result of this path: the output bits, left to right.
    String key() {
        var key = new StringBuilder();
        for (int i = 0; i < graph.outputs().size(); i++) {
            key.append(events[graph.outputEvent(i)] ? '1' : '0');
        }
        return key.toString();
    }

    void expectNothingLive() {
        for (int qubit = 0; qubit < places.length; qubit++) {
            if (places[qubit] != NOWHERE) {
                throw unsound("at the end, qubit " + graph.qubits().name(qubit) + " is live");
            }
        }
        for (int channel = 0; channel < channelsOpen.length; channel++) {
            if (channelsOpen[channel]) {
                throw unsound("at the end, channel " + graph.channels().name(channel) + " is open");
            }
        }
    }

    void passChannel(int node, int channel) {
        boolean opens = graph.opcode(node) == Opcode.OPEN_CHAN;
        if (channelsOpen[channel] == opens) {
            throw unsound("node " + node + " finds channel " + channel + " in the wrong state");
        }
        channelsOpen[channel] = graph.opcode(node) != Opcode.CLOSE_CHAN;
    }

    List<DensePath> make(int event, boolean value) {
        events[event] = value;
        return List.of(this);
    }

    List<DensePath> expectLive(int node, int[] qubits) {
        placesOf(node, qubits);
        return List.of(this);
    }

    List<DensePath> allocate(int node, int[] qubits) {
        for (int qubit : qubits) {
            if (places[qubit] != NOWHERE) throw unsound("node " + node + " allocates a live qubit");
            places[qubit] = width++;
        }
        re = Arrays.copyOf(re, 1 << width);
        im = Arrays.copyOf(im, 1 << width);
        return List.of(this);
    }

    /// @param unseen whether no later node makes an event, so that the qubits may as well stay
    List<DensePath> free(int node, int[] qubits, boolean unseen) {
        placesOf(node, qubits);
        List<DensePath> paths = unseen ? List.of(this) : discard(qubits);
        for (DensePath path : paths) {
            for (int qubit : qubits) path.places[qubit] = NOWHERE;
        }
        return paths;
    }

    List<DensePath> reset(int node, int[] qubits) {
        placesOf(node, qubits);
        List<DensePath> paths = discard(qubits);
        for (DensePath path : paths) {
            for (int qubit : qubits) path.places[qubit] = NOWHERE;
            path.allocate(node, qubits);
        }
        return paths;
    }

    List<DensePath> inject(int node, int[] qubits) {
        List<DensePath> paths = reset(node, qubits);
        for (DensePath path : paths) {
            path.gate(node, qubits, matrix(Opcode.APPLY_H));
            path.gate(node, qubits, matrix(Opcode.APPLY_T));
        }
        return paths;
    }

    List<DensePath> bellPair(int node, int[] qubits) {
        List<DensePath> paths = reset(node, qubits);
        for (DensePath path : paths) {
            path.gate(node, new int[] {qubits[0]}, matrix(Opcode.APPLY_H));
            path.gate(node, qubits, matrix(Opcode.APPLY_CNOT));
        }
        return paths;
    }

    /// Applies a matrix whose most significant bit is the first qubit.
    List<DensePath> gate(int node, int[] qubits, Matrix.Fixed matrix) {
        int[] at = placesOf(node, qubits);
        int dimension = matrix.dimension();
        double[] newRe = new double[re.length];
        double[] newIm = new double[re.length];
        for (int i = 0; i < re.length; i++) {
            int row = 0;
            for (int place : at) row = row << 1 | i >> place & 1;
            for (int column = 0; column < dimension; column++) {
                int from = i;
                for (int k = 0; k < at.length; k++) {
                    int bit = column >> at.length - 1 - k & 1;
                    from = from & ~(1 << at[k]) | bit << at[k];
                }
                double a = matrix.re(row, column);
                double b = matrix.im(row, column);
                newRe[i] += a * re[from] - b * im[from];
                newIm[i] += a * im[from] + b * re[from];
            }
        }
        re = newRe;
        im = newIm;
        return List.of(this);
    }

    /// exp(-i angle/2 P) = cos(angle/2) - i sin(angle/2) P.
    List<DensePath> rotation(int node, int[] qubits, PauliString pauli, double angle) {
        double c = Math.cos(angle / 2);
        double s = Math.sin(angle / 2);
        DensePath turned = new DensePath(this);
        turned.pauli(node, qubits, pauli);
        for (int i = 0; i < re.length; i++) {
            re[i] = c * re[i] + s * turned.im[i];
            im[i] = c * im[i] - s * turned.re[i];
        }
        return List.of(this);
    }

    /// Applies a signed Pauli string, letter by letter: X|b> = |not b>, Z|b> = (-1)^b |b>,
    /// Y|b> = i (-1)^b |not b>.
    List<DensePath> pauli(int node, int[] qubits, PauliString pauli) {
        int[] at = placesOf(node, qubits);
        for (int k = 0; k < at.length; k++) letter(pauli.letter(k), 1 << at[k]);
        if (pauli.negative()) scale(-1);
        return List.of(this);
    }

    private void letter(char letter, int bit) {
        if (letter == 'I') return;
        double[] newRe = new double[re.length];
        double[] newIm = new double[re.length];
        for (int i = 0; i < re.length; i++) {
            int to = letter == 'Z' ? i : i ^ bit;
            double sign = letter != 'X' && (i & bit) != 0 ? -1 : 1;
            newRe[to] = letter == 'Y' ? -sign * im[i] : sign * re[i];
            newIm[to] = letter == 'Y' ? sign * re[i] : sign * im[i];
        }
        re = newRe;
        im = newIm;
    }

    /// Measures a signed Pauli string: 0 where it is +1, 1 where it is -1.
    List<DensePath> measure(int node, int[] qubits, PauliString pauli, int event) {
        DensePath image = new DensePath(this);
        image.pauli(node, qubits, pauli);
        return split(image, event);
    }

    /// Measures cos(angle) Z + sin(angle) X.
    List<DensePath> measureAngle(int node, int[] qubits, double angle, int event) {
        DensePath image = new DensePath(this);
        image.pauli(node, qubits, PauliString.of("Z"));
        image.scale(Math.cos(angle));
        DensePath other = new DensePath(this);
        other.pauli(node, qubits, PauliString.of("X"));
        image.add(other, Math.sin(angle));
        return split(image, event);
    }

    /// Splits into (1 + M)/2 and (1 - M)/2, M being an operator whose square is 1.
    ///
    /// @param image what M makes of the state
    private List<DensePath> split(DensePath image, int event) {
        List<DensePath> halves = new ArrayList<>();
        for (int outcome = 0; outcome <= 1; outcome++) {
            DensePath half = new DensePath(this);
            half.scale(0.5);
            half.add(image, outcome == 0 ? 0.5 : -0.5);
            half.events[event] = outcome == 1;
            if (half.weight() > ExactDistribution.NEVER) halves.add(half);
        }
        return halves;
    }

    /// Takes qubits out of the register: the paths on which they were found to be 0 or 1.
    private List<DensePath> discard(int[] qubits) {
        List<DensePath> paths = List.of(this);
        for (int qubit : qubits) {
            List<DensePath> next = new ArrayList<>();
            for (DensePath path : paths) {
                for (int bit = 0; bit <= 1; bit++) {
                    DensePath half = path.without(qubit, bit);
                    if (half.weight() > ExactDistribution.NEVER) next.add(half);
                }
            }
            paths = next;
        }
        return paths;
    }

    private DensePath without(int qubit, int value) {
        DensePath half = new DensePath(this);
        int place = places[qubit];
        int low = (1 << place) - 1;
        half.width = width - 1;
        half.re = new double[re.length / 2];
        half.im = new double[re.length / 2];
        for (int i = 0; i < half.re.length; i++) {
            int from = (i & ~low) << 1 | value << place | i & low;
            half.re[i] = re[from];
            half.im[i] = im[from];
        }
        for (int other = 0; other < places.length; other++) {
            if (places[other] > place) half.places[other]--;
        }
        return half;
    }

    private void scale(double factor) {
        for (int i = 0; i < re.length; i++) {
            re[i] *= factor;
            im[i] *= factor;
        }
    }

    private void add(DensePath other, double factor) {
        for (int i = 0; i < re.length; i++) {
            re[i] += factor * other.re[i];
            im[i] += factor * other.im[i];
        }
    }

    private int[] placesOf(int node, int[] qubits) {
        int[] at = new int[qubits.length];
        for (int i = 0; i < qubits.length; i++) {
            at[i] = places[qubits[i]];
            if (at[i] == NOWHERE) {
                String name = graph.qubits().name(qubits[i]);
                throw unsound("node " + node + " uses qubit " + name + " where it is not live");
            }
        }
        return at;
    }

    private static Matrix.Fixed matrix(Opcode opcode) {
        if (opcode.matrix() instanceof Matrix.Fixed matrix) return matrix;
        throw new IllegalStateException(opcode + " has no matrix");
    }

    private static ExactDistribution.UnsoundException unsound(String message) {
        return new ExactDistribution.UnsoundException(message);
    }
}
