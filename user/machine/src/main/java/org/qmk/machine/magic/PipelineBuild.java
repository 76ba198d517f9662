package org.qmk.machine.magic;

import java.util.ArrayList;
import java.util.List;

/// Makes a pipeline of stages: as many copies in each round that the next one has its inputs with
/// the chance that is asked for. Source: arXiv:2211.07629, appendix C.
final class PipelineBuild {

    /// How often a run may give fewer states than it should.
    static final double SHORTAGE = 0.01;

    private static final long COPIES_MAX = 1_000_000_000_000_000L;

    private PipelineBuild() {}

    /// What becomes of a choice of stages.
    sealed interface Result {
        record Built(Pipeline pipeline) implements Result {}

        /// Larger distances may mend it.
        record TooPoor() implements Result {}

        /// A failure probability of 0 or less: the unit's formula does not say what it should, and
        /// larger distances make it no better.
        record NoFailure() implements Result {}
    }

    static Result of(List<DistillationStage> stages) {
        int count = stages.size();
        double[] errors = new double[count + 1];
        errors[0] = stages.getFirst().tError();
        for (int i = 0; i < count; i++) {
            errors[i + 1] = stages.get(i).outputError(errors[i]);
            if (errors[i + 1] > errors[i]) return new Result.TooPoor();
        }
        double shortage = SHORTAGE / count;
        List<Pipeline.Round> rounds = new ArrayList<>();
        long needed = stages.getLast().unit().outputs();
        for (int i = count - 1; i >= 0; i--) {
            DistillationStage stage = stages.get(i);
            double failure = stage.failure(errors[i]);
            if (failure <= 0) return new Result.NoFailure();
            if (!(failure < 1)) return new Result.TooPoor();
            long copies = copies(needed, stage.unit().outputs(), failure, shortage);
            if (copies >= COPIES_MAX) return new Result.TooPoor();
            DistillationUnit.Needs needs = stage.needs(i);
            rounds.addFirst(
                    new Pipeline.Round(
                            stage.unit(),
                            stage.distance(),
                            copies,
                            copies * needs.qubits(),
                            needs.cycles(),
                            failure,
                            errors[i + 1]));
            needed = stage.unit().inputs() * copies;
        }
        return new Result.Built(of(rounds, errors[count], shortage));
    }

    private static Pipeline of(List<Pipeline.Round> rounds, double error, double shortage) {
        long qubits = 0;
        long nanos = 0;
        for (Pipeline.Round round : rounds) {
            qubits = Math.max(qubits, round.qubits());
            nanos += round.nanos();
        }
        Pipeline.Round last = rounds.getLast();
        long outputs =
                Binomial.asAzure(last.copies(), last.failure(), shortage) * last.unit().outputs();
        return new Pipeline(rounds, qubits, nanos, outputs, error);
    }

    /// The least number of copies of which enough succeed.
    private static long copies(long needed, long outputs, double failure, double shortage) {
        long successes = Math.ceilDiv(needed, outputs);
        long high = successes;
        while (Binomial.asAzure(high, failure, shortage) < successes) {
            high *= 2;
            if (high >= COPIES_MAX) return COPIES_MAX;
        }
        long low = high / 2;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (Binomial.asAzure(middle, failure, shortage) >= successes) high = middle;
            else low = middle + 1;
        }
        return high;
    }
}
