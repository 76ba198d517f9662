package org.qmk.server.edge;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the calls that run, so that a server can stop when they are over.
final class RunningCalls {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private int count;
    private boolean closed;

    /// @return whether the call may run; it must `leave` then
    boolean enter() {
        lock.lock();
        try {
            if (!closed) count++;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            if (--count == 0) over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean open() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Lets no more calls in, and waits.
    ///
    /// @return whether no call runs
    boolean close(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            long left = atMost.toNanos();
            while (count > 0 && left > 0) left = over.awaitNanos(left);
            return count == 0;
        } finally {
            lock.unlock();
        }
    }
}
