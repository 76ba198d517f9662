/// The multi-tenant server: qSyscall, storage, metrics and the page.
module qmk.server {
    requires qmk.qvm;
    requires qmk.verifier;
    requires qmk.device;
    requires qmk.kernel;
    requires qmk.codec;
    requires qmk.source;
    requires qmk.optimizer;
    requires qmk.sim;
    requires qmk.machine;
    requires qmk.runtime;
    requires qmk.wire;
    requires qmk.cli;
    requires java.naming;
    requires java.sql;
    // Micrometer reads the garbage collector's notes.
    requires jdk.management;
    // The sender of traces.
    requires java.net.http;
    requires jdk.net;
    requires com.google.protobuf;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires io.grpc;
    requires io.grpc.stub;
    requires io.grpc.netty.shaded;
    requires io.javalin;
    requires jakarta.servlet;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    // Jdbi needs it and, being an automatic module, cannot say so.
    requires io.leangen.geantyref;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.jdbi.v3.core;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    // Jackson fills the fields of the configuration document.
    opens org.qmk.server to
            tools.jackson.databind;
    // And the stretches of archived jobs.
    opens org.qmk.server.engine to
            tools.jackson.databind;

    provides org.qmk.cli.serve.Backups with
            org.qmk.server.FolderCopies;
    provides org.qmk.cli.serve.ServerStart with
            org.qmk.server.ServeMain;
}
