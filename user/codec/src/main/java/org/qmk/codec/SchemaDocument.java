package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Family;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Shape;

/// The JSON Schema (draft 2020-12) of JSON 1.0, made from the operation table.
///
/// It says what the reader says about form: fields, types, values. Arities, lives and declarations
/// are the verifier's, and stand here only in descriptions.
public final class SchemaDocument {

    private SchemaDocument() {}

    /// The schema as the file `qvm/qvm_schema.json` holds it.
    public static String json() {
        var out = new StringBuilder();
        print(schema(), 0, out);
        return out.append('\n').toString();
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /// An object with these properties and no other.
    private static Map<String, Object> object(List<String> required, Object... properties) {
        Map<String, Object> object = map("type", "object", "properties", map(properties));
        if (!required.isEmpty()) object.put("required", required);
        object.put("additionalProperties", false);
        return object;
    }

    private static Map<String, Object> array(Object items) {
        return map("type", "array", "items", items);
    }

    private static Map<String, Object> text() {
        return map("type", "string");
    }

    private static Map<String, Object> ref(String definition) {
        return map("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> schema() {
        List<String> families = Arrays.stream(Family.values()).map(Family::text).toList();
        List<String> caps = Arrays.stream(Capability.values()).map(Capability::text).toList();
        Map<String, Object> graph =
                map(
                        "$schema", "https://json-schema.org/draft/2020-12/schema",
                        "title", "QVM graph, JSON 1.0",
                        "description", "Generated from the operation table. Do not edit.");
        graph.putAll(
                object(
                        List.of("version", "program"),
                        "version",
                        map("const", "1.0"),
                        "requires",
                        array(map("type", "string", "examples", families)),
                        "caps",
                        array(map("enum", caps)),
                        "resources",
                        object(
                                List.of(),
                                "vqs",
                                array(text()),
                                "chs",
                                array(text()),
                                "events",
                                array(map("oneOf", List.of(text(), ref("event"))))),
                        "outputs",
                        array(object(List.of("bit", "event"), "bit", text(), "event", text())),
                        "program",
                        object(List.of("nodes"), "nodes", array(ref("node"))),
                        "metadata",
                        true));
        graph.put("$defs", definitions());
        return graph;
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> definitions =
                map(
                        "event",
                                object(List.of("name"), "name", text(), "default", map("const", 0)),
                        "guard", guard(),
                        "pauli", map("type", "string", "pattern", "^[+-]?[IXYZ]+$"),
                        "node", node());
        for (Argument.Kind kind : Argument.Kind.values()) {
            definitions.put(definition(kind), arguments(kind));
        }
        return definitions;
    }

    private static String definition(Argument.Kind kind) {
        return "args-" + kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> guard() {
        List<Object> forms = new ArrayList<>();
        forms.add(object(List.of()));
        forms.add(
                object(
                        List.of("event", "equals"),
                        "event",
                        text(),
                        "equals",
                        map("enum", List.of(0, 1))));
        for (String joined : List.of("all", "any", "and", "or")) {
            forms.add(object(List.of(joined), joined, array(ref("guard"))));
        }
        forms.add(object(List.of("not"), "not", ref("guard")));
        return map("oneOf", forms);
    }

    private static Map<String, Object> node() {
        List<Object> operations = new ArrayList<>();
        for (Opcode opcode : Opcode.values()) {
            String meaning = opcode.meaning() + " Takes " + signature(opcode.shape()) + ".";
            operations.add(map("const", opcode.mnemonic(), "description", meaning));
        }
        Map<String, Object> target =
                map("type", "integer", "minimum", 0, "maximum", Integer.MAX_VALUE);
        Map<String, Object> node =
                object(
                        List.of("op"),
                        "id",
                        text(),
                        "op",
                        map("oneOf", operations),
                        "vqs",
                        array(text()),
                        "chs",
                        array(text()),
                        "inputs",
                        array(text()),
                        "produces",
                        array(text()),
                        "args",
                        map("type", "object"),
                        "guard",
                        ref("guard"),
                        "after",
                        array(map("oneOf", List.of(text(), target))));
        List<Object> cases = new ArrayList<>();
        for (Argument.Kind kind : Argument.Kind.values()) cases.add(argumentCase(kind));
        node.put("allOf", cases);
        return node;
    }

    private static Map<String, Object> argumentCase(Argument.Kind kind) {
        List<String> operations =
                Arrays.stream(Opcode.values())
                        .filter(opcode -> opcode.shape().argument == kind)
                        .map(Opcode::mnemonic)
                        .toList();
        Map<String, Object> operation = map("properties", map("op", map("enum", operations)));
        operation.put("required", List.of("op"));
        return map("if", operation, "then", map("properties", map("args", ref(definition(kind)))));
    }

    private static String signature(Shape shape) {
        List<String> parts =
                Stream.of(
                                part(shape.qubitsMin, shape.qubitsMax, "qubit"),
                                part(shape.channels, shape.channels, "channel"),
                                part(shape.inputsMin, shape.inputsMax, "input event"),
                                part(shape.outputs, shape.outputs, "output event"))
                        .filter(part -> !part.isEmpty())
                        .toList();
        return parts.isEmpty() ? "no handles" : String.join(", ", parts);
    }

    private static String part(int least, int most, String what) {
        if (most == 0) return "";
        if (most == Shape.MANY) return least + " or more " + what + "s";
        return least + " " + what + (least == 1 ? "" : "s");
    }

    private static Map<String, Object> arguments(Argument.Kind kind) {
        List<Object> properties = new ArrayList<>();
        for (String key : ArgumentFields.keys(kind)) {
            properties.add(key);
            properties.add(argument(key));
        }
        Map<String, Object> arguments = object(List.of(), properties.toArray());
        List<String> required = ArgumentFields.required(kind);
        if (!required.isEmpty()) {
            arguments.put("anyOf", List.of(map("maxProperties", 0), map("required", required)));
        }
        arguments.put("description", kind.form());
        return arguments;
    }

    /// One named value; each name means the same wherever it occurs.
    private static Object argument(String key) {
        return switch (key) {
            case "n" -> map("type", "integer", "minimum", 0);
            case "pauli" -> ref("pauli");
            case "angle" -> map("type", "number");
            case "precision" -> map("type", "number", "exclusiveMinimum", 0, "maximum", 1);
            case "value" -> map("enum", List.of(0, 1));
            case "fidelity" -> map("type", "number", "minimum", 0, "maximum", 1);
            case "gate" ->
                    map("enum", Arrays.stream(LinkGate.values()).map(LinkGate::text).toList());
            case "policy" -> array(object(List.of("key", "value"), "key", text(), "value", text()));
            case "profile", "tag", "kind" -> text();
            default -> throw new IllegalStateException("no schema for the argument " + key);
        };
    }

    private static void print(Object value, int depth, StringBuilder out) {
        switch (value) {
            case Map<?, ?> map -> printAll("{", map.entrySet(), "}", depth, out);
            case List<?> list -> printAll("[", list, "]", depth, out);
            case Map.Entry<?, ?> entry -> {
                print(entry.getKey(), depth, out);
                out.append(": ");
                print(entry.getValue(), depth, out);
            }
            case String text -> out.append(quoted(text));
            case Number number -> out.append(number);
            case Boolean bool -> out.append(bool);
            default -> throw new IllegalStateException("no JSON for " + value);
        }
    }

    private static void printAll(
            String open, Iterable<?> parts, String close, int depth, StringBuilder out) {
        out.append(open);
        String separator = "";
        boolean flat = true;
        for (Object part : parts) {
            boolean simple = part instanceof String || part instanceof Number;
            flat &= simple;
        }
        for (Object part : parts) {
            out.append(separator);
            if (!flat) newLine(depth + 1, out);
            else if (!separator.isEmpty()) out.append(' ');
            print(part, depth + 1, out);
            separator = ",";
        }
        if (!flat) newLine(depth, out);
        out.append(close);
    }

    private static void newLine(int depth, StringBuilder out) {
        out.append('\n').append("  ".repeat(depth));
    }

    private static String quoted(String text) {
        var buffer = new Utf8Text();
        buffer.quoted(text);
        return new String(buffer.bytes(), StandardCharsets.UTF_8);
    }
}
