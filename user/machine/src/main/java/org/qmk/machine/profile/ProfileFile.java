package org.qmk.machine.profile;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads code profiles from YAML, and finds the shipped ones by name.
public final class ProfileFile {

    /// The names of the profiles that QMK ships.
    public static final List<String> SHIPPED =
            List.of(
                    "surface-gate",
                    "surface-majorana",
                    "floquet",
                    "surface-litinski",
                    "surface-three-aux",
                    "bacon-shor-3",
                    "shyps-49",
                    "shyps-225",
                    "shyps-961",
                    "gross",
                    "gross-bp-osd",
                    "gross-relay",
                    "two-gross");

    /// What the codes of errors begin with. Besides the numbers of `FieldErrors`: 5, the code's
    /// construction gives other numbers than the file; 6, a formula gives a value that is not
    /// above 0.
    public static final String ERRORS = "QMK-PROFILE";

    private static final int BYTES_MAX = 1 << 18;

    private ProfileFile() {}

    /// What reading a file gives.
    public sealed interface Reading {
        record Ok(CodeProfile profile) implements Reading {}

        /// @param errors one sentence each, each with its code
        record Failed(List<String> errors) implements Reading {}
    }

    /// A shipped profile, or nothing if none has the name.
    public static Optional<CodeProfile> shipped(String name) {
        if (!SHIPPED.contains(name)) return Optional.empty();
        return switch (read(resource(name))) {
            case Reading.Ok(var profile) -> Optional.of(profile);
            case Reading.Failed(var errors) ->
                    throw new IllegalStateException("profile " + name + ": " + errors);
        };
    }

    /// The text of a shipped profile, to copy and change.
    ///
    /// @throws IllegalArgumentException if the name is not in `SHIPPED`
    public static byte[] text(String name) {
        if (!SHIPPED.contains(name)) {
            throw new IllegalArgumentException("no profile is named " + name);
        }
        return resource(name);
    }

    private static byte[] resource(String name) {
        try (InputStream in = ProfileFile.class.getResourceAsStream(name + ".yaml")) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException("profile " + name + " cannot be read", unreadable);
        }
    }

    /// Reads YAML in UTF-8.
    public static Reading read(byte[] yaml) {
        var errors = new FieldErrors(ERRORS);
        if (yaml.length > BYTES_MAX) {
            errors.add(1, "%d bytes, expected at most %d".formatted(yaml.length, BYTES_MAX));
            return new Reading.Failed(errors.all());
        }
        JsonNode root;
        try {
            root =
                    YAMLMapper.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(yaml);
        } catch (JacksonException malformed) {
            errors.add(1, "not YAML: " + malformed.getOriginalMessage());
            return new Reading.Failed(errors.all());
        }
        if (root == null || !root.isObject()) {
            errors.add(1, "expected a mapping with the fields " + ProfileFields.ALL);
            return new Reading.Failed(errors.all());
        }
        return new ProfileFields(new FieldReader(root, "", errors), errors).profile();
    }
}
