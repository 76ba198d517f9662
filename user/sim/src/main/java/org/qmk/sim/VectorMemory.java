package org.qmk.sim;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What of the machine's memory a state vector may take. It is held outside the heap, so that the
/// heap need not be large.
final class VectorMemory {

    private VectorMemory() {}

    /// The most that a state may take. Asking the machine takes a moment, so it is not asked where
    /// as much as could lie on the heap is enough.
    ///
    /// @param need what is wanted
    static long bytesMax(long need) {
        long heap = HeapMemory.bytesMax();
        if (need <= heap) return heap;
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long memory = system.getTotalMemorySize();
        long offered = memory - memory / 8 - Runtime.getRuntime().totalMemory();
        return Math.max(heap, offered);
    }
}
