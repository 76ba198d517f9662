package org.qmk.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Walks every path of a small program, one for each choice of a bit per event, and notes what goes
/// wrong where. It shares no code with the verifier.
///
/// The bit of an event is what its measurement gives, and what anyone sees who reads the event on a
/// path on which it is not made.
final class PathOracle {

    /// One node.
    record Step(
            Opcode opcode,
            List<Integer> qubits,
            List<Integer> channels,
            List<Integer> inputs,
            List<Integer> outputs,
            boolean value,
            Guard guard) {}

    final int qubits;
    final int channels;
    final int events;
    final boolean[] toZero;
    final List<Step> steps = new ArrayList<>();

    /// "node" of each step that misuses a linear handle, reads or makes an event wrongly.
    final Set<Integer> linearFaults = new TreeSet<>();

    final Set<Integer> eventFaults = new TreeSet<>();

    /// Handles that are live at the end, and outputs that are not there, by name.
    final Set<String> endFaults = new TreeSet<>();

    int qubitsPeak;

    // By path, then by handle.
    private boolean[][] liveQubits;
    private boolean[][] liveChannels;
    private boolean[][] made;
    private boolean[][] values;
    private final int[] makers;

    PathOracle(int qubits, int channels, boolean[] toZero) {
        this.qubits = qubits;
        this.channels = channels;
        this.events = toZero.length;
        this.toZero = toZero;
        int paths = 1 << events;
        liveQubits = new boolean[paths][qubits];
        liveChannels = new boolean[paths][channels];
        made = new boolean[paths][events];
        values = new boolean[paths][events];
        makers = new int[events];
        Arrays.fill(makers, -1);
    }

    /// Whether a step would go well.
    boolean admits(Step step) {
        PathOracle trial = new PathOracle(qubits, channels, toZero);
        trial.liveQubits = copy(liveQubits);
        trial.liveChannels = copy(liveChannels);
        trial.made = copy(made);
        trial.values = copy(values);
        System.arraycopy(makers, 0, trial.makers, 0, events);
        trial.take(step);
        return trial.linearFaults.isEmpty() && trial.eventFaults.isEmpty();
    }

    void take(Step step) {
        int node = steps.size();
        steps.add(step);
        Set<Integer> read = new TreeSet<>(step.inputs());
        collect(step.guard(), read);
        for (int event : read) if (makers[event] < 0) eventFaults.add(node);
        if (step.opcode() != Opcode.ALLOC_LQ && !allLiveOnSome(step.qubits(), 0)) {
            linearFaults.add(node);
        }
        if (step.opcode() != Opcode.OPEN_CHAN && !allLiveOnSome(step.channels(), qubits)) {
            linearFaults.add(node);
        }
        for (int path = 0; path < made.length; path++) {
            if (!holds(step.guard(), path)) continue;
            for (int event : read) {
                boolean there = made[path][event] || toZero[event];
                if (!there && makers[event] >= 0) eventFaults.add(node);
            }
            linear(liveQubits[path], step.qubits(), step, Opcode.ALLOC_LQ, Opcode.FREE_LQ, node);
            linear(
                    liveChannels[path],
                    step.channels(),
                    step,
                    Opcode.OPEN_CHAN,
                    Opcode.CLOSE_CHAN,
                    node);
            for (int event : step.outputs()) {
                if (makers[event] >= 0) continue;
                values[path][event] = computed(step, event, path);
                made[path][event] = true;
            }
        }
        if (new TreeSet<>(step.qubits()).size() < step.qubits().size()) linearFaults.add(node);
        for (int event : step.outputs()) {
            if (makers[event] >= 0) eventFaults.add(node);
            else makers[event] = node;
        }
        int live = 0;
        for (int q = 0; q < qubits; q++) {
            for (boolean[] path : liveQubits) {
                if (!path[q]) continue;
                live++;
                break;
            }
        }
        qubitsPeak = Math.max(qubitsPeak, live);
    }

    void end(List<Integer> outputs) {
        for (int path = 0; path < made.length; path++) {
            for (int q = 0; q < qubits; q++) if (liveQubits[path][q]) endFaults.add("q" + q);
            for (int c = 0; c < channels; c++) if (liveChannels[path][c]) endFaults.add("c" + c);
            for (int event : outputs) {
                boolean there = made[path][event] || makers[event] >= 0 && toZero[event];
                if (!there) endFaults.add("m" + event);
            }
        }
    }

