package org.qmk.server.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.WaitCause;

/// What a tenant may know of one of its jobs at one moment. Everything in it is durable.
public record JobRecord(JobKey key, Asked asked, Standing standing, Results results) {

    /// What was asked for.
    ///
    /// @param name for people
    /// @param digest of the program's canonical form, SHA-256 in hexadecimal
    /// @param idempotencyKey empty if the client gave none
    /// @param warnings what the reader of the program said, one line each
    public record Asked(
            String name,
            String digest,
            long shots,
            long seed,
            String idempotencyKey,
            List<String> warnings,
            long epoch) {
        public Asked {
            warnings = List.copyOf(warnings);
        }
    }

    /// How far it came.
    ///
    /// @param detail what the device said where the cause is a fault of it; empty otherwise
    /// @param epoch in which it came to stand so
    /// @param endedEpoch 0 before the end
    /// @param epochs in which the machine worked on it
    /// @param blocks that it holds
    /// @param waitCause why it did not do all that it could in the last epoch
    /// @param waited epochs by that cause, since this server was started
    /// @param stretches the last epochs since then, in order, at most `STRETCHES_MAX` stretches
    public record Standing(
            JobState state,
            EndCause cause,
            String detail,
            long shotsDone,
            long epoch,
            long endedEpoch,
            long epochs,
            int blocks,
            WaitCause waitCause,
            SortedMap<WaitCause, Long> waited,
            List<Stretch> stretches) {
        public Standing {
            waited = Collections.unmodifiableSortedMap(new TreeMap<>(waited));
            stretches = List.copyOf(stretches);
        }
    }

    /// Stretches that are remembered of a job.
    public static final int STRETCHES_MAX = 256;

    /// Epochs in a row in which a job had the same wave and waited for the same.
    ///
    /// @param from the first epoch
    /// @param to the last epoch
    /// @param wave number of the wave, from 1; 0 where the job had none
    /// @param cause why the job did not do all that it could; `NOTHING` where it did
    public record Stretch(long from, long to, long wave, WaitCause cause) {}

    /// What was measured.
    ///
    /// @param bits what each letter of a key means, left to right
    /// @param counts completed shots by result
    public record Results(List<String> bits, SortedMap<String, Long> counts) {
        public Results {
            bits = List.copyOf(bits);
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        }
    }

    /// The epoch that the record is of.
    public long epoch() {
        return standing.epoch();
    }

    /// What makes another submission the same; nothing if the client gave no key.
    Optional<RetryKey> retry() {
        if (asked.idempotencyKey().isEmpty()) return Optional.empty();
        return Optional.of(new RetryKey(key.tenant(), asked.idempotencyKey()));
    }

    public boolean ended() {
        return standing.state().isFinal();
    }
}
