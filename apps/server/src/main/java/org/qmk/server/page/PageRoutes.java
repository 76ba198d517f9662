package org.qmk.server.page;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.edge.EventWriter;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineBusy;
import org.qmk.server.engine.EngineStopped;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;

/// The page's addresses: its files at `/` and below `/assets`, what it asks for below `/page`.
public final class PageRoutes {

    private static final int JOBS_MAX = 100;
    private static final int DIGITS_MAX = 18;

    /// How long the kernel may take to be looked at.
    private static final int LOOK_SECONDS = 2;

    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                    + " object-src 'none'";

    /// An answer to somebody who is known.
    private interface Answer {
        void to(Viewer viewer, Context ctx) throws Exception;
    }

    private final Engine engine;
    private final MachineFollower follower;
    private final BrowserSessions sessions;
    private final PageFiles files = new PageFiles();
    private final PictureJson pictures;
    private final JobJson jobs;
    private final PictureStream stream;
    private final AuditRoutes audit;

    /// @param follower the one that the engine was started with
    public PageRoutes(Engine engine, MachineFollower follower, BrowserSessions sessions) {
        this.engine = engine;
        this.follower = follower;
        this.sessions = sessions;
        this.pictures = new PictureJson(engine, follower.shape());
        this.jobs = new JobJson(engine.directory());
        this.stream = new PictureStream(this::latest, pictures, System::nanoTime);
        this.audit = new AuditRoutes(engine);
    }

    /// Adds the routes.
    public void addTo(JavalinConfig config) {
        var routes = config.routes;
        routes.before("/", PageRoutes::guard);
        routes.before("/assets/*", PageRoutes::guard);
        routes.before("/page/*", PageRoutes::guard);
        routes.get("/", ctx -> files.send(PageFiles.INDEX, ctx));
        routes.get("/assets/{name}", ctx -> files.send(ctx.pathParam("name"), ctx));
        routes.post("/page/login", this::login);
        routes.post("/page/logout", this::logout);
        routes.get("/page/machine", known(this::machine));
        routes.get("/page/stream", this::stream);
        routes.get("/page/jobs", known(this::list));
        routes.get("/page/jobs/{id}", known(this::job));
        routes.get("/page/audit", known((_, ctx) -> audit.head(ctx)));
        routes.post("/page/audit/head", known((_, ctx) -> audit.sign(ctx)));
        routes.get("/page/audit/{epoch}", known(audit::proof));
    }

    /// Headers that keep other sites away from the page, and the page from other sites.
    private static void guard(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        if (ctx.path().startsWith("/page/")) ctx.header("Cache-Control", "no-store");
    }

    private Handler known(Answer answer) {
        return ctx -> {
            Optional<Viewer> viewer = sessions.viewer(ctx);
            if (viewer.isEmpty()) {
                fail(ctx, 401, "no API key, or one that is not good; log in");
                return;
            }
            if (isForeign(ctx)) {
                fail(ctx, 403, "the request comes from another site");
                return;
            }
            try {
                answer.to(viewer.get(), ctx);
            } catch (EngineBusy | EngineStopped | TimeoutException unavailable) {
                fail(ctx, 503, "the kernel does not answer now; try again");
            }
        };
    }

