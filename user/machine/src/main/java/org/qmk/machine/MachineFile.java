package org.qmk.machine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.qmk.device.MachineShape;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads machine models from YAML, and finds the shipped ones by name.
public final class MachineFile {

    /// The names of the machines that QMK ships.
    public static final List<String> SHIPPED = List.of("ideal", "module-16", "module-100");

    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "description",
                    "blocks",
                    "operationsPerEpoch",
                    "roundsPerEpoch",
                    "profiles");

    /// Far more than a model needs, and little enough that a hostile file costs no time.
    private static final int BYTES_MAX = 1 << 20;

    private MachineFile() {}

    /// What reading a file gives.
    public sealed interface Reading {
        record Ok(MachineModel model) implements Reading {}

        /// @param errors one sentence each: what, where, what was expected
        record Failed(List<String> errors) implements Reading {}
    }

    /// A shipped machine.
    ///
    /// @throws IllegalArgumentException if the name is not in `SHIPPED`
    public static MachineModel shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new IllegalArgumentException("no machine is named " + name);
        }
        if (name.equals(MachineModel.IDEAL.name())) return MachineModel.IDEAL;
        try (InputStream in = MachineFile.class.getResourceAsStream(name + ".yaml")) {
            return switch (read(in.readAllBytes())) {
                case Reading.Ok(var model) -> model;
                case Reading.Failed(var errors) ->
                        throw new IllegalStateException("machine " + name + ": " + errors);
            };
        } catch (IOException unreadable) {
            throw new IllegalStateException("machine " + name + " cannot be read", unreadable);
        }
    }

    /// Reads YAML in UTF-8.
    public static Reading read(byte[] yaml) {
        if (yaml.length > BYTES_MAX) {
            return new Reading.Failed(
                    List.of(
                            "QMK-MACHINE-1: the file has %d bytes, expected at most %d. Shorten it."
                                    .formatted(yaml.length, BYTES_MAX)));
        }
        JsonNode root;
        try {
            root =
                    YAMLMapper.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(yaml);
        } catch (JacksonException malformed) {
            return new Reading.Failed(
                    List.of("QMK-MACHINE-1: not YAML: " + malformed.getOriginalMessage()));
        }
        if (root == null || !root.isObject()) {
            return new Reading.Failed(
                    List.of("QMK-MACHINE-1: expected a mapping with the fields " + FIELDS));
        }
        return new Fields(root).model();
    }

    /// One file's fields, and what is wrong with them.
    private static final class Fields {
        private final JsonNode root;
        private final List<String> errors = new ArrayList<>();

        Fields(JsonNode root) {
            this.root = root;
        }

        Reading model() {
            for (String field : new TreeSet<>(root.propertyNames())) {
                if (!FIELDS.contains(field)) {
                    errors.add(
                            "QMK-MACHINE-2: the field %s is unknown; expected are %s"
                                    .formatted(field, FIELDS));
                }
            }
            String name = text("name");
            String description = text("description");
            int blocks = count("blocks");
            int operations = count("operationsPerEpoch");
            int rounds = count("roundsPerEpoch");
            List<String> profiles = texts("profiles");
            if (!errors.isEmpty()) return new Reading.Failed(List.copyOf(errors));
            var shape = new MachineShape(name, blocks, operations, rounds);
            return new Reading.Ok(new MachineModel(shape, description, profiles));
        }

        private String text(String field) {
            JsonNode node = root.path(field);
            if (node.isString() && !node.stringValue().isBlank()) return node.stringValue();
            wrong(field, node, "text");
            return "";
        }

        private int count(String field) {
            JsonNode node = root.path(field);
            if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 1) {
                return node.intValue();
            }
            wrong(field, node, "a whole number from 1 to " + Integer.MAX_VALUE);
            return 1;
        }

        private List<String> texts(String field) {
            JsonNode node = root.path(field);
            List<String> texts = new ArrayList<>();
            boolean right = node.isArray();
            for (JsonNode element : node) {
                right &= element.isString();
                if (element.isString()) texts.add(element.stringValue());
            }
            if (!right) wrong(field, node, "a list of texts");
            return texts;
        }

        private void wrong(String field, JsonNode found, String expected) {
            String what = found.isMissingNode() ? "missing" : found.toString();
            errors.add(
                    "QMK-MACHINE-3: the field %s is %s, expected %s"
                            .formatted(field, what, expected));
        }
    }
}
