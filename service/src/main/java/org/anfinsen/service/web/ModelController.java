package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.engine.ModelDescription;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the networks that a prediction can be made with. */
@RestController
@Tag(name = "models")
final class ModelController {

    private final ModelCatalog catalog;

    ModelController(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** All models. */
    @Schema(name = "Models")
    record ModelsView(List<ModelDescription> models) {}

    @Operation(operationId = "listModels", summary = "Lists the models")
    @GetMapping("/v1/models")
    ModelsView models() {
        return new ModelsView(catalog.models());
    }
}
