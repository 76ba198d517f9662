package org.qmk.server.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qmk.runtime.audit.AuditRefusal;
import org.qmk.runtime.audit.EntryProof;
import org.qmk.runtime.audit.TenantView;
import org.qmk.runtime.audit.TreeHead;
import org.qmk.runtime.audit.ViewJson;
import org.qmk.server.engine.Engine;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// What the page needs to verify the audit log: the head, the key, and proofs.
final class AuditRoutes {

    private static final int SIGN_SECONDS = 10;
    private static final int DIGITS_MAX = 18;

    private final Engine engine;

    AuditRoutes(Engine engine) {
        this.engine = engine;
    }

    void head(Context ctx) throws AuditRefusal {
        head(engine.auditHead(), ctx);
    }

    /// Signs a head over all epochs so far, if none was signed just now.
    void sign(Context ctx)
            throws AuditRefusal, InterruptedException, TimeoutException, ExecutionException {
        head(engine.freshHead().get(SIGN_SECONDS, TimeUnit.SECONDS), ctx);
    }

    private void head(String note, Context ctx) throws AuditRefusal {
        TreeHead head = TreeHead.open(note.getBytes(StandardCharsets.UTF_8), engine.auditKey());
        var text = new StringWriter();
        try (JsonGenerator json =
                PictureJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("origin", head.origin());
            json.writeNumberProperty("size", head.size());
            json.writeStringProperty("root", Base64.getEncoder().encodeToString(head.root()));
            json.writeStringProperty("checkpoint", note);
            json.writeStringProperty("key", engine.auditKey().text());
            json.writeNumberProperty("epoch", engine.view().number());
            json.writeEndObject();
        }
        ctx.contentType("application/json").result(text.toString());
    }

    /// The proof that an epoch is in the log: with the viewer's part, where it is a tenant's.
    void proof(Viewer viewer, Context ctx) throws IOException {
        String epoch = ctx.pathParam("epoch");
        if (!PageRoutes.isNumber(epoch, DIGITS_MAX)) {
            PageRoutes.fail(ctx, 400, "an epoch is a number");
            return;
        }
        Optional<byte[]> proof = proof(viewer, Long.parseLong(epoch));
        if (proof.isEmpty()) {
            PageRoutes.fail(ctx, 404, "no head is signed over that epoch yet; sign one");
        } else {
            ctx.contentType("application/json").result(proof.get());
        }
    }

    private Optional<byte[]> proof(Viewer viewer, long epoch) throws IOException {
        try {
            return read(viewer, epoch);
        } catch (AuditRefusal refused) {
            // The log at work may have put a full tile in the place of a partial one meanwhile.
            return read(viewer, epoch);
        }
    }

    private Optional<byte[]> read(Viewer viewer, long epoch) throws IOException {
        Path folder = engine.auditFolder();
        switch (viewer) {
            case Viewer.Administrator() -> {}
            case Viewer.OneTenant(var tenant) -> {
                TenantView view = TenantView.of(folder, tenant, epoch);
                if (!view.epochs().isEmpty()) return Optional.of(ViewJson.write(view));
            }
        }
        return EntryProof.of(folder, epoch).map(ViewJson::write);
    }
}
