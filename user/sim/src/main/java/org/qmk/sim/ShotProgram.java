package org.qmk.sim;

import java.util.Arrays;

/// A program as one shot goes through it: its steps, and between them the random decisions of its
/// noise, each of two ways. Places are numbers from 0.
///
/// An error of several kinds is a chain of decisions: whether anything happens, then whether it is
/// the first of what is left, the second, and so on. So a shot without errors decides once for each
/// place where one could be.
final class ShotProgram {

    /// What a decision that falls on 1 does.
    enum Effect {
        /// Nothing: others decide what.
        NOTHING,
        /// Applies a Pauli product of one or two letters.
        PAULI,
        /// The qubit decays to 0.
        DECAY,
        /// The event changes.
        FLIP
    }

    private static final int NO_SLOT = -1;
    private static final int NOT_DRAWN = -1;

    private int size;
    // The step at a place; negative for a decision.
    private int[] steps;
    // Where to go on: after a step whose guard does not hold, or a decision for 0.
    private int[] others;
    // After a decision for 1.
    private int[] onOnes = {};
    private byte[] effects = {};
    private int[] firsts = {};
    private int[] seconds = {};
    private double[] chances = {};
    private int[] drawn = {};
    private final int[] placesOfSteps;

    ShotProgram(StepList list, NoiseList noise) {
        steps = new int[Math.max(16, list.size())];
        others = new int[steps.length];
        placesOfSteps = new int[list.size() + 1];
        if (!noise.isEmpty()) widen(steps.length);
        for (int step = 0; step < list.size(); step++) {
            placesOfSteps[step] = size;
            int place = add(step);
            for (int error = noise.start(step); error < noise.ownEnd(step); error++) {
                decide(noise, error);
            }
            others[place] = size;
            for (int error = noise.ownEnd(step); error < noise.end(step); error++) {
                decide(noise, error);
            }
        }
        placesOfSteps[list.size()] = size;
    }

    int size() {
        return size;
    }

    /// Where a step is; for the number of steps, the end.
    int placeOf(int step) {
        return placesOfSteps[step];
    }

    boolean isDecision(int place) {
        return steps[place] < 0;
    }

    int step(int place) {
        return steps[place];
    }

    /// Where a shot goes on for which the guard of the step here does not hold.
    int afterSkipped(int place) {
        return others[place];
    }

    /// Where a shot goes on after what happened here.
    int after(int place, boolean one) {
        if (!isDecision(place)) return place + 1;
        return one ? onOnes[place] : others[place];
    }

    Effect effect(int place) {
        return EFFECTS[effects[place]];
    }

    /// The chance of 1, where it does not depend on the state, else the damping.
    double chance(int place) {
        return chances[place];
    }

    /// Whether somebody else drew what is decided here.
    boolean isDrawn(int place) {
        return isDecision(place) && drawn[place] != NOT_DRAWN;
    }

    /// Of a decision that somebody else drew: twice the number of the patch, one more for Z.
    int drawn(int place) {
        return drawn[place];
    }

    /// The slot or event of the effect, the slot with its letters above `StepList.LETTER_SHIFT`.
    int first(int place) {
        return firsts[place];
    }

    /// The second slot with its letters; negative if there is none.
    int second(int place) {
        return seconds[place];
    }

    private static final Effect[] EFFECTS = Effect.values();

    private void decide(NoiseList noise, int error) {
        int first = noise.first(error);
        switch (noise.kind(error)) {
            case DECAY -> decision(Effect.DECAY, noise.chance(error), first, NO_SLOT);
            case FLIP -> decision(Effect.FLIP, noise.chance(error), first, NO_SLOT);
            case PATCH -> {
                for (int letter = 0; letter < 2; letter++) {
                    int lettered = lettered(first, letter + 1);
                    int place = decision(Effect.PAULI, noise.chance(error), lettered, NO_SLOT);
                    drawn[place] = 2 * noise.patch(error) + letter;
                }
            }
            case PAULI -> {
                PauliChannel channel = noise.channel(error);
                double[] weights = {channel.x(), channel.z(), channel.y()};
                oneOf(channel.any(), first, NO_SLOT, weights);
            }
            case DEPOLARIZE_2 -> {
                double[] weights = new double[15];
                Arrays.fill(weights, 1);
                oneOf(noise.chance(error), first, noise.second(error), weights);
            }
        }
    }

    /// At most one Pauli product: with the given chance one of those numbered from 1, by weight.
    /// Bits 0 and 1 of the number are the letter of the first slot, bits 2 and 3 of the second.
    private void oneOf(double chance, int first, int second, double[] weights) {
        int start = decision(Effect.NOTHING, chance, NO_SLOT, NO_SLOT);
        double rest = Arrays.stream(weights).sum();
        int last = weights.length;
        while (weights[last - 1] == 0) last--;
        int chain = size;
        for (int number = 1; number <= last; number++) {
            double weight = weights[number - 1];
            if (weight == 0) continue;
            // What is left is certain; a chance of exactly 1 draws no number.
            decision(
                    Effect.PAULI,
                    number == last ? 1 : weight / rest,
                    lettered(first, number & 3),
                    lettered(second, number >> 2));
            rest -= weight;
        }
        others[start] = size;
        for (int place = chain; place < size; place++) onOnes[place] = size;
    }

    private static int lettered(int slot, int letter) {
        return letter == 0 ? NO_SLOT : slot | letter << StepList.LETTER_SHIFT;
    }

    private int decision(Effect effect, double chance, int first, int second) {
        int place = add(-1);
        effects[place] = (byte) effect.ordinal();
        chances[place] = chance;
        drawn[place] = NOT_DRAWN;
        firsts[place] = first;
        seconds[place] = second;
        others[place] = place + 1;
        onOnes[place] = place + 1;
        return place;
    }

    private int add(int step) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            others = Arrays.copyOf(others, 2 * size);
            if (onOnes.length > 0) widen(2 * size);
        }
        steps[size] = step;
        return size++;
    }

    private void widen(int length) {
        onOnes = Arrays.copyOf(onOnes, length);
        effects = Arrays.copyOf(effects, length);
        firsts = Arrays.copyOf(firsts, length);
        seconds = Arrays.copyOf(seconds, length);
        chances = Arrays.copyOf(chances, length);
        drawn = Arrays.copyOf(drawn, length);
    }
}
