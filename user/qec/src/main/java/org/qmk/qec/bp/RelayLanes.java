package org.qmk.qec.bp;

import java.util.Arrays;
import org.qmk.qec.decode.DecodingProblem;

/// Relays of many shots: what `RelayDecoder` does with one, lane by lane. Each lane is in a leg of
/// its own; one that is done takes the next shot at once.
final class RelayLanes {

    private static final int LANES = MessageLanes.LANES;

    private final MessageLanes lanes;
    private final RelaySettings settings;
    private final RelayStrengths strengths;
    private final int words;

    /// Of mechanisms, `LANES` places for each.
    private final int[] strengthOfLane;

    /// -1 for an empty lane.
    private final int[] shotOfLane = new int[LANES];

    private final int[] leg = new int[LANES];

    /// Rounds of the leg so far; -1 before the first of a later leg, whose beliefs are those that
    /// the leg before ended with.
    private final int[] age = new int[LANES];

    private final int[] found = new int[LANES];
    private final long[] least = new long[LANES];

    RelayLanes(DecodingProblem problem, RelaySettings settings, RelayStrengths strengths) {
        lanes = new MessageLanes(problem, settings.scale());
        this.settings = settings;
        this.strengths = strengths;
        words = problem.words();
        strengthOfLane = new int[Math.multiplyExact(problem.mechanisms(), LANES)];
    }

    /// @param observables takes those of each shot
    void decode(long[] syndromes, int shots, long[] observables) {
        int given = 0;
        int busy = 0;
        lanes.clear();
        Arrays.fill(strengthOfLane, 0);
        for (int lane = 0; lane < LANES; lane++) {
            shotOfLane[lane] = given < shots ? given++ : -1;
            if (shotOfLane[lane] < 0) continue;
            lanes.load(lane, syndromes, shotOfLane[lane] * words);
            begin(lane);
            busy++;
        }
        while (busy > 0) {
            lanes.remember(strengthOfLane);
            lanes.exchange();
            for (int lane = 0; lane < LANES; lane++) {
                if (shotOfLane[lane] < 0 || goesOn(lane, observables)) continue;
                shotOfLane[lane] = given < shots ? given++ : -1;
                if (shotOfLane[lane] < 0) {
                    busy--;
                } else {
                    lanes.loadNext(lane, syndromes, shotOfLane[lane] * words);
                    begin(lane);
                }
            }
            lanes.advance();
        }
    }

    private void begin(int lane) {
        leg[lane] = 0;
        age[lane] = 0;
        found[lane] = 0;
        least[lane] = Long.MAX_VALUE;
        strengths.put(0, strengthOfLane, lane, LANES);
    }

    /// Whether a lane has more to do with its shot after a round.
    private boolean goesOn(int lane, long[] observables) {
        if (age[lane] < 0) {
            age[lane] = 0;
            return true;
        }
        boolean isExplained = lanes.isExplained(lane);
        int roundsMax = leg[lane] == 0 ? settings.firstRounds() : settings.legRounds();
        if (!isExplained && age[lane]++ < roundsMax) return true;
        if (isExplained) {
            found[lane]++;
            long weight = lanes.weight(lane);
            if (weight < least[lane]) {
                least[lane] = weight;
                observables[shotOfLane[lane]] = lanes.observables(lane);
            }
        } else if (found[lane] == 0) {
            // The last beliefs are the answer if nothing is better.
            observables[shotOfLane[lane]] = lanes.observables(lane);
        }
        if (leg[lane] == settings.legs() || found[lane] == settings.solutions()) return false;
        leg[lane]++;
        age[lane] = -1;
        lanes.forgetMessages(lane);
        lanes.stay(lane);
        strengths.put(leg[lane], strengthOfLane, lane, LANES);
        return true;
    }
}
