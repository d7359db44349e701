package org.anfinsen.structure.file;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.StructureEntry;
import org.biojava.nbio.structure.Chain;
import org.biojava.nbio.structure.Group;
import org.biojava.nbio.structure.Structure;
import org.biojava.nbio.structure.chem.ChemCompGroupFactory;
import org.biojava.nbio.structure.chem.ReducedChemCompProvider;
import org.biojava.nbio.structure.io.FileParsingParameters;
import org.biojava.nbio.structure.io.PDBFileParser;
import org.biojava.nbio.structure.io.cif.CifStructureConverter;

/**
 * Reads the protein chains of a PDB or mmCIF file, gzipped or not; the content decides which it is. Of several models the
 * first is read; of alternate locations the one most occupied, the first among equals. Modified residues become their
 * parent, others unknown residues; water, ligands and hydrogens are left out. Nothing is downloaded.
 */
public final class StructureReader {

    /** No structure file is compressed further than this; a larger one was made to take memory. */
    private static final int PLAIN_RATIO_MAX = 100;

    private static final long PLAIN_BYTES_MIN = 16L << 20;

    static {
        // BioJava's own default fetches descriptions of residues from the network.
        ChemCompGroupFactory.setChemCompProvider(new ReducedChemCompProvider());
    }

    private StructureReader() {}

    /**
     * The protein chains of a file, in its order, each with the residues that have coordinates.
     *
     * @return at least one chain
     * @throws StructureFormatException if the file is broken or holds no protein; the message names file and line
     * @throws IOException              if the file cannot be read
     */
    public static List<ProteinStructure> read(Path file) throws IOException {
        return read(file.getFileName().toString(), Files.readAllBytes(file));
    }

    /**
     * The first protein chain of a file.
     *
     * @throws StructureFormatException if the file is broken or holds no protein; the message names file and line
     * @throws IOException              if the file cannot be read
     */
    public static ProteinStructure readFirstChain(Path file) throws IOException {
        return read(file).getFirst();
    }

    /**
     * The protein chains of a file's content.
     *
     * @param name    what the messages and sequences call it
     * @param content the bytes of a PDB or mmCIF file, gzipped or not
     * @return at least one chain
     * @throws StructureFormatException if the content is broken or holds no protein
     */
    public static List<ProteinStructure> read(String name, byte[] content) throws StructureFormatException {
        return readEntry(name, content).chains();
    }

    /**
     * The protein chains of a file's content and its date.
     *
     * @param name    what the messages and sequences call it
     * @param content the bytes of a PDB or mmCIF file, gzipped or not
     * @throws StructureFormatException if the content is broken or holds no protein
     */
    public static StructureEntry readEntry(String name, byte[] content) throws StructureFormatException {
        byte[] plain = unzip(name, content);
        boolean mmCif = isMmCif(plain);
        Structure structure = mmCif ? parseMmCif(name, plain) : parsePdb(name, plain);
        Map<String, List<Group>> groupsOfChain = new LinkedHashMap<>();
        if (structure.nrModels() > 0) {
            for (Chain chain : structure.getChains(0)) {
                groupsOfChain
                        .computeIfAbsent(chain.getName(), key -> new ArrayList<>())
                        .addAll(chain.getAtomGroups());
            }
        }
        List<ProteinStructure> chains = new ArrayList<>();
        for (Map.Entry<String, List<Group>> chain : groupsOfChain.entrySet()) {
            try {
                BioJavaChain.convert(name, chain.getKey(), chain.getValue()).ifPresent(chains::add);
            } catch (IllegalArgumentException e) {
                throw new StructureFormatException(name, "chain " + chain.getKey() + ": " + e.getMessage(), e);
            }
        }
        if (chains.isEmpty()) {
            throw new StructureFormatException(name, "no protein residue with coordinates", null);
        }
        return new StructureEntry(chains, mmCif ? released(structure) : PdbText.released(latin1(plain)));
    }

    private static Optional<LocalDate> released(Structure structure) {
        return Optional.ofNullable(structure.getPDBHeader().getRelDate())
                .map(Date::toInstant)
                // BioJava's way to say that there is none is the beginning of 1970.
                .filter(instant -> instant.isAfter(Instant.EPOCH))
                .map(instant -> LocalDate.ofInstant(instant, ZoneId.systemDefault()));
    }

    private static String latin1(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static Structure parsePdb(String name, byte[] content) throws StructureFormatException {
        String text = PdbText.firstModel(name, latin1(content));
        PDBFileParser parser = new PDBFileParser();
        parser.setFileParsingParameters(parameters());
        try {
            return parser.parsePDBFile(new BufferedReader(new StringReader(text)));
        } catch (IOException | RuntimeException e) {
            throw new StructureFormatException(name, "not a PDB file that BioJava reads: " + e.getMessage(), e);
        }
    }

    private static Structure parseMmCif(String name, byte[] content) throws StructureFormatException {
        try (InputStream stream = new ByteArrayInputStream(content)) {
            return CifStructureConverter.fromInputStream(stream, parameters());
        } catch (IOException | RuntimeException e) {
            throw new StructureFormatException(name, "not an mmCIF file that BioJava reads: " + e.getMessage(), e);
        }
    }

    private static FileParsingParameters parameters() {
        FileParsingParameters parameters = new FileParsingParameters();
        parameters.setAlignSeqRes(false);
        parameters.setParseSecStruc(false);
        parameters.setCreateAtomBonds(false);
        return parameters;
    }

    private static byte[] unzip(String name, byte[] content) throws StructureFormatException {
        boolean zipped = content.length > 1 && (content[0] & 0xff) == 0x1f && (content[1] & 0xff) == 0x8b;
        if (!zipped) {
            return content;
        }
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(content))) {
            long limit = Math.max(PLAIN_BYTES_MIN, (long) PLAIN_RATIO_MAX * content.length);
            byte[] plain = stream.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8));
            if (stream.read() >= 0) {
                throw new StructureFormatException(
                        name, content.length + " bytes of gzip unpacks to more than " + limit + " bytes", null);
            }
            return plain;
        } catch (StructureFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new StructureFormatException(name, "broken gzip file: " + e.getMessage(), e);
        }
    }

    private static boolean isMmCif(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 100_000), StandardCharsets.ISO_8859_1);
        return start.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> line.startsWith("data_"))
                .isPresent();
    }
}