    boolean valid() {
        return linearFaults.isEmpty() && eventFaults.isEmpty() && endFaults.isEmpty();
    }

    /// @param handle a qubit, or the number of qubits + a channel
    boolean liveOnSome(int handle) {
        return handle < qubits
                ? Arrays.stream(liveQubits).anyMatch(path -> path[handle])
                : Arrays.stream(liveChannels).anyMatch(path -> path[handle - qubits]);
    }

    private boolean allLiveOnSome(List<Integer> handles, int first) {
        return handles.stream().allMatch(handle -> liveOnSome(first + handle));
    }

    Graph graph(List<Integer> outputs) {
        var builder = new GraphBuilder();
        for (int i = 0; i < qubits; i++) builder.declareQubit("q" + i);
        for (int i = 0; i < channels; i++) builder.declareChannel("c" + i);
        for (int i = 0; i < events; i++) {
            builder.declareEvent("m" + i);
            if (toZero[i]) builder.defaultToZero(i);
        }
        builder.outputsGiven();
        for (int i = 0; i < outputs.size(); i++) builder.output("o" + i, outputs.get(i));
        for (Step step : steps) {
            builder.node(step.opcode());
            step.qubits().forEach(builder::qubit);
            step.channels().forEach(builder::channel);
            step.inputs().forEach(builder::input);
            step.outputs().forEach(builder::output);
            builder.guard(step.guard());
            switch (step.opcode().shape().argument) {
                case PROFILE -> builder.argument(new Argument.Profile(""));
                case PAULI ->
                        builder.argument(
                                new Argument.Pauli(
                                        PauliString.of("X".repeat(step.qubits().size()))));
                case BIT -> builder.argument(new Argument.Bit(step.value()));
                case CHANNEL -> builder.argument(new Argument.Channel(0.5, "bell_pair"));
                case LINK_GATE -> builder.argument(new Argument.Link(org.qmk.qvm.LinkGate.CZ));
                case NONE, TAG, ROTATION, PAULI_ROTATION, POLICY -> {}
            }
        }
        return builder.requireWhatIsUsed().build();
    }

    private void linear(
            boolean[] live, List<Integer> handles, Step step, Opcode makes, Opcode ends, int node) {
        List<Integer> seen = new ArrayList<>();
        for (int handle : handles) {
            if (seen.contains(handle)) continue;
            seen.add(handle);
            if (live[handle] == (step.opcode() == makes)) linearFaults.add(node);
            if (step.opcode() == makes) live[handle] = true;
            if (step.opcode() == ends) live[handle] = false;
        }
    }

    private boolean computed(Step step, int event, int path) {
        boolean[] in = new boolean[step.inputs().size()];
        int ones = 0;
        for (int i = 0; i < in.length; i++) {
            in[i] = value(step.inputs().get(i), path);
            if (in[i]) ones++;
        }
        return switch (step.opcode()) {
            case EV_CONST -> step.value();
            case EV_NOT -> !in[0];
            case EV_XOR -> ones % 2 == 1;
            case EV_AND -> ones == in.length;
            case EV_OR -> ones > 0;
            case EV_SELECT -> in[0] ? in[1] : in[2];
            default -> (path >> event & 1) != 0;
        };
    }

    private boolean value(int event, int path) {
        if (made[path][event]) return values[path][event];
        if (makers[event] >= 0 && toZero[event]) return false;
        return (path >> event & 1) != 0;
    }

    private boolean holds(Guard guard, int path) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(int event, boolean value) -> value(event, path) == value;
            case Guard.All(var parts) -> parts.stream().allMatch(part -> holds(part, path));
            case Guard.Any(var parts) -> parts.stream().anyMatch(part -> holds(part, path));
        };
    }

    private static void collect(Guard guard, Set<Integer> events) {
        switch (guard) {
            case Guard.Always() -> {}
            case Guard.Is(int event, boolean _) -> events.add(event);
            case Guard.All(var parts) -> parts.forEach(part -> collect(part, events));
            case Guard.Any(var parts) -> parts.forEach(part -> collect(part, events));
        }
    }

    private static boolean[][] copy(boolean[][] rows) {
        boolean[][] copy = new boolean[rows.length][];
        for (int i = 0; i < rows.length; i++) copy[i] = rows[i].clone();
        return copy;
    }
}
