package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.machine.profile.FieldErrors;
import org.qmk.machine.profile.FieldReader;
import tools.jackson.databind.JsonNode;

/// The fields of a decoder farm in a machine file.
final class FarmFields {

    private static final int TABLE_MAX = 1 << 12;

    private enum Law {
        CONSTANT,
        EXPONENTIAL,
        LOGNORMAL,
        TABLE
    }

    private FarmFields() {}

    /// Reads the field `farm`, or notes what is wrong with it.
    static Optional<DecoderFarm> read(FieldReader decoder, FieldErrors errors) {
        int before = errors.count();
        FieldReader farm = decoder.mapping("farm");
        farm.known(List.of("workers", "speed", "commit", "buffer", "parallel", "time"));
        int workers = farm.count("workers", 1, DecoderFarm.WORKERS_MAX);
        double speed = farm.has("speed") ? farm.number("speed", 0, DecoderFarm.SPEED_MAX) : 1;
        int commit = farm.count("commit", 1, DecoderFarm.ROUNDS_MAX);
        int buffer = farm.count("buffer", 0, DecoderFarm.ROUNDS_MAX);
        JsonNode parallel = farm.raw("parallel");
        if (farm.has("parallel") && !parallel.isBoolean()) farm.wrong("parallel", "true or false");
        Optional<WindowTime> time = time(farm.mapping("time"), errors);
        if (errors.count() > before || time.isEmpty()) return Optional.empty();
        return Optional.of(
                new DecoderFarm(
                        workers,
                        speed,
                        commit,
                        buffer,
                        farm.has("parallel") && parallel.booleanValue(),
                        time.get()));
    }

    private static Optional<WindowTime> time(FieldReader time, FieldErrors errors) {
        int before = errors.count();
        Law law = time.word("law", List.of(Law.values()));
        double most = WindowTime.ROUNDS_MAX;
        switch (law) {
            case CONSTANT -> {
                time.known(List.of("law", "rounds"));
                double rounds = time.number("rounds", 0, most);
                if (errors.count() == before) return Optional.of(new WindowTime.Constant(rounds));
            }
            case EXPONENTIAL -> {
                time.known(List.of("law", "least", "mean"));
                double mean = time.number("mean", 0, most);
                double least = atLeastZero(time, "least", mean);
                if (errors.count() == before) {
                    return Optional.of(new WindowTime.Exponential(least, mean));
                }
            }
            case LOGNORMAL -> {
                time.known(List.of("law", "median", "sigma"));
                double median = time.number("median", 0, most);
                double sigma = atLeastZero(time, "sigma", 4);
                if (errors.count() == before) {
                    return Optional.of(new WindowTime.Lognormal(median, sigma));
                }
            }
            case TABLE -> {
                time.known(List.of("law", "rounds"));
                List<Double> rounds = table(time);
                if (errors.count() == before) return Optional.of(new WindowTime.Table(rounds));
            }
        }
        return Optional.empty();
    }

    private static double atLeastZero(FieldReader reader, String field, double most) {
        JsonNode value = reader.raw(field);
        boolean good = value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= most;
        if (good) return value.doubleValue();
        reader.wrong(field, "a number from 0 to " + most);
        return 0;
    }

    private static List<Double> table(FieldReader time) {
        JsonNode list = time.raw("rounds");
        List<Double> rounds = new ArrayList<>();
        boolean good = list.isArray() && list.size() >= 1 && list.size() <= TABLE_MAX;
        for (JsonNode entry : list) {
            double each = entry.isNumber() ? entry.doubleValue() : 0;
            good &= each > 0 && each <= WindowTime.ROUNDS_MAX;
            rounds.add(each);
        }
        if (!good) {
            time.wrong("rounds", "a list of 1 to " + TABLE_MAX + " numbers above 0");
        }
        return rounds;
    }
}
