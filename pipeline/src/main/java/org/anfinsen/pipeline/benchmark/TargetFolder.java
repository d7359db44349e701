package org.anfinsen.pipeline.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.alignment.AlignmentWriter;
import org.anfinsen.msa.sequence.FastaReader;
import org.anfinsen.msa.sequence.FastaRecord;
import org.anfinsen.msa.sequence.FastaResult;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Targets in a folder and the folders below it. A FASTA file of one record is a target under the file's name, each record
 * of a longer one under its own; {@code NAME.a3m} (or another alignment) is the target's alignment, or a target by itself;
 * {@code NAME.pdb} and {@code NAME-D1.pdb} (or mmCIF), in the same folder or in one called {@code natives}, are its natives.
 * A file {@code domains.tsv} with lines {@code NAME-D1 1-120,150-180} takes domains from the whole native. All other files
 * are left alone. A target that cannot be read becomes one with a fault.
 */
public final class TargetFolder implements Iterable<TargetInput> {

    private static final Set<String> FASTA = Set.of("fasta", "fa", "faa", "seq");
    private static final Set<String> ALIGNMENTS = Set.of("a3m", "a2m", "sto", "stk", "clustal", "aln");
    private static final Set<String> STRUCTURES = Set.of("pdb", "ent", "cif", "mmcif");
    private static final Set<String> NATIVE_FOLDERS = Set.of("natives", "native");
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}";
    private static final int DEPTH_MAX = 6;

    private final TargetLimits limits;
    private final Map<String, Found> targets = new TreeMap<>();
    private final List<Path> structures = new ArrayList<>();
    private final Map<String, String> domains = new TreeMap<>();
    private final List<String> chosen;

    /** What belongs to one target. */
    private static final class Found {
        private final Path folder;
        private String residues = "";
        private String fault = "";
        private final List<Path> alignments = new ArrayList<>();
        private final Map<String, Path> natives = new TreeMap<>();

        Found(Path folder) {
            this.folder = folder;
        }
    }

    /**
     * Looks through the folder; alignments and natives are read later, one target at a time.
     *
     * @throws InvalidTargetsException if no target is found, or too many are
     * @throws IOException             if the folder cannot be read
     */
    public TargetFolder(Path root, TargetLimits limits) throws IOException, InvalidTargetsException {
        this.limits = limits;
        List<Path> alignments = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, DEPTH_MAX)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String ending = ending(file);
                if (FASTA.contains(ending)) {
                    readFasta(file);
                } else if (ALIGNMENTS.contains(ending)) {
                    alignments.add(file);
                } else if (STRUCTURES.contains(ending)) {
                    structures.add(file);
                } else if (name(file).equals("domains.tsv")) {
                    readDomains(file);
                }
            }
        }
        for (Path file : alignments) {
            targets.computeIfAbsent(stem(file), name -> new Found(folder(file)))
                    .alignments
                    .add(file);
        }
        structures.forEach(this::assign);
        if (targets.isEmpty()) {
            throw new InvalidTargetsException(root + ": no FASTA file and no alignment in it");
        }
        if (targets.size() > limits.targetsMax()) {
            throw new InvalidTargetsException(root + ": " + targets.size() + " targets, limit " + limits.targetsMax());
        }
        chosen = choose();
        if (chosen.isEmpty()) {
            throw new InvalidTargetsException(
                    root + ": all " + targets.size() + " targets have more than " + limits.lengthMax() + " residues");
        }
    }

    /** How many targets there are before any is left out for its length or for their number. */
    public int found() {
        return targets.size();
    }

    /** Of names, sizes and times of all files that belong to targets, and of the choice among them, in hexadecimal. */
    public String fingerprint() throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String name : chosen) {
            Found found = targets.getOrDefault(name, new Found(Path.of("")));
            List<Path> files = new ArrayList<>(found.alignments);
            files.addAll(found.natives.values());
            StringBuilder text =
                    new StringBuilder(name).append('\n').append(found.residues).append('\n');
            for (Path file : files) {
                text.append(name(file)).append(' ').append(Files.size(file)).append(' ');
                text.append(Files.getLastModifiedTime(file).toMillis()).append('\n');
            }
            digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        digest.update(domains.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** How many targets are taken. */
    public int size() {
        return chosen.size();
    }

    @Override
    public Iterator<TargetInput> iterator() {
        return chosen.stream().map(this::read).iterator();
    }

    private List<String> choose() throws IOException {
        for (Map.Entry<String, Found> target : targets.entrySet()) {
            Found found = target.getValue();
            if (found.residues.isEmpty() && found.fault.isEmpty()) {
                AlignmentResult result = alignment(found.alignments.getFirst());
                if (result instanceof AlignmentResult.Accepted accepted) {
                    found.residues = accepted.alignment().query().residues();
                }
            }
            if (!target.getKey().matches(NAME)) {
                found.fault = "a name of 1 to 60 letters, digits, '.', '-' and '_' is needed";
            }
        }
        return targets.entrySet().stream()
                .filter(target -> target.getValue().residues.length() <= limits.lengthMax())
                .sorted(Comparator.comparingInt(
                        target -> target.getValue().residues.length()))
                .limit(limits.countMax())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void readFasta(Path file) throws IOException {
        byte[] content = content(file);
        switch (new FastaReader(limits.sequences()).read(content)) {
            case FastaResult.Accepted accepted -> {
                List<FastaRecord> records = accepted.records();
                for (FastaRecord record : records) {
                    String name =
                            records.size() == 1 ? stem(file) : record.sequence().name();
                    Found found = targets.computeIfAbsent(name, key -> new Found(folder(file)));
                    if (!found.residues.isEmpty()) {
                        found.fault = "two sequences have this name";
                    }
                    found.residues = record.sequence().residues();
                }
            }
            case FastaResult.Refused refused -> {
                Found found = targets.computeIfAbsent(stem(file), key -> new Found(folder(file)));
                found.fault = name(file) + ": " + refused.faults().getFirst().message();
            }
        }
    }

    private void readDomains(Path file) throws IOException {
        for (String line :
                new String(content(file), StandardCharsets.UTF_8).lines().toList()) {
            String[] fields = line.strip().split("\\s+", 2);
            if (fields.length == 2 && !line.startsWith("#")) {
                domains.put(fields[0], fields[1].replace(" ", ""));
            }
        }
    }

    /** Gives a structure to the target of its name, with or without a domain's number behind it. */
    private void assign(Path file) {
        String name = stem(file);
        Found found = targets.get(name);
        if (found == null) {
            found = targets.get(name.replaceFirst("-D\\d+$", ""));
        }
        if (found == null) {
            return;
        }
        boolean near = folder(file).equals(found.folder)
                || NATIVE_FOLDERS.contains(
                        name(folder(file)).toLowerCase(Locale.ROOT).replace("/", ""));
        if (near && found.natives.putIfAbsent(name, file) != null) {
            found.fault = "two natives are called " + name;
        }
    }

    private TargetInput read(String name) {
        Found found = targets.getOrDefault(name, new Found(Path.of("")));
        try {
            if (!found.fault.isEmpty()) {
                return new TargetInput(safe(name), found.residues, null, List.of(), found.fault);
            }
            String a3m = null;
            if (found.alignments.size() > 1) {
                return faulty(name, found, found.alignments.size() + " alignments, one is needed");
            }
            if (!found.alignments.isEmpty()) {
                AlignmentResult result = alignment(found.alignments.getFirst());
                switch (result) {
                    case AlignmentResult.Refused refused -> {
                        return faulty(name, found, refused.message());
                    }
                    case AlignmentResult.Accepted accepted -> {
                        if (!accepted.alignment().query().residues().equals(found.residues)) {
                            return faulty(name, found, "the alignment's first row is not the target's sequence");
                        }
                        a3m = AlignmentWriter.toA3m(accepted.alignment());
                    }
                }
            }
            return new TargetInput(name, found.residues, a3m, natives(name, found), null);
        } catch (IllegalArgumentException e) {
            return faulty(name, found, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<NativeDomain> natives(String target, Found found) throws IOException {
        List<NativeDomain> natives = new ArrayList<>();
        for (Map.Entry<String, Path> file : found.natives.entrySet()) {
            String text = new String(content(file.getValue()), StandardCharsets.UTF_8);
            Map<String, String> parts = new TreeMap<>(domains);
            parts.keySet()
                    .removeIf(domain -> !domain.replaceFirst("-D\\d+$", "").equals(file.getKey()));
            if (parts.isEmpty() || !file.getKey().equals(target)) {
                natives.add(new NativeDomain(file.getKey(), text));
            }
            for (Map.Entry<String, String> part : parts.entrySet()) {
                natives.add(new NativeDomain(
                        part.getKey(), DomainRange.of(part.getValue()).cut(text)));
            }
        }
        return natives;
    }

    private static TargetInput faulty(String name, Found found, String fault) {
        return new TargetInput(name, found.residues, null, List.of(), fault);
    }

    /** A name for a target whose own name is not allowed; no other has it. */
    private static String safe(String name) {
        if (name.matches(NAME)) {
            return name;
        }
        String replaced = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return "_" + replaced.substring(0, Math.min(40, replaced.length())) + "_"
                + Integer.toHexString(name.hashCode());
    }

    private AlignmentResult alignment(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new AlignmentReader(limits.alignments()).read(in, name(file));
        }
    }

    private byte[] content(Path file) throws IOException {
        try (InputStream in = name(file).endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(file))
                : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(limits.fileMax(), Integer.MAX_VALUE - 8));
            if (in.read() >= 0) {
                throw new IOException(name(file) + ": more than " + limits.fileMax() + " bytes");
            }
            return bytes;
        }
    }

    private static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String ending(Path file) {
        String plain = name(file).replaceFirst("\\.gz$", "");
        return plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String stem(Path file) {
        String plain = name(file).replaceFirst("\\.gz$", "");
        int dot = plain.lastIndexOf('.');
        return dot < 0 ? plain : plain.substring(0, dot);
    }
}
