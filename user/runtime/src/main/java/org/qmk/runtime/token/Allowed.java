package org.qmk.runtime.token;

import java.util.HashSet;
import java.util.Set;

/// Which of many may do something.
public sealed interface Allowed<T> {

    /// Every one.
    record Any<T>() implements Allowed<T> {}

    /// Those, which may be nobody.
    record Only<T>(Set<T> those) implements Allowed<T> {
        public Only {
            those = Set.copyOf(those);
        }
    }

    default boolean allows(T one) {
        return switch (this) {
            case Any<T>() -> true;
            case Only<T>(Set<T> those) -> those.contains(one);
        };
    }

    /// Those of ours who are among the given.
    default Allowed<T> and(Set<T> given) {
        return switch (this) {
            case Any<T>() -> new Only<>(given);
            case Only<T>(Set<T> those) when given.containsAll(those) -> this;
            case Only<T>(Set<T> those) -> {
                Set<T> both = new HashSet<>(those);
                both.retainAll(given);
                yield new Only<>(both);
            }
        };
    }

    /// Whether the other allows everyone whom this allows.
    default boolean isWithin(Allowed<T> other) {
        return switch (other) {
            case Any<T>() -> true;
            case Only<T>(Set<T> wider) ->
                    this instanceof Only<T>(Set<T> those) && wider.containsAll(those);
        };
    }
}
