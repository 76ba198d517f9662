package org.qmk.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the script files of the kernel. README.md describes the language.
final class KernelScriptReader {

    static final String PREFIX = "kernel-";

    private static final String TITLE = "=== ";
    private static final String INDENT = "    ";
    private static final Pattern INDEX = Pattern.compile("\\{([a-z])(?:([+-])(\\d+))?}");

    /// A line of the file, once for each turn of the loops around it.
    private record Raw(int number, String text) {}

    private final String file;
    private final List<Raw> raw = new ArrayList<>();
    private final TreeMap<String, String> shared = new TreeMap<>();
    private int at;

    private KernelScriptReader(String file, List<String> lines) {
        this.file = file;
        List<Raw> source = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) source.add(new Raw(i + 1, lines.get(i)));
        expand(source, 0, source.size());
    }

    /// Every kernel script of a folder, files in the order of their names.
    static List<KernelScript> readAll(Path folder) throws IOException {
        List<Path> files;
        try (var list = Files.list(folder)) {
            files =
                    list.filter(file -> String.valueOf(file.getFileName()).startsWith(PREFIX))
                            .sorted()
                            .toList();
        }
        List<KernelScript> scripts = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            scripts.addAll(read(name, Files.readAllLines(file)));
        }
        return scripts;
    }

    static List<KernelScript> read(String name, List<String> lines) {
        return new KernelScriptReader(name, lines).scripts();
    }

    /// Writes out the loops between two places.
    private void expand(List<Raw> source, int from, int to) {
        for (int i = from; i < to; i++) {
            Raw line = source.get(i);
            if (!line.text().startsWith("for ")) {
                raw.add(line);
                continue;
            }
            String[] words = line.text().split(" +");
            int end = endOf(source, i, to);
            if (words.length != 4 || !words[1].matches("[a-z]")) {
                throw wrong(line, "for LETTER FIRST LAST");
            }
            int last = count(line, words[3]);
            for (int turn = count(line, words[2]); turn <= last; turn++) {
                List<Raw> body = new ArrayList<>();
                for (Raw inner : source.subList(i + 1, end)) {
                    body.add(new Raw(inner.number(), put(inner.text(), words[1], turn)));
                }
                expand(body, 0, body.size());
            }
            i = end;
        }
    }

    private int endOf(List<Raw> source, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            if (source.get(i).text().startsWith("for ")) depth++;
            if (source.get(i).text().strip().equals("end") && --depth == 0) return i;
        }
        throw wrong(source.get(from), "a line 'end' after it");
    }

    private int count(Raw line, String word) {
        if (!word.matches("-?\\d+")) throw wrong(line, "a number, not " + word);
        return Integer.parseInt(word);
    }

    private static String put(String text, String letter, int turn) {
        return INDEX.matcher(text)
                .replaceAll(
                        hit -> {
                            if (!hit.group(1).equals(letter)) {
                                return java.util.regex.Matcher.quoteReplacement(hit.group());
                            }
                            int step = hit.group(3) == null ? 0 : Integer.parseInt(hit.group(3));
                            boolean down = "-".equals(hit.group(2));
                            return Integer.toString(down ? turn - step : turn + step);
                        });
    }

    private List<KernelScript> scripts() {
        List<KernelScript> scripts = new ArrayList<>();
        for (skipEmpty(); at < raw.size(); skipEmpty()) {
            Raw line = raw.get(at);
            if (line.text().startsWith(TITLE)) scripts.add(script());
            else if (line.text().startsWith("program ")) program(shared);
            else throw wrong(line, "a line '=== TITLE' or 'program NAME'");
        }
        return scripts;
    }

    private void skipEmpty() {
        while (at < raw.size() && isEmpty(raw.get(at).text())) at++;
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private KernelScript script() {
        Raw title = raw.get(at++);
        TreeMap<String, String> programs = new TreeMap<>(shared);
        List<KernelScript.Line> setup = new ArrayList<>();
        List<KernelScript.Line> lines = new ArrayList<>();
        var section = KernelScript.Section.SETUP;
        for (skipEmpty(); at < raw.size(); skipEmpty()) {
            Raw line = raw.get(at);
            if (line.text().startsWith(TITLE)) break;
            if (line.text().startsWith("program ")) {
                program(programs);
                continue;
            }
            at++;
            Optional<KernelScript.Section> next = heading(line.text());
            if (next.isPresent()) {
                if (next.get().compareTo(section) <= 0) throw wrong(line, "a later part");
                section = next.get();
            } else if (section == KernelScript.Section.SETUP) {
                setup.add(line(line, section));
            } else {
                lines.add(line(line, section));
            }
        }
        boolean checked =
                lines.stream().anyMatch(l -> l.section() == KernelScript.Section.POST)
                        || lines.stream().anyMatch(l -> l.refusal().isPresent());
        if (!checked) throw wrong(title, "a case with a post condition or a refusal");
        String name = title.text().substring(TITLE.length()).strip();
        return new KernelScript(file + ":" + title.number(), name, setup, programs, lines);
    }

    private static Optional<KernelScript.Section> heading(String text) {
        for (KernelScript.Section section : KernelScript.Section.values()) {
            boolean named = text.strip().equals(section.name().toLowerCase(Locale.ROOT));
            if (named) return Optional.of(section);
        }
        return Optional.empty();
    }

    private void program(TreeMap<String, String> programs) {
        Raw head = raw.get(at++);
        String name = head.text().substring("program ".length()).strip();
        var text = new StringBuilder();
        for (; at < raw.size() && raw.get(at).text().startsWith(INDENT); at++) {
            text.append(raw.get(at).text().substring(INDENT.length())).append('\n');
        }
        if (text.isEmpty()) throw wrong(head, "a program, each line behind four spaces,");
        programs.put(name, text.toString());
    }

    private KernelScript.Line line(Raw line, KernelScript.Section section) {
        String text = line.text().strip();
        String[] near = text.split(" near ", 2);
        String[] halves = near[0].split(" -> ", 2);
        List<String> words = new ArrayList<>();
        TreeMap<String, String> options = new TreeMap<>();
        for (String word : halves[0].strip().split(" +")) {
            int equals = word.indexOf('=');
            if (equals > 0) options.put(word.substring(0, equals), word.substring(equals + 1));
            else words.add(word);
        }
        Optional<String> right = halves.length == 1 ? Optional.empty() : Optional.of(halves[1]);
        Optional<String> refusal =
                right.filter(r -> r.startsWith("refuse ")).map(r -> r.substring(7).strip());
        Optional<String> result = refusal.isPresent() ? Optional.empty() : right.map(String::strip);
        return new KernelScript.Line(
                file + ":" + line.number(),
                section,
                text,
                words.getFirst(),
                words.subList(1, words.size()),
                options,
                refusal,
                result,
                near.length == 1 ? List.of() : List.of(near[1].strip().split(" +")));
    }

    private IllegalArgumentException wrong(Raw line, String expected) {
        return new IllegalArgumentException(
                file
                        + ":"
                        + line.number()
                        + ": '"
                        + line.text()
                        + "' stands where "
                        + expected
                        + " was expected");
    }
}
