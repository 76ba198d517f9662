package org.qmk.server.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.qmk.server.engine.JobRecord;

/// Uses a store, in a process whose modules are those that `module-info` names and no more.
final class ModulePathRun {

    private ModulePathRun() {}

    public static void main(String[] arguments) throws Exception {
        var setting = new StoreSetting(Path.of(arguments[0]), Optional.empty(), Retention.FOREVER);
        var random = new SplittableRandom(1);
        List<JobRecord> records = new ArrayList<>();
        for (int i = 1; i <= 20; i++) records.add(JobSamples.any(random, 1, i));
        try (Store store = Store.open(setting, "a journal", InstantSource.system())) {
            String text = store.keys().bootstrap().orElseThrow();
            records.forEach(store.archive()::accept);
            boolean written = store.archive().flush(Duration.ofMinutes(1));
            boolean found =
                    records.stream().allMatch(each -> store.archive().find(each.key()).isPresent());
            boolean ours = store.keys().check(text).isPresent();
            System.out.println(Store.class.getModule() + " " + written + " " + found + " " + ours);
        }
    }
}
