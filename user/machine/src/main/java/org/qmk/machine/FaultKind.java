package org.qmk.machine;

import java.util.Optional;
import org.qmk.device.Condition;
import org.qmk.device.MachineShape;

/// What can go wrong with a machine below the kernel.
public enum FaultKind {
    /// The calibration of a module drifts away and back; signals say how far.
    DRIFT,
    /// A link loses pairs; signals say how many.
    LINK_LOSS,
    /// A module is too hot: signals say so, and waves in it do not do what was issued.
    HOT_MODULE,
    /// The decoders have more to do than the machine's blocks explain; signals say so.
    DECODER_OVERLOAD,
    /// A factory loses states; signals say how many.
    FACTORY_FAILURE,
    /// Outcomes that cannot be true.
    LYING_DECODER,
    /// Outcomes, supply and signals of what is not there.
    LYING_DEVICE,
    /// A wave's qubits are lost.
    LOST_QUBITS,
    /// Nothing of what was issued of a wave happens, though no module is hot.
    NOT_DONE;

    /// What a device says about it; nobody says of himself that he lies.
    Optional<Condition> condition() {
        return switch (this) {
            case DRIFT -> Optional.of(Condition.DRIFT);
            case LINK_LOSS -> Optional.of(Condition.LINK);
            case HOT_MODULE -> Optional.of(Condition.HOT_MODULE);
            case DECODER_OVERLOAD -> Optional.of(Condition.DECODER);
            case FACTORY_FAILURE -> Optional.of(Condition.FACTORY);
            case LYING_DECODER, LYING_DEVICE, LOST_QUBITS, NOT_DONE -> Optional.empty();
        };
    }

    /// How many things of the machine this can befall; 0 if it cannot happen to it.
    int subjects(MachineShape shape) {
        return switch (this) {
            case DRIFT, HOT_MODULE -> shape.modules();
            case LINK_LOSS -> shape.links().size();
            case FACTORY_FAILURE -> shape.factories().size();
            case DECODER_OVERLOAD -> MachineModel.decodersLimited(shape) ? 1 : 0;
            case LYING_DECODER, LYING_DEVICE, LOST_QUBITS, NOT_DONE -> 1;
        };
    }
}
