/// The multi-tenant server: qSyscall, storage, metrics and the page.
module qmk.server {
    requires qmk.qvm;
    requires qmk.verifier;
    requires qmk.device;
    requires qmk.kernel;
    requires qmk.codec;
    requires qmk.source;
    requires qmk.sim;
    requires qmk.machine;
    requires qmk.runtime;
    requires java.sql;
    requires com.zaxxer.hikari;
    requires flyway.core;
    // Jdbi needs it and, being an automatic module, cannot say so.
    requires io.leangen.geantyref;
    requires org.jdbi.v3.core;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.core;
    requires tools.jackson.databind;
}
