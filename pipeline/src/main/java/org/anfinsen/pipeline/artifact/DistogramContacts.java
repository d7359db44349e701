package org.anfinsen.pipeline.artifact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anfinsen.msa.coevolution.CaspRrWriter;
import org.anfinsen.msa.coevolution.ContactPrediction;
import org.anfinsen.msa.coevolution.PredictedContact;
import org.anfinsen.protein.ProteinSequence;

/** Contacts as the distogram of a finished prediction sees them, in CASP's RR format. */
public final class DistogramContacts {

    private static final int CONTACTS_PER_RESIDUE = 20;
    private static final double CONTACT_ANGSTROM = 8;

    private DistogramContacts() {}

    /**
     * The most probable pairs at least six apart, {@value #CONTACTS_PER_RESIDUE} for each residue.
     *
     * @param distogramNpz the file {@code distogram.npz}
     * @param author       registration code or name of the group
     */
    public static String write(ProteinSequence target, byte[] distogramNpz, String author) {
        StoredDistogram distogram = StoredDistogram.read(distogramNpz);
        List<PredictedContact> contacts = new ArrayList<>();
        for (int i = 0; i < distogram.length(); i++) {
            for (int j = i + ContactPrediction.SEPARATION_MIN; j < distogram.length(); j++) {
                contacts.add(new PredictedContact(i, j, Math.min(1, distogram.closerThan(i, j, CONTACT_ANGSTROM))));
            }
        }
        contacts.sort(Comparator.comparingDouble(PredictedContact::probability).reversed());
        String method = "Distogram of the first model, probability below 8 A";
        return CaspRrWriter.write(target, author, contacts, method, CONTACTS_PER_RESIDUE * target.length());
    }
}
