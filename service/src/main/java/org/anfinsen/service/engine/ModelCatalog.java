package org.anfinsen.service.engine;

import java.util.List;

/** The model packages of this process. Looks at the disk each time, so that a package imported meanwhile is there. */
@FunctionalInterface
public interface ModelCatalog {

    /** All that can be used, by name. */
    List<ModelDescription> models();
}
