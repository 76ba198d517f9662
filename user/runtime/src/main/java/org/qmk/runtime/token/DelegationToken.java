package org.qmk.runtime.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/// A capability that travels: what is delegated, caveats that narrow it, and a signature over all.
///
/// Who holds a token can restrict it further and needs no key. Nobody can take a caveat away: the
/// signature before a block is the key of the signature after it, and is not in the token.
public final class DelegationToken {
    public static final int BYTES_MAX = 4096;
    public static final int CAVEATS_MAX = 32;

    private static final int VERSION = 1;

    /// Parts the root's signature from the codes of sealed handles.
    private static final byte[] ROOT_LABEL = "qmk token 1".getBytes(StandardCharsets.US_ASCII);

    /// Begins with no byte that a block begins with, so it is the message of no block.
    private static final byte[] ALLOWANCE_LABEL =
            "qmk allowance 1".getBytes(StandardCharsets.US_ASCII);

    private final TokenRoot root;

    /// The bytes of the root.
    private final byte[] rootBlock;

    /// The bytes of each caveat, in the order in which they were added.
    private final List<byte[]> blocks;

    /// What the blocks say.
    private final List<Caveat> caveats;

    private final byte[] signature;

    private DelegationToken(
            TokenRoot root,
            byte[] rootBlock,
            List<byte[]> blocks,
            List<Caveat> caveats,
            byte[] signature) {
        this.root = root;
        this.rootBlock = rootBlock;
        this.blocks = blocks;
        this.caveats = caveats;
        this.signature = signature;
    }

    /// @param mac holds the key that the root names
    static DelegationToken signed(TokenRoot root, Mac mac) {
        byte[] block = root.encode();
        return new DelegationToken(root, block, List.of(), List.of(), rootSignature(mac, block));
    }

    /// Reads the text that `text` makes.
    public static TokenReading read(String text) {
        if (text.length() > WireText.TOKEN.lengthMax(BYTES_MAX)) {
            return new TokenRefused(TokenRefusal.TOO_LARGE, 0);
        }
        return WireText.TOKEN
                .read(text)
                .map(DelegationToken::read)
                .orElseGet(() -> new TokenRefused(TokenRefusal.MALFORMED, 0));
    }

    public static TokenReading read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) return new TokenRefused(TokenRefusal.TOO_LARGE, 0);
        CborReader in = new CborReader(bytes);
        // Where the item that is being read begins; faults inside a block count from there.
        int start = 0;
        try {
            in.array(4, 4);
            in.unsigned(VERSION, VERSION);
            start = in.offset();
            byte[] rootBlock = in.bytes(0, TokenRoot.BYTES_MAX);
            TokenRoot root = TokenRoot.decode(rootBlock);
            start = in.offset();
            int size = in.array(0, Integer.MAX_VALUE);
            if (size > CAVEATS_MAX) return new TokenRefused(TokenRefusal.TOO_LARGE, 0);
            List<byte[]> blocks = new ArrayList<>(size);
            List<Caveat> caveats = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                start = in.offset();
                byte[] block = in.bytes(0, CaveatBlock.BYTES_MAX);
                blocks.add(block);
                caveats.add(CaveatBlock.decode(block));
            }
            start = in.offset();
            byte[] signature = in.bytes(Hmac.BYTES, Hmac.BYTES);
            start = in.offset();
            in.end();
            return new TokenReading.Ok(
                    new DelegationToken(root, rootBlock, blocks, caveats, signature));
        } catch (CborReader.Malformed malformed) {
            return new TokenRefused(TokenRefusal.MALFORMED, start);
        } catch (CaveatBlock.UnknownType unknown) {
            return new TokenRefused(TokenRefusal.CAVEAT_UNKNOWN, start);
        }
    }

    /// A token that allows no more than this one and what the caveat allows; nothing if it would
    /// be larger than a token may be. This one stays as it is.
    public Optional<DelegationToken> restrict(Caveat caveat) {
        byte[] block = CaveatBlock.encode(caveat);
        List<byte[]> moreBlocks = new ArrayList<>(blocks);
        moreBlocks.add(block);
        List<Caveat> moreCaveats = new ArrayList<>(caveats);
        moreCaveats.add(caveat);
        byte[] next = Hmac.keyed(signature).doFinal(block);
        DelegationToken token = new DelegationToken(root, rootBlock, moreBlocks, moreCaveats, next);
        boolean fits = moreBlocks.size() <= CAVEATS_MAX && token.bytes().length <= BYTES_MAX;
        return fits ? Optional.of(token) : Optional.empty();
    }

    public byte[] bytes() {
        CborWriter out = new CborWriter().array(4).unsigned(VERSION).bytes(rootBlock);
        out.array(blocks.size());
        blocks.forEach(out::bytes);
        return out.bytes(signature).toBytes();
    }

    /// `qmkd1.`, then the bytes in base64url without padding.
    public String text() {
        return WireText.TOKEN.write(bytes());
    }

    /// What it claims to delegate. Only a mint can say whether the claim is true.
    public Delegation delegation() {
        return root.delegation();
    }

    /// In the order in which they were added.
    public List<Caveat> caveats() {
        return List.copyOf(caveats);
    }

    /// What it claims to allow.
    public Bound bound() {
        Bound bound = Bound.of(root.delegation().rights());
        for (Caveat caveat : caveats) bound = bound.and(caveat);
        return bound;
    }

    /// The number of the key that signed it, so it says.
    int keyId() {
        return root.keyId();
    }

    byte[] signature() {
        return signature.clone();
    }

    /// Signs all blocks anew and tells where their uses are counted.
    ///
    /// @param mac holds the key that the root names; it is used up
    /// @param allowances gets one for each quota
    /// @return the signature that the token has if it is genuine
    byte[] sign(Mac mac, List<Allowance> allowances) {
        byte[] code = rootSignature(mac, rootBlock);
        for (int i = 0; i < blocks.size(); i++) {
            code = Hmac.code(mac, code, blocks.get(i));
            if (caveats.get(i) instanceof Caveat.Quota(long uses)) {
                byte[] id = Hmac.code(mac, code, ALLOWANCE_LABEL);
                allowances.add(new Allowance(Word128.of(id), uses));
            }
        }
        return code;
    }

    private static byte[] rootSignature(Mac mac, byte[] rootBlock) {
        mac.update(ROOT_LABEL);
        return mac.doFinal(rootBlock);
    }
}
