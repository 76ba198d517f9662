package org.qmk.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.Engine;

/// Metrics with tenants' names: for operators who may see them, and of the first tenants alone, so
/// that their number stays bounded.
final class TenantMetrics {

    /// Tenants with a name of their own; all others are called `OTHERS` together.
    static final int TENANTS_MAX = 1_000;

    static final String OTHERS = "(others)";

    private final MeterRegistry registry;
    private final Map<String, Counter> calls = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
    private Optional<Engine> engine = Optional.empty();

    TenantMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Engine watched) {
        engine = Optional.of(watched);
        for (Directory.Entry entry : watched.directory().all()) counter(entry.name());
    }

    void called(String tenant, String code) {
        counter(tenant).increment();
        if (!code.equals(Metrics.OK)) refusals.get(label(tenant)).increment();
    }

    private Counter counter(String tenant) {
        Counter known = calls.get(tenant);
        if (known != null) return known;
        synchronized (this) {
            return calls.computeIfAbsent(label(tenant), this::register);
        }
    }

    private String label(String tenant) {
        return calls.containsKey(tenant) || calls.size() < TENANTS_MAX ? tenant : OTHERS;
    }

    private Counter register(String label) {
        refusals.put(label, counter("qmk.tenant.refusals", "Refused calls by tenant.", label));
        if (!label.equals(OTHERS) && engine.isPresent()) {
            Gauge.builder("qmk.tenant.jobs", () -> inFlight(engine.get(), label))
                    .description("Jobs in flight by tenant.")
                    .tag("tenant", label)
                    .register(registry);
        }
        return counter("qmk.tenant.calls", "Calls by tenant.", label);
    }

    private Counter counter(String name, String description, String tenant) {
        return Counter.builder(name)
                .description(description)
                .tag("tenant", tenant)
                .register(registry);
    }

    private static int inFlight(Engine engine, String tenant) {
        return engine.directory()
                .find(tenant)
                .map(entry -> engine.ledger().inFlight(entry.id()).size())
                .orElse(0);
    }
}
