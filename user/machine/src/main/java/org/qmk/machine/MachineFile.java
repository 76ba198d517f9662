package org.qmk.machine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads machine models from YAML, and finds the shipped ones by name.
public final class MachineFile {

    /// The names of the machines that QMK ships.
    public static final List<String> SHIPPED =
            List.of(
                    "ideal",
                    "module-16",
                    "floor-16",
                    "module-100",
                    "quad-64",
                    "ring-16x32",
                    "hundred-modules");

    /// Far more than a model needs, and little enough that a hostile file costs no time.
    private static final int BYTES_MAX = 1 << 20;

    private MachineFile() {}

    /// What reading a file gives.
    public sealed interface Reading {
        record Ok(MachineModel model) implements Reading {}

        /// @param errors one sentence each, see `MachineRule`
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
        if (yaml.length > BYTES_MAX) return failed(MachineRule.LENGTH, yaml.length, BYTES_MAX);
        JsonNode root;
        try {
            root =
                    YAMLMapper.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(yaml);
        } catch (JacksonException malformed) {
            return failed(MachineRule.YAML, malformed.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            return failed(MachineRule.MAPPING, MachineFields.ALL);
        }
        return new MachineFields(root).model();
    }

    private static Reading failed(MachineRule rule, Object... facts) {
        return new Reading.Failed(List.of(rule.message(facts)));
    }
}
