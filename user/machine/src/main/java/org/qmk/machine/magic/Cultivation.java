package org.qmk.machine.magic;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A T state that is grown in place, and tried again until it looks good: how much space-time the
/// tries take on average, for a quality. Source: arXiv:2409.17595, and the samples that came with
/// it (Zenodo 13777072), as Azure's estimator has them.
///
/// @param physical error rate
/// @param first distance at which the state is grown
/// @param last distance of the patch that it ends in
/// @param qubits of a place where states are grown
/// @param error of a state that is kept
/// @param volume qubits times rounds until a state is kept, on average
public record Cultivation(
        double physical, int first, int last, long qubits, double error, double volume) {

    /// Every sampled way, as shipped.
    public static List<Cultivation> all() {
        JsonNode root;
        try (InputStream in = Cultivation.class.getResourceAsStream("cultivation.yaml")) {
            root = YAMLMapper.builder().build().readTree(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException("the table of cultivation cannot be read", unreadable);
        }
        List<Cultivation> all = new ArrayList<>();
        for (JsonNode row : root.path("rows")) {
            all.add(
                    new Cultivation(
                            row.path("physical").doubleValue(),
                            row.path("first").intValue(),
                            row.path("last").intValue(),
                            row.path("qubits").longValue(),
                            row.path("error").doubleValue(),
                            row.path("volume").doubleValue()));
        }
        return all;
    }

    /// The way of least volume that is good enough at a physical rate, or nothing.
    public static Optional<Cultivation> cheapest(double physical, double error) {
        Cultivation best = null;
        for (Cultivation way : all()) {
            boolean serves = Math.abs(way.physical - physical) < 1e-9 && way.error <= error;
            if (serves && (best == null || way.volume < best.volume)) best = way;
        }
        return Optional.ofNullable(best);
    }

    /// A place as a factory: a run is the mean time until it keeps a state.
    StateFactory factory(double codeCycleNanos) {
        return new TimedFactory(
                "cultivation, distances %d and %d".formatted(first, last),
                qubits,
                (long) Math.ceil(meanRounds() * codeCycleNanos),
                1,
                error);
    }

    /// Rounds until a place keeps a state, on average.
    public double meanRounds() {
        return volume / qubits;
    }

    /// How likely one try is kept, where a try takes so many rounds whether it is kept or not.
    /// Tries are independent, so their number until one is kept is geometric with this chance.
    ///
    /// @param roundsPerTry at least 1
    public double success(int roundsPerTry) {
        if (roundsPerTry < 1 || roundsPerTry > meanRounds()) {
            throw new IllegalArgumentException(
                    "a try takes %d rounds, expected 1 to %s"
                            .formatted(roundsPerTry, meanRounds()));
        }
        return roundsPerTry / meanRounds();
    }

    /// The probability that a place has kept a state after a number of tries.
    public double keptWithin(int tries, int roundsPerTry) {
        return -Math.expm1(tries * Math.log1p(-success(roundsPerTry)));
    }

    /// Places that keep up with a demand, on average.
    ///
    /// @param states in that many rounds
    public long places(long states, long rounds) {
        return (long) Math.ceil(states * meanRounds() / rounds);
    }
}
