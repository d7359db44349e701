package org.anfinsen.msa.search.colabfold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.SearchFailure;
import org.anfinsen.msa.search.SearchOutcome;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColabFoldEngineTest {

    private static final ProteinSequence QUERY = new ProteinSequence("my protein", "MKVLITGAG");
    private static final String UNIREF = ">101\nMKVLITGAG\n>UniRef100_A\t120\nMKaV-ITGAG\n\0";
    private static final String ENVIRONMENTAL = ">101\nMKVLITGAG\n>SRR1\t80\nMRVLITG--\n>SRR2\t80\nMKV-ITGAG\n\0";

    private final LocalColabFoldServer server;

    ColabFoldEngineTest() throws IOException {
        server = new LocalColabFoldServer();
        server.result(LocalColabFoldServer.archiveOf(
                "bfd.mgnify30.metaeuk30.smag30.a3m", ENVIRONMENTAL, "uniref.a3m", UNIREF, "msa.sh", "#!/bin/sh\n"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SearchOutcome search(Duration timeout) throws InterruptedException {
        ColabFoldSettings settings = new ColabFoldSettings(
                "env", "anfinsen-test/1", Duration.ofSeconds(10), 2, Duration.ofMillis(5), timeout, 10_000);
        Database database = new Database("colabfold", EngineKind.COLABFOLD, server.address() + "/", "2026", "");
        return new ColabFoldEngine(settings).search(QUERY, database);
    }

    private SearchOutcome search() throws InterruptedException {
        return search(Duration.ofSeconds(30));
    }

    private SearchFailure failure() throws InterruptedException {
        SearchOutcome outcome = search();
        assertThat(outcome).isInstanceOf(SearchOutcome.Failed.class);
        return ((SearchOutcome.Failed) outcome).failure();
    }

    private void assertFound() throws InterruptedException {
        SearchOutcome outcome = search();
        assertThat(outcome).isInstanceOf(SearchOutcome.Found.class);
        Alignment alignment = ((SearchOutcome.Found) outcome).alignment();
        assertThat(alignment.name(0)).isEqualTo("my protein");
        assertThat(alignment.rows()).isEqualTo(3);
        assertThat(alignment.name(1)).isEqualTo("UniRef100_A\t120");
        assertThat(alignment.deletions(1, 2)).isEqualTo(1);
        assertThat(alignment.aligned(2)).isEqualTo("MRVLITG--");
    }

    @Test
    void waitsForTheTicketAndMergesTheAlignmentsUniRefFirst() throws InterruptedException {
        server.onSubmit("PENDING").onPoll("PENDING", "RUNNING", "UNKNOWN", "COMPLETE");
        assertFound();
        assertThat(server.forms()).containsExactly(Map.of("q", ">101\nMKVLITGAG\n", "mode", "env"));
        assertThat(server.userAgents()).containsOnly("anfinsen-test/1");
    }

    @Test
    void takesAResultThatTheServerHasAlready() throws InterruptedException {
        server.onSubmit("COMPLETE");
        assertFound();
    }

    @Test
    void asksAgainWhenTheRateLimitRefusesATicket() throws InterruptedException {
        server.onSubmit("RATELIMIT:2 a minute", "UNKNOWN", "PENDING");
        assertFound();
        assertThat(server.forms()).hasSize(3);
    }

    @Test
    void asksAgainWhenTheServerHasATrouble() throws InterruptedException {
        server.failing(2);
        assertFound();
    }

    @Test
    void asksAgainWhenAnAnswerBreaksOff() throws InterruptedException {
        server.breakingOff(2);
        assertFound();
    }

    @Test
    void saysThatTheRateLimitLastedUntilTheTimeWasUp() throws InterruptedException {
        String[] always = new String[5_000];
        Arrays.fill(always, "RATELIMIT:2 a minute");
        server.onSubmit(always);
        assertThat(search(Duration.ofSeconds(2)))
                .isEqualTo(new SearchOutcome.Failed(
                        new SearchFailure.ServerRefused(server.address() + "/", "rate limit, 2 a minute")));
    }

    @Test
    void saysThatTheSearchTookTooLong() throws InterruptedException {
        String[] always = new String[5_000];
        Arrays.fill(always, "RUNNING");
        server.onPoll(always);
        SearchOutcome outcome = search(Duration.ofMillis(300));
        assertThat(((SearchOutcome.Failed) outcome).failure()).isInstanceOf(SearchFailure.TimedOut.class);
    }

    @Test
    void givesTheServersReasonForMaintenanceAndErrors() throws InterruptedException {
        server.onSubmit("MAINTENANCE");
        assertThat(failure().message()).endsWith("did not search: maintenance");
        server.onSubmit("PENDING").onPoll("ERROR");
        assertThat(failure().message()).endsWith("did not search: the search failed there");
    }

    @Test
    void refusesAnswersThatAreNotOfTheProtocol() throws InterruptedException {
        server.onSubmit("<html>busy</html>");
        assertThat(failure()).isInstanceOf(SearchFailure.OutputUnreadable.class);
    }

    @Test
    void refusesBrokenResultsAndThoseOfAnotherQuery() throws InterruptedException {
        server.result(new byte[] {1, 2, 3});
        assertThat(failure()).isInstanceOf(SearchFailure.OutputUnreadable.class);
        server.result(LocalColabFoldServer.archiveOf("msa.sh", ""));
        assertThat(failure().message()).contains("no A3M file");
        server.result(LocalColabFoldServer.archiveOf("uniref.a3m", ">101\nMKV\n"));
        assertThat(failure().message()).contains("not the query");
        server.result(LocalColabFoldServer.archiveOf("uniref.a3m", ">101\n" + "M".repeat(20_000)));
        assertThat(failure().message()).contains("more than 10000 bytes");
    }

    @Test
    void saysThatTheServerDoesNotAnswer() throws InterruptedException {
        server.failing(100);
        assertThat(failure()).isInstanceOf(SearchFailure.ServerUnreachable.class);
        server.close();
        assertThat(failure()).isInstanceOf(SearchFailure.ServerUnreachable.class);
    }

    @Test
    void checksTheAddress() {
        ColabFoldEngine engine = new ColabFoldEngine(ColabFoldSettings.defaults("anfinsen-test/1"));
        assertThat(engine.check(new Database("a", EngineKind.COLABFOLD, "https://example.org", "1", "")))
                .isEmpty();
        assertThat(engine.check(new Database("a", EngineKind.COLABFOLD, "not an address", "1", "")))
                .isPresent();
    }
}
