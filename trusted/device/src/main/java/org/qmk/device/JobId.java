package org.qmk.device;

/// A job of the kernel, numbered from 1 in the order of acceptance.
public record JobId(long number) implements Comparable<JobId> {
    @Override
    public int compareTo(JobId other) {
        return Long.compare(number, other.number);
    }
}
