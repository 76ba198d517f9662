package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.device.TileFloor;
import org.qmk.machine.profile.FieldErrors;
import org.qmk.machine.profile.FieldReader;
import org.qmk.machine.surgery.TileGrid;
import tools.jackson.databind.JsonNode;

/// One machine file's fields, and what is wrong with them.
final class MachineFields {

    static final List<String> ALL =
            List.of(
                    "name",
                    "description",
                    "modules",
                    "blocksPerModule",
                    "roundsPerEpoch",
                    "rates",
                    "statesPerRotation",
                    "factories",
                    "links",
                    "topology",
                    "times",
                    "decoder",
                    "floor",
                    "profiles");

    private static final List<String> RATES =
            List.of("operations", "lanes", "measurements", "decoderRounds");
    private static final List<String> FACTORY =
            List.of("count", "statesPerEpoch", "buffer", "failurePermille", "pipeline");
    private static final List<String> PIPELINE = List.of("copies", "levels");
    private static final List<String> LEVEL =
            List.of("units", "inputs", "outputs", "rounds", "failure", "buffer");
    private static final List<String> LINK =
            List.of("from", "to", "pairsPerEpoch", "buffer", "fidelity", "lossPermille");
    private static final List<String> TOPOLOGY =
            List.of("kind", "pairsPerEpoch", "buffer", "fidelity", "lossPermille");
    private static final List<String> TIMES = List.of("cliffords", "rotationTail", "ccz");
    private static final List<String> DECODER = List.of("latencyRounds", "farm");

    /// The kernel keeps a table of the first link from each module to each other.
    private static final int MODULES_MAX = 1024;

    private static final int BLOCKS_MAX = 1 << 24;
    private static final int SOURCES_MAX = 8192;
    private static final int UNITS_MAX = 1 << 20;
    private static final String UNLIMITED = "unlimited";
    private static final String CODES = "QMK-MACHINE";

    private final JsonNode root;
    private final List<String> errors = new ArrayList<>();
    private final List<MachineShape.Factory> factories = new ArrayList<>();
    private final List<Integer> failures = new ArrayList<>();
    private final List<Optional<FactoryPipeline>> pipelines = new ArrayList<>();
    private final List<MachineShape.Link> links = new ArrayList<>();
    private final List<Integer> losses = new ArrayList<>();

    MachineFields(JsonNode root) {
        this.root = root;
    }

    MachineFile.Reading model() {
        known(root, "", ALL);
        String name = text("name");
        String description = text("description");
        int before = errors.size();
        int modules = count(root, "", "modules", 1, MODULES_MAX);
        boolean modulesKnown = errors.size() == before;
        int perModule = count(root, "", "blocksPerModule", 1, Integer.MAX_VALUE);
        int rounds = count(root, "", "roundsPerEpoch", 1, Integer.MAX_VALUE);
        atMost("blocks", (long) modules * perModule, BLOCKS_MAX);
        MachineShape.Rates rates = rates();
        int perRotation = count(root, "", "statesPerRotation", 0, Integer.MAX_VALUE);
        factories();
        links(modulesKnown ? modules : Integer.MAX_VALUE);
        topology(modules);
        OperationTimes times = times();
        int latency = latency(rates);
        Optional<DecoderFarm> farm = farm(rates, rounds);
        TileFloor floor = floor(modules, perModule);
        List<String> profiles = profiles();
        if (!errors.isEmpty()) return new MachineFile.Reading.Failed(List.copyOf(errors));
        var shape =
                new MachineShape(
                        name,
                        modules,
                        perModule,
                        rounds,
                        rates,
                        perRotation,
                        factories,
                        links,
                        times);
        var traits = new DeviceTraits(failures, pipelines, losses, latency, farm);
        return new MachineFile.Reading.Ok(
                new MachineModel(shape.on(floor), traits, description, profiles));
    }

