package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;

/// Reads guards in JSON. `not` is pushed down to the tests while reading, so that it needs no form
/// of its own in memory.
final class JsonGuardReader {

    private static final int DEPTH_MAX = Limits.DEFAULT.guardDepth();
    private static final String KEYS = "event and equals, all, any, and, or, not";

    private static final List<String> TYPES = List.of("eq", "and", "or", "not");

    private final JsonCursor in;
    private final HandleNames events;
    private final int node;
    private final boolean prototype;

    JsonGuardReader(JsonCursor in, HandleNames events, int node) {
        this(in, events, node, false);
    }

    /// A reader that also takes the trees of 0.1: `type` and, or, not with `conditions` or
    /// `condition`, and eq with `value`.
    static JsonGuardReader ofPrototype(JsonCursor in, HandleNames events, int node) {
        return new JsonGuardReader(in, events, node, true);
    }

    private JsonGuardReader(JsonCursor in, HandleNames events, int node, boolean prototype) {
        this.prototype = prototype;
        this.in = in;
        this.events = events;
        this.node = node;
    }

    Guard guard() throws JsonCursor.Stop {
        return guard(0, false);
    }

    /// @param depth levels of all, any and not around this guard
    /// @param negated whether the opposite is meant
    private Guard guard(int depth, boolean negated) throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(node, "guard", where(), "an object");
            return Guard.ALWAYS;
        }
        var found = new Found(in.offset());
        while (in.nextKey()) {
            if (prototype && isOfPrototype(in.key())) prototypeKey(found, depth, negated);
            else key(found, depth, negated);
        }
        if (found.listed && found.guard.isEmpty()) {
            boolean all = found.type.equals("and") != negated;
            List<Guard> parts = found.parts;
            found.guard = Optional.of(all ? new Guard.All(parts) : new Guard.Any(parts));
        }
        return switch (found.seen) {
            case 0 -> negated ? new Guard.Any(List.of()) : Guard.ALWAYS;
            case 3 -> test(found.event, found.bit, negated);
            case 4 -> found.guard.orElse(Guard.ALWAYS);
            default -> incomplete(found.seen, found.offset);
        };
    }

    /// What one object says.
    private static final class Found {
        private final int offset;
        private int seen;
        private int event = -1;
        private int bit = -1;
        private Optional<Guard> guard = Optional.empty();
        private String type = "and";
        private List<Guard> parts = List.of();
        private boolean listed;

        Found(int offset) {
            this.offset = offset;
        }
    }

    private void key(Found found, int depth, boolean negated) throws JsonCursor.Stop {
        switch (in.key()) {
            case "event" -> {
                found.seen = in.once(found.seen, 1);
                if (in.isText()) found.event = events.of(in.text());
                else in.wrongType(node, "event", where(), "a name");
            }
            case "equals" -> {
                found.seen = in.once(found.seen, 2);
                found.bit = bit();
            }
            case "all", "and" -> {
                found.seen = in.once(found.seen, 4);
                List<Guard> parts = parts(depth, negated);
                found.guard = Optional.of(negated ? new Guard.Any(parts) : new Guard.All(parts));
            }
            case "any", "or" -> {
                found.seen = in.once(found.seen, 4);
                List<Guard> parts = parts(depth, negated);
                found.guard = Optional.of(negated ? new Guard.All(parts) : new Guard.Any(parts));
            }
            case "not" -> {
                found.seen = in.once(found.seen, 4);
                found.guard = Optional.of(opposite(depth, negated));
            }
            default -> in.unknownKey(node, where(), KEYS);
        }
    }

    private static boolean isOfPrototype(String key) {
        return switch (key) {
            case "type", "value", "conditions", "condition" -> true;
            default -> false;
        };
    }

    private void prototypeKey(Found found, int depth, boolean negated) throws JsonCursor.Stop {
        switch (in.key()) {
            case "value" -> {
                found.seen = in.once(found.seen, 2);
                found.bit = bit();
            }
            case "conditions" -> {
                found.seen = in.once(found.seen, 4);
                found.listed = true;
                found.parts = parts(depth, negated);
            }
            case "condition" -> {
                found.seen = in.once(found.seen, 4);
                found.guard = Optional.of(opposite(depth, negated));
            }
            default -> {
                boolean known = in.isText() && TYPES.contains(in.text());
                if (known) found.type = in.text();
                else in.wrongType(node, "type", where(), "eq, and, or or not");
            }
        }
    }

    private int bit() throws JsonCursor.Stop {
        if (prototype && in.isTrue()) return 1;
        if (prototype && in.isFalse()) return 0;
        int bit = in.isWhole() ? in.whole(1) : -1;
        if (bit < 0) in.wrongType(node, in.key(), where(), "0 or 1");
        return bit;
    }

    private Guard opposite(int depth, boolean negated) throws JsonCursor.Stop {
        enter(depth);
        return guard(depth + 1, !negated);
    }

    private static Guard test(int event, int bit, boolean negated) {
        return event < 0 || bit < 0 ? Guard.ALWAYS : new Guard.Is(event, (bit == 1) != negated);
    }

    private Guard incomplete(int seen, int offset) {
        var violation =
                (seen & 4) != 0
                        ? FormErrors.syntax(
                                "a guard of several kinds",
                                "one of " + KEYS,
                                "Nest them in all or any.")
                        : FormErrors.missing(node, where(), (seen & 1) == 0 ? "event" : "equals");
        in.note(new Misread(violation, offset));
        return Guard.ALWAYS;
    }

    private List<Guard> parts(int depth, boolean negated) throws JsonCursor.Stop {
        enter(depth);
        List<Guard> parts = new ArrayList<>();
        if (in.isArray()) {
            while (in.nextElement()) parts.add(guard(depth + 1, negated));
        } else {
            in.wrongType(node, in.key(), where(), "an array of guards");
        }
        return parts;
    }

    private void enter(int depth) throws JsonCursor.Stop {
        if (depth < DEPTH_MAX) return;
        in.note(FormErrors.nesting("the guard", DEPTH_MAX));
        throw new JsonCursor.Stop();
    }

    private String where() {
        return "the guard of node " + node;
    }
}
