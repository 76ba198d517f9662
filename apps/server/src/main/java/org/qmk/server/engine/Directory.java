package org.qmk.server.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.runtime.Witness;

/// The kernel's tenants and sessions. One thread tells of changes, any thread may ask.
public final class Directory implements Witness {

    /// @param sessions the open ones, by their number among the tenant's, from 1; closed ones keep
    ///     their place and are empty
    public record Entry(TenantId id, String name, Terms terms, List<Optional<SessionId>> sessions) {
        public Entry {
            sessions = List.copyOf(sessions);
        }

        /// The open session of that number.
        public Optional<SessionId> session(long number) {
            if (number < 1 || number > sessions.size()) return Optional.empty();
            return sessions.get((int) number - 1);
        }

        private Entry with(Terms others) {
            return new Entry(id, name, others, sessions);
        }
    }

    private final Map<TenantId, Entry> byId = new ConcurrentHashMap<>();
    private final Map<String, TenantId> byName = new ConcurrentHashMap<>();

    /// The tenant of each session, closed ones too: for the thread that tells of changes.
    final Map<SessionId, TenantId> owners = new HashMap<>();

    public Optional<Entry> find(TenantId tenant) {
        return Optional.ofNullable(byId.get(tenant));
    }

    public Optional<Entry> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(byId::get);
    }

    /// All tenants, in the order in which they came.
    public List<Entry> all() {
        List<Entry> all = new ArrayList<>(byId.values());
        all.sort((one, other) -> Integer.compare(one.id().number(), other.id().number()));
        return all;
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        switch (input) {
            case Input.AddTenant(var name, var terms) -> {
                if (notices.getFirst() instanceof Notice.TenantAdded(var tenant)) {
                    byId.put(tenant, new Entry(tenant, name, terms, List.of()));
                    byName.put(name, tenant);
                }
            }
            case Input.SetTenant(var tenant, var terms) -> {
                if (notices.getFirst() instanceof Notice.TenantSet) {
                    byId.computeIfPresent(tenant, (_, entry) -> entry.with(terms));
                }
            }
            case Input.OpenSession(var tenant) -> {
                if (notices.getFirst() instanceof Notice.SessionOpened(var session)) {
                    owners.put(session, tenant);
                    byId.computeIfPresent(tenant, (_, entry) -> opened(entry, session));
                }
            }
            case Input.CloseSession(var session) -> {
                if (notices.getLast() instanceof Notice.SessionClosed) {
                    byId.computeIfPresent(
                            owners.get(session), (_, entry) -> closed(entry, session));
                }
            }
            case Input.Grant _,
                    Input.Derive _,
                    Input.Revoke _,
                    Input.Submit _,
                    Input.Cancel _,
                    Input.Checkpoint _,
                    Input.Restore _,
                    Input.Migrate _,
                    Input.OfferChannel _,
                    Input.AcceptChannel _,
                    Input.UseChannel _,
                    Input.CloseChannel _,
                    Input.Purify _,
                    Input.Propose _,
                    Input.Begin _,
                    Input.Report _ -> {}
        }
    }

    private static Entry opened(Entry entry, SessionId session) {
        List<Optional<SessionId>> sessions = new ArrayList<>(entry.sessions());
        sessions.add(Optional.of(session));
        return new Entry(entry.id(), entry.name(), entry.terms(), sessions);
    }

    private static Entry closed(Entry entry, SessionId session) {
        List<Optional<SessionId>> sessions = new ArrayList<>(entry.sessions());
        sessions.replaceAll(each -> each.equals(Optional.of(session)) ? Optional.empty() : each);
        return new Entry(entry.id(), entry.name(), entry.terms(), sessions);
    }
}
