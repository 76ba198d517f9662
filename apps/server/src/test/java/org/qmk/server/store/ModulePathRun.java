package org.qmk.server.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Uses a store, in a process whose modules are those that `module-info` names and no more.
final class ModulePathRun {

    private ModulePathRun() {}

    public static void main(String[] arguments) throws Exception {
        var setting = new StoreSetting(Path.of(arguments[0]), Optional.empty(), Retention.FOREVER);
        var record = JobSamples.bell(1, 1, 1);
        try (Store store = Store.open(setting, "a journal", InstantSource.system())) {
            String text = store.keys().bootstrap().orElseThrow();
            store.archive().accept(record);
            boolean written = store.archive().flush(Duration.ofMinutes(1));
            boolean found = store.archive().find(record.key()).isPresent();
            boolean ours = store.keys().check(text).isPresent();
            System.out.println(Store.class.getModule() + " " + written + " " + found + " " + ours);
        }
    }
}
