package org.qmk.qec.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lists of symptoms, each kept once and numbered, with the chance that an odd number of the
/// errors that have exactly these symptoms happens. Lists under different tags are different.
final class ErrorClasses {

    private static final double NEW = 0;

    private long[] pool = new long[1 << 10];
    private int[] starts = new int[1 << 8];
    private int[] tags = new int[1 << 8];
    private double[] chances = new double[1 << 8];
    private int count;
    // The end of what is kept; the list in the making lies behind it.
    private int kept;
    private int tail;
    private int[] table = new int[1 << 9];
    private final List<String> tagNames = new ArrayList<>();

    ErrorClasses() {
        Arrays.fill(table, -1);
        tagNames.add("");
    }

    int count() {
        return count;
    }

    double chance(int id) {
        return chances[id];
    }

    int start(int id) {
        return starts[id];
    }

    int end(int id) {
        return id + 1 == count ? kept : starts[id + 1];
    }

    boolean isEmpty(int id) {
        return start(id) == end(id);
    }

    long[] pool() {
        return pool;
    }

    int tag(int id) {
        return tags[id];
    }

    String tagName(int id) {
        return tagNames.get(tags[id]);
    }

    /// The number of a tag.
    int tagOf(String name) {
        int tag = tagNames.indexOf(name);
        if (tag >= 0) return tag;
        tagNames.add(name);
        return tagNames.size() - 1;
    }

    void clear() {
        count = 0;
        kept = 0;
        tail = 0;
        Arrays.fill(table, -1);
    }

    /// Starts a list.
    void begin() {
        tail = kept;
    }

    boolean tailIsEmpty() {
        return tail == kept;
    }

    void append(long symptom) {
        room(1);
        pool[tail++] = symptom;
    }

    void append(long[] from, int start, int end) {
        room(end - start);
        // Room may have moved what is appended.
        System.arraycopy(from, start, pool, tail, end - start);
        tail += end - start;
    }

    void append(int id) {
        int start = start(id);
        int end = end(id);
        room(end - start);
        System.arraycopy(pool, start, pool, tail, end - start);
        tail += end - start;
    }

    /// Takes back the last symptom of the list in the making.
    void dropLast() {
        if (tail > kept) tail--;
    }

    /// Adds sorted symptoms modulo 2 to the list in the making.
    void xorTail(SymptomSet set) {
        var sum = new SymptomSet();
        sum.xor(pool, kept, tail);
        sum.xor(set);
        tail = kept;
        append(sum.items(), 0, sum.size());
    }

    private void room(int more) {
        if (tail + more > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(2 * pool.length, tail + more));
        }
    }

    /// The number of a sorted list.
    int store(SymptomSet set, int tag) {
        begin();
        append(set.items(), 0, set.size());
        return store(tag);
    }

    /// The number of the sum modulo 2 of two sorted lists.
    int storeSum(int a, int b, int tag) {
        begin();
        room(end(a) - start(a) + end(b) - start(b));
        tail = SymptomSet.merge(pool, start(a), end(a), pool, start(b), end(b), pool, tail);
        return store(tag);
    }

    /// The number of the list in the making.
    int store(int tag) {
        int hash = hash(kept, tail, tag);
        int slot = hash & table.length - 1;
        while (table[slot] >= 0) {
            int id = table[slot];
            if (tags[id] == tag && Arrays.equals(pool, start(id), end(id), pool, kept, tail)) {
                tail = kept;
                return id;
            }
            slot = slot + 1 & table.length - 1;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            tags = Arrays.copyOf(tags, 2 * count);
            chances = Arrays.copyOf(chances, 2 * count);
        }
        starts[count] = kept;
        tags[count] = tag;
        chances[count] = NEW;
        kept = tail;
        table[slot] = count++;
        if (2 * count > table.length) rehash();
        return count - 1;
    }

    private int hash(int from, int to, int tag) {
        long hash = tag;
        for (int i = from; i < to; i++) hash = (hash ^ pool[i]) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32);
    }

    private void rehash() {
        table = new int[2 * table.length];
        Arrays.fill(table, -1);
        for (int id = 0; id < count; id++) {
            int slot = hash(start(id), end(id), tags[id]) & table.length - 1;
            while (table[slot] >= 0) slot = slot + 1 & table.length - 1;
            table[slot] = id;
        }
    }

    /// Adds an independent error to a class.
    void add(int id, double chance) {
        if (isEmpty(id)) return;
        double old = chances[id];
        chances[id] = old * (1 - chance) + (1 - old) * chance;
    }

    void forget(int id) {
        chances[id] = NEW;
    }

    /// The classes that have a chance, in the order of their symptoms, then of their tags.
    int[] sorted() {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            if (chances[id] != 0 && !isEmpty(id)) ids.add(id);
        }
        ids.sort(this::compare);
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private int compare(int a, int b) {
        int order = Arrays.compare(pool, start(a), end(a), pool, start(b), end(b));
        return order != 0 ? order : tagName(a).compareTo(tagName(b));
    }
}
