package org.qmk.runtime;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.verifier.Verified;

/// Inputs, notices and reports as one line of text each, for people. Any record can be written, so
/// that a new kind of input needs nothing here.
final class RecordText {

    private static final int LINE_CHARACTERS_MAX = 600;
    private static final int DIGEST_CHARACTERS = 16;

    private RecordText() {}

    /// The record's name and fields. A line that is too long is cut and ends with a digest of all
    /// of it, so that two that differ look different.
    static String of(Record record) {
        String name = record.getClass().getSimpleName();
        String words = name.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        String fields = fields(record);
        String line = fields.isEmpty() ? words : words + " " + fields;
        if (line.length() <= LINE_CHARACTERS_MAX) return line;
        byte[] all = line.getBytes(StandardCharsets.UTF_8);
        String digest = HexFormat.of().formatHex(ByteWriter.digesting().raw(all).sha256());
        return "%s... (%d characters, sha256 %s)"
                .formatted(
                        line.substring(0, LINE_CHARACTERS_MAX),
                        line.length(),
                        digest.substring(0, DIGEST_CHARACTERS));
    }

    private static String fields(Record record) {
        List<String> fields = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            fields.add(component.getName() + "=" + value(read(record, component)));
        }
        return String.join(" ", fields);
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException hidden) {
            throw new IllegalStateException("what crosses the kernel's border is public", hidden);
        }
    }

    private static String value(Object value) {
        return switch (value) {
            case Verified program -> program(program.graph());
            case Graph graph -> program(graph);
            case Record one when one.getClass().getRecordComponents().length == 1 ->
                    value(read(one, one.getClass().getRecordComponents()[0]));
            case Record record -> "(" + fields(record) + ")";
            case List<?> list ->
                    list.stream()
                            .map(RecordText::value)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Optional<?> optional -> optional.isEmpty() ? "none" : value(optional.get());
            case int[] numbers -> Arrays.toString(numbers);
            case long[] words ->
                    Arrays.stream(words)
                            .mapToObj(word -> "%016x".formatted(word))
                            .collect(Collectors.joining(" ", "[", "]"));
            case Object other -> other.toString();
        };
    }

    private static String program(Graph graph) {
        byte[] digest = CanonicalForm.digest(graph);
        return "program of %d nodes, sha256 %s"
                .formatted(
                        graph.size(),
                        HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS));
    }
}
