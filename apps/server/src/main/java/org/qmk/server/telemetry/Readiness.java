package org.qmk.server.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.qmk.server.engine.Engine;
import org.qmk.server.store.Archive;

/// Whether a server can take jobs now, and if not, why.
public final class Readiness implements Supplier<Optional<String>> {

    private final Engine engine;
    private final Archive archive;
    private final Path folder;
    private final long spaceLeft;

    /// @param spaceLeft bytes of the folder's disk below which no jobs are taken
    public Readiness(Engine engine, Archive archive, Path folder, long spaceLeft) {
        this.engine = engine;
        this.archive = archive;
        this.folder = folder;
        this.spaceLeft = spaceLeft;
    }

    /// Every reason, one line each; nothing while the server is ready.
    @Override
    public Optional<String> get() {
        List<String> reasons = new ArrayList<>();
        engine.stopped().ifPresent(why -> reasons.add("the kernel has stopped: " + why));
        if (engine.draining()) reasons.add("the server is drained: it takes no new jobs");
        archive.health().ifPresent(reasons::add);
        try {
            long usable = Files.getFileStore(folder).getUsableSpace();
            if (usable < spaceLeft) {
                reasons.add(
                        "the disk has %d MB left, and %d are kept back"
                                .formatted(usable >> 20, spaceLeft >> 20));
            }
        } catch (IOException gone) {
            reasons.add("the data folder cannot be looked at: " + gone.getMessage());
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", reasons));
    }
}
