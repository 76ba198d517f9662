package org.qmk.device;

import java.util.List;

/// What the kernel must know of a machine.
///
/// Blocks are numbered module by module: block b is in module b / blocksPerModule. A rate of
/// `UNLIMITED` makes nothing wait.
///
/// @param name what people call it
/// @param modules modules, all of one size
/// @param blocksPerModule logical qubits that one module can hold at once
/// @param roundsPerEpoch rounds of stabilizer measurement in one epoch: the code distance
/// @param rates what the whole machine can do in one epoch
/// @param statesPerRotation magic states that one synthesised rotation consumes
/// @param factories sources of magic states
/// @param links sources of Bell pairs between modules
/// @param times how many epochs operations take
/// @param floor where the blocks of a module lie, and what routes between them lead through
public record MachineShape(
        String name,
        int modules,
        int blocksPerModule,
        int roundsPerEpoch,
        Rates rates,
        int statesPerRotation,
        List<Factory> factories,
        List<Link> links,
        OperationTimes times,
        TileFloor floor) {

    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int BLOCKS_MAX = 1 << 24;

    /// @param operations logical operations
    /// @param lanes operations that need a routing lane: those on two qubits and more
    /// @param measurements logical measurements
    /// @param decoderRounds rounds of one block that the decoders can decode
    public record Rates(int operations, int lanes, int measurements, int decoderRounds) {
        public Rates {
            atLeast("operations", operations, 1);
            atLeast("lanes", lanes, 1);
            atLeast("measurements", measurements, 1);
            atLeast("decoderRounds", decoderRounds, 1);
        }
    }

    /// A magic state factory.
    ///
    /// @param statesPerEpoch states that it can make in one epoch
    /// @param buffer states that it can keep
    public record Factory(int statesPerEpoch, int buffer) {
        public Factory {
            atLeast("statesPerEpoch", statesPerEpoch, 1);
            atLeast("buffer", buffer, 1);
        }
    }

    /// A source of Bell pairs between two modules.
    ///
    /// @param pairsPerEpoch raw pairs that it can make in one epoch
    /// @param buffer raw pairs that it can keep
    /// @param fidelity of a raw pair, more than 0.5, at most 1
    public record Link(int from, int to, int pairsPerEpoch, int buffer, double fidelity) {
        public Link {
            atLeast("from", from, 0);
            atLeast("to", to, 0);
            atLeast("pairsPerEpoch", pairsPerEpoch, 1);
            atLeast("buffer", buffer, 1);
            if (!(fidelity > 0.5 && fidelity <= 1)) {
                throw new IllegalArgumentException(
                        "fidelity is " + fidelity + ", expected more than 0.5 and at most 1");
            }
        }
    }

    public MachineShape {
        atLeast("modules", modules, 1);
        atLeast("blocksPerModule", blocksPerModule, 1);
        atLeast("roundsPerEpoch", roundsPerEpoch, 1);
        atLeast("statesPerRotation", statesPerRotation, 0);
        if ((long) modules * blocksPerModule > BLOCKS_MAX) {
            throw new IllegalArgumentException(
                    "the machine has more than " + BLOCKS_MAX + " blocks");
        }
        boolean fits = floor.isNone() || floor.count(TileFloor.BLOCK) == blocksPerModule;
        if (!fits || (long) modules * floor.size() > BLOCKS_MAX) {
            throw new IllegalArgumentException(
                    "the floor has other than "
                            + blocksPerModule
                            + " blocks a module, or more than "
                            + BLOCKS_MAX
                            + " tiles in all");
        }
        factories = List.copyOf(factories);
        links = List.copyOf(links);
        for (Link link : links) {
            if (link.from() == link.to() || Math.max(link.from(), link.to()) >= modules) {
                throw new IllegalArgumentException(
                        "a link joins modules "
                                + link.from()
                                + " and "
                                + link.to()
                                + ", expected two different ones below "
                                + modules);
            }
        }
    }

    /// A machine on which only rates limit what is routed.
    public MachineShape(
            String name,
            int modules,
            int blocksPerModule,
            int roundsPerEpoch,
            Rates rates,
            int statesPerRotation,
            List<Factory> factories,
            List<Link> links,
            OperationTimes times) {
        this(
                name,
                modules,
                blocksPerModule,
                roundsPerEpoch,
                rates,
                statesPerRotation,
                factories,
                links,
                times,
                TileFloor.NONE);
    }

    /// The same, on which every operation takes one epoch.
    public MachineShape(
            String name,
            int modules,
            int blocksPerModule,
            int roundsPerEpoch,
            Rates rates,
            int statesPerRotation,
            List<Factory> factories,
            List<Link> links) {
        this(
                name,
                modules,
                blocksPerModule,
                roundsPerEpoch,
                rates,
                statesPerRotation,
                factories,
                links,
                OperationTimes.UNIT);
    }

    /// A machine of one module whose only limits are blocks and operations.
    public static MachineShape plain(String name, int blocks, int operations, int rounds) {
        var rates = new Rates(operations, UNLIMITED, UNLIMITED, UNLIMITED);
        return new MachineShape(name, 1, blocks, rounds, rates, 0, List.of(), List.of());
    }

    /// The same machine on a floor of tiles.
    public MachineShape on(TileFloor tiles) {
        return new MachineShape(
                name,
                modules,
                blocksPerModule,
                roundsPerEpoch,
                rates,
                statesPerRotation,
                factories,
                links,
                times,
                tiles);
    }

    /// Logical qubits that the machine can hold at once.
    public int blocks() {
        return modules * blocksPerModule;
    }

    public int operationsPerEpoch() {
        return rates.operations();
    }

    private static void atLeast(String field, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    field + " is " + value + ", expected " + least + " or more");
        }
    }
}