    private MachineShape.Rates rates() {
        JsonNode rates = mapping(root.path("rates"), "rates", RATES);
        return new MachineShape.Rates(
                rate(rates, "operations"),
                rate(rates, "lanes"),
                rate(rates, "measurements"),
                rate(rates, "decoderRounds"));
    }

    private OperationTimes times() {
        if (root.path("times").isMissingNode()) return OperationTimes.UNIT;
        JsonNode times = mapping(root.path("times"), "times", TIMES);
        int most = OperationTimes.EPOCHS_MAX;
        return new OperationTimes(
                count(times, "times.", "cliffords", 0, 1),
                count(times, "times.", "rotationTail", 0, most),
                count(times, "times.", "ccz", 1, most));
    }

    private void factories() {
        List<JsonNode> entries = list("factories");
        long units = 0;
        for (int i = 0; i < entries.size(); i++) {
            String path = "factories[" + i + "].";
            JsonNode entry = mapping(entries.get(i), "factories[" + i + "]", FACTORY);
            int count = entry.has("count") ? count(entry, path, "count", 1, SOURCES_MAX) : 1;
            int states = count(entry, path, "statesPerEpoch", 1, MachineModel.YIELD_MAX);
            int buffer = count(entry, path, "buffer", 1, Integer.MAX_VALUE);
            Optional<FactoryPipeline> pipeline = pipeline(entry, path + "pipeline");
            boolean attempts = entry.path("pipeline").isMissingNode();
            int failure = attempts ? count(entry, path, "failurePermille", 0, 1000) : 0;
            if (!attempts && entry.has("failurePermille")) {
                String expected = "nothing beside a pipeline, whose levels say how they fail";
                wrong(path + "failurePermille", entry.path("failurePermille"), expected);
            }
            if (!atMost("factories", factories.size() + count, SOURCES_MAX)) return;
            units += count * pipeline.map(FactoryPipeline::units).orElse(0L);
            if (!atMost("units of factories", units, UNITS_MAX)) return;
            for (int n = 0; n < count; n++) {
                factories.add(new MachineShape.Factory(states, buffer));
                failures.add(failure);
                pipelines.add(pipeline);
            }
        }
    }

    /// A pipeline, or nothing if there is none or it is wrong, which is said.
    private Optional<FactoryPipeline> pipeline(JsonNode factory, String path) {
        JsonNode node = factory.path("pipeline");
        if (node.isMissingNode()) return Optional.empty();
        int before = errors.size();
        mapping(node, path, PIPELINE);
        int copies = count(node, path + ".", "copies", 1, FactoryPipeline.COPIES_MAX);
        JsonNode entries = node.path("levels");
        boolean many = entries.size() > FactoryPipeline.LEVELS_MAX;
        if (!entries.isArray() || entries.isEmpty() || many) {
            wrong(
                    path + ".levels",
                    entries,
                    "a list of 1 to %d levels".formatted(FactoryPipeline.LEVELS_MAX));
            return Optional.empty();
        }
        List<FactoryPipeline.Level> levels = new ArrayList<>();
        int below = 0;
        for (int i = 0; i < entries.size(); i++) {
            String at = path + ".levels[" + i + "].";
            JsonNode level = mapping(entries.get(i), path + ".levels[" + i + "]", LEVEL);
            int units = count(level, at, "units", 1, FactoryPipeline.UNITS_MAX);
            int inputs = count(level, at, "inputs", i == 0 ? 0 : 1, below);
            int outputs = count(level, at, "outputs", 1, MachineModel.YIELD_MAX);
            int rounds = count(level, at, "rounds", 1, Integer.MAX_VALUE);
            int buffer = count(level, at, "buffer", outputs, Integer.MAX_VALUE);
            JsonNode failure = level.path("failure");
            boolean chance =
                    failure.isNumber() && failure.doubleValue() >= 0 && failure.doubleValue() <= 1;
            if (!chance) wrong(at + "failure", failure, "a number from 0 to 1");
            levels.add(
                    new FactoryPipeline.Level(
                            units,
                            inputs,
                            outputs,
                            rounds,
                            chance ? failure.doubleValue() : 0,
                            buffer));
            below = levels.getLast().keeps();
        }
        if (errors.size() > before) return Optional.empty();
        return Optional.of(new FactoryPipeline(copies, levels));
    }

