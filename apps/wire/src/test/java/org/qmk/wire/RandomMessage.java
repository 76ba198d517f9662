package org.qmk.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import java.util.SplittableRandom;
import org.qmk.wire.v1.Qsyscall;

/// Makes messages of any type of the definition, with values at the edges more often than chance.
final class RandomMessage {
    private static final String[] TEXTS = {
        "",
        "a",
        "q[0]",
        "\"\\/\b\f\n\r\t",
        "\u0000\u001f\u007f",
        "äöü €",
        "\uD83D\uDE00",
        "{}",
        "</"
    };
    private static final long[] WHOLES = {
        0,
        1,
        2,
        4294967295L,
        4294967296L,
        1L << 53,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };
    private static final double[] REALS = {
        0.0, -0.0, 1, 0.1, -1e-300, Double.MAX_VALUE, Double.MIN_VALUE, 1e22, 0.5000000000000001
    };

    private RandomMessage() {}

    /// Every type of message of the definition.
    static List<Descriptor> types() {
        return Qsyscall.getDescriptor().getMessageTypes();
    }

    /// A message of the generated class.
    static Message of(Message prototype, SplittableRandom random) {
        return fill(prototype.newBuilderForType(), random);
    }

    /// A message of that type, without its class.
    static Message of(Descriptor type, SplittableRandom random) {
        return fill(DynamicMessage.newBuilder(type), random);
    }

    private static Message fill(Message.Builder builder, SplittableRandom random) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (random.nextInt(3) == 0) continue;
            if (field.isMapField()) {
                fillMap(builder, field, random);
            } else if (field.isRepeated()) {
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    builder.addRepeatedField(field, value(builder, field, random));
                }
            } else {
                builder.setField(field, value(builder, field, random));
            }
        }
        return builder.build();
    }

    private static void fillMap(
            Message.Builder builder, FieldDescriptor field, SplittableRandom random) {
        int count = random.nextInt(4);
        var key = field.getMessageType().findFieldByNumber(1);
        var content = field.getMessageType().findFieldByNumber(2);
        for (int i = 0; i < count; i++) {
            Message.Builder entry = builder.newBuilderForField(field);
            entry.setField(key, i + TEXTS[random.nextInt(TEXTS.length)]);
            entry.setField(content, value(entry, content, random));
            builder.addRepeatedField(field, entry.build());
        }
    }

    private static Object value(
            Message.Builder builder, FieldDescriptor field, SplittableRandom random) {
        return switch (field.getJavaType()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) whole(random);
            case LONG -> whole(random);
            case DOUBLE ->
                    random.nextBoolean() ? REALS[random.nextInt(REALS.length)] : real(random);
            case BYTE_STRING -> bytes(random);
            case MESSAGE -> fill(builder.newBuilderForField(field), random);
            case FLOAT, ENUM -> throw new IllegalStateException(field.getFullName());
        };
    }

    private static long whole(SplittableRandom random) {
        return random.nextBoolean() ? WHOLES[random.nextInt(WHOLES.length)] : random.nextLong();
    }

    private static double real(SplittableRandom random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : 0.75;
    }

    private static ByteString bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(9)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
