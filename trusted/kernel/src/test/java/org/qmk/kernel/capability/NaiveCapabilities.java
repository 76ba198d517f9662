package org.qmk.kernel.capability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Refusal;
import org.qmk.qvm.Capability;

/// What the table should do, written as plainly as can be: one list that is searched from its
/// beginning, and its part that lives.
final class NaiveCapabilities {

    static final long UNLIMITED = Long.MAX_VALUE;

    /// A capability that was ever given.
    static final class Node {
        final int tenant;
        final int session;
        final CapabilityHandle handle;
        final Capability kind;
        final Bounds given;
        final Optional<Node> parent;
        final int payer;
        long left;
        boolean live = true;

        /// Of a root: uses that were spent, or gone with a revoked descendant.
        long gone;

        Node(int session, CapabilityHandle handle, Capability kind, Bounds given, Place place) {
            this.tenant = place.tenant;
            this.session = session;
            this.handle = handle;
            this.kind = kind;
            this.given = given;
            this.parent = place.parent;
            this.payer = place.parent.map(node -> node.tenant).orElse(place.tenant);
            this.left = given.uses();
        }

        Node root() {
            return parent.map(Node::root).orElse(this);
        }

        boolean descendsFrom(Node ancestor) {
            return this == ancestor || parent.isPresent() && parent.get().descendsFrom(ancestor);
        }

        boolean isForeign() {
            return parent.isPresent()
                    && (parent.get().tenant != tenant || parent.get().isForeign());
        }

        Bounds reach() {
            return new Bounds(given.amountMax(), given.lastEpoch(), left, given.delegable());
        }

        void spend(long uses) {
            if (left != UNLIMITED) left -= uses;
        }
    }

    record Place(int tenant, Optional<Node> parent) {}

    /// All that were ever given, and those of them that live.
    final List<Node> nodes = new ArrayList<>();

    final List<Node> living = new ArrayList<>();
    private final int capabilities;

    NaiveCapabilities(int capabilities) {
        this.capabilities = capabilities;
    }

    boolean hasRoom(int payer) {
        return living.stream().filter(node -> node.payer == payer).count() < capabilities;
    }

    List<Node> held(int session) {
        return living.stream().filter(node -> node.session == session).toList();
    }

    Optional<Node> named(int session, CapabilityHandle handle) {
        return held(session).stream().filter(node -> node.handle.equals(handle)).findFirst();
    }

    Optional<Node> best(int session, Capability kind, long amount, long epoch) {
        Optional<Node> best = Optional.empty();
        for (Node node : held(session)) {
            if (node.kind != kind || epoch > node.given.lastEpoch() || node.left == 0) continue;
            if (amount > node.given.amountMax()) continue;
            if (best.isEmpty() || rank(node) < rank(best.get())) best = Optional.of(node);
        }
        return best;
    }

    private static long rank(Node node) {
        return node.handle.slot() + (node.isForeign() ? 1L << 40 : 0);
    }

    Optional<Refusal> checkDerive(
            int session, CapabilityHandle handle, boolean receiver, Bounds bounds, long epoch) {
        Optional<Node> found = named(session, handle);
        if (found.isEmpty()) return Optional.of(Refusal.CAPABILITY_UNKNOWN);
        Node parent = found.get();
        if (epoch > parent.given.lastEpoch()) return Optional.of(Refusal.CAPABILITY_EXPIRED);
        if (parent.left == 0) return Optional.of(Refusal.CAPABILITY_EXHAUSTED);
        Optional<Node> right = best(session, Capability.DELEGATE, 0, epoch);
        if (right.isEmpty()) return Optional.of(Refusal.DELEGATE_MISSING);
        if (!parent.given.delegable()) return Optional.of(Refusal.CAPABILITY_NOT_DELEGABLE);
        long left = parent.left;
        if (right.get() == parent && left != UNLIMITED) left--;
        boolean wider = bounds.amountMax() > parent.given.amountMax();
        wider |= bounds.lastEpoch() > parent.given.lastEpoch();
        wider |= bounds.uses() > left;
        if (wider) return Optional.of(Refusal.CAPABILITY_WIDER);
        if (!receiver) return Optional.of(Refusal.SESSION_UNKNOWN);
        return hasRoom(parent.tenant) ? Optional.empty() : Optional.of(Refusal.TABLE_FULL);
    }

    Node derive(Node parent, int tenant, int session, Bounds bounds, long epoch) {
        Node right = best(parent.session, Capability.DELEGATE, 0, epoch).orElseThrow();
        right.spend(1);
        right.root().gone++;
        Node child = put(session, parent.kind, bounds, new Place(tenant, Optional.of(parent)));
        if (bounds.uses() != UNLIMITED) parent.spend(bounds.uses());
        return child;
    }

    /// The lowest slot of the tenant without a live capability, in its next generation.
    Node put(int session, Capability kind, Bounds bounds, Place place) {
        int slot = 0;
        while (isTaken(place.tenant, slot)) slot++;
        int generation = 0;
        for (Node node : nodes) {
            if (node.tenant == place.tenant && node.handle.slot() == slot) generation++;
        }
        var handle = new CapabilityHandle(slot, generation);
        Node node = new Node(session, handle, kind, bounds, place);
        nodes.add(node);
        living.add(node);
        return node;
    }

    private boolean isTaken(int tenant, int slot) {
        return living.stream().anyMatch(n -> n.tenant == tenant && n.handle.slot() == slot);
    }

    void revoke(Node ancestor) {
        for (Node node : living) {
            if (!node.descendsFrom(ancestor)) continue;
            node.live = false;
            if (node.left != UNLIMITED) node.root().gone += node.left;
        }
        living.removeIf(node -> !node.live);
    }

    void use(Node node) {
        node.spend(1);
        node.root().gone++;
    }
}
