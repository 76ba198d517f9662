package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.runtime.token.TokenForm.KEY;
import static org.qmk.runtime.token.TokenForm.MINT;
import static org.qmk.runtime.token.TokenForm.assertRefused;
import static org.qmk.runtime.token.TokenForm.delegation;
import static org.qmk.runtime.token.TokenForm.opened;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// What opens and what does not.
class TokenMintTest {
    private static final Presenter SOMEONE =
            new Presenter(new TenantId(5), new SessionId(9), Set.of());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_token_opens_with_its_bound_for_whom_it_admits_and_for_nobody_else(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            DelegationToken token = TokenForm.usable(random, 6);
            Presenter presenter = random.presenter();

            TokenVerdict verdict = MINT.open(token.bytes(), presenter);

            if (token.bound().admits(presenter)) {
                var opened = assertInstanceOf(TokenVerdict.Opened.class, verdict);
                assertEquals(token.delegation(), opened.delegation());
                assertEquals(token.bound(), opened.bound());
                assertEquals(verdict, MINT.open(token.text(), presenter));
            } else {
                assertRefused(TokenRefusal.NOT_GOOD, verdict, presenter.toString());
                refused++;
            }
        }
        assertTrue(refused > 50 && refused < 450, refused + " were refused");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_token_with_any_bit_changed_is_refused(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        for (int i = 0; i < 20; i++) {
            DelegationToken token = TokenForm.usable(random, 7);
            Presenter presenter = TokenForm.anyone(random, token.bound());
            byte[] bytes = token.bytes();
            opened(bytes, presenter);
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] changed = bytes.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertInstanceOf(TokenRefused.class, MINT.open(changed, presenter), "bit " + bit);
            }
        }
    }

    @Test
    void a_text_with_any_bit_changed_is_refused() {
        TokenGenerator random = new TokenGenerator(4);
        // Three in a row end in each of the three ways in which base64 can.
        for (int extra = 0; extra < 3; extra++) {
            long epoch = List.of(1L, 100L, 1000L).get(extra);
            DelegationToken token =
                    MINT.mint(random.delegation(), random.nonce())
                            .restrict(new Caveat.Epoch(epoch))
                            .orElseThrow();
            String text = token.text();
            assertInstanceOf(TokenVerdict.Opened.class, MINT.open(text, SOMEONE));
            for (int bit = 0; bit < text.length() * 16; bit++) {
                char[] changed = text.toCharArray();
                changed[bit / 16] ^= (char) (1 << bit % 16);
                assertInstanceOf(
                        TokenRefused.class,
                        MINT.open(new String(changed), SOMEONE),
                        text + ", bit " + bit);
            }
            assertInstanceOf(TokenRefused.class, MINT.open(text + "=", SOMEONE));
            assertInstanceOf(TokenRefused.class, MINT.open(text + "A", SOMEONE));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void blocks_cannot_be_removed_reordered_or_doubled(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        int tried = 0;
        for (int i = 0; i < 200; i++) {
            DelegationToken token = TokenForm.usable(random, 7);
            Presenter presenter = TokenForm.anyone(random, token.bound());
            TokenForm form = TokenForm.of(token);
            List<List<byte[]>> others = new ArrayList<>();
            for (int at = 0; at < form.blocks().size(); at++) {
                List<byte[]> removed = new ArrayList<>(form.blocks());
                removed.remove(at);
                others.add(removed);
                for (int to = 0; to < form.blocks().size(); to++) {
                    List<byte[]> doubled = new ArrayList<>(form.blocks());
                    doubled.add(to, form.blocks().get(at));
                    others.add(doubled);
                    List<byte[]> swapped = new ArrayList<>(form.blocks());
                    Collections.swap(swapped, at, to);
                    others.add(swapped);
                }
            }
            for (List<byte[]> blocks : others) {
                if (form.hasBlocks(blocks)) continue;
                TokenVerdict verdict = MINT.open(form.with(blocks).bytes(), presenter);
                assertRefused(TokenRefusal.NOT_GOOD, verdict, token.caveats().toString());
                tried++;
            }
        }
        assertTrue(tried > 1000, tried + " were tried");
    }

    @Test
    void blocks_of_two_tokens_cannot_be_mixed() {
        TokenForm one = TokenForm.of(token(1, new Caveat.Epoch(1)));
        TokenForm other = TokenForm.of(token(2, new Caveat.Epoch(2)));

        opened(one.bytes(), SOMEONE);
        for (TokenForm mixed :
                List.of(
                        new TokenForm(one.root(), other.blocks(), other.signature()),
                        new TokenForm(other.root(), one.blocks(), one.signature()),
                        new TokenForm(one.root(), one.blocks(), other.signature()))) {
            assertRefused(TokenRefusal.NOT_GOOD, MINT.open(mixed.bytes(), SOMEONE), "mixed");
        }
    }

    @Test
    void forged_foreign_and_withdrawn_tokens_get_one_answer() {
        DelegationToken token = token(1, new Caveat.TenantAudience(new TenantId(5)));
        TokenForm form = TokenForm.of(token);
        TokenForm forged = new TokenForm(form.root(), form.blocks(), new byte[32]);
        TokenMint without = new TokenMint(KeyRing.of(TokenGenerator.key(8, 9)));
        TokenMint otherSecret = new TokenMint(KeyRing.of(TokenGenerator.key(7, 9)));
        Presenter foreign = new Presenter(new TenantId(6), new SessionId(10), Set.of());

        opened(token.bytes(), SOMEONE);
        Set<TokenVerdict> answers =
                Set.copyOf(
                        List.of(
                                MINT.open(forged.bytes(), SOMEONE),
                                MINT.open(token.bytes(), foreign),
                                without.open(token.bytes(), SOMEONE),
                                otherSecret.open(token.bytes(), SOMEONE)));

        assertEquals(Set.of(new TokenRefused(TokenRefusal.NOT_GOOD, 0)), answers);
    }

    @Test
    void a_token_outlives_rotation_until_its_key_is_withdrawn() {
        DelegationToken token = token(1, new Caveat.Epoch(9));
        KeyRing rotated = KeyRing.of(KEY).rotatedTo(TokenGenerator.key(8, 9));

        assertInstanceOf(
                TokenVerdict.Opened.class, new TokenMint(rotated).open(token.bytes(), SOMEONE));
        assertRefused(
                TokenRefusal.NOT_GOOD,
                new TokenMint(rotated.withoutPrevious(7)).open(token.bytes(), SOMEONE),
                "withdrawn");
    }

    /// Each is signed as it stands, so that nothing but its form is wrong.
    static Stream<String> nonCanonicalCaveats() {
        return Stream.of(
                "", // nothing
                "820318", // cut
                "82180301", // long type
                "82031801", // long value
                "8203190001",
                "8203e0", // simple value
                "820320", // negative
                "82031bffffffffffffffff", // beyond 63 bits
                "9f0301ff", // array without a length
                "98020301", // long array head
                "83030101", // one field more
                "8103", // one field less
                "8203c001", // tagged
                "82030100", // a byte after
                "a10301", // a map
                "820180", // no tenants
                "82018100", // tenant 0
                "820182050a00",
                "8201820a05", // descending
                "8201820505", // twice
                "820200", // no rights
                "8202190200", // a right that is none
                "820400", // no use
                "82051a80000000", // beyond an int
                "820680",
                "8206830102 03".replace(" ", ""),
                "8207581fababababababababababababababababababababababababababababababab",
                "82077820" + "61".repeat(32)); // text
    }

    @ParameterizedTest
    @MethodSource("nonCanonicalCaveats")
    void a_caveat_in_another_form_is_refused_though_signed(String hex) {
        byte[] root = TokenForm.of(token(1)).root();
        TokenForm form = TokenForm.signed(root, List.of(HexFormat.of().parseHex(hex)));

        assertRefused(TokenRefusal.MALFORMED, MINT.open(form.bytes(), SOMEONE), hex);
        opened(TokenForm.signed(root, List.of(HexFormat.of().parseHex("820301"))).bytes(), SOMEONE);
    }

    /// A root of key 7, nonce, tenant 1, session 2, slot 3, generation 4, rights.
    static Stream<String> nonCanonicalRoots() {
        String nonce = "50" + "00".repeat(16);
        return Stream.of(
                "",
                "86" + "07" + nonce + "01020304",
                "88" + "07" + nonce + "0102030405" + "00",
                "87" + "1807" + nonce + "0102030405",
                "87" + "07" + "5810" + "00".repeat(16) + "0102030405",
                "87" + "07" + "4f" + "00".repeat(15) + "0102030405",
                "87" + "07" + nonce + "0002030405",
                "87" + "07" + nonce + "0100030405",
                "87" + "07" + nonce + "010203041802",
                "87" + "07" + nonce + "0102030400",
                "87" + "07" + nonce + "01020304190200",
                "87" + "07" + nonce + "01021a800000000405",
                "87" + "07" + nonce + "010203040500",
                "9f" + "07" + nonce + "0102030405ff");
    }

    @ParameterizedTest
    @MethodSource("nonCanonicalRoots")
    void a_root_in_another_form_is_refused_though_signed(String hex) {
        TokenForm form = TokenForm.signed(HexFormat.of().parseHex(hex), List.of());
        String right = "8707" + "50" + "00".repeat(16) + "0102030405";

        assertRefused(TokenRefusal.MALFORMED, MINT.open(form.bytes(), SOMEONE), hex);
        opened(TokenForm.signed(HexFormat.of().parseHex(right), List.of()).bytes(), SOMEONE);
    }

    @Test
    void an_envelope_in_another_form_is_refused() {
        String hex = HexFormat.of().formatHex(token(1, new Caveat.Epoch(1)).bytes());
        List<String> others =
                List.of(
                        hex + "00",
                        hex.substring(0, hex.length() - 2),
                        "9f" + hex.substring(2) + "ff",
                        "9804" + hex.substring(2),
                        "8402" + hex.substring(4),
                        "841801" + hex.substring(4),
                        "d9d9f7" + hex,
                        hex.replace("8143820301", "980143820301"),
                        hex.replace("8143820301", "9f43820301ff"),
                        hex.replace("8143820301", "815803820301"),
                        hex.replace("8143820301", "8163820301"),
                        hex.replace("8143820301", "83820301"));

        for (String other : others) {
            assertNotEquals(hex, other);
            assertRefused(
                    TokenRefusal.MALFORMED,
                    MINT.open(HexFormat.of().parseHex(other), SOMEONE),
                    other);
        }
    }

    /// Random damage: whatever is still read is written back as it was.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void there_is_one_sequence_of_bytes_for_each_token(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        int read = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] bytes = TokenForm.usable(random, 2).bytes();
            for (int edits = 1 + random.below(2); edits > 0; edits--) {
                bytes[random.below(bytes.length - 33)] = (byte) random.below(256);
            }
            if (DelegationToken.read(bytes) instanceof TokenReading.Ok(DelegationToken token)) {
                assertTrue(Arrays.equals(bytes, token.bytes()));
                read++;
            }
        }
        assertTrue(read > 200 && read < 3_800, read + " were read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"820001", "820801", "82186401", "8208a0"})
    void an_unknown_caveat_is_refused_though_signed(String hex) {
        byte[] root = TokenForm.of(token(1)).root();
        TokenForm form = TokenForm.signed(root, List.of(HexFormat.of().parseHex(hex)));

        assertRefused(TokenRefusal.CAVEAT_UNKNOWN, MINT.open(form.bytes(), SOMEONE), hex);
    }

    @Test
    void a_token_whose_caveats_leave_no_right_is_refused() {
        Caveat alloc = new Caveat.Ops(Set.of(Capability.ALLOC));
        Caveat magic = new Caveat.Ops(Set.of(Capability.MAGIC));

        opened(token(1, alloc).bytes(), SOMEONE);
        assertRefused(
                TokenRefusal.NOTHING_LEFT,
                MINT.open(token(1, alloc, magic).bytes(), SOMEONE),
                "alloc and magic");
    }

    @Test
    void copies_of_a_token_share_the_allowance_of_its_quota() {
        DelegationToken token = token(1, new Caveat.Epoch(9), new Caveat.Quota(10));
        DelegationToken copy = token.restrict(new Caveat.Qubits(2)).orElseThrow();
        DelegationToken smaller = copy.restrict(new Caveat.Quota(3)).orElseThrow();
        DelegationToken other = token(2, new Caveat.Epoch(9), new Caveat.Quota(10));
        DelegationToken sibling = token(1, new Caveat.Epoch(8), new Caveat.Quota(10));

        List<Allowance> allowances = allowances(token);

        assertEquals(List.of(10L), allowances.stream().map(Allowance::uses).toList());
        assertEquals(allowances, allowances(copy));
        assertEquals(List.of(10L, 3L), allowances(smaller).stream().map(Allowance::uses).toList());
        assertEquals(allowances.getFirst(), allowances(smaller).getFirst());
        assertNotEquals(allowances, allowances(other));
        assertNotEquals(allowances, allowances(sibling));
        assertEquals(List.of(), allowances(token(1, new Caveat.Epoch(9))));
    }

    @Test
    void an_allowance_does_not_tell_the_signature() {
        DelegationToken token = token(1, new Caveat.Quota(10));

        String id = allowances(token).getFirst().id().text();

        assertEquals(32, id.length());
        assertFalse(HexFormat.of().formatHex(token.signature()).contains(id));
    }

    private static List<Allowance> allowances(DelegationToken token) {
        return opened(token.bytes(), SOMEONE).allowances();
    }

    private static DelegationToken token(int nonce, Caveat... caveats) {
        return TokenGenerator.restrict(
                MINT.mint(delegation(Capability.ALLOC, Capability.MAGIC), new Word128(0, nonce)),
                List.of(caveats));
    }
}
