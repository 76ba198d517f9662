package org.qmk.cli;

import picocli.CommandLine.Model.CommandSpec;

/// `qmk qec`: noisy circuits and what is made of them.
final class QecCommand {

    private QecCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("qec").addOption(QmkCommand.helpOption());
        spec.usageMessage()
                .header("Make, sample and analyse circuits of quantum error correction.")
                .synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("gen", QecGenCommand.spec());
        spec.addSubcommand("sample", QecSampleCommand.measurementsSpec());
        spec.addSubcommand("detect", QecSampleCommand.detectionsSpec());
        spec.addSubcommand("sample_dem", QecSampleModelCommand.spec());
        spec.addSubcommand("dem", QecModelCommand.spec());
        spec.addSubcommand("m2d", QecConvertCommand.spec());
        spec.addSubcommand("decode", QecDecodeCommand.spec());
        spec.addSubcommand("memory", QecMemoryCommand.spec());
        spec.addSubcommand("threshold", QecThresholdCommand.spec());
        return QmkCommand.withExamples(
                spec,
                "qmk qec gen --code repetition_code --task memory -d 3 -r 3 --p 0.01 -o m.stim",
                "qmk qec detect m.stim --shots 5 --out-format dets");
    }
}
