package org.qmk.server.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The server's certificate with its key, and by whom clients' certificates have to be signed.
public final class Tls {

    private static final String STORE = "PKCS12";

    private final X509Certificate certificate;
    private final KeyManager[] keys;
    private final Optional<TrustManager[]> clients;

    private Tls(X509Certificate certificate, KeyManager[] keys, Optional<TrustManager[]> clients) {
        this.certificate = certificate;
        this.keys = keys;
        this.clients = clients;
    }

    /// Reads the files, all of which are needed.
    ///
    /// @param keystore PKCS #12, with one key and the certificates that lead to who signed it
    /// @param passwordFile its first line opens the store
    /// @param clientCa certificates in PEM, or a PKCS #12 store without password for them; nothing
    ///     where clients show no certificates
    /// @throws IOException if a file is not what it has to be, naming it
    public static Tls of(Path keystore, Path passwordFile, Optional<Path> clientCa)
            throws IOException {
        char[] password =
                Files.readString(passwordFile)
                        .lines()
                        .findFirst()
                        .map(String::toCharArray)
                        .orElseThrow(() -> new IOException(passwordFile + " is empty"));
        try {
            KeyStore store = KeyStore.getInstance(STORE);
            try (InputStream in = Files.newInputStream(keystore)) {
                store.load(in, password);
            } catch (IOException closed) {
                throw new IOException(
                        "%s cannot be opened with the password in %s: %s"
                                .formatted(keystore, passwordFile, closed.getMessage()),
                        closed);
            }
            X509Certificate own = ownCertificate(store, keystore);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            Optional<TrustManager[]> clients = Optional.empty();
            if (clientCa.isPresent()) clients = Optional.of(trust(clientCa.get()));
            return new Tls(own, keys.getKeyManagers(), clients);
        } catch (GeneralSecurityException wrong) {
            throw new IOException(keystore + " cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    private static X509Certificate ownCertificate(KeyStore store, Path file)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (!store.isKeyEntry(alias)) continue;
            if (store.getCertificate(alias) instanceof X509Certificate own) found.add(own);
        }
        if (found.size() != 1) {
            throw new IOException(
                    "%s has %d keys with certificates, expected 1".formatted(file, found.size()));
        }
        try {
            found.getFirst().checkValidity();
        } catch (CertificateException outside) {
            throw new IOException(
                    "the certificate in %s is not valid now: %s; renew it"
                            .formatted(file, outside.getMessage()),
                    outside);
        }
        return found.getFirst();
    }

    private static TrustManager[] trust(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(STORE);
        trusted.load(null, null);
        int count = 0;
        for (Certificate authority : authorities(file)) {
            trusted.setCertificateEntry("authority" + count++, authority);
        }
        if (count == 0) throw new IOException(file + " has no certificate");
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static List<Certificate> authorities(Path file)
            throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(file);
        boolean pem = new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
        List<Certificate> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            if (pem) {
                found.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            } else {
                KeyStore store = KeyStore.getInstance(STORE);
                store.load(in, null);
                for (String alias : Collections.list(store.aliases())) {
                    Certificate one = store.getCertificate(alias);
                    if (one != null) found.add(one);
                }
            }
        } catch (CertificateException wrong) {
            throw new IOException(file + " has no certificates: " + wrong.getMessage(), wrong);
        }
        return found;
    }

    /// SHA-256 of the certificate, in hexadecimal with colons, as browsers show it.
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    KeyManager[] keys() {
        return keys.clone();
    }

    /// What decides about clients' certificates; nothing where none are asked for.
    Optional<TrustManager[]> clients() {
        return clients.map(TrustManager[]::clone);
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, clients.orElse(new TrustManager[0]), null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has TLS", missing);
        }
    }

    /// The common name of whom the certificate is of; empty if it has none, or several.
    static String commonName(X509Certificate certificate) {
        try {
            List<String> names = new ArrayList<>();
            var subject = new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) names.add(part.getValue().toString());
            }
            return names.size() == 1 ? names.getFirst() : "";
        } catch (InvalidNameException none) {
            return "";
        }
    }
}
