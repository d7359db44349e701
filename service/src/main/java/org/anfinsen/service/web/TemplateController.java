package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the libraries that templates can be looked for in. */
@RestController
@Tag(name = "templates")
final class TemplateController {

    private final TemplateSearch templates;

    TemplateController(TemplateSearch templates) {
        this.templates = templates;
    }

    /** All libraries. */
    @Schema(name = "TemplateLibraries")
    record LibrariesView(List<LibraryView> libraries) {}

    /** A folder of structures as it was indexed. */
    @Schema(name = "TemplateLibrary")
    record LibraryView(
            String name,
            int chains,
            int files,
            Instant indexed,

            @Schema(description = "SHA-256 of the index") String checksum) {}

    @Operation(operationId = "listTemplateLibraries", summary = "Lists the libraries in which templates are looked for")
    @GetMapping("/v1/templates")
    LibrariesView templates() {
        return new LibrariesView(templates.libraries().stream()
                .map(library -> new LibraryView(
                        library.name(), library.chains(), library.files(), library.indexed(), library.checksum()))
                .toList());
    }
}
