package org.qmk.machine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.qmk.device.JobId;

/// The windows of all blocks before the decoders of a farm: first come, first served, and a window
/// comes when its rounds are measured and the windows that it waits for are decoded.
///
/// Times are rounds since the beginning. A window is complete for all blocks of a wave at once,
/// since they are held for the same epochs.
final class FarmQueue implements DecoderQueue {

    /// A window of all blocks of a wave.
    private static final class Window {
        final long complete;
        final int rounds;
        final int covered;

        /// Blocks for which nothing was begun, and when the last of the others is done.
        int left;

        double done;

        Window(long complete, int rounds, int covered, int left) {
            this.complete = complete;
            this.rounds = rounds;
            this.covered = covered;
            this.left = left;
        }
    }

    /// The blocks of a wave.
    private static final class Stream {
        final long firstPatch;
        final long start;
        boolean ended;

        /// By block: the number past the last window that was begun in order, and when it is done.
        /// Of parallel windows the even ones are begun in order.
        final long[] begun;

        final double[] done;

        /// Those that are complete and not told, by number.
        final TreeMap<Long, Window> windows = new TreeMap<>();

        /// The number of the next window that will be complete.
        long next;

        /// Rounds that complete windows decide, and those that told ones do.
        long complete;

        long told;

        Stream(long firstPatch, long start, int blocks) {
            this.firstPatch = firstPatch;
            this.start = start;
            begun = new long[blocks];
            done = new double[blocks];
        }
    }

    /// A window of a block that waits for nothing but a decoder from `available` on.
    private record Task(double available, Stream stream, int block, long number, Window window) {

        static final Comparator<Task> ORDER =
                Comparator.comparingDouble(Task::available)
                        .thenComparingLong(task -> task.window.complete)
                        .thenComparingLong(task -> task.stream.firstPatch + task.block)
                        .thenComparingLong(Task::number);
    }

    private final DecoderFarm farm;
    private final int latencyRounds;
    private final WindowDecoding decoding;
    private final TreeMap<JobId, Stream> streams = new TreeMap<>();
    private final PriorityQueue<Task> waiting = new PriorityQueue<>(Task.ORDER);

    /// When each decoder is free.
    private final PriorityQueue<Double> decoders = new PriorityQueue<>();

    private long clock;
    private long epochStart;
    private long patches;

    /// Rounds of windows that are complete and not begun; and those of them that were not complete
    /// when the epoch began.
    private long unbegun;

    private long fresh;

    FarmQueue(DecoderFarm farm, int latencyRounds, WindowDecoding decoding) {
        this.farm = farm;
        this.latencyRounds = latencyRounds;
        this.decoding = decoding;
        for (int i = 0; i < farm.workers(); i++) decoders.add(0.0);
    }

    @Override
    public void begin(JobId job, long blocks) {
        var stream = new Stream(patches, clock, (int) blocks);
        patches += blocks;
        streams.put(job, stream);
    }

    @Override
    public void end(JobId job) {
        Stream stream = streams.remove(job);
        if (stream == null) return;
        stream.ended = true;
        int rest = (int) (clock - stream.start - stream.complete);
        if (rest > 0) complete(stream, clock, rest, rest);
        // A last window that waited for two neighbours has but one.
        long last = stream.next - 1;
        if (!farm.parallel() || (last & 1) == 0) return;
        for (int block = 0; block < stream.begun.length; block++) {
            if (stream.begun[block] == last) offer(stream, block, last, stream.done[block]);
        }
    }

    @Override
    public void pass(int rounds, long idleRounds) {
        epochStart = clock;
        fresh = 0;
        idle(idleRounds);
        clock += rounds;
        int covered = farm.commit() + farm.buffer();
        for (Stream stream : streams.values()) {
            long at = stream.start + stream.complete + covered;
            for (; at <= clock; at += farm.commit()) {
                complete(stream, at, farm.commit(), covered);
            }
        }
        while (!waiting.isEmpty()
                && waiting.peek().available <= clock
                && decoders.peek() <= clock) {
            start(waiting.remove());
        }
        for (Stream stream : streams.values()) tell(stream);
    }

    private void idle(long rounds) {
        for (long left = rounds; left > 0; left -= farm.commit()) {
            int decided = (int) Math.min(left, farm.commit());
            var window = new Window(clock, decided, farm.commit() + farm.buffer(), 1);
            waiting.add(new Task(clock, new Stream(patches++, clock, 1), 0, 0, window));
            unbegun += decided;
        }
    }

    private void complete(Stream stream, long at, int decided, int covered) {
        int blocks = stream.begun.length;
        long number = stream.next++;
        stream.complete += decided;
        stream.windows.put(number, new Window(at, decided, covered, blocks));
        unbegun += (long) decided * blocks;
        if (at > epochStart) fresh += (long) decided * blocks;
        if (farm.parallel() && (number & 1) != 0) return;
        for (int block = 0; block < blocks; block++) {
            if (farm.parallel()) offer(stream, block, number, at);
            else if (stream.begun[block] == number) {
                offer(stream, block, number, stream.done[block]);
            }
        }
    }

    private void offer(Stream stream, int block, long number, double after) {
        Window window = stream.windows.get(number);
        waiting.add(new Task(Math.max(window.complete, after), stream, block, number, window));
    }

    private void start(Task task) {
        double from = Math.max(task.available, decoders.remove());
        Window window = task.window;
        Stream stream = task.stream;
        double until =
                from + decoding.rounds(stream.firstPatch + task.block, task.number, window.covered);
        decoders.add(until);
        window.left--;
        window.done = Math.max(window.done, until);
        unbegun -= window.rounds;
        if (window.complete > epochStart) fresh -= window.rounds;
        follow(task, until);
    }

    /// Offers the windows that waited for this one.
    private void follow(Task task, double until) {
        Stream stream = task.stream;
        int block = task.block;
        long number = task.number;
        boolean inOrder = !farm.parallel() || (number & 1) == 0;
        if (!inOrder) return;
        double before = stream.done[block];
        stream.begun[block] = number + 1;
        stream.done[block] = until;
        if (!farm.parallel()) {
            if (number + 1 < stream.next) offer(stream, block, number + 1, until);
            return;
        }
        if (number > 0) offer(stream, block, number - 1, Math.max(before, until));
        if (stream.ended && number + 2 == stream.next) offer(stream, block, number + 1, until);
    }

    private void tell(Stream stream) {
        while (!stream.windows.isEmpty()) {
            Window window = stream.windows.firstEntry().getValue();
            if (window.left > 0 || window.done + latencyRounds > clock) return;
            stream.windows.pollFirstEntry();
            stream.told += window.rounds;
        }
    }

    @Override
    public Mark mark() {
        return new Mark(clock, 0);
    }

    @Override
    public boolean done(JobId job, Mark mark) {
        Stream stream = streams.get(job);
        return stream.begun.length == 0 || mark.clock() <= stream.start + stream.told;
    }

    /// Rounds of windows that were complete when the epoch began, and that no decoder has begun.
    @Override
    public long backlogRounds() {
        return unbegun - fresh;
    }
}
