package org.anfinsen.service.file;

import java.util.Locale;

/**
 * File names of one result, as ColabFold gives them: {@code {job}_unrelaxed_rank_001_{tag}.pdb} and so on.
 * What ColabFold does not write begins with what it is, {@code distogram_rank_001_{tag}_{job}.npz}: programs that look
 * for the PAE beside a structure, such as ChimeraX, take an array or JSON whose name begins or ends as the structure's
 * does.
 *
 * <p>Of several predictions of one chain, the files that ColabFold writes once are the best one's; where the others have
 * such a file, it is named like those that ColabFold does not write. Until they are ranked, the rank is left out.
 *
 * @param job  the prediction's name with every character outside {@code [A-Za-z0-9_.-]} replaced by {@code _}
 * @param tag  {@code {type}_model_{number}_seed_{seed}}, which is how scripts take names apart; the seed has at least
 *             three digits
 * @param rank 1 for the best of several predictions of one chain, and for the only one; 0 as long as it is not known
 */
public record ResultFileNames(String job, String tag, int rank) {

    /** A job's name is cut at this length, so that file systems take all of them. */
    private static final int JOB_CHARACTERS_MAX = 150;

    /** Names of the only prediction of a chain. */
    public static ResultFileNames of(String name, String model, long seed) {
        return new ResultFileNames(safe(name), String.format(Locale.ROOT, "%s_seed_%03d", numbered(model), seed), 1);
    }

    /**
     * A model by its type and number, as ColabFold writes it: AlphaFold's {@code model_3_ptm} is {@code
     * alphafold2_ptm_model_3}, and one without a number is the first of its own type.
     */
    private static String numbered(String model) {
        String typed = safe(model.replaceFirst("^model_([1-5])(_ptm)?$", "alphafold2$2_model_$1"));
        return typed.matches(".+_model_\\d+") ? typed : typed + "_model_1";
    }

    /** The same prediction's names with another rank. */
    public ResultFileNames ranked(int other) {
        return new ResultFileNames(job, tag, other);
    }

    /** The same prediction's names as long as the rank is not known. */
    public ResultFileNames unranked() {
        return ranked(0);
    }

    private static String safe(String name) {
        String replaced = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        replaced = replaced.startsWith(".") ? "_" + replaced.substring(1) : replaced;
        return replaced.length() > JOB_CHARACTERS_MAX ? replaced.substring(0, JOB_CHARACTERS_MAX) : replaced;
    }

    /** The file name of an artifact, such as {@code structure.pdb}. */
    public String of(String artifact) {
        return switch (artifact) {
            case "structure.pdb" -> job + "_unrelaxed_" + place() + ".pdb";
            case "structure.cif" -> job + "_unrelaxed_" + place() + ".cif";
            case "scores.json" -> job + "_scores_" + place() + ".json";
            default -> rank == 1 ? ofBest(artifact) : byContent(artifact);
        };
    }

    private String ofBest(String artifact) {
        return switch (artifact) {
            case "predicted_aligned_error_v1.json" -> job + "_predicted_aligned_error_v1.json";
            case "features/msa.a3m" -> job + ".a3m";
            default ->
                artifact.startsWith("plots/") ? job + "_" + artifact.substring("plots/".length()) : byContent(artifact);
        };
    }

    private String byContent(String artifact) {
        String last = artifact.substring(artifact.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0
                ? last + "_" + place() + "_" + job
                : last.substring(0, dot) + "_" + place() + "_" + job + last.substring(dot);
    }

    private String place() {
        return rank == 0 ? tag : String.format(Locale.ROOT, "rank_%03d_%s", rank, tag);
    }

    /** The file that says that all others are complete: of all predictions of the chain, or of one that has no rank yet. */
    public String done() {
        return rank == 0 ? job + "_" + tag + ".done.txt" : job + ".done.txt";
    }

    /** How several predictions of the chain were ranked, as AlphaFold writes it. */
    public String ranking() {
        return "ranking_debug_" + job + ".json";
    }

    /** All files in one. */
    public String zip() {
        return rank == 1 ? job + ".result.zip" : job + "_" + place() + ".result.zip";
    }
}
