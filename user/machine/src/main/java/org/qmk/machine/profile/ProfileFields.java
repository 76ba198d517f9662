package org.qmk.machine.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qmk.machine.formula.Formula;
import tools.jackson.databind.JsonNode;

/// One profile file's fields, and what is wrong with them.
final class ProfileFields {

    static final List<String> ALL =
            List.of("name", "description", "code", "circuit", "decoder", "noise", "unit", "costs");

    private static final List<String> DISTANCE = List.of("codeDistance");
    private static final int DISTANCE_MAX = 999;
    private static final int QUBITS_MAX = 1 << 20;

    private enum Family {
        PLANAR,
        SIMPLEX,
        BACON_SHOR,
        BICYCLE
    }

    private enum Law {
        THRESHOLD,
        POWER,
        POINTS,
        TABLE,
        UNKNOWN
    }

    private final FieldReader root;
    private final FieldErrors errors;

    ProfileFields(FieldReader root, FieldErrors errors) {
        this.root = root;
        this.errors = errors;
    }

    ProfileFile.Reading profile() {
        root.known(ALL);
        String name = root.text("name");
        String description = root.text("description");
        Optional<CodeProfile.Code> code = code(root.mapping("code"));
        Optional<CodeProfile.Circuit> circuit = circuit(root.mapping("circuit"));
        CodeProfile.Decoder decoder = decoder(root.mapping("decoder"));
        CodeProfile.Noise noise = noise(root.mapping("noise"));
        Optional<CodeProfile.Unit> unit = unit(root.mapping("unit"));
        Optional<BicycleCosts> costs =
                root.has("costs") ? Optional.of(costs(root.mapping("costs"))) : Optional.empty();
        if (errors.none()) {
            var profile =
                    new CodeProfile(
                            name,
                            description,
                            code.orElseThrow(),
                            circuit.orElseThrow(),
                            decoder,
                            noise,
                            unit.orElseThrow(),
                            costs);
            check(profile);
            if (errors.none()) return new ProfileFile.Reading.Ok(profile);
        }
        return new ProfileFile.Reading.Failed(errors.all());
    }

    /// Formulas give numbers above 0 at every distance, and a construction gives what is stated.
    private void check(CodeProfile profile) {
        int most = profile.code().distanceMost();
        if (profile.noise().law() instanceof ErrorLaw.Table(var rows)) {
            for (ErrorLaw.Table.Row row : rows) {
                if (row.distance() >= profile.code().distanceLeast() && row.distance() <= most) {
                    continue;
                }
                errors.add(
                        3,
                        "the field noise.points has distance %d, expected %d to %d"
                                .formatted(row.distance(), profile.code().distanceLeast(), most));
            }
        }
        for (int distance : profile.distances()) {
            positive("code.qubits", profile.code().qubits().value(distance), distance);
            positive("unit.rounds", profile.unit().rounds().value(distance), distance);
        }
    }

    private void positive(String field, double value, int distance) {
        if (value > 0 && value <= Integer.MAX_VALUE) return;
        errors.add(
                6,
                "the formula %s is %s at distance %d, expected a number above 0, at most %d"
                        .formatted(field, value, distance, Integer.MAX_VALUE));
    }

    private Optional<CodeProfile.Code> code(FieldReader code) {
        Family family = code.word("family", List.of(Family.values()));
        Optional<Formula> qubits = code.formula("qubits", DISTANCE);
        String source = code.text("source");
        List<String> known = new ArrayList<>(List.of("family", "qubits", "source"));
        if (family == Family.PLANAR) {
            known.add("distanceMax");
            code.known(known);
            int most = code.has("distanceMax") ? code.count("distanceMax", 1, DISTANCE_MAX) : 50;
            return qubits.map(
                    f ->
                            new CodeProfile.Code(
                                    new CodeConstruction.Planar(), f, 1, 1, most, source));
        }
        int before = errors.count();
        int n = code.count("n", 1, QUBITS_MAX);
        int k = code.count("k", 1, QUBITS_MAX);
        int d = code.count("distance", 1, DISTANCE_MAX);
        known.addAll(List.of("n", "k", "distance"));
        CodeConstruction construction = construction(family, code, known);
        code.known(known);
        if (errors.count() == before) agree(construction.size(), n, k);
        return qubits.map(f -> new CodeProfile.Code(construction, f, k, d, d, source));
    }

