package org.qmk.machine;

import java.util.List;
import java.util.Optional;

/// Which faults happen how often.
///
/// @param rates at most one for each kind
public record FaultMix(List<Rate> rates) {

    /// The longest that one fault may last.
    public static final int EPOCHS_MAX = 1000;

    /// @param perMillion in how many of a million epochs one begins
    /// @param epochs how long it lasts
    public record Rate(FaultKind kind, int perMillion, int epochs) {
        public Rate {
            if (perMillion < 0 || perMillion > 1_000_000) {
                throw new IllegalArgumentException(
                        "rate is " + perMillion + ", expected 0 to 1000000");
            }
            if (epochs < 1 || epochs > EPOCHS_MAX) {
                throw new IllegalArgumentException(
                        "epochs are " + epochs + ", expected 1 to " + EPOCHS_MAX);
            }
        }
    }

    public static final FaultMix NONE = new FaultMix(List.of());

    public static final FaultMix LIGHT =
            new FaultMix(
                    List.of(
                            new Rate(FaultKind.DRIFT, 500, 60),
                            new Rate(FaultKind.LINK_LOSS, 1000, 40),
                            new Rate(FaultKind.HOT_MODULE, 500, 20),
                            new Rate(FaultKind.DECODER_OVERLOAD, 500, 10),
                            new Rate(FaultKind.FACTORY_FAILURE, 500, 40),
                            new Rate(FaultKind.LYING_DECODER, 200, 1),
                            new Rate(FaultKind.LYING_DEVICE, 200, 1),
                            new Rate(FaultKind.LOST_QUBITS, 500, 1),
                            new Rate(FaultKind.NOT_DONE, 2000, 1)));

    public static final FaultMix HEAVY =
            new FaultMix(
                    List.of(
                            new Rate(FaultKind.DRIFT, 5000, 60),
                            new Rate(FaultKind.LINK_LOSS, 10000, 40),
                            new Rate(FaultKind.HOT_MODULE, 5000, 20),
                            new Rate(FaultKind.DECODER_OVERLOAD, 5000, 10),
                            new Rate(FaultKind.FACTORY_FAILURE, 5000, 40),
                            new Rate(FaultKind.LYING_DECODER, 5000, 2),
                            new Rate(FaultKind.LYING_DEVICE, 5000, 2),
                            new Rate(FaultKind.LOST_QUBITS, 10000, 1),
                            new Rate(FaultKind.NOT_DONE, 30000, 2)));

    public FaultMix {
        rates = List.copyOf(rates);
        if (rates.stream().map(Rate::kind).distinct().count() < rates.size()) {
            throw new IllegalArgumentException("a kind of fault has two rates, expected one");
        }
    }

    /// One kind of fault and no other.
    public static FaultMix only(FaultKind kind, int perMillion, int epochs) {
        return new FaultMix(List.of(new Rate(kind, perMillion, epochs)));
    }

    /// The mix of the given name: `none`, `light` or `heavy`.
    public static Optional<FaultMix> named(String name) {
        return switch (name) {
            case "none" -> Optional.of(NONE);
            case "light" -> Optional.of(LIGHT);
            case "heavy" -> Optional.of(HEAVY);
            default -> Optional.empty();
        };
    }
}
