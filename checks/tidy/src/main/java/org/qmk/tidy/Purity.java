package org.qmk.tidy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The trusted base computes: no clock, randomness, thread, I/O, reflection or hash order.
///
/// Reads compiled classes, so that nothing hides behind an import, a wildcard or a generic type.
/// What is not named here is forbidden.
final class Purity {
    /// Classes that compute from their arguments alone. `java.lang.invoke` and `java.lang.runtime`
    /// hold the bootstraps that javac itself emits for lambdas, records and switches.
    private static final Pattern ALLOWED =
            Pattern.compile(
                    "org/qmk/(qvm|verifier|device|kernel)/.*"
                            + "|java/lang/[^/]*"
                            + "|java/lang/annotation/[^/]*"
                            + "|java/lang/invoke/(MethodHandles(\\$Lookup)?|LambdaMetafactory"
                            + "|StringConcatFactory|CallSite|MethodHandle|MethodType|TypeDescriptor"
                            + "|VarHandle)"
                            + "|java/lang/runtime/(ObjectMethods|SwitchBootstraps)"
                            + "|java/math/[^/]*"
                            + "|java/nio/[^/]*Buffer|java/nio/ByteOrder"
                            + "|java/nio/charset/(Charset|StandardCharsets)"
                            + "|java/util/[^/]*|java/util/function/[^/]*|java/util/stream/[^/]*"
                            + "|java/io/Serializable");

    /// Classes of those packages that do more than compute, or that iterate in hash order.
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    "java/lang/(Thread.*|InheritableThreadLocal|Runtime.*|Process.*|ClassLoader"
                            + "|Module.*|StackWalker.*|ScopedValue.*|Shutdown|Console)"
                            + "|java/nio/MappedByteBuffer"
                            + "|java/util/(HashMap|HashSet|Hashtable|IdentityHashMap|WeakHashMap"
                            + "|Random|SplittableRandom|UUID|Date|Calendar|GregorianCalendar"
                            + "|TimeZone|Timer|TimerTask|Scanner|ServiceLoader|Properties"
                            + "|ResourceBundle|Currency)(\\$.*)?");

    /// Methods that read the world, reflect, or give a collection whose order differs from run to
    /// run. `System` keeps `arraycopy` alone.
    private static final Pattern FORBIDDEN_MEMBER =
            Pattern.compile(
                    "java/lang/System\\.(?!arraycopy$).*"
                            + "|java/lang/Math\\.random|java/lang/StrictMath\\.random"
                            + "|java/lang/Object\\.(hashCode|wait|notify|notifyAll)"
                            + "|java/lang/Class\\.(?!getSimpleName$|desiredAssertionStatus$"
                            + "|isInstance$|cast$|hashCode$|equals$).*"
                            + "|java/lang/String\\.intern"
                            + "|java/util/(Set|Map)\\.(of|ofEntries|copyOf)"
                            + "|java/util/Locale\\.(getDefault|setDefault)"
                            + "|java/util/Collections\\.shuffle"
                            + "|java/util/(Collection|List|Set)\\.parallelStream"
                            + "|java/util/stream/\\w+\\.(parallel|unordered|findAny)"
                            + "|java/util/stream/Collectors\\.(toSet|toMap|toUnmodifiableSet"
                            + "|toUnmodifiableMap|groupingBy|partitioningBy|\\w*Concurrent\\w*)");

    /// Methods whose answer depends on the locale of the machine.
    private static final Pattern LOCALE =
            Pattern.compile(
                    "java/lang/String\\.(format\\(Ljava/lang/String;.*|formatted\\(.*"
                            + "|to(Upper|Lower)Case\\(\\).*)");

    /// A class that may use something else, and why.
    private enum Exemption {
        DIGEST(
                "org/qmk/(qvm/ByteWriter|kernel/\\w*(Digest|Hash|Audit|Journal)\\w*)(\\$.*)?",
                "java/security/(MessageDigest|NoSuchAlgorithmException|DigestException)",
                "digests are a fixed function of their bytes"),
        INTERNING(
                "org/qmk/qvm/GraphBuilder",
                "java/util/HashMap",
                "guards and arguments are looked up, never iterated");

        private final Pattern user;
        private final Pattern used;

        Exemption(String user, String used, String reason) {
            this.user = Pattern.compile(user);
            this.used = Pattern.compile(used);
            if (reason.isBlank()) throw new IllegalArgumentException("an exemption has a reason");
        }

        private static boolean covers(String user, String used) {
            for (Exemption exemption : values()) {
                if (exemption.user.matcher(user).matches()
                        && exemption.used.matcher(used).matches()) return true;
            }
            return false;
        }
    }

    private Purity() {}

    /// Says what a class refers to that the trusted base must not.
    ///
    /// @param bytes a class file
    static List<String> impurities(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        String user = model.thisClass().asInternalName();
        TreeSet<String> found = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type) checkClass(user, type.asInternalName(), found);
            if (entry instanceof MemberRefEntry member) checkMember(user, member, found);
        }
        for (FieldModel field : model.fields()) checkField(user, field, found);
        return List.copyOf(found);
    }

    private static void checkClass(String user, String name, TreeSet<String> found) {
        String used = elementOf(name);
        boolean pure = ALLOWED.matcher(used).matches() && !FORBIDDEN.matcher(used).matches();
        if (!used.isEmpty() && !pure && !Exemption.covers(user, used)) {
            found.add(user + ": must not use " + used + ".");
        }
    }

    private static void checkMember(String user, MemberRefEntry member, TreeSet<String> found) {
        String owner = elementOf(member.owner().asInternalName());
        String used = owner + "." + member.name().stringValue();
        String signed = used + member.type().stringValue();
        boolean pure =
                !FORBIDDEN_MEMBER.matcher(used).matches() && !LOCALE.matcher(signed).matches();
        if (!pure && !Exemption.covers(user, used)) {
            found.add(user + ": must not use " + used + ".");
        }
    }

    private static void checkField(String user, FieldModel field, TreeSet<String> found) {
        boolean isStatic = field.flags().has(AccessFlag.STATIC);
        if (isStatic && !field.flags().has(AccessFlag.FINAL)) {
            found.add(user + ": the static field " + field.fieldName() + " is not final.");
        }
    }

    /// The class itself, or the element type of an array class; empty for arrays of primitives.
    private static String elementOf(String internalName) {
        if (!internalName.startsWith("[")) return internalName;
        String element = internalName.replaceFirst("^\\[+", "");
        return element.startsWith("L") ? element.substring(1, element.length() - 1) : "";
    }
}
