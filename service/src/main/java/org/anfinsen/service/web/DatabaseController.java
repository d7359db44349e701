package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.anfinsen.msa.search.Database;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.search.DatabaseSearch.Obstacle;
import org.anfinsen.service.settings.SearchingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the databases that alignments can be searched in. */
@RestController
@Tag(name = "databases")
final class DatabaseController {

    private final DatabaseSearch databases;
    private final SearchingSettings settings;

    DatabaseController(DatabaseSearch databases, SearchingSettings settings) {
        this.databases = databases;
        this.settings = settings;
    }

    /** All databases. */
    @Schema(name = "Databases")
    record DatabasesView(List<DatabaseView> databases) {}

    /** A database and whether it can be searched now. */
    @Schema(name = "Database")
    record DatabaseView(
            String name,
            String version,

            @Schema(allowableValues = {"mmseqs2", "hhblits", "jackhmmer", "colabfold", "embedded"})
            String engine,

            @Schema(description = "SHA-256 of its files; left out for a server") @Nullable
            String checksum,

            @Schema(description = "Whether it is searched for requests that name none")
            boolean standard,

            @Schema(description = "What stands in the way of a search; left out if nothing does") @Nullable
            String problem) {}

    @Operation(operationId = "listDatabases", summary = "Lists the databases that can be searched for homologues")
    @GetMapping("/v1/databases")
    DatabasesView databases() {
        return new DatabasesView(databases.databases().stream().map(this::view).toList());
    }

    private DatabaseView view(Database database) {
        String problem = databases.obstacles(List.of(database.name())).stream()
                .map(obstacle -> switch (obstacle) {
                    case Obstacle.Unknown unknown -> "it was removed a moment ago";
                    case Obstacle.Unavailable unavailable ->
                        unavailable.failure().message();
                })
                .findFirst()
                .orElse(null);
        return new DatabaseView(
                database.name(),
                database.version(),
                database.engine().code(),
                database.checksum().isEmpty() ? null : database.checksum(),
                settings.databases().contains(database.name()),
                problem);
    }
}
