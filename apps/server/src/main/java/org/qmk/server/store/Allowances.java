package org.qmk.server.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.qmk.runtime.token.Allowance;

/// Counts the uses of delegation tokens, as docs/spec/tokens.md wants it. Any thread.
public final class Allowances {

    private final Database database;

    Allowances(Database database) {
        this.database = database;
    }

    /// Counts one use of a token that has these allowances, of all of them or of none. When it
    /// returns, the count is durable.
    ///
    /// @return the allowance that is used up; nothing if the use was counted
    /// @throws StoreFailed if the database does not answer: the token must be refused, and the use
    ///     may have been counted
    public Optional<Allowance> use(List<Allowance> allowances) {
        if (allowances.isEmpty()) return Optional.empty();
        // One order for all, so that two that share allowances never wait for each other.
        List<Allowance> ordered =
                allowances.stream().sorted(Comparator.comparing(each -> each.id().text())).toList();
        return database.durably(handle -> use(handle, ordered));
    }

    private static Optional<Allowance> use(Handle handle, List<Allowance> ordered) {
        for (Allowance allowance : ordered) {
            int counted =
                    handle.execute(
                            "INSERT INTO allowance (id, used) VALUES (?, 1) ON CONFLICT (id)"
                                    + " DO UPDATE SET used = allowance.used + 1"
                                    + " WHERE allowance.used < ?",
                            allowance.id().text(),
                            allowance.uses());
            if (counted == 1) continue;
            handle.rollback();
            return Optional.of(allowance);
        }
        return Optional.empty();
    }
}
