package org.qmk.runtime.token;

import java.util.EnumSet;
import java.util.Set;
import org.qmk.qvm.Capability;

/// The numbers by which seals and tokens name kinds of right. They never change: the order of the
/// table may.
final class CapabilityCode {

    /// All bits that mean something.
    static final int MASK = mask(EnumSet.allOf(Capability.class));

    private CapabilityCode() {}

    static int of(Capability capability) {
        return switch (capability) {
            case ALLOC -> 0;
            case TELEPORT -> 1;
            case MAGIC -> 2;
            case LINK -> 3;
            case CHECKPOINT -> 4;
            case MIGRATE -> 5;
            case OBSERVE -> 6;
            case DELEGATE -> 7;
            case ADMIN -> 8;
        };
    }

    /// A set as bits: bit n stands for the right of number n.
    static int mask(Set<Capability> capabilities) {
        int mask = 0;
        for (Capability capability : capabilities) mask |= 1 << of(capability);
        return mask;
    }

    /// @param mask bits of `MASK` only
    static EnumSet<Capability> set(int mask) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((mask >> of(capability) & 1) == 1) capabilities.add(capability);
        }
        return capabilities;
    }
}
