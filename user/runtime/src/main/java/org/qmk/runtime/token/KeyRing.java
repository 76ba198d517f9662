package org.qmk.runtime.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys that are in use: one seals, all of them open.
///
/// @param current the one that seals
/// @param previous those that still open, youngest first; at most 7
public record KeyRing(SealingKey current, List<SealingKey> previous) {
    public static final int PREVIOUS_MAX = 7;

    public KeyRing {
        previous = List.copyOf(previous);
        if (previous.size() > PREVIOUS_MAX) {
            throw new IllegalArgumentException(
                    "%d previous keys, expected at most %d"
                            .formatted(previous.size(), PREVIOUS_MAX));
        }
        long ids =
                Stream.concat(Stream.of(current), previous.stream())
                        .map(SealingKey::id)
                        .distinct()
                        .count();
        if (ids != previous.size() + 1) {
            throw new IllegalArgumentException("two keys have one number, expected different ones");
        }
    }

    public static KeyRing of(SealingKey current) {
        return new KeyRing(current, List.of());
    }

    /// A ring that seals with the next key. The oldest key drops out when there is no room for it;
    /// what it sealed no longer opens.
    public KeyRing rotatedTo(SealingKey next) {
        List<SealingKey> older = new ArrayList<>();
        older.add(current);
        older.addAll(previous.subList(0, Math.min(previous.size(), PREVIOUS_MAX - 1)));
        return new KeyRing(next, older);
    }

    /// A ring in which a previous key no longer opens anything.
    public KeyRing withoutPrevious(int id) {
        return new KeyRing(current, previous.stream().filter(key -> key.id() != id).toList());
    }

    /// The key of that number, or nothing.
    Optional<SealingKey> find(int id) {
        if (current.id() == id) return Optional.of(current);
        for (SealingKey key : previous) {
            if (key.id() == id) return Optional.of(key);
        }
        return Optional.empty();
    }
}
