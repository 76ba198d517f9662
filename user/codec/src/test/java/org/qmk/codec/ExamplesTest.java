package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;

/// The files in `qvm/`, which show each form to a reader.
class ExamplesTest {

    private static Graph read(Path file) throws IOException {
        Reading reading = GraphReader.read(Files.readAllBytes(file));
        return assertInstanceOf(Reading.Ok.class, reading, () -> file + " " + reading).graph();
    }

    @ParameterizedTest
    @ValueSource(strings = {"teleport", "guards", "distributed"})
    void an_example_is_one_graph_in_both_forms(String name) throws IOException {
        Path json = CodecFiles.root().resolve("qvm/" + name + ".qvm.json");

        Graph fromText = read(CodecFiles.root().resolve("qvm/" + name + ".qvm"));
        if (Boolean.getBoolean("golden.update")) Files.write(json, GraphWriter.json(fromText));

        assertArrayEquals(CanonicalForm.encode(fromText), CanonicalForm.encode(read(json)));
        String written = new String(GraphWriter.json(fromText), StandardCharsets.UTF_8);
        assertEquals(Files.readString(json), written, "run with -Dgolden.update");
    }
}