    /// Whether a browser says that another site had it ask.
    private static boolean isForeign(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    static void fail(Context ctx, int status, String sentence) {
        ctx.status(status).contentType("application/json");
        ctx.result("{\"error\":\"" + sentence + "\"}");
    }

    private static void json(Context ctx, String text) {
        ctx.contentType("application/json").result(text);
    }

    private void login(Context ctx) {
        String key = ctx.formParam("key");
        if (isForeign(ctx)) fail(ctx, 403, "the request comes from another site");
        else if (key == null) fail(ctx, 400, "the form field key is missing");
        else if (sessions.open(key.strip(), ctx).isEmpty()) {
            fail(ctx, 401, "that API key is not good; ask an administrator for another");
        } else {
            ctx.status(204);
        }
    }

    private void logout(Context ctx) {
        if (isForeign(ctx)) {
            fail(ctx, 403, "the request comes from another site");
            return;
        }
        sessions.close(ctx);
        ctx.status(204);
    }

    private void machine(Viewer viewer, Context ctx) throws InterruptedException {
        MachinePicture picture = latest();
        String map = pictures.map(picture, viewer);
        String shape = pictures.shape(viewer);
        String now = pictures.picture(picture, viewer, map);
        json(ctx, "{\"shape\":" + shape + ",\"picture\":" + now + "}");
    }

    /// The latest picture. Where no epoch brings one about, the kernel's thread is asked for it.
    private MachinePicture latest() throws InterruptedException {
        if (follower.isDue()) {
            try {
                engine.look(
                                _ -> {
                                    if (follower.isDue()) follower.take();
                                    return true;
                                })
                        .get(LOOK_SECONDS, TimeUnit.SECONDS);
            } catch (EngineBusy | EngineStopped | TimeoutException | ExecutionException busy) {
                // Then the picture is as old as it is: it says of which epoch it is.
                return follower.picture();
            }
        }
        return follower.picture();
    }

    /// A refusal is an event too: browsers do not tell a page why a stream did not open.
    private void stream(Context ctx) throws InterruptedException {
        Optional<Viewer> viewer = sessions.viewer(ctx);
        try {
            var out = new EventWriter(ctx);
            if (viewer.isEmpty()) {
                out.event("refused", "no API key, or one that is not good; log in");
            } else if (!stream.enter(viewer.get())) {
                out.event("refused", "too many streams are open; close other windows");
            } else {
                try {
                    stream.run(viewer.get(), out);
                } finally {
                    stream.leave(viewer.get());
                }
            }
        } catch (IOException gone) {
            // The browser went away, which is how most streams end.
            return;
        }
    }

    private void list(Viewer viewer, Context ctx) {
        List<JobRecord> records =
                switch (viewer) {
                    case Viewer.OneTenant(var tenant) -> ofTenant(tenant);
                    case Viewer.Administrator() -> {
                        String tenant = ctx.queryParam("tenant");
                        yield tenant != null && isNumber(tenant, 9)
                                ? ofTenant(new TenantId(Integer.parseInt(tenant)))
                                : ofAll();
                    }
                };
        json(ctx, jobs.list(records));
    }

    private List<JobRecord> ofTenant(TenantId tenant) {
        return engine.ledger().list(tenant, Long.MAX_VALUE, JOBS_MAX, Optional.empty());
    }

    private List<JobRecord> ofAll() {
        List<JobRecord> records = new ArrayList<>();
        for (JobKey key : follower.picture().recent()) {
            engine.ledger().find(key).ifPresent(records::add);
        }
        return records;
    }

    private void job(Viewer viewer, Context ctx)
            throws InterruptedException, TimeoutException, ExecutionException {
        Optional<JobRecord> found =
                key(ctx.pathParam("id"))
                        .filter(key -> viewer.sees(key.tenant()))
                        .flatMap(engine.ledger()::find);
        if (found.isEmpty()) {
            fail(ctx, 404, "there is no such job, or it ended long ago");
            return;
        }
        JobKey key = found.get().key();
        long epoch = engine.view().number();
        JobTimeline timeline =
                engine.look(_ -> follower.timeline(key))
                        .get(LOOK_SECONDS, TimeUnit.SECONDS)
                        .orElse(JobTimeline.NONE);
        json(ctx, jobs.detail(found.get(), timeline, epoch));
    }

    /// Tenant and ticket, with a dot between.
    private static Optional<JobKey> key(String id) {
        int dot = id.indexOf('.');
        if (dot < 0) return Optional.empty();
        String tenant = id.substring(0, dot);
        String ticket = id.substring(dot + 1);
        if (!isNumber(tenant, 9) || !isNumber(ticket, DIGITS_MAX)) return Optional.empty();
        return Optional.of(
                new JobKey(new TenantId(Integer.parseInt(tenant)), Long.parseLong(ticket)));
    }

    static boolean isNumber(String text, int digitsMax) {
        return !text.isEmpty()
                && text.length() <= digitsMax
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
