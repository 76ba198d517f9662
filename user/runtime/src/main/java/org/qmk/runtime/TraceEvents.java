package org.qmk.runtime;

import java.io.OutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes events in Chrome's trace event format, one after another. Times are in microseconds.
final class TraceEvents implements AutoCloseable {

    /// Where an event is shown.
    ///
    /// @param process 0 for the machine, otherwise a tenant
    /// @param thread a job; 0 for the process as a whole
    record Place(int process, long thread) {}

    static final Place MACHINE = new Place(0, 0);

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    TraceEvents(OutputStream out) {
        json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("displayTimeUnit", "ms");
        json.writeName("traceEvents");
        json.writeStartArray();
    }

    void nameProcess(int process, String name) {
        open("M", "process_name", new Place(process, 0), 0);
        arguments(args -> args.writeStringProperty("name", name));
    }

    void nameThread(Place place, String name) {
        open("M", "thread_name", place, 0);
        arguments(args -> args.writeStringProperty("name", name));
    }

    void begin(Place place, long time, String name, Consumer<JsonGenerator> arguments) {
        open("B", name, place, time);
        arguments(arguments);
    }

    /// Ends what began last there.
    void end(Place place, long time) {
        json.writeStartObject();
        place("E", place, time);
        json.writeEndObject();
    }

    void whole(
            Place place, long time, long micros, String name, Consumer<JsonGenerator> arguments) {
        open("X", name, place, time);
        json.writeNumberProperty("dur", micros);
        arguments(arguments);
    }

    void instant(Place place, long time, String name) {
        open("i", name, place, time);
        json.writeStringProperty("s", place.equals(MACHINE) ? "g" : "t");
        json.writeEndObject();
    }

    void counter(long time, String name, long value) {
        open("C", name, MACHINE, time);
        arguments(args -> args.writeNumberProperty("value", value));
    }

    private void open(String phase, String name, Place place, long time) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        place(phase, place, time);
    }

    private void place(String phase, Place place, long time) {
        json.writeStringProperty("ph", phase);
        json.writeNumberProperty("pid", place.process());
        json.writeNumberProperty("tid", place.thread());
        json.writeNumberProperty("ts", time);
    }

    private void arguments(Consumer<JsonGenerator> arguments) {
        json.writeName("args");
        json.writeStartObject();
        arguments.accept(json);
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void close() {
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }
}
