package org.anfinsen.service.file;

import java.util.Locale;

/**
 * File names of one result, as ColabFold gives them: {@code {job}_unrelaxed_rank_001_{model}_seed_{seed}.pdb} and so on.
 * What ColabFold does not write begins with what it is, {@code distogram_rank_001_{model}_seed_{seed}_{job}.npz}: programs
 * that look for the PAE beside a structure, such as ChimeraX, take an array or JSON whose name begins or ends as the
 * structure's does.
 *
 * @param job  the prediction's name with every character outside {@code [A-Za-z0-9_.-]} replaced by {@code _}
 * @param rank {@code rank_001_{model}_seed_{seed}}, the seed with at least three digits
 */
public record ResultFileNames(String job, String rank) {

    /** A job's name is cut at this length, so that file systems take all of them. */
    private static final int JOB_CHARACTERS_MAX = 150;

    public static ResultFileNames of(String name, String model, long seed) {
        return new ResultFileNames(safe(name), String.format(Locale.ROOT, "rank_001_%s_seed_%03d", safe(model), seed));
    }

    private static String safe(String name) {
        String replaced = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        replaced = replaced.startsWith(".") ? "_" + replaced.substring(1) : replaced;
        return replaced.length() > JOB_CHARACTERS_MAX ? replaced.substring(0, JOB_CHARACTERS_MAX) : replaced;
    }

    /** The file name of an artifact, such as {@code structure.pdb}. */
    public String of(String artifact) {
        return switch (artifact) {
            case "structure.pdb" -> job + "_unrelaxed_" + rank + ".pdb";
            case "structure.cif" -> job + "_unrelaxed_" + rank + ".cif";
            case "scores.json" -> job + "_scores_" + rank + ".json";
            case "predicted_aligned_error_v1.json" -> job + "_predicted_aligned_error_v1.json";
            case "features/msa.a3m" -> job + ".a3m";
            default -> {
                if (artifact.startsWith("plots/")) {
                    yield job + "_" + artifact.substring("plots/".length());
                }
                String last = artifact.substring(artifact.lastIndexOf('/') + 1);
                int dot = last.lastIndexOf('.');
                yield dot < 0
                        ? last + "_" + rank + "_" + job
                        : last.substring(0, dot) + "_" + rank + "_" + job + last.substring(dot);
            }
        };
    }

    /** The file that says that all others are complete. */
    public String done() {
        return job + ".done.txt";
    }

    /** All files in one. */
    public String zip() {
        return job + ".result.zip";
    }
}
