package org.anfinsen.pipeline.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfidencePlotsTest {
    private static final Pattern BAND = Pattern.compile("fill:rgb\\((0,83,214|101,203,243|255,219,19|255,125,69)\\)");

    /** The same picture has the same bytes, whichever run of the program drew it. */
    @Test
    void drawsTheBandsFromTheHighestClassDown() {
        String svg =
                new String(ConfidencePlots.plddt(new double[] {20, 60, 80, 95}).svg(), StandardCharsets.UTF_8);
        assertThat(BAND.matcher(svg).results().map(match -> match.group(1)).distinct())
                .containsExactly("0,83,214", "101,203,243", "255,219,19", "255,125,69");
    }
}
