package org.qmk.server.page;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Who sits before a browser: a cookie stands for the API key that was typed in, so that the key
/// itself is not kept there. The key is looked up at every request: when it is revoked, its
/// sessions are over.
public final class BrowserSessions {

    static final String COOKIE = "qmk_page";

    private static final String BEARER = "Bearer ";
    private static final int TOKEN_BYTES = 32;
    private static final int SESSIONS_MAX = 4_096;
    private static final int KEY_LENGTH_MAX = 512;
    private static final long SECONDS_MAX = 12 * 60 * 60;

    private record Session(String key, long begun) {}

    private final Function<String, Optional<Viewer>> byKey;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();

    /// The oldest first.
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /// @param byKey who has an API key; nothing if it is not good
    public BrowserSessions(Function<String, Optional<Viewer>> byKey) {
        this(byKey, System::nanoTime);
    }

    BrowserSessions(Function<String, Optional<Viewer>> byKey, LongSupplier nanoTime) {
        this.byKey = byKey;
        this.nanoTime = nanoTime;
    }

    /// Who asks: by the API key in `Authorization`, else by the cookie.
    public Optional<Viewer> viewer(Context ctx) {
        String header = ctx.header("Authorization");
        if (header != null) {
            if (!header.startsWith(BEARER)) return Optional.empty();
            return byKey.apply(header.substring(BEARER.length()).strip());
        }
        String token = ctx.cookie(COOKIE);
        return token == null ? Optional.empty() : find(token).flatMap(byKey);
    }

    private synchronized Optional<String> find(String token) {
        Session session = sessions.get(token);
        if (session == null) return Optional.empty();
        if (nanoTime.getAsLong() - session.begun() < SECONDS_MAX * 1_000_000_000L) {
            return Optional.of(session.key());
        }
        sessions.remove(token);
        return Optional.empty();
    }

    /// Begins a session and sets its cookie, if the key is good.
    Optional<Viewer> open(String key, Context ctx) {
        if (key.length() > KEY_LENGTH_MAX) return Optional.empty();
        Optional<Viewer> viewer = byKey.apply(key);
        if (viewer.isEmpty()) return viewer;
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        synchronized (this) {
            while (sessions.size() >= SESSIONS_MAX) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            sessions.put(token, new Session(key, nanoTime.getAsLong()));
        }
        ctx.cookie(cookie(token, (int) SECONDS_MAX, ctx));
        return viewer;
    }

    /// Ends the session of the cookie.
    void close(Context ctx) {
        String token = ctx.cookie(COOKIE);
        if (token != null) {
            synchronized (this) {
                sessions.remove(token);
            }
        }
        ctx.cookie(cookie("", 0, ctx));
    }

    private static Cookie cookie(String value, int seconds, Context ctx) {
        boolean secure = ctx.scheme().equals("https");
        var cookie = new Cookie(COOKIE, value, "/", seconds, secure);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }
}
