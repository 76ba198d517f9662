package org.qmk.qasm;

import java.util.Arrays;

/// The current value of every classical bit, as a literal of the network, and the names that its
/// measurements get.
final class BitStore {

    private static final int UNSET = -1;

    private final BitNetwork network;
    private final QasmNotes notes;
    private final int bitsMax;

    /// By place; UNSET where nothing was assigned, and UNSET - 1 - l once that was read as l.
    private int[] literals = new int[64];

    /// The variable that a place belongs to.
    private int[] owners = new int[64];

    /// How many measurements each place has had.
    private int[] measured = new int[64];

    private int size;
    private String[] ownerNames = new String[16];
    private int[] ownerStarts = new int[16];
    private boolean[] ownerScalar = new boolean[16];

    /// The condition under which each variable was declared. It is not seen elsewhere.
    private int[] ownerConditions = new int[16];

    private int ownerCount;

    /// The condition under which statements now run.
    int condition = BitNetwork.TRUE;

    BitStore(BitNetwork network, QasmNotes notes, int bitsMax) {
        this.network = network;
        this.notes = notes;
        this.bitsMax = bitsMax;
    }

    /// Makes places for a variable. Each reads as 0 until it is assigned; what is done where such
    /// a bit is 1 is kept all the same, so that its mistakes are found.
    ///
    /// @param name of the variable in the graph, unlike that of any other
    /// @param seen the condition under which anybody can see the variable
    int[] declare(String name, int width, boolean isScalar, int seen, int at) {
        if (width > bitsMax - size) throw notes.fatal(QasmRule.BOUND_BITS, at, bitsMax);
        if (ownerCount == ownerNames.length) {
            ownerNames = Arrays.copyOf(ownerNames, 2 * ownerCount);
            ownerStarts = Arrays.copyOf(ownerStarts, 2 * ownerCount);
            ownerScalar = Arrays.copyOf(ownerScalar, 2 * ownerCount);
            ownerConditions = Arrays.copyOf(ownerConditions, 2 * ownerCount);
        }
        ownerNames[ownerCount] = name;
        ownerStarts[ownerCount] = size;
        ownerScalar[ownerCount] = isScalar;
        ownerConditions[ownerCount] = seen;
        int[] places = new int[width];
        for (int i = 0; i < width; i++) places[i] = place();
        ownerCount++;
        return places;
    }

    private int place() {
        if (size == literals.length) {
            literals = Arrays.copyOf(literals, 2 * size);
            owners = Arrays.copyOf(owners, 2 * size);
            measured = Arrays.copyOf(measured, 2 * size);
        }
        literals[size] = UNSET;
        owners[size] = ownerCount;
        return size++;
    }

    int literal(int place) {
        if (literals[place] == UNSET) literals[place] = UNSET - 1 - network.unset();
        int literal = literals[place];
        return literal < 0 ? UNSET - 1 - literal : literal;
    }

    private int old(int place) {
        return Math.max(literals[place], BitNetwork.FALSE);
    }

    int[] literals(int[] places) {
        int[] values = new int[places.length];
        for (int i = 0; i < places.length; i++) values[i] = literal(places[i]);
        return values;
    }

    /// Gives a bit its first value: it is not seen where the condition does not hold.
    void set(int place, int literal) {
        literals[place] = literal;
    }

    /// Sets a bit where the condition holds.
    void assign(int place, int literal) {
        boolean everywhere = condition == ownerConditions[owners[place]];
        literals[place] = everywhere ? literal : network.select(condition, literal, old(place));
    }

    /// Sets a bit to an event that reads as 0 where the condition does not hold.
    void assignMeasured(int place, int leaf) {
        int old = old(place);
        boolean everywhere = condition == ownerConditions[owners[place]];
        literals[place] =
                everywhere || old == BitNetwork.FALSE ? leaf : network.select(condition, leaf, old);
    }

    /// The name of a bit: `c[1]`, or `c` for a single one.
    String name(int place) {
        int owner = owners[place];
        if (ownerScalar[owner]) return ownerNames[owner];
        return ownerNames[owner] + "[" + (place - ownerStarts[owner]) + "]";
    }

    /// The name of the next measurement of a bit: `c[1]`, then `c[1].1` and so on.
    String measurementName(int place) {
        int count = measured[place]++;
        return count == 0 ? name(place) : name(place) + "." + count;
    }
}
