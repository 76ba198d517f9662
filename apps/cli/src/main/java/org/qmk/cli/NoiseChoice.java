package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.live.DecodingCost;
import org.qmk.live.LiveCode;
import org.qmk.live.LiveErrors;
import org.qmk.live.LiveWindows;
import org.qmk.machine.DecoderFarm;
import org.qmk.machine.MachineModel;
import org.qmk.machine.WindowDecoding;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.qec.QecFailure;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.sim.NoiseModel;
import org.qmk.sim.PauliChannel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/// What goes wrong with a program's qubits: rates, those of a code profile, or what is left when
/// syndromes are sampled and decoded.
///
/// @param rates those that are given as such
/// @param words the other parts, by what is before the equals sign
record NoiseChoice(NoiseModel rates, Map<String, String> words) {

    static final NoiseChoice NONE = new NoiseChoice(NoiseModel.NONE, Map.of());

    private static final String PROFILE = "profile";
    private static final String LIVE = "live";
    private static final List<String> WORDS = List.of(PROFILE, LIVE, "p", "d", "cost", "round");
    private static final double NANOS_PER_ROUND = 1000;

    /// What a run takes.
    ///
    /// @param decoding how long windows take, where the machine has a decoder farm and syndromes
    ///     are sampled
    /// @param remarks for people, a line each
    record Resolved(NoiseModel model, Optional<WindowDecoding> decoding, List<String> remarks) {}

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("RATES", "--noise")
                        .converters(NoiseChoice::parse)
                        .description(
                                "What goes wrong, as in gate1=1e-4,gate2=1e-3,measure=1e-2,",
                                "reset=1e-3,damping=1e-4,epoch=1e-6. gate1 and epoch may be given",
                                "for X, Y and Z apart, as in epoch=1e-6:0:1e-5.",
                                "Logical errors by a code profile:",
                                "profile=surface-gate,p=1e-3,d=7; of patches that are sampled and"
                                        + " decoded: live=surface,p=2e-3,d=5. Without d it is the"
                                        + " machine's. Default: nothing.")
                        .build());
    }

    private static NoiseChoice parse(String text) {
        Map<String, String> words = new TreeMap<>();
        List<String> rates = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!WORDS.contains(key)) rates.add(part);
            else if (words.put(key, part.substring(equals + 1).strip()) != null) {
                throw new TypeConversionException(key + " is given twice");
            }
        }
        check(words);
        try {
            NoiseModel model =
                    rates.isEmpty() ? NoiseModel.NONE : NoiseModel.parse(String.join(",", rates));
            return new NoiseChoice(model, words);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    private static void check(Map<String, String> words) {
        if (words.isEmpty()) return;
        boolean live = words.containsKey(LIVE);
        if (live == words.containsKey(PROFILE)) {
            throw new TypeConversionException(
                    "%s is for errors of codes, expected one of profile= and live= beside it"
                            .formatted(String.join(", ", words.keySet())));
        }
        if (live && !words.get(LIVE).equals("surface")) {
            throw new TypeConversionException(
                    "live is '%s', expected surface".formatted(words.get(LIVE)));
        }
        if (!words.containsKey("p")) {
            throw new TypeConversionException("p is missing: the physical error rate");
        }
        number(words, "p", 0.5);
        if (words.containsKey("d")) number(words, "d", 999);
        if (words.containsKey("round")) number(words, "round", 1e9);
        String cost = words.getOrDefault("cost", "counted");
        boolean timed = words.containsKey("cost") || words.containsKey("round");
        if (!live && timed) throw new TypeConversionException("cost and round are for live=");
        if (!cost.equals("counted") && !cost.equals("measured")) {
            throw new TypeConversionException(
                    "cost is '%s', expected counted or measured".formatted(cost));
        }
    }

    private static double number(Map<String, String> words, String key, double most) {
        double value;
        try {
            value = Double.parseDouble(words.get(key));
        } catch (NumberFormatException none) {
            value = Double.NaN;
        }
        boolean whole = !key.equals("d") || value == Math.rint(value);
        if (value > 0 && value <= most && whole) return value;
        throw new TypeConversionException(
                "%s is '%s', expected a %s above 0, at most %s"
                        .formatted(
                                key,
                                words.get(key),
                                key.equals("d") ? "whole number" : "number",
                                key.equals("p") ? "0.5" : "%.0f".formatted(most)));
    }

    /// @throws CommandFailure if the profile, the distance or the code is none
    Resolved on(MachineModel machine, Terminal terminal) throws CommandFailure {
        if (words.isEmpty()) return new Resolved(rates, Optional.empty(), List.of());
        return words.containsKey(LIVE) ? live(machine) : profile(machine, terminal);
    }

    private Resolved profile(MachineModel machine, Terminal terminal) throws CommandFailure {
        CodeProfile profile = ProfileChoice.of(words.get(PROFILE), terminal);
        List<Integer> distances = profile.distances();
        int distance = distances.size() == 1 ? distances.getFirst() : distance(machine);
        double p = number(words, "p", 0.5);
        if (words.containsKey("d") && distance(machine) != distance
                || !distances.contains(distance)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "profile %s has no distance %d. Name another with d=."
                            .formatted(profile.name(), distance(machine)));
        }
        PauliChannel channel =
                profile.errorsPerCycle(p, distance)
                        .orElseThrow(
                                () ->
                                        new CommandFailure(
                                                ExitCode.FAILED,
                                                "profile %s says no rate at p = %s, d = %d."
                                                        .formatted(profile.name(), p, distance)));
        String remark =
                "noise: %s at p = %s, d = %d: %.3g in an epoch, half of it X, half Z (%s)"
                        .formatted(
                                profile.name(),
                                p,
                                distance,
                                channel.any(),
                                profile.noise().standing().name().toLowerCase(Locale.ROOT));
        return new Resolved(rates.withEpoch(channel), Optional.empty(), List.of(remark));
    }

    private Resolved live(MachineModel machine) throws CommandFailure {
        Optional<DecoderFarm> farm = machine.traits().farm();
        boolean timed = words.containsKey("cost") || words.containsKey("round");
        if (farm.isEmpty() && timed) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "machine %s has no decoder farm, so nothing takes time. Leave out cost and"
                                    .formatted(machine.name())
                            + " round.");
        }
        List<String> remarks = new ArrayList<>();
        try {
            int distance = distance(machine);
            double p = number(words, "p", 0.5);
            LiveCode code = LiveCode.surface(distance, p);
            if (farm.isPresent()) {
                code = new LiveCode(distance, p, farm.get().commit(), farm.get().buffer());
            }
            remarks.add(
                    "noise: rotated surface code of distance %d at p = %s, sampled and decoded"
                            .formatted(distance, p));
            Optional<WindowDecoding> decoding = Optional.empty();
            if (farm.isPresent()) decoding = Optional.of(windows(code, farm.get(), remarks));
            return new Resolved(rates.withPatches(new LiveErrors(code)), decoding, remarks);
        } catch (QecFailure | IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, "no live decoding: " + wrong.getMessage());
        }
    }

    private WindowDecoding windows(LiveCode code, DecoderFarm farm, List<String> remarks)
            throws QecFailure {
        boolean measured = words.getOrDefault("cost", "counted").equals("measured");
        if (measured) {
            remarks.add(
                    "decoding times are measured: another run, and a replay on the device, has"
                            + " others");
        }
        double round = words.containsKey("round") ? number(words, "round", 1e9) : NANOS_PER_ROUND;
        DecodingCost cost = measured ? new DecodingCost.Measured() : DecodingCost.DEFAULT;
        return new LiveWindows(code, cost, round * farm.speed(), EmbeddedKernel.DEVICE_SEED);
    }

    private int distance(MachineModel machine) throws CommandFailure {
        if (words.containsKey("d")) return (int) number(words, "d", 999);
        int rounds = machine.shape().roundsPerEpoch();
        if (rounds > 1) return rounds;
        throw new CommandFailure(
                ExitCode.USAGE,
                "machine %s has no code distance. Give one with d=.".formatted(machine.name()));
    }
}
