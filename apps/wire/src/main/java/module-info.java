/// The wire form of qSyscall: messages, stubs, JSON, framing, and the table of calls.
module qmk.wire {
    requires transitive com.google.protobuf;
    requires transitive io.grpc;
    requires transitive io.grpc.protobuf;
    requires transitive io.grpc.stub;
    requires transitive com.google.common;
    requires tools.jackson.core;

    exports org.qmk.wire;
    exports org.qmk.wire.v1;
}
