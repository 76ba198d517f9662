package org.qmk.device;

/// A job of the kernel, numbered from 1 in the order of acceptance; 0 names none.
public record JobId(long number) implements Comparable<JobId> {
    public JobId {
        if (number < 0) {
            throw new IllegalArgumentException("job is " + number + ", expected 0 or more");
        }
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(number, other.number);
    }
}
