package org.anfinsen.pipeline.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anfinsen.pipeline.benchmark.PeerScore;

/** Our scores beside those of other methods, on the domains that both have. */
record PeerTable(Map<String, List<Pair>> byMethod) {

    /** One domain. */
    record Pair(ScoreRow row, PeerScore peer) {}

    static PeerTable of(List<ScoreRow> rows, List<PeerScore> peers) {
        Map<String, ScoreRow> byDomain = new HashMap<>();
        rows.forEach(row -> byDomain.put(row.scores().domain(), row));
        Map<String, List<Pair>> methods = new TreeMap<>();
        for (PeerScore peer : peers) {
            ScoreRow row = byDomain.get(peer.domain());
            if (row != null) {
                methods.computeIfAbsent(peer.method(), method -> new ArrayList<>())
                        .add(new Pair(row, peer));
            }
        }
        return new PeerTable(methods);
    }
}
