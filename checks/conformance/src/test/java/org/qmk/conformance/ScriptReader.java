package org.qmk.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.qmk.qasm.QasmLimits;
import org.qmk.qasm.QasmSettings;

/// Reads script files. README.md describes the language.
final class ScriptReader {

    private static final String TITLE = "=== ";
    private static final String INDENT = "    ";

    private final String file;
    private final List<String> lines;
    private int at;

    private ScriptReader(String file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /// Every script of a folder, files in the order of their names.
    static List<Script> readAll(Path folder) throws IOException {
        List<Path> files;
        try (var list = Files.list(folder)) {
            files = list.filter(ScriptReader::isGraphScript).sorted().toList();
        }
        List<Script> scripts = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            scripts.addAll(new ScriptReader(name, Files.readAllLines(file)).scripts());
        }
        return scripts;
    }

    private static boolean isGraphScript(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".qvmt") && !name.startsWith(KernelScriptReader.PREFIX);
    }

    private List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        skipEmpty();
        while (at < lines.size()) {
            scripts.add(script());
            skipEmpty();
        }
        return scripts;
    }

    private void skipEmpty() {
        while (at < lines.size() && isEmpty(lines.get(at))) at++;
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private Script script() {
        String place = file + ":" + (at + 1);
        String line = lines.get(at++);
        if (!line.startsWith(TITLE)) throw wrong("a line '=== TITLE'");
        String title = line.substring(TITLE.length()).strip();
        skipEmpty();
        Script.Form form = form();
        byte[] source = source(form);
        TreeMap<String, Integer> limits = new TreeMap<>();
        TreeMap<String, String> inputs = new TreeMap<>();
        OptionalInt bound = OptionalInt.empty();
        List<Script.Expectation> expectations = new ArrayList<>();
        for (; at < lines.size() && !lines.get(at).startsWith(TITLE); at++) {
            if (isEmpty(lines.get(at))) continue;
            String[] words = lines.get(at).strip().split(" +", 2);
            String rest = words.length == 1 ? "" : words[1];
            if (words[0].equals("limits")) limits(rest, limits);
            else if (words[0].equals("inputs")) inputs(rest, inputs);
            else if (words[0].equals("loop-bound")) bound = OptionalInt.of(Integer.parseInt(rest));
            else expectations.add(expectation(words[0], rest));
        }
        if (expectations.isEmpty()) throw wrong("an expectation before the end of '" + title + "'");
        var settings = new QasmSettings(inputs, bound, QasmLimits.DEFAULT);
        return new Script(place, title, form, source, limits, settings, expectations);
    }

    private Script.Form form() {
        String line = at < lines.size() ? lines.get(at) : "";
        for (Script.Form form : Script.Form.values()) {
            if (line.equals("graph " + form.name().toLowerCase(java.util.Locale.ROOT))) {
                at++;
                return form;
            }
        }
        throw wrong("graph text, graph json, graph qasm or graph hex");
    }

    private byte[] source(Script.Form form) {
        var text = new StringBuilder();
        for (; at < lines.size(); at++) {
            String line = lines.get(at);
            if (!line.startsWith(INDENT) && !line.isBlank()) break;
            text.append(line.isBlank() ? "" : line.substring(INDENT.length())).append('\n');
        }
        String source = text.toString().stripTrailing();
        if (form == Script.Form.HEX) return HexFormat.of().parseHex(source.replaceAll("\\s", ""));
        return (source + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void limits(String rest, TreeMap<String, Integer> limits) {
        for (String entry : rest.split(" +")) {
            String[] parts = entry.split("=");
            if (parts.length != 2) throw wrong("NAME=NUMBER");
            limits.put(parts[0], Integer.valueOf(parts[1]));
        }
    }

    private void inputs(String rest, TreeMap<String, String> inputs) {
        for (String entry : rest.split(" +")) {
            String[] parts = entry.split("=");
            if (parts.length != 2) throw wrong("NAME=VALUE");
            inputs.put(parts[0], parts[1]);
        }
    }

    private Script.Expectation expectation(String verb, String rest) {
        return switch (verb) {
            case "accept" -> new Script.Accept();
            case "near" -> new Script.Near(List.of(rest.split(" +")));
            case "refuse" -> {
                String[] parts = rest.split(" at ", 2);
                Optional<String> where =
                        parts.length == 1 ? Optional.empty() : Optional.of(parts[1].strip());
                yield new Script.Refuse(parts[0].strip(), where);
            }
            case "distribution" -> distribution(rest);
            case "same-distribution-as" -> new Script.SameDistribution(rest);
            case "same-digest-as" -> new Script.SameDigest(rest);
            case "digest" -> new Script.Digest(rest);
            case "segment" -> segment(rest);
            case "no-segments" -> new Script.NoSegments();
            default -> throw wrong("a verb that README.md lists");
        };
    }

    private Script.Expectation distribution(String rest) {
        int colon = rest.indexOf(':');
        if (colon < 0) throw wrong("distribution BITS: KEY P, KEY P ...");
        String names = rest.substring(0, colon).strip();
        List<String> bits = names.isEmpty() ? List.of() : List.of(names.split(" +"));
        return new Script.Distribution(bits, probabilities(rest.substring(colon + 1), bits.size()));
    }

    /// Reads `KEY P, KEY P ...`; the commas may be left out. `-` stands for the empty key.
    private TreeMap<String, Double> probabilities(String text, int bits) {
        TreeMap<String, Double> exact = new TreeMap<>();
        String[] words = text.strip().split("[ ,]+");
        if (words.length % 2 != 0) throw wrong("pairs of a key and its probability");
        double sum = 0;
        for (int i = 0; i < words.length; i += 2) {
            String key = words[i].equals("-") ? "" : words[i];
            double probability = Double.parseDouble(words[i + 1]);
            if (key.length() != bits) throw wrong("keys of " + bits + " bits");
            if (exact.put(key, probability) != null) throw wrong("each key once");
            sum += probability;
        }
        if (Math.abs(sum - 1) > 1e-9) throw wrong("probabilities that add up to 1, not " + sum);
        return exact;
    }

    /// Reads `1 2 3: depth 2, t 1, rotations 0, undo APPLY_H 3 APPLY_TDG 2`.
    private Script.Expectation segment(String rest) {
        String[] parts = rest.split("[:,] *");
        boolean known =
                parts.length == 5
                        && parts[1].startsWith("depth ")
                        && parts[2].startsWith("t ")
                        && parts[3].startsWith("rotations ")
                        && parts[4].startsWith("undo ");
        if (!known) throw wrong("segment NODES: depth D, t T, rotations R, undo OP NODE ...");
        List<Integer> nodes =
                Arrays.stream(parts[0].strip().split(" +")).map(Integer::valueOf).toList();
        String[] undo = parts[4].substring("undo ".length()).strip().split(" +");
        List<String> program = new ArrayList<>();
        for (int i = 0; i + 1 < undo.length; i += 2) program.add(undo[i] + " " + undo[i + 1]);
        return new Script.Segment(
                nodes,
                Integer.parseInt(parts[1].substring("depth ".length())),
                Long.parseLong(parts[2].substring("t ".length())),
                Integer.parseInt(parts[3].substring("rotations ".length())),
                program);
    }

    private IllegalArgumentException wrong(String expected) {
        String line = at < lines.size() ? lines.get(at) : "the end of the file";
        return new IllegalArgumentException(
                file
                        + ":"
                        + (at + 1)
                        + ": '"
                        + line
                        + "' stands where "
                        + expected
                        + " was expected");
    }
}
