package org.qmk.runtime.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

/// Where a server is.
public sealed interface ServerAddress {

    /// @param base scheme, host and port, and a path below which the server is; no slash at its end
    record Http(URI base) implements ServerAddress {
        URI at(String path) {
            return URI.create(base + path);
        }

        @Override
        public boolean keepsSecrets() {
            String host = base.getHost().toLowerCase(Locale.ROOT);
            boolean here =
                    host.equals("localhost")
                            || host.equals("[::1]")
                            || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
            return here || base.getScheme().equals("https");
        }

        @Override
        public String toString() {
            return base.toString();
        }
    }

    record Unix(Path socket) implements ServerAddress {
        @Override
        public boolean keepsSecrets() {
            return true;
        }

        @Override
        public String toString() {
            return UNIX + socket;
        }
    }

    /// How the text of a socket's address begins.
    String UNIX = "unix:";

    /// Whether nobody on the way can read what is sent there.
    boolean keepsSecrets();

    /// Reads `http://HOST:PORT`, `https://HOST:PORT` or `unix:PATH`.
    ///
    /// @throws IllegalArgumentException if it is something else, with a sentence for people
    static ServerAddress of(String text) {
        try {
            if (text.startsWith(UNIX) && text.length() > UNIX.length()) {
                return new Unix(Path.of(text.substring(UNIX.length())));
            }
            URI uri = new URI(text.replaceFirst("/+$", ""));
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare =
                    uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            if (scheme && bare && uri.getHost() != null) return new Http(uri);
        } catch (URISyntaxException | java.nio.file.InvalidPathException wrong) {
            throw new IllegalArgumentException(expected(), wrong);
        }
        throw new IllegalArgumentException(expected());
    }

    private static String expected() {
        return "that is no address of a server, expected one like http://127.0.0.1:8077,"
                + " https://qmk.example.org or unix:qmk-data/qmk.sock";
    }
}
