package org.qmk.kernel.mapping;

import java.util.List;
import org.qmk.device.MachineShape;
import org.qmk.device.Supply;
import org.qmk.qvm.ByteWriter;

/// What factories and links have in store, and how far the decoders are behind.
///
/// Where tenants are kept apart, each has a store of its own, filled in its own epochs.
public final class Stocks {

    /// Bell pairs are counted in thousandths: purification uses up fractions of a pair on average.
    public static final long PAIR = 1000;

    private final MachineShape machine;
    private final int parts;
    private final long magicBuffer;
    private final long[] magic;

    /// By part and link: raw pairs, in thousandths.
    private final long[][] pairs;

    private long backlogRounds;

    /// @param partitions 0 for one store that all share
    public Stocks(MachineShape machine, int partitions) {
        this.machine = machine;
        this.parts = Math.max(1, partitions);
        long buffer = 0;
        for (MachineShape.Factory factory : machine.factories()) buffer += factory.buffer();
        this.magicBuffer = buffer;
        this.magic = new long[parts];
        this.pairs = new long[parts][machine.links().size()];
    }

    /// Whether magic states make nothing wait.
    private boolean magicUnlimited() {
        return machine.factories().isEmpty();
    }

    /// The most magic states that a part can ever have at once.
    public long magicMax() {
        return magicUnlimited() ? Integer.MAX_VALUE : magicBuffer / parts;
    }

    /// Magic states that can be made in one epoch.
    public long magicRate() {
        long rate = 0;
        for (MachineShape.Factory factory : machine.factories()) rate += factory.statesPerEpoch();
        return magicUnlimited() ? Integer.MAX_VALUE : Math.min(rate, Integer.MAX_VALUE - 1);
    }

    public long magic(long epoch) {
        return magicUnlimited() ? Integer.MAX_VALUE : magic[part(epoch)];
    }

    /// A copy of what the links have, in thousandths of a raw pair.
    public long[] pairs(long epoch) {
        return pairs[part(epoch)].clone();
    }

    public long backlogRounds() {
        return backlogRounds;
    }

    public void setMagic(long epoch, long left) {
        if (!magicUnlimited()) magic[part(epoch)] = left;
    }

    public void setPairs(long epoch, long[] left) {
        System.arraycopy(left, 0, pairs[part(epoch)], 0, left.length);
    }

    /// Whether a supply is one that the machine can make in an epoch.
    public boolean isPossible(Supply supply) {
        if (supply.factories() == 0 && supply.links() == 0) return true;
        List<MachineShape.Factory> factories = machine.factories();
        List<MachineShape.Link> links = machine.links();
        if (supply.factories() != factories.size() || supply.links() != links.size()) return false;
        for (int i = 0; i < factories.size(); i++) {
            if (supply.magic(i) > factories.get(i).statesPerEpoch()) return false;
        }
        for (int i = 0; i < links.size(); i++) {
            if (supply.pairs(i) > links.get(i).pairsPerEpoch()) return false;
        }
        return true;
    }

    /// Takes in a possible supply, as far as the buffers hold it.
    public void add(long epoch, Supply supply) {
        backlogRounds = supply.backlogRounds();
        int part = part(epoch);
        for (int i = 0; i < supply.factories(); i++) magic[part] += supply.magic(i);
        magic[part] = Math.min(magic[part], magicBuffer / parts);
        for (int i = 0; i < supply.links(); i++) {
            long most = machine.links().get(i).buffer() * PAIR / parts;
            pairs[part][i] = Math.min(pairs[part][i] + supply.pairs(i) * PAIR, most);
        }
    }

    private int part(long epoch) {
        return (int) (epoch % parts);
    }

    public void writeTo(ByteWriter out) {
        out.uint(backlogRounds);
        for (long states : magic) out.uint(states);
    }

    /// Writes the stores of every slices-th part.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        for (int i = slice; i < parts; i += slices) {
            for (long left : pairs[i]) out.uint(left);
        }
    }
}
