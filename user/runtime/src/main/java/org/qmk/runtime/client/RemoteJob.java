package org.qmk.runtime.client;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a job stands.
///
/// @param id its number among its tenant's, from 1
/// @param state QUEUED, RUNNING, PARKED, COMPLETED, FAILED or CANCELLED
/// @param cause why it ended, `QMK-END-1` for one; empty before
/// @param message the cause in words
/// @param seed 64 bits that decide every outcome
/// @param epochs in which the machine worked on it
/// @param bits what each character of a key of the counts means, left to right
/// @param counts completed shots by result
/// @param waitCause why it did not do all that it could in the last epoch; empty after its end
/// @param waited epochs by wait cause, where they were asked for
/// @param stretches epoch by epoch what it did, where that was asked for; the last ones alone
/// @param digest of the program's canonical form, after `sha256:`
public record RemoteJob(
        long id,
        String name,
        String state,
        String cause,
        String message,
        long shots,
        long shotsDone,
        long seed,
        long acceptedEpoch,
        OptionalLong endedEpoch,
        long epochs,
        List<String> bits,
        SortedMap<String, Long> counts,
        String waitCause,
        SortedMap<String, Long> waited,
        List<Stretch> stretches,
        List<String> warnings,
        String digest) {

    /// Epochs in which a job did the same.
    ///
    /// @param to the last of them
    /// @param wave the wave's number, from 1; 0 where the job had none
    /// @param waitCause why it did not do all that it could; NOTHING where it did
    public record Stretch(long from, long to, long wave, String waitCause) {
        private static Stretch read(JsonFields in) {
            long from = 0;
            long to = 0;
            long wave = 0;
            String waitCause = "";
            in.enter();
            while (in.more()) {
                switch (in.name()) {
                    case "from" -> from = in.whole();
                    case "to" -> to = in.whole();
                    case "wave" -> wave = in.whole();
                    case "wait_cause" -> waitCause = in.text();
                    default -> in.skip();
                }
            }
            return new Stretch(from, to, wave, waitCause);
        }
    }

    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED");

    static final RemoteJob NONE = new Reading().job();

    public RemoteJob {
        bits = List.copyOf(bits);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        waited = Collections.unmodifiableSortedMap(new TreeMap<>(waited));
        stretches = List.copyOf(stretches);
        warnings = List.copyOf(warnings);
    }

    /// Whether nothing more becomes of it.
    public boolean ended() {
        return ENDED.contains(state);
    }

    public boolean completed() {
        return state.equals("COMPLETED");
    }

    static RemoteJob read(JsonFields in) {
        var reading = new Reading();
        in.enter();
        while (in.more()) {
            if (!reading.identity(in) && !reading.progress(in) && !reading.results(in)) in.skip();
        }
        return reading.job();
    }

    /// A job of which so much has been read.
    private static final class Reading {
        private long id;
        private String name = "";
        private String state = "";
        private String cause = "";
        private String message = "";
        private long shots;
        private long shotsDone;
        private long seed;
        private long acceptedEpoch;
        private OptionalLong endedEpoch = OptionalLong.empty();
        private long epochs;
        private List<String> bits = List.of();
        private SortedMap<String, Long> counts = new TreeMap<>();
        private SortedMap<String, Long> events = new TreeMap<>();
        private String waitCause = "";
        private SortedMap<String, Long> waited = new TreeMap<>();
        private List<Stretch> stretches = List.of();
        private List<String> warnings = List.of();
        private String digest = "";

        boolean identity(JsonFields in) {
            switch (in.name()) {
                case "job_id" -> id = in.whole();
                case "name" -> name = in.text();
                case "shots" -> shots = in.whole();
                case "seed" -> seed = in.digits();
                case "digest" -> digest = in.text();
                case "warnings" -> warnings = in.texts();
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean progress(JsonFields in) {
            switch (in.name()) {
                case "state" -> state = in.text();
                case "cause" -> cause = in.text();
                case "message" -> message = in.text();
                case "shots_done" -> shotsDone = in.whole();
                case "accepted_epoch" -> acceptedEpoch = in.whole();
                case "ended_epoch" -> endedEpoch = OptionalLong.of(in.whole());
                case "epochs" -> epochs = in.whole();
                case "wait_cause" -> waitCause = in.text();
                case "waited" -> waited = in.map(JsonFields::whole);
                case "stretches" -> stretches = in.list(Stretch::read);
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean results(JsonFields in) {
            switch (in.name()) {
                case "bits" -> bits = in.texts();
                case "counts" -> counts = in.map(JsonFields::whole);
                case "events" -> events = in.map(JsonFields::whole);
                default -> {
                    return false;
                }
            }
            return true;
        }

        /// The one result of a job of one shot, which the server tells by bit.
        private void count() {
            if (bits.isEmpty()) bits = List.copyOf(events.keySet());
            var key = new StringBuilder();
            for (String bit : bits) key.append(events.getOrDefault(bit, 0L) == 0 ? '0' : '1');
            counts.put(key.toString(), 1L);
        }

        RemoteJob job() {
            if (!events.isEmpty() && counts.isEmpty()) count();
            return new RemoteJob(
                    id,
                    name,
                    state,
                    cause,
                    message,
                    shots,
                    shotsDone,
                    seed,
                    acceptedEpoch,
                    endedEpoch,
                    epochs,
                    bits,
                    counts,
                    waitCause,
                    waited,
                    stretches,
                    warnings,
                    digest);
        }
    }
}
