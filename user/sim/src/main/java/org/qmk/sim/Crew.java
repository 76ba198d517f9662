package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads that share the tasks of a loop. Which thread takes a task is left to chance: tasks must
/// not depend on one another, nor on who carries them out.
final class Crew implements AutoCloseable {

    /// One task of a loop.
    interface Task {
        /// @param member number of the thread, below the crew's size
        void run(int member, int task);
    }

    private final int size;
    // Null where the caller is alone.
    private final ExecutorService others;

    /// @param size number of threads, the caller's among them
    Crew(int size) {
        this.size = size;
        others =
                size == 1
                        ? null
                        : Executors.newFixedThreadPool(
                                size - 1, Thread.ofPlatform().daemon().name("crew-", 1).factory());
    }

    /// The number of threads.
    int size() {
        return size;
    }

    /// Runs tasks 0 to tasks - 1, and waits for them.
    void run(int tasks, Task task) {
        if (others == null || tasks < 2) {
            for (int i = 0; i < tasks; i++) task.run(0, i);
            return;
        }
        var next = new AtomicInteger();
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 1; i < size; i++) {
            int member = i;
            waiting.add(others.submit(() -> work(member, tasks, next, task)));
        }
        try {
            work(0, tasks, next, task);
        } finally {
            next.set(tasks);
            for (Future<?> future : waiting) await(future);
        }
    }

    private static void work(int member, int tasks, AtomicInteger next, Task task) {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.run(member, i);
        }
    }

    /// Waits even when interrupted, so that no thread touches amplitudes that are gone.
    private static void await(Future<?> future) {
        boolean interrupted = false;
        while (true) {
            try {
                future.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a task failed", e.getCause());
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    @Override
    public void close() {
        if (others != null) others.close();
    }
}