    private void agree(CodeConstruction.Size size, int n, int k) {
        if (size.n() == n && size.k() == k) return;
        errors.add(
                5,
                "code.n and code.k are %d and %d, and the construction gives %d and %d"
                        .formatted(n, k, size.n(), size.k()));
    }

    private CodeConstruction construction(Family family, FieldReader code, List<String> known) {
        return switch (family) {
            case PLANAR -> new CodeConstruction.Planar();
            case SIMPLEX -> {
                known.addAll(List.of("order", "exponents"));
                yield new CodeConstruction.Simplex(
                        code.count("order", 2, 6), exponents(code.raw("exponents"), code));
            }
            case BACON_SHOR -> {
                known.add("length");
                yield new CodeConstruction.BaconShor(code.count("length", 2, 64));
            }
            case BICYCLE -> {
                known.addAll(List.of("l", "m", "a", "b"));
                yield new CodeConstruction.Bicycle(
                        code.count("l", 1, 64),
                        code.count("m", 1, 64),
                        monomials("a", code),
                        monomials("b", code));
            }
        };
    }

    private static List<Integer> exponents(JsonNode list, FieldReader code) {
        List<Integer> exponents = new ArrayList<>();
        for (JsonNode exponent : list) {
            boolean small = exponent.isInt() && exponent.intValue() >= 0;
            if (small && exponent.intValue() < 64) exponents.add(exponent.intValue());
            else code.wrong("exponents", "a list of whole numbers from 0 to 63");
        }
        if (exponents.isEmpty()) code.wrong("exponents", "a list of whole numbers from 0 to 63");
        return exponents;
    }

    /// A sum of monomials such as `1 + x^3 + y`.
    private static List<CodeConstruction.Bicycle.Monomial> monomials(
            String field, FieldReader code) {
        List<CodeConstruction.Bicycle.Monomial> monomials = new ArrayList<>();
        String text = code.text(field).replace(" ", "");
        for (String monomial : text.split("\\+", -1)) {
            if (monomial.equals("1")) {
                monomials.add(new CodeConstruction.Bicycle.Monomial(0, 0));
            } else if (monomial.matches("[xy](\\^[0-9]{1,2})?")) {
                int power = monomial.length() == 1 ? 1 : Integer.parseInt(monomial.substring(2));
                boolean x = monomial.charAt(0) == 'x';
                monomials.add(new CodeConstruction.Bicycle.Monomial(x ? power : 0, x ? 0 : power));
            } else {
                code.wrong(field, "a sum such as 1 + x^3 + y");
                return monomials;
            }
        }
        return monomials;
    }

    private static Optional<CodeProfile.Circuit> circuit(FieldReader circuit) {
        circuit.known(List.of("instructions", "nanos", "source"));
        Optional<InstructionSet> set = InstructionSet.named(circuit.text("instructions"));
        if (set.isEmpty()) circuit.wrong("instructions", "GateBased or Majorana");
        InstructionSet instructions = set.orElse(InstructionSet.GATE_BASED);
        Optional<Formula> nanos = circuit.formula("nanos", instructions.timeVariables());
        String source = circuit.text("source");
        return nanos.map(formula -> new CodeProfile.Circuit(instructions, formula, source));
    }

    private static CodeProfile.Decoder decoder(FieldReader decoder) {
        decoder.known(List.of("name", "source"));
        return new CodeProfile.Decoder(decoder.text("name"), decoder.text("source"));
    }

    private static CodeProfile.Noise noise(FieldReader noise) {
        List<String> known = new ArrayList<>(List.of("model", "law", "standing", "source"));
        Law law = noise.word("law", List.of(Law.values()));
        ErrorLaw rates =
                switch (law) {
                    case THRESHOLD -> {
                        known.addAll(List.of("prefactor", "threshold", "power"));
                        yield new ErrorLaw.Threshold(
                                noise.number("prefactor", 0, 0.5),
                                noise.number("threshold", 0, 0.5),
                                noise.count("power", 0, 8));
                    }
                    case POWER -> {
                        known.addAll(List.of("at", "rate", "exponent"));
                        yield new ErrorLaw.PowerLaw(
                                noise.number("at", 0, 0.5),
                                noise.number("rate", 0, 1),
                                noise.number("exponent", 0, 1000));
                    }
                    case POINTS -> {
                        known.add("points");
                        yield points(noise);
                    }
                    case TABLE -> {
                        known.add("points");
                        yield table(noise);
                    }
                    case UNKNOWN -> new ErrorLaw.Unknown();
                };
        noise.known(known);
        return new CodeProfile.Noise(
                noise.text("model"),
                rates,
                noise.word("standing", List.of(CodeProfile.Standing.values())),
                noise.text("source"));
    }

