package org.qmk.server.page;

import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.JobKey;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What a viewer's browser is told of the machine.
final class PictureJson {

    static final JsonFactory FACTORY = new JsonFactory();

    /// Tenants that an administrator is shown at once; those with the most jobs in flight come
    /// first.
    private static final int LOADS_MAX = 256;

    /// Sources that are listed one by one; of more than that only the sums are told.
    private static final int SOURCES_MAX = 1_024;

    private final Engine engine;
    private final MachineShape shape;
    private final Policy policy;
    private final Directory directory;
    private final MapGrid grid;

    PictureJson(Engine engine, MachineShape shape) {
        this.engine = engine;
        this.shape = shape;
        this.policy = engine.policy();
        this.directory = engine.directory();
        this.grid = MapGrid.of(shape);
    }

    /// What the server does now, in one word.
    String state() {
        if (engine.stopped().isPresent()) return "STOPPED";
        return engine.draining() ? "DRAINING" : "SERVING";
    }

    /// What does not change while the server runs.
    String shape(Viewer viewer) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            viewer(viewer, json);
            json.writeStringProperty("machine", shape.name());
            json.writeStringProperty("description", engine.machine().description());
            json.writeNumberProperty("modules", shape.modules());
            json.writeNumberProperty("blocksPerModule", shape.blocksPerModule());
            json.writeNumberProperty("groups", grid.groups());
            json.writeNumberProperty("blocksPerGroup", grid.blocksPerGroup());
            json.writeNumberProperty("blocksPerCell", grid.blocksPerCell());
            json.writeBooleanProperty("apart", apart());
            json.writeStringProperty("order", policy.order().name());
            json.writeNumberProperty("backlogRoundsPerBlock", policy.backlogRoundsPerBlock());
            limit("decoderRounds", shape.rates().decoderRounds(), json);
            limit("operations", shape.rates().operations(), json);
            factories(json);
            links(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void viewer(Viewer viewer, JsonGenerator json) {
        switch (viewer) {
            case Viewer.Administrator() -> json.writeBooleanProperty("administrator", true);
            case Viewer.OneTenant(var tenant) -> {
                json.writeBooleanProperty("administrator", false);
                json.writeNumberProperty("tenant", tenant.number());
                json.writeStringProperty("name", name(tenant));
            }
        }
    }

    /// A rate of the machine; 0 where it makes nothing wait.
    private static void limit(String name, int rate, JsonGenerator json) {
        json.writeNumberProperty(name, rate == MachineShape.UNLIMITED ? 0 : rate);
    }

    private void factories(JsonGenerator json) {
        long rate = 0;
        for (MachineShape.Factory factory : shape.factories()) rate += factory.statesPerEpoch();
        json.writeNumberProperty("factoryCount", shape.factories().size());
        json.writeNumberProperty("statesPerEpoch", rate);
        json.writeArrayPropertyStart("factories");
        if (shape.factories().size() <= SOURCES_MAX) {
            for (MachineShape.Factory factory : shape.factories()) {
                json.writeNumber(factory.statesPerEpoch());
            }
        }
        json.writeEndArray();
    }

    private void links(JsonGenerator json) {
        long rate = 0;
        for (MachineShape.Link link : shape.links()) rate += link.pairsPerEpoch();
        json.writeNumberProperty("linkCount", shape.links().size());
        json.writeNumberProperty("pairsPerEpoch", rate);
        json.writeArrayPropertyStart("links");
        if (shape.links().size() <= SOURCES_MAX) {
            for (MachineShape.Link link : shape.links()) {
                json.writeStartArray();
                json.writeNumber(link.from());
                json.writeNumber(link.to());
                json.writeNumber(link.pairsPerEpoch());
                json.writeNumber(link.fidelity());
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    private boolean apart() {
        return policy.partitions() > 0;
    }

    private String name(TenantId tenant) {
        return directory.find(tenant).map(Directory.Entry::name).orElse("");
    }

    /// The map of a picture, see `MapGrid.map`.
    String map(MachinePicture picture, Viewer viewer) {
        Optional<TenantId> own =
                switch (viewer) {
                    case Viewer.Administrator() -> Optional.empty();
                    case Viewer.OneTenant(var tenant) -> Optional.of(tenant);
                };
        return grid.map(picture.blocks(), own, apart());
    }

    /// What changes.
    ///
    /// @param map what `map` gave; empty if the browser has it already
    String picture(MachinePicture picture, Viewer viewer, String map) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("state", state());
            json.writeNumberProperty("epoch", picture.epoch());
            json.writeStringProperty("digest", picture.digest());
            json.writeNumberProperty("millis", picture.nanos() / 1_000_000);
            json.writeNumberProperty("rounds", picture.rounds());
            loads(picture, viewer, json);
            supplies(picture, viewer, json);
            modes(picture, json);
            mishaps(picture, viewer, json);
            if (!map.isEmpty()) {
                json.writeName("map");
                json.writeRawValue(map);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private void loads(MachinePicture picture, Viewer viewer, JsonGenerator json) {
        List<MachinePicture.Load> shown;
        switch (viewer) {
            case Viewer.Administrator() -> {
                shown = busiest(picture.loads());
                json.writeNumberProperty("held", picture.held());
                json.writeNumberProperty("tenantCount", picture.loads().size());
            }
            case Viewer.OneTenant(var tenant) -> {
                var own = picture.load(tenant).orElse(MachinePicture.Load.none(tenant));
                shown = List.of(own);
                json.writeNumberProperty("held", apart() ? own.held() : picture.held());
                json.writeNumberProperty("tenantCount", 1);
            }
        }
        json.writeArrayPropertyStart("tenants");
        for (MachinePicture.Load load : shown) load(load, json);
        json.writeEndArray();
    }

    private static List<MachinePicture.Load> busiest(List<MachinePicture.Load> loads) {
        if (loads.size() <= LOADS_MAX) return loads;
        return loads.stream()
                .sorted(
                        Comparator.comparingLong(
                                        (MachinePicture.Load load) ->
                                                -(long) load.queued()
                                                        - load.running()
                                                        - load.parked())
                                .thenComparingLong(load -> -load.blockEpochs()))
                .limit(LOADS_MAX)
                .sorted(Comparator.comparingInt(load -> load.tenant().number()))
                .toList();
    }

    private void load(MachinePicture.Load load, JsonGenerator json) {
        Optional<Directory.Entry> entry = directory.find(load.tenant());
        json.writeStartObject();
        json.writeNumberProperty("tenant", load.tenant().number());
        json.writeStringProperty("name", name(load.tenant()));
        json.writeNumberProperty("weight", entry.map(found -> found.terms().weight()).orElse(1));
        json.writeBooleanProperty(
                "suspended", entry.map(found -> found.terms().suspended()).orElse(false));
        json.writeNumberProperty("held", load.held());
        json.writeNumberProperty("queued", load.queued());
        json.writeNumberProperty("running", load.running());
        json.writeNumberProperty("parked", load.parked());
        json.writeNumberProperty("blockEpochs", load.blockEpochs());
        json.writeNumberProperty("operations", load.operations());
        json.writeNumberProperty("states", load.states());
        json.writeEndObject();
    }

    /// What sources made tells what others used, as full buffers take nothing: a tenant is not told
    /// it. Decoders have the more to do the more blocks are held, which tenants that are kept apart
    /// are not told.
    private void supplies(MachinePicture picture, Viewer viewer, JsonGenerator json) {
        boolean all =
                switch (viewer) {
                    case Viewer.Administrator() -> true;
                    case Viewer.OneTenant _ -> false;
                };
        if (all || !apart()) {
            json.writeNumberProperty("backlog", picture.supplies().backlogRounds());
        }
        if (!all) return;
        made("states", "magic", picture.supplies().magic(), json);
        made("pairs", "links", picture.supplies().pairs(), json);
    }

    private static void made(String sum, String each, List<Long> made, JsonGenerator json) {
        json.writeNumberProperty(sum, made.stream().mapToLong(Long::longValue).sum());
        json.writeArrayPropertyStart(each);
        if (made.size() <= SOURCES_MAX) for (long one : made) json.writeNumber(one);
        json.writeEndArray();
    }

    private static void modes(MachinePicture picture, JsonGenerator json) {
        json.writeArrayPropertyStart("modes");
        for (MachinePicture.Mode mode : picture.modes()) {
            json.writeStartObject();
            json.writeStringProperty("condition", mode.condition().name());
            json.writeNumberProperty("subject", mode.subject());
            json.writeNumberProperty("level", mode.level());
            json.writeNumberProperty("since", mode.since());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void mishaps(MachinePicture picture, Viewer viewer, JsonGenerator json) {
        json.writeArrayPropertyStart("mishaps");
        for (MachinePicture.Mishap mishap : picture.mishaps()) {
            JobKey job = mishap.job();
            if (!viewer.sees(job.tenant())) continue;
            json.writeStartObject();
            json.writeNumberProperty("epoch", mishap.epoch());
            json.writeNumberProperty("tenant", job.tenant().number());
            json.writeStringProperty("name", name(job.tenant()));
            json.writeNumberProperty("ticket", job.ticket());
            json.writeStringProperty("kind", mishap.kind().name());
            json.writeStringProperty("cause", mishap.cause());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
