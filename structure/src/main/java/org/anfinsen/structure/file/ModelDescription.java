package org.anfinsen.structure.file;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a structure file says about a prediction besides its atoms.
 *
 * @param entryId         short name of the entry, such as the job's name
 * @param title           one sentence
 * @param modelName       which model package predicted it
 * @param modelVersion    its version
 * @param softwareVersion the version of Anfinsen
 * @param created         the day that the model package was made, UTC: that of the prediction would give other bytes each day
 * @param ptm             predicted TM-score, 0-1, where the model has that head
 * @param remarks         further lines, such as the seed and the number of recycles
 * @throws IllegalArgumentException if entryId or modelName is blank
 */
public record ModelDescription(
        String entryId,
        String title,
        String modelName,
        String modelVersion,
        String softwareVersion,
        LocalDate created,
        OptionalDouble ptm,
        List<String> remarks) {

    public ModelDescription {
        remarks = List.copyOf(remarks);
        if (entryId.isBlank() || modelName.isBlank()) {
            throw new IllegalArgumentException("a model description needs an entry id and a model name");
        }
    }
}