    private void links(int modules) {
        List<JsonNode> entries = list("links");
        if (!atMost("links", entries.size(), SOURCES_MAX)) return;
        for (int i = 0; i < entries.size(); i++) {
            String path = "links[" + i + "].";
            JsonNode entry = mapping(entries.get(i), "links[" + i + "]", LINK);
            int before = errors.size();
            int from = count(entry, path, "from", 0, Integer.MAX_VALUE);
            int to = count(entry, path, "to", 0, Integer.MAX_VALUE);
            boolean apart = from != to && Math.max(from, to) < modules;
            if (errors.size() == before && !apart) {
                errors.add(MachineRule.ENDS.message("links[" + i + "]", from, to, modules - 1));
            }
            link(entry, path, apart ? List.of(new Topology.Ends(from, to)) : List.of());
        }
    }

    private void topology(int modules) {
        if (root.path("topology").isMissingNode()) return;
        JsonNode entry = mapping(root.path("topology"), "topology", TOPOLOGY);
        JsonNode kind = entry.path("kind");
        var topology = Topology.of(kind.isString() ? kind.stringValue() : "");
        if (topology.isEmpty()) wrong("topology.kind", kind, "one of ring, grid, all");
        long count = topology.isEmpty() ? 0 : topology.get().links(modules);
        boolean fits = atMost("links", links.size() + count, SOURCES_MAX);
        link(
                entry,
                "topology.",
                fits && topology.isPresent() ? topology.get().ends(modules) : List.of());
    }

    /// Reads what links have in common, and adds one for each pair of ends.
    private void link(JsonNode entry, String path, List<Topology.Ends> ends) {
        int pairs = count(entry, path, "pairsPerEpoch", 1, MachineModel.YIELD_MAX);
        int buffer = count(entry, path, "buffer", 1, Integer.MAX_VALUE);
        JsonNode fidelity = entry.path("fidelity");
        boolean good =
                fidelity.isNumber() && fidelity.doubleValue() > 0.5 && fidelity.doubleValue() <= 1;
        if (!good) wrong(path + "fidelity", fidelity, "a number above 0.5, at most 1");
        int loss = count(entry, path, "lossPermille", 0, 1000);
        if (!good) return;
        for (Topology.Ends end : ends) {
            links.add(
                    new MachineShape.Link(
                            end.from(), end.to(), pairs, buffer, fidelity.doubleValue()));
            losses.add(loss);
        }
    }

    /// The tiles of one module, if the machine has any.
    private TileFloor floor(int modules, int blocksPerModule) {
        JsonNode node = root.path("floor");
        if (node.isMissingNode()) return TileFloor.NONE;
        List<String> rows = new ArrayList<>();
        for (JsonNode row : node) rows.add(row.isString() ? row.stringValue() : "");
        TileFloor floor;
        try {
            floor = new TileFloor(rows);
        } catch (IllegalArgumentException malformed) {
            floor = TileFloor.NONE;
        }
        if (floor.isNone()) {
            wrong("floor", node, "rows of one length, of the letters Q . P #");
            return floor;
        }
        if (!atMost("tiles", (long) modules * floor.size(), BLOCKS_MAX)) return floor;
        int blocks = floor.count(TileFloor.BLOCK);
        if (blocks != blocksPerModule) {
            errors.add(MachineRule.FLOOR_BLOCKS.message(blocks, blocksPerModule));
        } else if (!new TileGrid(floor, 1).isJoined()) {
            errors.add(MachineRule.FLOOR_APART.message());
        }
        return floor;
    }

