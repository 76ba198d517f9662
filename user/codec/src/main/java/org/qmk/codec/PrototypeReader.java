package org.qmk.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Violation;
import tools.jackson.core.JacksonException;

/// Reads JSON of version 0.1, the form of the first prototype: what the document says here,
/// what it means in `PrototypeProgram`. Two passes, since nodes may stand before resources.
final class PrototypeReader {

    private static final int WARNINGS_MAX = 100;

    private final byte[] bytes;
    private final FormErrors errors;
    private final PrototypeProgram program;
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> passedOver = new HashSet<>();
    private final PrototypeNode node = new PrototypeNode();
    private final AfterEdges ids = new AfterEdges();
    private int nodes;
    private boolean resourcesGiven;

    private PrototypeReader(byte[] bytes, FormErrors errors) {
        this.bytes = bytes;
        this.errors = errors;
        program = new PrototypeProgram(bytes, this::warn);
    }

    static Reading read(byte[] bytes, FormErrors errors) {
        return new PrototypeReader(bytes, errors).graph();
    }

    private Reading graph() {
        try {
            pass(false);
            program.resourcesRead();
            if (errors.isEmpty()) pass(true);
        } catch (JsonCursor.Stop stop) {
            return errors.inJson();
        }
        if (errors.isEmpty()) program.missingCapabilities(errors);
        if (!errors.isEmpty()) return errors.inJson();
        return new Reading.Ok(program.graph(resourcesGiven), warnings);
    }

    private void warn(String warning) {
        if (warnings.size() < WARNINGS_MAX) warnings.add(warning);
    }

    private void passOver(String where, JsonCursor in) throws JsonCursor.Stop {
        String what = where + " has the field " + FormErrors.quoted(in.key());
        if (passedOver.size() < WARNINGS_MAX && passedOver.add(what)) {
            warn(what + ", which 0.1 does not know; it was passed over.");
        }
        in.skip();
    }

    /// Walks through the document, either for all but the program or for the program alone.
    private void pass(boolean forProgram) throws JsonCursor.Stop {
        var in = new JsonCursor(bytes, errors);
        int seen = 0;
        try {
            in.next("an object");
            while (in.nextKey()) {
                boolean isProgram = in.key().equals("program");
                if (isProgram) seen = in.once(seen, 1);
                if (isProgram != forProgram) in.skip();
                else if (isProgram) program(in);
                else seen = top(in, seen);
            }
            in.end();
        } catch (JacksonException refused) {
            in.refused(refused);
            throw new JsonCursor.Stop();
        } finally {
            in.close();
        }
        if ((seen & 1) == 0) {
            errors.add(FormErrors.missing(Violation.NO_NODE, "the graph", "program"), 0);
        }
    }

    private int top(JsonCursor in, int before) throws JsonCursor.Stop {
        int seen = before;
        switch (in.key()) {
            case "resources" -> {
                seen = in.once(seen, 2);
                resources(in);
            }
            case "caps" -> {
                seen = in.once(seen, 4);
                program.capabilitiesGiven();
                for (Capability capability : capabilities(in, "the graph")) {
                    program.request(capability);
                }
            }
            case "version" -> {
                seen = in.once(seen, 8);
                in.skip();
            }
            case "metadata", "description", "name" -> in.skip();
            default -> passOver("the graph", in);
        }
        return seen;
    }

    private interface Texts {
        void text(String text) throws JsonCursor.Stop;
    }

    private void texts(JsonCursor in, String where, Texts texts) throws JsonCursor.Stop {
        String field = in.key();
        if (!in.isArray()) {
            in.wrongType(nodes, field, where, "an array of texts");
            return;
        }
        while (in.nextElement()) {
            if (in.isText()) texts.text(in.text());
            else in.wrongType(nodes, "an element of " + field, where, "a text");
        }
    }

