package org.anfinsen.structure.file;

import org.anfinsen.protein.AminoAcid;

/** The names of the amino acids in the wwPDB Chemical Component Dictionary. */
final class ComponentNames {

    private ComponentNames() {}

    static String of(AminoAcid aminoAcid) {
        return switch (aminoAcid) {
            case ALA -> "ALANINE";
            case ARG -> "ARGININE";
            case ASN -> "ASPARAGINE";
            case ASP -> "ASPARTIC ACID";
            case CYS -> "CYSTEINE";
            case GLN -> "GLUTAMINE";
            case GLU -> "GLUTAMIC ACID";
            case GLY -> "GLYCINE";
            case HIS -> "HISTIDINE";
            case ILE -> "ISOLEUCINE";
            case LEU -> "LEUCINE";
            case LYS -> "LYSINE";
            case MET -> "METHIONINE";
            case PHE -> "PHENYLALANINE";
            case PRO -> "PROLINE";
            case SER -> "SERINE";
            case THR -> "THREONINE";
            case TRP -> "TRYPTOPHAN";
            case TYR -> "TYROSINE";
            case VAL -> "VALINE";
            case UNKNOWN -> "UNKNOWN";
        };
    }
}
