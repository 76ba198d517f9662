package org.qmk.qasm;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.Guard;

/// Conditions, loops and jumps. All of them become conditions under which statements run.
///
/// What leaves a loop, a subroutine or the program early is remembered as the condition under which
/// it does; what follows runs where that does not hold.
final class QasmFlow {

    /// Runs statements one after another.
    interface Body {
        void run(List<QasmStatement> body, QasmScope scope);
    }

    private final QasmNotes notes;
    private final QasmSteps steps;
    private final BitNetwork network;
    private final BitStore store;
    private final QasmEmitter emitter;
    private final QasmEvaluator evaluator;
    private final Body body;

    /// Rounds of a loop that depends on measurements and says nothing itself; negative for none.
    private long bound;

    /// Conditions under which the loop and its round, the subroutine and the program were left.
    private int broken = BitNetwork.FALSE;

    private int continued = BitNetwork.FALSE;
    private int returned = BitNetwork.FALSE;
    private int ended = BitNetwork.FALSE;

    /// Where a loop had more rounds to go than its bound.
    private int overflow = BitNetwork.FALSE;

    private boolean inLoop;
    private boolean inSubroutine;

    QasmFlow(
            QasmNotes notes,
            QasmSteps steps,
            BitNetwork network,
            BitStore store,
            QasmEmitter emitter,
            QasmEvaluator evaluator,
            Body body,
            long bound) {
        this.notes = notes;
        this.steps = steps;
        this.network = network;
        this.store = store;
        this.emitter = emitter;
        this.evaluator = evaluator;
        this.body = body;
        this.bound = bound;
    }

    /// States the bound of all loops that follow and say nothing themselves.
    void bound(long rounds) {
        bound = rounds;
    }

    int overflow() {
        return overflow;
    }

    void conditional(QasmStatement.If conditional, QasmScope scope) {
        int condition = evaluator.condition(conditional.condition(), scope);
        under(condition, conditional.then(), scope);
        under(BitNetwork.not(condition), conditional.otherwise(), scope);
    }

    /// Runs statements where a condition holds besides those in force.
    private void under(int condition, List<QasmStatement> statements, QasmScope scope) {
        if (statements.isEmpty()) return;
        int before = store.condition;
        int all = network.and(before, condition);
        if (all == BitNetwork.FALSE) return;
        Guard guard = emitter.guard();
        enter(all);
        body.run(statements, scope.block());
        resume(before, guard);
    }

    private void enter(int condition) {
        if (condition == store.condition) return;
        store.condition = condition;
        emitter.guard(network.guard(condition));
    }

    /// Goes on where a condition holds and nothing was left.
    ///
    /// @param guard of that condition
    private void resume(int before, Guard guard) {
        int left = network.or(network.or(broken, continued), network.or(returned, ended));
        int still = network.and(before, BitNetwork.not(left));
        store.condition = still;
        boolean nobody = still == BitNetwork.FALSE;
        emitter.guard(still == before || nobody ? guard : network.guard(still));
    }

    void loop(QasmStatement.For loop, QasmScope scope, ConstantOf constants) {
        List<QasmValue> values = evaluator.sequence(loop.values(), scope, steps);
        QasmType type = evaluator.type(loop.type(), scope);
        Frame frame = enterLoop();
        try {
            for (QasmValue value : values) {
                if (store.condition == BitNetwork.FALSE) break;
                steps.take();
                QasmScope round = scope.block();
                QasmValue converted = constants.of(value, type, loop.values());
                round.declare(loop.name(), new QasmSymbol.Constant(converted));
                body.run(loop.body(), round.block());
                continued = BitNetwork.FALSE;
                resume(frame.condition, frame.guard);
            }
        } finally {
            leaveLoop(frame);
        }
    }

    /// Converts a value to the type of the name that stands for it.
    interface ConstantOf {
        QasmValue of(QasmValue value, QasmType type, QasmExpression from);
    }

