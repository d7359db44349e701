package org.anfinsen.service.engine;

import java.util.List;
import java.util.Optional;

/** The model packages of this process. Looks at the disk each time, so that a package imported meanwhile is there. */
public interface ModelCatalog {

    /** All that can be used, by name. */
    List<ModelDescription> models();

    /**
     * Whether a model takes templates.
     *
     * @param model one of {@link #models}
     */
    boolean takesTemplates(String model);

    /**
     * Why there is not enough memory here for a chain; empty if there is.
     *
     * @param model one of {@link #models}
     * @param nRes  residues of the chain
     * @param rows  of its alignment, the query included
     * @return what it needs and what there is
     */
    Optional<String> lackOfMemory(String model, int nRes, int rows);
}
