package org.anfinsen.service.settings;

import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.sequence.SequenceLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one caller may ask of the service: {@code anfinsen.limits.*}. Whatever is over a limit is refused, never cut.
 *
 * @param maxBody           bytes of a request's body
 * @param maxResidues       residues of one sequence: memory grows with the square
 * @param maxRecords        sequences of one request
 * @param maxAlignmentRows  rows of one alignment, the query included
 * @param maxAlignmentText  bytes of one alignment after decompression
 * @param maxNameCharacters characters of a sequence's name
 * @param maxQueuedJobs     jobs that wait at one time
 * @param maxEventStreams   event streams open at one time
 * @param maxPageSize       jobs of one page of the list
 */
@ConfigurationProperties("anfinsen.limits")
public record LimitSettings(
        @DefaultValue("8MB") DataSize maxBody,
        @DefaultValue("1024") int maxResidues,
        @DefaultValue("100") int maxRecords,
        @DefaultValue("50000") int maxAlignmentRows,
        @DefaultValue("64MB") DataSize maxAlignmentText,
        @DefaultValue("200") int maxNameCharacters,
        @DefaultValue("1000") int maxQueuedJobs,
        @DefaultValue("500") int maxEventStreams,
        @DefaultValue("200") int maxPageSize) {

    private static final DataSize BODY_MAX = DataSize.ofMegabytes(512);

    public LimitSettings {
        if (maxBody.toBytes() < 1 || maxBody.compareTo(BODY_MAX) > 0) {
            throw new IllegalArgumentException(
                    "anfinsen.limits.max-body is " + maxBody + ", limit 1B to " + BODY_MAX.toMegabytes() + "MB");
        }
        positive("max-residues", maxResidues);
        positive("max-records", maxRecords);
        positive("max-alignment-rows", maxAlignmentRows);
        positive("max-name-characters", maxNameCharacters);
        positive("max-queued-jobs", maxQueuedJobs);
        positive("max-event-streams", maxEventStreams);
        positive("max-page-size", maxPageSize);
    }

    /** The part of them that concerns an alignment. */
    public AlignmentLimits alignments() {
        return new AlignmentLimits(maxResidues, maxAlignmentRows, maxAlignmentText.toBytes());
    }

    /** The part of them that concerns a file of sequences. */
    public SequenceLimits sequences() {
        return new SequenceLimits(maxResidues, maxRecords, maxNameCharacters, (int) maxBody.toBytes());
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("anfinsen.limits." + name + " is " + value + ", must be at least 1");
        }
    }
}