    private void resources(JsonCursor in) throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(Violation.NO_NODE, "resources", "the graph", "an object");
            return;
        }
        resourcesGiven = true;
        int seen = 0;
        while (in.nextKey()) {
            switch (in.key()) {
                case "vqs" -> {
                    seen = in.once(seen, 1);
                    texts(in, "resources", program.qubits()::declare);
                }
                case "chs" -> {
                    seen = in.once(seen, 2);
                    texts(in, "resources", program.channels()::declare);
                }
                case "events" -> {
                    seen = in.once(seen, 4);
                    texts(in, "resources", program.events()::declare);
                }
                default -> passOver("resources", in);
            }
        }
    }

    private List<Capability> capabilities(JsonCursor in, String where) throws JsonCursor.Stop {
        List<Capability> found = new ArrayList<>();
        texts(
                in,
                where,
                text -> {
                    Optional<Capability> capability = Capability.of(text);
                    boolean granted = text.equals("CAP_COMPUTE") || text.equals("CAP_MEASURE");
                    if (capability.isPresent()) found.add(capability.get());
                    else if (!granted) in.note(Capabilities.unknown(where, text));
                });
        return found;
    }

    private void program(JsonCursor in) throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(Violation.NO_NODE, "program", "the graph", "an object");
            return;
        }
        int offset = in.offset();
        int seen = 0;
        while (in.nextKey()) {
            if (!in.key().equals("nodes")) {
                passOver("program", in);
                continue;
            }
            seen = in.once(seen, 1);
            if (!in.isArray()) {
                in.wrongType(Violation.NO_NODE, "nodes", "program", "an array");
                continue;
            }
            while (in.nextElement()) {
                if (in.isObject()) node(in);
                else in.wrongType(nodes, "an element", "nodes", "an object");
                nodes++;
            }
        }
        if (seen == 0) {
            in.note(FormErrors.missing(Violation.NO_NODE, "program", "nodes"), offset);
        }
    }

    private void node(JsonCursor in) throws JsonCursor.Stop {
        String where = "node " + nodes;
        node.clear(nodes, in.offset());
        int seen = 0;
        while (in.nextKey()) {
            switch (in.key()) {
                case "id" -> {
                    seen = in.once(seen, 1);
                    if (in.isText()) node.id = Optional.of(in.text());
                    else in.wrongType(nodes, "id", where, "a text");
                }
                case "op" -> {
                    seen = in.once(seen, 2);
                    if (in.isText()) node.operation = in.text();
                    else in.wrongType(nodes, "op", where, "a text");
                }
                case "vqs" -> {
                    seen = in.once(seen, 4);
                    texts(in, where, name -> node.qubits.add(program.qubits().of(name)));
                }
                case "chs" -> {
                    seen = in.once(seen, 8);
                    texts(in, where, name -> node.channels.add(program.channels().of(name)));
                }
                case "inputs" -> {
                    seen = in.once(seen, 16);
                    texts(in, where, name -> node.inputs.add(program.events().of(name)));
                }
                case "produces" -> {
                    seen = in.once(seen, 32);
                    texts(in, where, name -> node.outputs.add(program.events().of(name)));
                }
                case "args" -> {
                    seen = in.once(seen, 64);
                    arguments(in, where);
                }
                case "guard" -> {
                    seen = in.once(seen, 128);
                    node.guard = guard(in);
                }
                case "caps" -> {
                    seen = in.once(seen, 256);
                    program.capabilitiesGiven();
                    node.capabilities.addAll(capabilities(in, where));
                }
                case "metadata", "description" -> in.skip();
                default -> passOver("a node", in);
            }
        }
        if ((seen & 2) == 0) {
            in.note(FormErrors.missing(nodes, where, "op"), node.offset);
            return;
        }
        if (node.id.isPresent() && !ids.label(nodes, node.id.get())) {
            in.note(AfterEdges.twice(nodes, node.id.get()), node.offset);
        }
        if (!errors.isEmpty()) return;
        try {
            program.add(node);
        } catch (Misread misread) {
            in.note(misread);
        }
    }

    private Guard guard(JsonCursor in) throws JsonCursor.Stop {
        if (in.isNull()) return Guard.ALWAYS;
        return JsonGuardReader.ofPrototype(in, program.events(), nodes).guard();
    }

    /// Arguments as they stand; those in an inner `opts` as if they stood outside it.
    private void arguments(JsonCursor in, String where) throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(nodes, "args", where, "an object");
            return;
        }
        while (in.nextKey()) {
            if (!in.key().equals("opts") || !in.isObject()) {
                argument(in);
                continue;
            }
            while (in.nextKey()) argument(in);
        }
    }

    private void argument(JsonCursor in) throws JsonCursor.Stop {
        int offset = in.offset();
        String key = in.key();
        if (!node.keys.add(key)) {
            in.note(ArgumentFields.twice(key));
        }
        if (in.isText()) {
            node.add(key, in.text(), ArgumentFields.Written.TEXT, offset);
        } else if (in.isNumber()) {
            node.add(key, in.text(), ArgumentFields.Written.NUMBER, offset);
        } else {
            node.add(key, in.found(), ArgumentFields.Written.OTHER, offset);
            in.skip();
        }
    }
}
