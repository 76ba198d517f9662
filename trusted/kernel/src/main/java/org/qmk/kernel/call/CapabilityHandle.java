package org.qmk.kernel.call;

/// A capability as its session names it.
///
/// @param slot place in the kernel's table
/// @param generation how often the slot was given before; an old generation names nothing
public record CapabilityHandle(int slot, int generation) {
    public CapabilityHandle {
        if (slot < 0 || generation < 0) {
            throw new IllegalArgumentException(
                    "handle is " + slot + ", " + generation + ", expected 0 or more");
        }
    }
}