    void loop(QasmStatement.While loop, QasmScope scope) {
        long most = bound;
        if (loop.bound() instanceof QasmExpression.Whole stated) most = stated.value();
        Frame frame = enterLoop();
        try {
            for (long round = 0; ; round++) {
                steps.take();
                int condition = evaluator.condition(loop.condition(), scope);
                int all = network.and(store.condition, condition);
                if (all == BitNetwork.FALSE) break;
                boolean depends =
                        condition != BitNetwork.TRUE || store.condition != frame.condition;
                if (depends && most < 0) {
                    throw notes.error(QasmRule.LOOP_UNBOUNDED, loop.start());
                }
                if (depends && round >= most) {
                    overflow = network.or(overflow, all);
                    break;
                }
                Guard guard = network.guard(all);
                store.condition = all;
                emitter.guard(guard);
                body.run(loop.body(), scope.block());
                continued = BitNetwork.FALSE;
                resume(all, guard);
            }
        } finally {
            leaveLoop(frame);
        }
    }

    /// What held before a loop or subroutine.
    private record Frame(
            int condition,
            Guard guard,
            int broken,
            int continued,
            int returned,
            boolean inLoop,
            boolean inSubroutine) {}

    private Frame frame() {
        return new Frame(
                store.condition,
                emitter.guard(),
                broken,
                continued,
                returned,
                inLoop,
                inSubroutine);
    }

    private Frame enterLoop() {
        Frame frame = frame();
        broken = BitNetwork.FALSE;
        continued = BitNetwork.FALSE;
        inLoop = true;
        return frame;
    }

    private void leaveLoop(Frame frame) {
        broken = frame.broken;
        continued = frame.continued;
        inLoop = frame.inLoop;
        resume(frame.condition, frame.guard);
    }

    /// Runs the body of a subroutine.
    void subroutine(List<QasmStatement> statements, QasmScope scope) {
        Frame frame = frame();
        broken = BitNetwork.FALSE;
        continued = BitNetwork.FALSE;
        returned = BitNetwork.FALSE;
        inLoop = false;
        inSubroutine = true;
        try {
            body.run(statements, scope);
        } finally {
            broken = frame.broken;
            continued = frame.continued;
            returned = frame.returned;
            inLoop = frame.inLoop;
            inSubroutine = frame.inSubroutine;
            resume(frame.condition, frame.guard);
        }
    }

    void breakLoop(int start) {
        if (!inLoop) throw notes.error(QasmRule.SCOPE_JUMP, start, "break", "loop");
        broken = network.or(broken, store.condition);
        store.condition = BitNetwork.FALSE;
    }

    void continueLoop(int start) {
        if (!inLoop) throw notes.error(QasmRule.SCOPE_JUMP, start, "continue", "loop");
        continued = network.or(continued, store.condition);
        store.condition = BitNetwork.FALSE;
    }

    void returnNow() {
        returned = network.or(returned, store.condition);
        store.condition = BitNetwork.FALSE;
    }

    boolean inSubroutine() {
        return inSubroutine;
    }

    void end() {
        ended = network.or(ended, store.condition);
        store.condition = BitNetwork.FALSE;
    }

    void choice(QasmStatement.Switch choice, QasmScope scope) {
        QasmValue subject = evaluator.value(choice.subject(), scope);
        int open = BitNetwork.TRUE;
        List<Integer> conditions = new ArrayList<>();
        for (QasmStatement.Case each : choice.cases()) {
            int chosen = BitNetwork.FALSE;
            for (QasmExpression label : each.labels()) {
                QasmValue wanted = new QasmValue.Whole(evaluator.whole(label, scope));
                chosen = network.or(chosen, evaluator.equal(subject, wanted, choice.subject()));
            }
            conditions.add(network.and(open, chosen));
            open = network.and(open, BitNetwork.not(chosen));
        }
        for (int i = 0; i < conditions.size(); i++) {
            under(conditions.get(i), choice.cases().get(i).body(), scope);
        }
        under(open, choice.otherwise(), scope);
    }
}
