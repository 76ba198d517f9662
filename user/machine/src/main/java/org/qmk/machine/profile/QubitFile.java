package org.qmk.machine.profile;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads physical qubits in the form of Azure's `qubitParams`, and knows Azure's predefined ones.
public final class QubitFile {

    /// Azure's default.
    public static final String NAME_DEFAULT = "qubit_gate_ns_e3";

    private static final List<String> GATE_FIELDS =
            List.of(
                    "name",
                    "instructionSet",
                    "oneQubitMeasurementTime",
                    "oneQubitGateTime",
                    "twoQubitGateTime",
                    "tGateTime",
                    "oneQubitMeasurementErrorRate",
                    "oneQubitGateErrorRate",
                    "twoQubitGateErrorRate",
                    "tGateErrorRate",
                    "idleErrorRate");

    private static final List<String> MAJORANA_FIELDS =
            List.of(
                    "name",
                    "instructionSet",
                    "oneQubitMeasurementTime",
                    "twoQubitJointMeasurementTime",
                    "tGateTime",
                    "oneQubitMeasurementErrorRate",
                    "twoQubitJointMeasurementErrorRate",
                    "tGateErrorRate",
                    "idleErrorRate");

    private static final String DURATION = "a duration such as 50 ns, in ns, us, ms or s";

    private final FieldReader fields;
    private final Optional<PhysicalQubit> base;

    private QubitFile(FieldReader fields, Optional<PhysicalQubit> base) {
        this.fields = fields;
        this.base = base;
    }

