package org.qmk.server.edge;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes server-sent events in the thread that handles the request.
///
/// Javalin's own way hands the request to another thread. When the browser goes away Jetty ends
/// such a request at once, and Javalin 7.2.3 then fails over and over again, for ever. A handler
/// that streams needs a virtual thread, as it stays as long as the browser does.
public final class EventWriter {

    private final OutputStream out;

    /// Begins the answer.
    ///
    /// @throws IOException if the browser has gone away; also of the other methods
    public EventWriter(Context ctx) throws IOException {
        var response = ctx.res();
        response.setStatus(200);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        // Proxies that collect an answer before they pass it on.
        response.setHeader("X-Accel-Buffering", "no");
        out = response.getOutputStream();
        out.flush();
    }

    /// @param data without line ends
    public void event(String name, String data) throws IOException {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /// Something that the browser passes over, to find out whether it is still there.
    public void comment(String text) throws IOException {
        write(": " + text + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
