package org.qmk.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// What was drawn of late, to be given again instead of drawn again. Used by any thread.
final class RecentDraws<K, V> {

    private final int most;
    private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);

    RecentDraws(int most) {
        this.most = most;
    }

    /// @param draw gives the same for the same key; may be asked by several threads at once
    V get(K key, Function<K, V> draw) {
        synchronized (kept) {
            V value = kept.get(key);
            if (value != null) return value;
        }
        V value = draw.apply(key);
        synchronized (kept) {
            kept.put(key, value);
            if (kept.size() > most) kept.remove(kept.keySet().iterator().next());
        }
        return value;
    }
}