    /// One of Azure's predefined qubits, or nothing if none has the name.
    public static Optional<PhysicalQubit> predefined(String name) {
        var errors = new FieldErrors("QMK-QUBIT");
        JsonNode root;
        try (InputStream in = QubitFile.class.getResourceAsStream("qubits.yaml")) {
            root = YAMLMapper.builder().build().readTree(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException("the qubits cannot be read", unreadable);
        }
        for (FieldReader entry : new FieldReader(root, "", errors).mappings("qubits")) {
            if (!entry.text("name").equals(name)) continue;
            PhysicalQubit qubit = new QubitFile(entry, Optional.empty()).qubit();
            if (!errors.none()) throw new IllegalStateException(errors.all().toString());
            return Optional.of(qubit);
        }
        return Optional.empty();
    }

    /// Reads a qubit: the fields that are given, and for the others those of the predefined qubit
    /// of the same name, or what Azure derives from the given ones.
    public static PhysicalQubit read(FieldReader fields) {
        Optional<PhysicalQubit> base = Optional.empty();
        if (fields.has("name")) base = predefined(fields.text("name"));
        return new QubitFile(fields, base).qubit();
    }

    private PhysicalQubit qubit() {
        InstructionSet set;
        if (fields.has("instructionSet")) {
            Optional<InstructionSet> named = InstructionSet.named(fields.text("instructionSet"));
            if (named.isEmpty()) fields.wrong("instructionSet", "GateBased or Majorana");
            set = named.orElse(InstructionSet.GATE_BASED);
        } else {
            if (base.isEmpty()) fields.wrong("instructionSet", "GateBased or Majorana");
            set = base.map(PhysicalQubit::instructions).orElse(InstructionSet.GATE_BASED);
        }
        return switch (set) {
            case GATE_BASED -> gateBased();
            case MAJORANA -> majorana();
        };
    }

    private String name() {
        return fields.has("name") ? fields.text("name") : "";
    }

    private PhysicalQubit gateBased() {
        fields.known(GATE_FIELDS);
        Optional<PhysicalQubit.GateBased> from =
                base.filter(PhysicalQubit.GateBased.class::isInstance)
                        .map(PhysicalQubit.GateBased.class::cast);
        long measure = nanos("oneQubitMeasurementTime", from.map(q -> q.measurementNanos()));
        long gate = nanos("oneQubitGateTime", from.map(q -> q.oneQubitGateNanos()));
        double measureError =
                rate("oneQubitMeasurementErrorRate", from.map(q -> q.measurementError()));
        double gateError = rate("oneQubitGateErrorRate", from.map(q -> q.oneQubitGateError()));
        return new PhysicalQubit.GateBased(
                name(),
                measure,
                gate,
                nanos("twoQubitGateTime", from.map(q -> q.twoQubitGateNanos()).or(at(gate))),
                nanos("tGateTime", from.map(q -> q.tGateNanos()).or(at(gate))),
                measureError,
                gateError,
                rate(
                        "twoQubitGateErrorRate",
                        from.map(q -> q.twoQubitGateError()).or(at(gateError))),
                rate("tGateErrorRate", from.map(q -> q.tGateError())),
                rate("idleErrorRate", from.map(q -> q.idleError()).or(at(measureError))));
    }

    private PhysicalQubit majorana() {
        fields.known(MAJORANA_FIELDS);
        Optional<PhysicalQubit.Majorana> from =
                base.filter(PhysicalQubit.Majorana.class::isInstance)
                        .map(PhysicalQubit.Majorana.class::cast);
        long measure = nanos("oneQubitMeasurementTime", from.map(q -> q.measurementNanos()));
        PhysicalQubit.Measurement one =
                measurement("oneQubitMeasurementErrorRate", from.map(q -> q.measurementError()));
        var same = new PhysicalQubit.Measurement(one.readout(), one.readout());
        return new PhysicalQubit.Majorana(
                name(),
                measure,
                nanos(
                        "twoQubitJointMeasurementTime",
                        from.map(q -> q.jointMeasurementNanos()).or(at(measure))),
                nanos("tGateTime", from.map(q -> q.tGateNanos()).or(at(measure))),
                one,
                measurement(
                        "twoQubitJointMeasurementErrorRate",
                        from.map(q -> q.jointMeasurementError()).or(at(same))),
                rate("tGateErrorRate", from.map(q -> q.tGateError())),
                rate("idleErrorRate", from.map(q -> q.idleError()).or(at(one.readout()))));
    }

    private static <T> Supplier<Optional<T>> at(T value) {
        return () -> Optional.of(value);
    }

    private long nanos(String field, Optional<Long> otherwise) {
        if (!fields.has(field) && otherwise.isPresent()) return otherwise.get();
        JsonNode value = fields.raw(field);
        OptionalLong nanos = value.isString() ? nanos(value.stringValue()) : OptionalLong.empty();
        if (nanos.isEmpty()) fields.wrong(field, DURATION);
        return nanos.orElse(1);
    }

    private double rate(String field, Optional<Double> otherwise) {
        if (!fields.has(field) && otherwise.isPresent()) return otherwise.get();
        OptionalDouble rate = rate(fields.raw(field));
        if (rate.isEmpty()) fields.wrong(field, "a number between 0 and 1");
        return rate.orElse(0.5);
    }

    private static OptionalDouble rate(JsonNode value) {
        boolean proper = value.isNumber() && value.doubleValue() > 0 && value.doubleValue() < 1;
        return proper ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    private PhysicalQubit.Measurement measurement(
            String field, Optional<PhysicalQubit.Measurement> otherwise) {
        if (!fields.has(field) && otherwise.isPresent()) return otherwise.get();
        JsonNode value = fields.raw(field);
        boolean parts = value.isObject();
        OptionalDouble process = rate(parts ? value.path("process") : value);
        OptionalDouble readout = rate(parts ? value.path("readout") : value);
        if (process.isEmpty() || readout.isEmpty()) {
            fields.wrong(field, "a number between 0 and 1, or process and readout with one each");
        }
        return new PhysicalQubit.Measurement(process.orElse(0.5), readout.orElse(0.5));
    }

    /// Nanoseconds of a duration such as `50 ns`, or nothing if it is none.
    public static OptionalLong nanos(String text) {
        String unit = text.replaceFirst("^[0-9.eE+-]*\\s*", "");
        double factor;
        if (unit.equals("ns")) factor = 1;
        else if (unit.equals("us") || unit.equals("\u00b5s") || unit.equals("\u03bcs"))
            factor = 1e3;
        else if (unit.equals("ms")) factor = 1e6;
        else if (unit.equals("s")) factor = 1e9;
        else return OptionalLong.empty();
        String digits = text.substring(0, text.length() - unit.length()).strip();
        if (!digits.matches("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) return OptionalLong.empty();
        double nanos = Double.parseDouble(digits) * factor;
        boolean fits = nanos >= 0.5 && nanos <= 1e18;
        return fits ? OptionalLong.of(Math.round(nanos)) : OptionalLong.empty();
    }
}