    private static ErrorLaw.Points points(FieldReader noise) {
        List<ErrorLaw.Points.Point> points = new ArrayList<>();
        for (FieldReader entry : noise.mappings("points")) {
            entry.known(List.of("physical", "logical"));
            double physical = entry.number("physical", 0, 0.5);
            if (!points.isEmpty() && physical <= points.getLast().physical()) {
                entry.wrong("physical", "more than that of the point before");
            }
            points.add(new ErrorLaw.Points.Point(physical, entry.number("logical", 0, 1)));
        }
        if (points.isEmpty()) noise.wrong("points", "one point or more");
        return new ErrorLaw.Points(points);
    }

    /// Points of ascending distances, and of ascending rates at each.
    private static ErrorLaw.Table table(FieldReader noise) {
        SortedMap<Integer, List<ErrorLaw.Points.Point>> rows = new TreeMap<>();
        for (FieldReader entry : noise.mappings("points")) {
            entry.known(List.of("distance", "physical", "logical"));
            int distance = entry.count("distance", 1, DISTANCE_MAX);
            double physical = entry.number("physical", 0, 0.5);
            if (!rows.isEmpty() && distance < rows.lastKey()) {
                entry.wrong("distance", "no less than that of the point before");
            }
            var row = rows.computeIfAbsent(distance, _ -> new ArrayList<>());
            if (!row.isEmpty() && physical <= row.getLast().physical()) {
                entry.wrong("physical", "more than that of the point before");
            }
            row.add(new ErrorLaw.Points.Point(physical, entry.number("logical", 0, 1)));
        }
        if (rows.isEmpty()) noise.wrong("points", "one point or more");
        List<ErrorLaw.Table.Row> all = new ArrayList<>();
        rows.forEach((d, row) -> all.add(new ErrorLaw.Table.Row(d, new ErrorLaw.Points(row))));
        return new ErrorLaw.Table(all);
    }

    private static Optional<CodeProfile.Unit> unit(FieldReader unit) {
        unit.known(List.of("cycle", "of", "rounds", "source"));
        var cycle = unit.word("cycle", List.of(CodeProfile.Cycle.values()));
        var part = unit.word("of", List.of(CodeProfile.Part.values()));
        Optional<Formula> rounds = unit.formula("rounds", DISTANCE);
        String source = unit.text("source");
        return rounds.map(formula -> new CodeProfile.Unit(cycle, part, formula, source));
    }

    private static BicycleCosts costs(FieldReader costs) {
        costs.known(List.of("steps", "points", "source"));
        costs.text("source");
        FieldReader steps = costs.mapping("steps");
        steps.known(List.of("idle", "shift", "inModule", "interModule"));
        int most = 1 << 20;
        var durations =
                new BicycleCosts.Steps(
                        steps.count("idle", 1, most),
                        steps.count("shift", 1, most),
                        steps.count("inModule", 1, most),
                        steps.count("interModule", 1, most));
        List<BicycleCosts.Point> points = new ArrayList<>();
        for (FieldReader point : costs.mappings("points")) {
            point.known(
                    List.of(
                            "physical",
                            "idle",
                            "shift",
                            "inModule",
                            "interModule",
                            "tInjection",
                            "tInjectionSteps"));
            points.add(
                    new BicycleCosts.Point(
                            point.number("physical", 0, 0.5),
                            point.number("idle", 0, 1),
                            point.number("shift", 0, 1),
                            point.number("inModule", 0, 1),
                            point.number("interModule", 0, 1),
                            point.number("tInjection", 0, 1),
                            point.count("tInjectionSteps", 1, most)));
        }
        return new BicycleCosts(durations, points);
    }
}
