package org.anfinsen.db;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionResult;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Results and their files, one for each content hash, however many jobs share it. The methods run within a transaction of
 * the caller's; a result that was found stays until its end.
 */
final class Results {

    private final JdbcClient jdbc;

    Results(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean holds(String contentHash) {
        return !held(List.of(contentHash)).isEmpty();
    }

    /** Those of the hashes for which there is a result. */
    Set<String> held(Collection<String> contentHashes) {
        return new HashSet<>(jdbc.sql("""
                        select content_hash from results where content_hash = any(cast(:hashes as text[]))
                        order by content_hash for key share
                        """)
                .param("hashes", JobReader.arrayLiteral(contentHashes))
                .query(String.class)
                .list());
    }

    void keep(String contentHash, PredictionResult result) {
        jdbc.sql("insert into results (content_hash, summary) values (:hash, cast(:summary as json))")
                .param("hash", contentHash)
                .param("summary", Json.write(result.summary()))
                .update();
        int position = 0;
        for (Artifact artifact : result.artifacts()) {
            jdbc.sql("""
                            insert into artifacts (content_hash, name, position, media_type, size, sha256, content)
                            values (:hash, :name, :position, :mediaType, :size, :sha256, :content)
                            """)
                    .param("hash", contentHash)
                    .param("name", artifact.name())
                    .param("position", position++)
                    .param("mediaType", artifact.mediaType())
                    .param("size", artifact.content().length)
                    .param("sha256", DigestUtils.sha256Hex(artifact.content()))
                    .param("content", artifact.content())
                    .update();
        }
    }

    /** Removes a result unless a job has it. */
    void removeUnused(String contentHash) {
        // Waits for those that are about to share the result, so that the next statement sees them.
        jdbc.sql("select from results where content_hash = :hash for update")
                .param("hash", contentHash)
                .query(rs -> {});
        jdbc.sql("""
                        delete from results where content_hash = :hash
                        and not exists (select from predictions where result = :hash)
                        """).param("hash", contentHash).update();
    }
}
