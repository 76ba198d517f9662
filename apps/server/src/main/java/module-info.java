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
    requires qmk.wire;
    requires qmk.cli;
    requires com.google.protobuf;
    requires io.grpc;
    requires io.grpc.stub;
    requires io.grpc.netty.shaded;
    requires io.javalin;
    requires jdk.net;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    // Jackson fills the fields of the configuration document.
    opens org.qmk.server to
            tools.jackson.databind;
}