    private int latency(MachineShape.Rates rates) {
        if (root.path("decoder").isMissingNode()) return 0;
        JsonNode decoder = mapping(root.path("decoder"), "decoder", DECODER);
        if (!decoder.has("latencyRounds")) return 0;
        int latency = count(decoder, "decoder.", "latencyRounds", 0, 1 << 20);
        if (latency > 0 && rates.decoderRounds() == MachineShape.UNLIMITED) {
            errors.add(MachineRule.LATENCY.message(latency));
        }
        return latency;
    }

    private Optional<DecoderFarm> farm(MachineShape.Rates rates, int roundsPerEpoch) {
        JsonNode node = root.path("decoder").path("farm");
        if (node.isMissingNode()) return Optional.empty();
        var wrong = new FieldErrors(CODES);
        var farm = FarmFields.read(new FieldReader(root.path("decoder"), "decoder.", wrong), wrong);
        errors.addAll(wrong.all());
        if (rates.decoderRounds() == MachineShape.UNLIMITED) {
            errors.add(MachineRule.FARM_LIMIT.message());
        } else if (farm.isPresent()) {
            // What the kernel is promised, it must get in the long run, or queues grow for ever.
            double decoded = farm.get().roundsPerRound() * roundsPerEpoch;
            if (rates.decoderRounds() > decoded * (1 + 1e-9)) {
                errors.add(MachineRule.FARM_RATE.message(rates.decoderRounds(), (long) decoded));
            }
        }
        return farm;
    }

    private List<String> profiles() {
        JsonNode node = root.path("profiles");
        List<String> texts = new ArrayList<>();
        boolean right = node.isArray();
        for (JsonNode element : node) {
            right &= element.isString();
            if (element.isString()) texts.add(element.stringValue());
        }
        if (!right) wrong("profiles", node, "a list of texts");
        return texts;
    }

    private String text(String field) {
        JsonNode node = root.path(field);
        if (node.isString() && !node.stringValue().isBlank()) return node.stringValue();
        wrong(field, node, "text");
        return "";
    }

    /// A list that may be missing.
    private List<JsonNode> list(String field) {
        JsonNode node = root.path(field);
        List<JsonNode> entries = new ArrayList<>();
        if (node.isArray()) node.forEach(entries::add);
        else if (!node.isMissingNode()) wrong(field, node, "a list");
        return entries;
    }

    /// The node if it is a mapping; else says so, and for each field that it lacks.
    private JsonNode mapping(JsonNode node, String path, List<String> fields) {
        if (node.isObject()) known(node, path + ".", fields);
        else wrong(path, node, "a mapping with the fields " + fields);
        return node;
    }

    private void known(JsonNode node, String path, List<String> fields) {
        for (String field : new TreeSet<>(node.propertyNames())) {
            if (!fields.contains(field)) {
                errors.add(MachineRule.FIELD.message(path + field, fields));
            }
        }
    }

    /// @return the number, or the least one if it is wrong
    private int count(JsonNode in, String path, String field, int least, int most) {
        JsonNode node = in.path(field);
        boolean whole = node.isIntegralNumber() && node.canConvertToInt();
        if (whole && node.intValue() >= least && node.intValue() <= most) return node.intValue();
        wrong(path + field, node, "a whole number from %d to %d".formatted(least, most));
        return least;
    }

    /// A number of which 2^31 - 1 means, as the word does, that there is no limit.
    private int rate(JsonNode in, String field) {
        JsonNode node = in.path(field);
        if (node.isString() && node.stringValue().equals(UNLIMITED)) return MachineShape.UNLIMITED;
        boolean whole = node.isIntegralNumber() && node.canConvertToInt();
        if (whole && node.intValue() >= 1) return node.intValue();
        wrong("rates." + field, node, "a whole number from 1 to 2147483647, or unlimited");
        return 1;
    }

    private boolean atMost(String what, long count, long most) {
        if (count <= most) return true;
        errors.add(MachineRule.SIZE.message(count, what, most));
        return false;
    }

    private void wrong(String field, JsonNode found, String expected) {
        String what = found.isMissingNode() ? "missing" : found.toString();
        errors.add(MachineRule.VALUE.message(field, what, expected));
    }
}
