package org.qmk.machine.floor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.qmk.device.Extent;
import org.qmk.device.Placement;
import org.qmk.device.Planner;
import org.qmk.machine.FirstFitPlanner;

/// Proposes rectangles: a module's blocks are a floor, numbered row by row, and a wave gets the
/// shortest free rectangle that has room for it, where it touches most walls and taken blocks, in
/// the fullest module that has one. The last row of the rectangle may be used in part. If no module
/// has such a rectangle, the wave gets the lowest free blocks.
public final class FloorPlanner implements Planner {

    private final int width;
    private final int height;
    private final FirstFitPlanner lowest;

    /// Sides of a rectangle.
    private record Shape(int columns, int lines) {}

    /// What is free in one module.
    private record Module(int number, int[] rows, int free) {}

    /// @param width blocks in a row of a module, 1 to `Floor.SIDE_MAX`
    /// @param height rows of a module, 1 to `Floor.SIDE_MAX`
    public FloorPlanner(int width, int height) {
        if (!Floor.isSide(width) || !Floor.isSide(height)) {
            throw new IllegalArgumentException(
                    "modules of %d x %d blocks, expected sides of 1 to %d"
                            .formatted(width, height, Floor.SIDE_MAX));
        }
        this.width = width;
        this.height = height;
        this.lowest = new FirstFitPlanner(width * height);
    }

    @Override
    public Placement propose(List<Extent> free, int shots, int slots) {
        long wanted = (long) shots * slots;
        if (wanted < 1 || wanted > width * height) return lowest.propose(free, shots, slots);
        int blocks = (int) wanted;
        List<Module> modules = modules(free, blocks);
        for (Shape shape : shapes(blocks)) {
            for (Module module : modules) {
                int[] places = new int[height];
                if (!FreeRows.places(module.rows, shape.columns, shape.lines, places)) continue;
                return placement(module, shape, snuggest(module.rows, shape, places), blocks);
            }
        }
        return lowest.propose(free, shots, slots);
    }

    /// The rectangles that hold the blocks with no row to spare: shortest perimeter first, then the
    /// least room left in the last row.
    private List<Shape> shapes(int blocks) {
        List<Shape> shapes = new ArrayList<>();
        for (int lines = 1; lines <= height; lines++) {
            int columns = (blocks + lines - 1) / lines;
            boolean lastRowUsed = columns * (lines - 1) < blocks;
            if (columns <= width && lastRowUsed) shapes.add(new Shape(columns, lines));
        }
        shapes.sort(
                Comparator.comparingInt((Shape shape) -> shape.columns + shape.lines)
                        .thenComparingInt(shape -> shape.columns * shape.lines));
        return shapes;
    }

    /// The modules with enough free blocks, fullest first.
    private List<Module> modules(List<Extent> free, int blocks) {
        int size = width * height;
        List<Module> modules = new ArrayList<>();
        int[] rows = new int[height];
        int number = 0;
        int count = 0;
        for (Extent extent : free) {
            for (int block = extent.start(); block < extent.end(); block++) {
                if (block / size != number) {
                    if (count >= blocks) modules.add(new Module(number, rows.clone(), count));
                    Arrays.fill(rows, 0);
                    number = block / size;
                    count = 0;
                }
                int inside = block % size;
                rows[inside / width] |= 1 << inside % width;
                count++;
            }
        }
        if (count >= blocks) modules.add(new Module(number, rows.clone(), count));
        modules.sort(Comparator.comparingInt(Module::free));
        return modules;
    }

    /// The place with the least free blocks around, as y * width + x.
    private int snuggest(int[] rows, Shape shape, int[] places) {
        int best = -1;
        int bestOpen = Integer.MAX_VALUE;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if ((places[y] >>> x & 1) == 0) continue;
                int open = open(rows, shape, x, y);
                if (open >= bestOpen) continue;
                best = y * width + x;
                bestOpen = open;
            }
        }
        return best;
    }

    /// Free blocks that a rectangle touches.
    private int open(int[] rows, Shape shape, int x, int y) {
        int mask = FreeRows.mask(x, shape.columns);
        int open = 0;
        if (y > 0) open += Integer.bitCount(rows[y - 1] & mask);
        if (y + shape.lines < height) open += Integer.bitCount(rows[y + shape.lines] & mask);
        int sides = (mask << 1 | mask >>> 1) & ~mask;
        for (int line = y; line < y + shape.lines; line++) {
            open += Integer.bitCount(rows[line] & sides);
        }
        return open;
    }

    private Placement placement(Module module, Shape shape, int place, int blocks) {
        int first = module.number * width * height + place;
        if (shape.columns == width) return new Placement(List.of(new Extent(first, blocks)));
        List<Extent> extents = new ArrayList<>();
        int missing = blocks;
        for (int line = 0; line < shape.lines; line++) {
            int length = Math.min(missing, shape.columns);
            extents.add(new Extent(first + line * width, length));
            missing -= length;
        }
        return new Placement(extents);
    }
}
