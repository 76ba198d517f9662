package org.qmk.qec.memory;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.analysis.AnalysisOptions;
import org.qmk.qec.bp.BeliefSettings;
import org.qmk.qec.bp.OrderedStatisticsDecoder;
import org.qmk.qec.bp.RelayDecoder;
import org.qmk.qec.bp.RelaySettings;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ErrorColumns;
import org.qmk.qec.match.CorrelatedMatchingDecoder;
import org.qmk.qec.match.MatchingDecoder;
import org.qmk.qec.match.MatchingGraph;
import org.qmk.qec.unionfind.UnionFindDecoder;

/// The decoders that can be asked for by a word.
public enum DecoderKind {
    /// Exact minimum-weight perfect matching.
    MATCHING("matching", true),
    /// Matching in two passes.
    CORRELATED("correlated", true),
    /// Union-find with weighted growth.
    UNION_FIND("union-find", true),
    /// Belief propagation, then ordered statistics.
    BPOSD("bposd", false),
    /// A relay of belief propagation with memory.
    RELAY("relay", false),
    /// None: a shot in which a detector fired is discarded, all others are taken as right.
    POSTSELECT("postselect", false);

    /// What the field usually takes for circuits: min-sum, pairs of ten mechanisms.
    private static final BeliefSettings BELIEF = new BeliefSettings(30, 0.7);

    private static final int SWEEP = 10;

    private final String word;
    private final boolean decomposed;

    DecoderKind(String word, boolean decomposed) {
        this.word = word;
        this.decomposed = decomposed;
    }

    /// What users write.
    public String word() {
        return word;
    }

    /// Whether shots in which a detector fired are discarded.
    public boolean isDiscarding() {
        return switch (this) {
            case POSTSELECT -> true;
            case MATCHING, CORRELATED, UNION_FIND, BPOSD, RELAY -> false;
        };
    }

    public static Optional<DecoderKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /// How the model that it decodes is made of a circuit.
    public AnalysisOptions analysis() {
        AnalysisOptions base = decomposed ? AnalysisOptions.DECOMPOSED : AnalysisOptions.PLAIN;
        return base.withDisjointUpTo(1);
    }

    /// Makes ready for a model.
    ///
    /// @return gives each thread a decoder of its own; may be asked by several threads at once
    /// @throws QecFailure if it cannot decode the model
    public Supplier<BatchDecoder> decoders(DetectorErrorModel model) throws QecFailure {
        return switch (this) {
            case MATCHING -> {
                MatchingGraph graph = MatchingGraph.of(model);
                yield () -> BatchDecoder.of(new MatchingDecoder(graph));
            }
            case CORRELATED -> {
                MatchingGraph graph = MatchingGraph.of(model);
                yield () -> BatchDecoder.of(new CorrelatedMatchingDecoder(graph));
            }
            case UNION_FIND -> {
                DecodingProblem problem = DecodingProblem.ofParts(few(model.columns()));
                for (int i = 0; i < problem.mechanisms(); i++) {
                    if (problem.columnStart(i + 1) - problem.columnStart(i) <= 2) continue;
                    throw new QecFailure(
                            QecRule.NOT_GRAPHLIKE,
                            "an error has a part of more than two detectors");
                }
                yield () -> BatchDecoder.of(new UnionFindDecoder(problem));
            }
            case BPOSD -> {
                DecodingProblem problem = DecodingProblem.of(few(model.columns()));
                yield () -> BatchDecoder.of(new OrderedStatisticsDecoder(problem, BELIEF, SWEEP));
            }
            case RELAY -> {
                DecodingProblem problem = DecodingProblem.of(few(model.columns()));
                yield () -> BatchDecoder.of(new RelayDecoder(problem, RelaySettings.usual()));
            }
            case POSTSELECT -> () -> BatchDecoder.NONE;
        };
    }

    private ErrorColumns few(ErrorColumns columns) throws QecFailure {
        if (columns.observables() <= DecodingProblem.OBSERVABLES_MAX) return columns;
        throw new QecFailure(
                QecRule.SIZE,
                "the model has %d observables, decoder '%s' takes up to %d"
                        .formatted(columns.observables(), word, DecodingProblem.OBSERVABLES_MAX));
    }
}
