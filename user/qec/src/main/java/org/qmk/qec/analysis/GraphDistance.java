package org.qmk.qec.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.qmk.qec.QecFailure;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ErrorColumns;

/// The fewest errors of at most two detectors that flip an observable and no detector.
public final class GraphDistance {

    private record Edge(int a, int b, long observables) {}

    // The boundary is the node behind the last detector.
    private final int nodes;
    private final List<List<Edge>> edges = new ArrayList<>();
    private final Set<Edge> all = new HashSet<>();

    private GraphDistance(ErrorColumns errors) {
        nodes = errors.detectors() + 1;
        for (int node = 0; node < nodes; node++) edges.add(new ArrayList<>());
        for (int error = 0; error < errors.count(); error++) {
            if (errors.chance(error) > 0) add(errors, error);
        }
    }

    /// @param model parts of decomposed errors count as errors; others with more than two detectors
    ///     are left out
    /// @return nothing if there is no such error
    public static OptionalInt of(DetectorErrorModel model) throws QecFailure {
        ErrorColumns errors = model.columns();
        if (errors.observables() > Long.SIZE) {
            throw new QecFailure(
                    org.qmk.qec.QecRule.SIZE,
                    "the model has %d observables, expected up to 64"
                            .formatted(errors.observables()));
        }
        var graph = new GraphDistance(errors);
        int best = Integer.MAX_VALUE;
        for (int observable = 0; observable < errors.observables(); observable++) {
            best = graph.shortest(1L << observable, best);
        }
        return best == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private void add(ErrorColumns errors, int error) {
        int[] detectors = {nodes - 1, nodes - 1};
        int count = 0;
        long observables = 0;
        for (int i = errors.start(error); i <= errors.end(error); i++) {
            boolean ends = i == errors.end(error);
            int symptom = ends ? ErrorColumns.SEPARATOR : errors.symptom(i);
            if (symptom == ErrorColumns.SEPARATOR) {
                if (count <= 2) add(new Edge(detectors[0], detectors[1], observables));
                Arrays.fill(detectors, nodes - 1);
                count = 0;
                observables = 0;
            } else if (ErrorColumns.isObservable(symptom)) {
                observables ^= 1L << ErrorColumns.observable(symptom);
            } else {
                if (count < 2) detectors[count] = symptom;
                count++;
            }
        }
    }

    private void add(Edge edge) {
        if (!all.add(edge)) return;
        edges.get(edge.a).add(edge);
        if (edge.b != edge.a) edges.get(edge.b).add(edge);
    }

    /// The shortest cycle with an odd number of edges that have the observable, if it is shorter
    /// than what is known: from an end of each such edge, by breadth.
    private int shortest(long observable, int known) {
        int best = known;
        Set<Integer> starts = new HashSet<>();
        for (Edge edge : all) if ((edge.observables & observable) != 0) starts.add(edge.a);
        int[] distance = new int[2 * nodes];
        for (int start : starts) best = Math.min(best, search(start, observable, best, distance));
        return best;
    }

    private int search(int start, long observable, int limit, int[] distance) {
        Arrays.fill(distance, -1);
        var queue = new ArrayDeque<Integer>();
        distance[2 * start] = 0;
        queue.add(2 * start);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (distance[state] + 1 >= limit) return limit;
            int node = state >> 1;
            for (Edge edge : edges.get(node)) {
                int to = edge.a == node ? edge.b : edge.a;
                int next = 2 * to + (state & 1 ^ ((edge.observables & observable) != 0 ? 1 : 0));
                if (distance[next] >= 0) continue;
                distance[next] = distance[state] + 1;
                if (next == 2 * start + 1) return distance[next];
                queue.add(next);
            }
        }
        return limit;
    }
}
