package org.qmk.machine.floor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The nine kinds of queue of the published comparison (arXiv 2505.06741), with the figures that it
/// prints: speed-up over running one job at a time, geometric mean over 50 instances.
///
/// Jobs come in six kinds: small (25 to 100 tiles, sides of 5 to 10) and large (101 to 200 tiles,
/// sides of 10 to 20), each short, medium or long. The number of tiles is uniform over the numbers
/// that are a product of two allowed sides, the sides uniform over these products, the cycles
/// uniform; the order is shuffled.
public enum FloorClass {
    // formatter:off
    A(3.05, 3.06, 200, 20, 20, 20, 20, 20),
    B(3.78, 3.85, 20, 200, 20, 20, 20, 20),
    C(4.11, 4.20, 20, 20, 200, 20, 20, 20),
    D(1.80, 1.80, 20, 20, 20, 200, 20, 20),
    E(1.50, 1.50, 20, 20, 20, 20, 200, 20),
    F(1.40, 1.40, 20, 20, 20, 20, 20, 200),
    G(2.33, 2.33, 50, 50, 50, 50, 50, 50),
    H(4.42, 4.53, 90, 90, 90, 10, 10, 10),
    I(1.34, 1.34, 10, 10, 10, 90, 90, 90);
    // formatter:on

    /// Sides of the floor of the comparison.
    public static final int FLOOR_SIDE = 20;

    /// Waiting jobs that the published policies see.
    public static final int WINDOW = 5;

    private static final List<Cycles> CYCLES =
            List.of(
                    new Cycles(10_000, 20_000),
                    new Cycles(40_000, 60_000),
                    new Cycles(80_000, 100_000));

    private static final List<List<Sides>> SMALL = products(25, 100, 5, 10);
    private static final List<List<Sides>> LARGE = products(101, 200, 10, 20);

    private final double publishedGreedy;
    private final double publishedBest;
    private final int[] counts;

    private record Cycles(int min, int max) {}

    private record Sides(int width, int height) {}

    FloorClass(double publishedGreedy, double publishedBest, int... counts) {
        this.publishedGreedy = publishedGreedy;
        this.publishedBest = publishedBest;
        this.counts = counts;
    }

    /// What the authors print for their corner greedy.
    public double publishedGreedy() {
        return publishedGreedy;
    }

    /// What they print for their best, the greedy that also moves running jobs.
    public double publishedBest() {
        return publishedBest;
    }

    /// An empty floor of the comparison.
    public static Floor floor() {
        return new Floor(FLOOR_SIDE, FLOOR_SIDE);
    }

    /// The queue of a seed.
    public List<FloorJob> queue(long seed) {
        var random = new FloorRandom(FloorRandom.mixed(seed * values().length + ordinal()));
        List<FloorJob> queue = new ArrayList<>();
        for (int kind = 0; kind < counts.length; kind++) {
            List<List<Sides>> shapes = kind < CYCLES.size() ? SMALL : LARGE;
            Cycles cycles = CYCLES.get(kind % CYCLES.size());
            for (int i = 0; i < counts[kind]; i++) {
                List<Sides> products = shapes.get(random.below(shapes.size()));
                Sides sides = products.get(random.below(products.size()));
                int duration = cycles.min + random.below(cycles.max - cycles.min + 1);
                queue.add(new FloorJob(queue.size(), sides.width, sides.height, duration));
            }
        }
        for (int i = queue.size() - 1; i > 0; i--) {
            Collections.swap(queue, i, random.below(i + 1));
        }
        return List.copyOf(queue);
    }

    /// The numbers of tiles that are a product of two sides, each as all such products.
    private static List<List<Sides>> products(int tilesMin, int tilesMax, int min, int max) {
        List<List<Sides>> found = new ArrayList<>();
        for (int tiles = tilesMin; tiles <= tilesMax; tiles++) {
            List<Sides> products = new ArrayList<>();
            for (int width = min; width <= max; width++) {
                int height = tiles / width;
                boolean whole = width * height == tiles;
                if (whole && height >= min && height <= max) products.add(new Sides(width, height));
            }
            if (!products.isEmpty()) found.add(products);
        }
        return found;
    }
}
