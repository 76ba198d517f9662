package org.qmk.bench;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;
import org.qmk.runtime.token.Caveat;
import org.qmk.runtime.token.Delegation;
import org.qmk.runtime.token.DelegationToken;
import org.qmk.runtime.token.HandleSeal;
import org.qmk.runtime.token.KeyRing;
import org.qmk.runtime.token.Presenter;
import org.qmk.runtime.token.SealingKey;
import org.qmk.runtime.token.TokenMint;
import org.qmk.runtime.token.TokenVerdict;
import org.qmk.runtime.token.Word128;

/// One handle sealed or opened, one token opened: read, signed anew, compared, bounded. Goal: a
/// handle in 1 microsecond, a token of five caveats in 3.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TokenBenchmark {
    private static final TenantId TENANT = new TenantId(5);
    private static final SessionId SESSION = new SessionId(9);
    private static final CapabilityHandle HANDLE = new CapabilityHandle(17, 3);

    /// Repeats the five of which a token commonly has one each.
    private static final List<Caveat> CAVEATS =
            List.of(
                    new Caveat.Tenants(Set.of(TENANT)),
                    new Caveat.Ops(Set.of(Capability.ALLOC, Capability.MAGIC)),
                    new Caveat.Epoch(1_000_000),
                    new Caveat.Qubits(100),
                    new Caveat.SessionAudience(TENANT, SESSION));

    @State(Scope.Benchmark)
    public static class Token {
        @Param({"0", "5", "32"})
        public int caveats;

        private byte[] bytes;
        private TokenVerdict verdict;

        public Token() {}

        @Setup(Level.Trial)
        public void make(TokenBenchmark edge) {
            DelegationToken token =
                    edge.mint.mint(
                            new Delegation(
                                    new TenantId(1),
                                    new SessionId(2),
                                    HANDLE,
                                    Set.of(Capability.ALLOC, Capability.MAGIC)),
                            Word128.fresh(new SecureRandom()));
            for (int i = 0; i < caveats; i++) {
                token = token.restrict(CAVEATS.get(i % CAVEATS.size())).orElseThrow();
            }
            bytes = token.bytes();
        }

        @TearDown(Level.Trial)
        public void check() {
            if (!(verdict instanceof TokenVerdict.Opened)) {
                throw new IllegalStateException("the token did not open: " + verdict);
            }
        }
    }

    private final KeyRing ring = KeyRing.of(SealingKey.fresh(1, new SecureRandom()));
    private final HandleSeal seal = new HandleSeal(ring);
    private final TokenMint mint = new TokenMint(ring);
    private final Presenter presenter = new Presenter(TENANT, SESSION, Set.of());
    private byte[] sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
    private Optional<CapabilityHandle> handle = Optional.of(HANDLE);

    public TokenBenchmark() {}

    @Benchmark
    public byte[] seal() {
        sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
        return sealed;
    }

    @Benchmark
    public Optional<CapabilityHandle> open() {
        handle = seal.open(TENANT, SESSION, Capability.ALLOC, sealed);
        return handle;
    }

    @Benchmark
    public TokenVerdict verify(Token token) {
        token.verdict = mint.open(token.bytes, presenter);
        return token.verdict;
    }

    @TearDown(Level.Trial)
    public void check() {
        boolean good =
                handle.equals(Optional.of(HANDLE))
                        && seal.open(TENANT, SESSION, Capability.ALLOC, sealed).equals(handle);
        if (!good) throw new IllegalStateException("the handle did not open: " + handle);
    }
}
