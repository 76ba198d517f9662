package org.qmk.cli;

/// What the document of `qmk bench sharing` says besides figures.
final class SharingText {

    static final String WHAT =
            """
            # Sharing a machine between tenants

            Written by `qmk bench sharing --out docs/reference/sharing.md`; do not edit.

            The same jobs, at the same epochs, go to the kernel under each of its policies, on a
            simulated machine with finite rates, factories that fail and decoders that lag. \
            Tenant 1 is
            greedy: it asks for as much as all others together. *Others* are all tenants but this
            one. Times are in epochs.

            """;

    static final String METHOD =
            """

            ## The load
            Reproducible from the seed alone (SplitMix64; logarithms as in `StrictMath`):

            - **Jobs.** 40 programs a seed, 8 of each kind; each has its number of shots, drawn \
            so that
              its logarithm is uniform.

            | kind | qubits | shots | program |
            |---|---|---|---|
            | Bell | 2 | 32 to 127 | one pair |
            | GHZ | 3 to 20 | 8 to 31 | a tree of CNOTs |
            | Clifford+T | 4 to 12 | 2 to 15 | 4 to 10 layers of H, S, SX or (one in five) T, and \
            CNOTs of random pairs |
            | measuring | 4 to 16 | 2 to 15 | 3 to 8 rounds of parities of neighbours with an \
            ancilla each, and an H that depends on each |
            | magic | 3 to 10 | 2 to 15 | 4 to 12 times a Toffoli and a T |

            - **Tenants.** Weights are 1, 1, 2, 4, and so on again. Each tenant draws how often it \
            takes
              each kind, 1 to 4 parts each. Tenant 1 asks for half of the work; the others share \
            the other
              half by weight.
            - **Arrivals.** Poisson: exponential gaps. Bursty: a tenant is on for 64 and off for \
            192 epochs
              on average, both exponential, and four times as busy while it is on.
            - **Deadlines.** One job in five has one, of 4 to 12 times what it takes alone.
            - **Load.** What is asked of the resource that most is asked of, blocks included, in \
            per cent of
              what there is. What a job asks for is what it takes when it runs alone.

            Parameters of the kernel are its defaults; all capabilities are granted without \
            bounds. Every run
            goes on until all jobs have ended, so that jobs that wait long are counted too.

            ## The figures
            - **Jain index** (Jain, Chiu, Hawe, DEC-TR-301, 1984): (sum x)^2 / (n sum x^2) over \
            the tenants;
              1 if all x are equal, 1/n if one has all. x is what a tenant was given, divided by \
            what was
              its due. Given: in each epoch the largest share of the machine's operations, lanes,
              measurements or magic states that its jobs took. Due: what was given in the epoch to \
            all,
              divided anew in proportion to weight, but to nobody more than he could use (weighted
              max-min fairness). A tenant of which no job lacked anything could use what it got; one
              that lacked something is taken to have use for all.
            - **Wait**: from the first epoch in which a job could have run to the first in which it
              ran. A job with a deadline may wait for the epochs that are reserved for it.
            - **Slowdown**: epochs from acceptance to end, divided by those that the job takes \
            alone on
              the machine.
            - **Refused**: jobs whose deadline cannot be kept (QMK-JOB-5); **missed**: jobs that \
            were
              accepted and ended after it.
            - **Use**: what was used while jobs came, as a share of what the machine gives.

            ## What they show
            Under FIFO the greedy tenant's queue is everybody's: the others wait as long as it \
            does. Round
            robin serves the others sooner, but goes by jobs, not by work or weight. FAIR, the \
            kernel's
            default, has the highest Jain index and the shortest p99 of the others' waits; half of \
            their
            jobs begin within an epoch or so, also under overload. The greedy tenant pays: in \
            bursts and
            under overload the p99 over all jobs is larger under FAIR than under FIFO. At a steady \
            80 % the
            policies hardly differ. Nor does the use of the machine depend much on the policy, so \
            that
            fairness costs no throughput here.

            What they do not show: other machines and mixes; programs wider than a module, which \
            also need
            Bell pairs; faults of waves. An index below 1 need not be unfair: a tenant that lacks \
            little is
            counted as if it lacked much, and a wave keeps its blocks to its end. Five seeds show \
            the spread,
            not a confidence interval. Deadlines are kept by reservation under every policy; \
            docs/spec/kernel.md
            promises that a reservation is kept only where outcomes are decoded in their epoch, \
            which is not
            so on a machine with a decoder latency.
            """;

    private SharingText() {}
}
