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

    private final JsonCursor in;
    private final HandleNames events;
    private final int node;

    JsonGuardReader(JsonCursor in, HandleNames events, int node) {
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
        int offset = in.offset();
        Optional<Guard> parts = Optional.empty();
        int event = -1;
        int bit = -1;
        int seen = 0;
        while (in.nextKey()) {
            switch (in.key()) {
                case "event" -> {
                    seen = in.once(seen, 1);
                    if (in.isText()) event = events.of(in.text());
                    else in.wrongType(node, "event", where(), "a name");
                }
                case "equals" -> {
                    seen = in.once(seen, 2);
                    bit = in.isWhole() ? in.whole(1) : -1;
                    if (bit < 0) in.wrongType(node, "equals", where(), "0 or 1");
                }
                case "all", "and" -> {
                    seen = in.once(seen, 4);
                    parts = Optional.of(joined(depth, negated, !negated));
                }
                case "any", "or" -> {
                    seen = in.once(seen, 4);
                    parts = Optional.of(joined(depth, negated, negated));
                }
                case "not" -> {
                    seen = in.once(seen, 4);
                    enter(depth);
                    parts = Optional.of(guard(depth + 1, !negated));
                }
                default -> in.unknownKey(node, where(), KEYS);
            }
        }
        return switch (seen) {
            case 0 -> negated ? new Guard.Any(List.of()) : Guard.ALWAYS;
            case 3 -> test(event, bit, negated);
            case 4 -> parts.orElse(Guard.ALWAYS);
            default -> incomplete(seen, offset);
        };
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

    private Guard joined(int depth, boolean negated, boolean all) throws JsonCursor.Stop {
        enter(depth);
        List<Guard> parts = new ArrayList<>();
        if (in.isArray()) {
            while (in.nextElement()) parts.add(guard(depth + 1, negated));
        } else {
            in.wrongType(node, in.key(), where(), "an array of guards");
        }
        return all ? new Guard.All(parts) : new Guard.Any(parts);
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
