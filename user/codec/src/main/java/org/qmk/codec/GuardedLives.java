package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;

/// When each handle of one kind is live, as a guard, while a 0.1 program is read: to end at the
/// end what 0.1 leaves open.
final class GuardedLives {

    private static final int TERMS_MAX = Limits.DEFAULT.guardTerms();
    private static final int DEPTH_MAX = Limits.DEFAULT.guardDepth();

    /// Handles that are live somewhere; those whose condition grew too large are left out, and the
    /// verifier then reports the leak.
    private final Map<Integer, Guard> live = new TreeMap<>();

    void makes(int handle, Guard guard) {
        Guard before = live.get(handle);
        keep(handle, before == null ? guard : new Guard.Any(List.of(before, guard)));
    }

    void ends(int handle, Guard guard) {
        Guard before = live.get(handle);
        if (before == null) return;
        if (guard instanceof Guard.Always || before.equals(guard)) {
            live.remove(handle);
            return;
        }
        Guard spared = not(guard);
        boolean always = before instanceof Guard.Always;
        keep(handle, always ? spared : new Guard.All(List.of(before, spared)));
    }

    private void keep(int handle, Guard guard) {
        if (guard.depth() > DEPTH_MAX || guard.terms() > TERMS_MAX) live.remove(handle);
        else live.put(handle, guard);
    }

    /// What is live at the end, ascending.
    Map<Integer, Guard> left() {
        return live;
    }

    /// The opposite, by De Morgan's laws.
    static Guard not(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> new Guard.Any(List.of());
            case Guard.Is(int event, boolean value) -> new Guard.Is(event, !value);
            case Guard.All(var parts) -> new Guard.Any(negated(parts));
            case Guard.Any(var parts) -> new Guard.All(negated(parts));
        };
    }

    private static List<Guard> negated(List<Guard> parts) {
        List<Guard> negated = new ArrayList<>();
        for (Guard part : parts) negated.add(not(part));
        return negated;
    }
}
