package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What goes wrong with logical qubits while a program runs. All rates are chances from 0 to 1.
///
/// Pauli operators are tracked and not applied, so they have no errors of their own.
///
/// @param gate1 after each gate of one qubit, and each injected state
/// @param gate2 after each gate of two qubits: one of the 15 other Pauli products, each with a
///     fifteenth of the chance. After one of three or more, or a rotation about a product of as
///     many, each of its qubits is depolarised by itself with this chance
/// @param measure that a measurement's outcome is told wrongly
/// @param reset that a qubit comes out of its allocation or reset in the state 1
/// @param damping that a qubit in the state 1 decays to 0 in an epoch
/// @param epoch in every epoch in which a qubit is live
/// @param patches what is left of errors of live qubits besides, drawn by somebody else
public record NoiseModel(
        PauliChannel gate1,
        double gate2,
        double measure,
        double reset,
        double damping,
        PauliChannel epoch,
        Optional<PatchErrors> patches) {

    /// Nothing goes wrong.
    public static final NoiseModel NONE =
            new NoiseModel(PauliChannel.NONE, 0, 0, 0, 0, PauliChannel.NONE);

    private static final List<String> KEYS =
            List.of("gate1", "gate2", "measure", "reset", "damping", "epoch");

    /// Without errors that somebody else draws.
    public NoiseModel(
            PauliChannel gate1,
            double gate2,
            double measure,
            double reset,
            double damping,
            PauliChannel epoch) {
        this(gate1, gate2, measure, reset, damping, epoch, Optional.empty());
    }

    public NoiseModel {
        for (double chance : new double[] {gate2, measure, reset, damping}) {
            if (!(chance >= 0 && chance <= 1)) {
                throw new IllegalArgumentException("a rate is " + chance + ", expected 0 to 1");
            }
        }
    }

    /// The same, and in every epoch this channel besides.
    public NoiseModel withEpoch(PauliChannel more) {
        return new NoiseModel(gate1, gate2, measure, reset, damping, epoch.then(more), patches);
    }

    /// The same, and these errors besides.
    public NoiseModel withPatches(PatchErrors errors) {
        return new NoiseModel(gate1, gate2, measure, reset, damping, epoch, Optional.of(errors));
    }

    /// Reads `gate1=0.001,gate2=0.01,measure=0.02,reset=0.01,damping=1e-4,epoch=1e-6`: rates in any
    /// order, those that are not named being 0. `gate1` and `epoch` depolarise, or are given for X,
    /// Y and Z apart, as in `epoch=1e-6:0:5e-6`.
    ///
    /// @throws IllegalArgumentException with a message for who wrote it
    public static NoiseModel parse(String text) {
        PauliChannel[] channels = {PauliChannel.NONE, PauliChannel.NONE};
        double[] rates = new double[KEYS.size()];
        List<String> seen = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            int place = KEYS.indexOf(key);
            if (equals < 0 || place < 0) {
                throw new IllegalArgumentException(
                        "'%s' is no rate, expected one of %s, as in gate2=0.01"
                                .formatted(part.strip(), String.join(", ", KEYS)));
            }
            if (seen.contains(key)) {
                throw new IllegalArgumentException(key + " is given twice");
            }
            seen.add(key);
            String value = part.substring(equals + 1).strip();
            if (key.equals("gate1")) channels[0] = channel(key, value);
            else if (key.equals("epoch")) channels[1] = channel(key, value);
            else rates[place] = rate(key, value);
        }
        return new NoiseModel(channels[0], rates[1], rates[2], rates[3], rates[4], channels[1]);
    }

    private static PauliChannel channel(String key, String value) {
        String[] parts = value.split(":", -1);
        if (parts.length == 1) return PauliChannel.depolarizing(rate(key, value));
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "%s is '%s', expected one rate, or those of X, Y and Z as in 1e-3:0:1e-3"
                            .formatted(key, value));
        }
        return new PauliChannel(rate(key, parts[0]), rate(key, parts[1]), rate(key, parts[2]));
    }

    private static double rate(String key, String value) {
        double rate;
        try {
            rate = Double.parseDouble(value.strip());
        } catch (NumberFormatException none) {
            rate = Double.NaN;
        }
        if (rate >= 0 && rate <= 1) return rate;
        throw new IllegalArgumentException(
                "%s is '%s', expected a number from 0 to 1".formatted(key, value.strip()));
    }

    /// Whether nothing goes wrong.
    public boolean isNone() {
        return equals(NONE);
    }

    /// Whether all errors are Pauli operators and wrong outcomes, which Clifford simulators can do.
    public boolean isPauli() {
        return damping == 0;
    }

    /// As `parse` reads it, without what somebody else draws.
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "gate1", gate1);
        add(parts, "gate2", gate2);
        add(parts, "measure", measure);
        add(parts, "reset", reset);
        add(parts, "damping", damping);
        add(parts, "epoch", epoch);
        return String.join(",", parts);
    }

    private static void add(List<String> parts, String key, double rate) {
        if (rate > 0) parts.add(key + "=" + text(rate));
    }

    private static void add(List<String> parts, String key, PauliChannel channel) {
        if (channel.any() == 0) return;
        String rates = text(channel.x()) + ":" + text(channel.y()) + ":" + text(channel.z());
        boolean same = channel.x() == channel.y() && channel.y() == channel.z();
        parts.add(key + "=" + (same ? text(3 * channel.x()) : rates));
    }

    private static String text(double rate) {
        return Double.toString(rate).toLowerCase(Locale.ROOT);
    }
}
