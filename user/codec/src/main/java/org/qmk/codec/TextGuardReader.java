package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;

/// Reads guards of the text form: `m0 == 1 and (m1 == 0 or m2 == 1)`.
///
/// An unbroken run of `and` or of `or` is one All or Any; parentheses begin a level of their own.
/// `all(...)` and `any(...)` list their parts with commas, for those of fewer than two.
final class TextGuardReader {

    private static final int DEPTH_MAX = Limits.DEFAULT.guardDepth();

    /// Reads the name of an event and finds its handle.
    interface Events {
        int event() throws Misread;
    }

    private final TextScanner in;
    private final Events events;
    private int open;

    TextGuardReader(TextScanner in, Events events) {
        this.in = in;
        this.events = events;
    }

    Guard guard() throws Misread {
        in.skipBlanks();
        int start = in.at();
        open = 0;
        Guard guard = any();
        if (guard.depth() > DEPTH_MAX) throw tooDeep(start);
        return guard;
    }

    private Guard any() throws Misread {
        Guard first = all();
        if (!word("or")) return first;
        List<Guard> parts = new ArrayList<>(List.of(first));
        do parts.add(all());
        while (word("or"));
        return new Guard.Any(parts);
    }

    private Guard all() throws Misread {
        Guard first = part();
        if (!word("and")) return first;
        List<Guard> parts = new ArrayList<>(List.of(first));
        do parts.add(part());
        while (word("and"));
        return new Guard.All(parts);
    }

    private Guard part() throws Misread {
        in.skipBlanks();
        if (in.peek() == '(') {
            enter();
            Guard inner = any();
            leave();
            return inner;
        }
        if (word("all")) return new Guard.All(parts());
        if (word("any")) return new Guard.Any(parts());
        if (word("always")) return Guard.ALWAYS;
        return test();
    }

    private List<Guard> parts() throws Misread {
        in.skipBlanks();
        enter();
        List<Guard> parts = new ArrayList<>();
        in.skipBlanks();
        if (in.peek() != ')') {
            do parts.add(any());
            while (comma());
        }
        leave();
        return parts;
    }

    private Guard test() throws Misread {
        int event = events.event();
        if (!in.takePair('=', '='))
            throw in.unexpected("==", "A test is EVENT == 0 or EVENT == 1.");
        in.skipBlanks();
        long bit = in.number(1);
        if (bit < 0) throw in.unexpected("0 or 1", "A test is EVENT == 0 or EVENT == 1.");
        return new Guard.Is(event, bit == 1);
    }

    private boolean comma() {
        in.skipBlanks();
        return in.take(',');
    }

    private void enter() throws Misread {
        int start = in.at();
        if (!in.take('(')) throw in.unexpected("(", "Put the parts in parentheses.");
        if (++open > DEPTH_MAX) throw tooDeep(start);
    }

    private void leave() throws Misread {
        in.skipBlanks();
        if (!in.take(')')) throw in.unexpected("), and or or", "Close the parenthesis.");
        open--;
    }

    private static Misread tooDeep(int offset) {
        return new Misread(FormErrors.nesting("the guard", DEPTH_MAX), offset);
    }

    private boolean word(String word) {
        in.skipBlanks();
        int start = in.at();
        in.skipName();
        if (in.is(start, in.at(), word)) return true;
        in.back(start);
        return false;
    }
}
