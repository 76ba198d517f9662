package org.qmk.machine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.qmk.device.MachineShape;

/// What is true of a machine and none of the kernel's business: it sees the consequences.
///
/// @param factoryFailures by factory: how many of a thousand attempts make no magic state
/// @param pipelines by factory: how it makes its states, where attempts are not all there is to it
/// @param linkLosses by link: how many of a thousand attempts make no Bell pair
/// @param latencyRounds rounds between the end of an epoch and the earliest decoding of what it
///     measured; of a farm, between the decoding and the outcome
/// @param farm the decoders, where more is known of them than their rate
public record DeviceTraits(
        List<Integer> factoryFailures,
        List<Optional<FactoryPipeline>> pipelines,
        List<Integer> linkLosses,
        int latencyRounds,
        Optional<DecoderFarm> farm) {

    /// Of a machine without factories and links that decodes at once.
    public static final DeviceTraits NONE = new DeviceTraits(List.of(), List.of(), 0);

    public DeviceTraits {
        factoryFailures = List.copyOf(factoryFailures);
        pipelines = List.copyOf(pipelines);
        linkLosses = List.copyOf(linkLosses);
        for (int permille : factoryFailures) inRange("factory failure", permille, 1000);
        for (int permille : linkLosses) inRange("link loss", permille, 1000);
        inRange("latencyRounds", latencyRounds, Integer.MAX_VALUE);
    }

    /// Traits of a machine whose factories are known by their attempts and decoders by their rate.
    public DeviceTraits(
            List<Integer> factoryFailures, List<Integer> linkLosses, int latencyRounds) {
        this(
                factoryFailures,
                Collections.nCopies(factoryFailures.size(), Optional.empty()),
                linkLosses,
                latencyRounds,
                Optional.empty());
    }

    /// Traits of a machine whose factories and links never fail and which decodes at once.
    public static DeviceTraits perfect(MachineShape shape) {
        return new DeviceTraits(
                shape.factories().stream().map(_ -> 0).toList(),
                shape.links().stream().map(_ -> 0).toList(),
                0);
    }

    private static void inRange(String field, int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(field + " is " + value + ", expected 0 to " + most);
        }
    }
}
